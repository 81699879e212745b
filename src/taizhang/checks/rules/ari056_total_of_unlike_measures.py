"""ARI056: what is counted in different measure words (条, 片, 个) does not come to the total told of all (处, 项)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, sentences

_ALL = frozenset({"处", "项", "个", "件"})  # what stands for any measure word
_COUNTED = frozenset("条片个座处所间场家门部本项件支套台辆幢栋块名")
_PART = r"(?:新建|改建|改造|扩建|维修|新增|建成|建设|更新|购置|增设|提升|修缮|布设)[^，。；、,;\d]{2,20}?\d+\s*[条片个座处所间场家套台辆幢栋块]"
# “新建步道 26 条，新建球场 5 片，改造公园 4 个，合计 37 处”
_DONE = re.compile(
    rf"(?:^|[，。；：])(?:全年|本年|年内|共|累计|已)*(?P<parts>{_PART}(?:[，,、]{_PART}){{2,}})[，,]\s*(?:合计|共计|总计|一共|共)\s*"
    r"(?P<total>(?P<number>\d+)\s*[处项个])(?=[，。；,;（(]|其中|设施|项目|$)"
)
_HINT = re.compile(r"[，,]\s*(?:合计|共计|总计|一共|共)\s*\d")
_NUMBER = re.compile(r"(?P<number>\d+)\s*(?P<unit>[一-鿿])(?=[，,、]|$)")
_LEVEL = re.compile("国家级|省部?级|市厅?级|校级|省级以上|市级以上")
_OPENS = re.compile(r"\s*(?:[：:]|[，,]\s*(?:即|包括|分别[是为]))")
_NOT_ALL = re.compile("等|其中|主要|如|例如|以及其他")
_FEWEST = 3
_NEAR = Decimal("0.25")  # of the total: what misses by more is no such sum


@rule("ARI056", kind="sum_mismatch", severity="warning", since="0.9")
def total_of_unlike_measures(context: Context) -> Iterator[Problem]:
    """各项量词不同（条、片、个），加起来不等于“合计多少处”。

    ## 为什么
    “新建步道 26 条，新建球场 5 片，改造公园 4 个，合计 37 处”：量词不同，仍是一处一处数出来的，26＋5＋4＝35。

    ## 不合格
    全年新建步道 26 条，新建球场 5 片，改造公园 4 个，合计 37 处。

    ## 合格
    全年新建步道 26 条，新建球场 5 片，改造公园 4 个，合计 35 处。

    ## 例外
    只判断两种写法：每一项都是新建、改造一类的动作，紧接着“合计多少处（项、个）”；“省级成果 30 项：省级项目 14 项、省级课程 9 门……”
    每一项都写明同一级别，列完为止。带“等”“其中”“主要”的，差四分之一以上的，不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if _HINT.search(sentence.text, sentence.begin, sentence.end):
                for match in _DONE.finditer(sentence.text, sentence.begin, sentence.end):
                    yield from _of_acts(sentence, match)
            for place, figure in enumerate(sentence.figures if len(sentence.figures) > _FEWEST else ()):
                if figure.unit in _ALL and figure.is_exact:
                    yield from _of_list(sentence, figure, _listed_behind(sentence, place))


def _of_acts(sentence: Sentence, match: re.Match[str]) -> Iterator[Problem]:
    """The acts right before “合计 37 处”, each of a thing of its own."""
    parts = list(_NUMBER.finditer(sentence.text, *match.span("parts")))
    numbers = [Decimal(part["number"]) for part in parts]
    if len({part["unit"] for part in parts}) > 1 and _is_off(numbers, Decimal(match["number"])):
        yield _problem(sentence, match.span("total"), numbers, [part.span() for part in parts])


def _listed_behind(sentence: Sentence, place: int) -> Sequence[Figure]:
    """The list behind “省级成果 36 项：”, each of which names the same level."""
    figure, parts = sentence.figures[place], sentence.figures[place + 1 :]
    level = _LEVEL.search(clause(figure.label))
    if level is None or not parts or _NOT_ALL.search(sentence.text, figure.end, sentence.end):
        return ()
    closed = not sentence.text[parts[-1].end : sentence.end].strip("）) ")
    named = all(clause(each.label).lstrip("、和及").startswith(level[0]) and _is_counted(each) for each in parts)
    return parts if _OPENS.match(parts[0].label) and closed and named else ()


def _is_counted(figure: Figure) -> bool:
    return figure.unit in _COUNTED and figure.is_exact and figure.value == figure.value.to_integral_value()


def _of_list(sentence: Sentence, total: Figure, parts: Sequence[Figure]) -> Iterator[Problem]:
    numbers = [part.value for part in parts]
    if len({part.unit for part in parts}) > 1 and _is_off(numbers, total.value):
        yield _problem(sentence, (total.start, total.end), numbers, [(part.start, part.end) for part in parts])


def _is_off(numbers: Sequence[Decimal], total: Decimal) -> bool:
    added = sum(numbers, Decimal(0))
    return len(numbers) >= _FEWEST and added != total and abs(added - total) <= _NEAR * total


def _problem(
    sentence: Sentence, span: tuple[int, int], numbers: Sequence[Decimal], places: Sequence[tuple[int, int]]
) -> Problem:
    printed, added = sentence.text[slice(*span)], shown(sum(numbers, Decimal(0)))
    return sentence.passage.problem(
        *span, f"{' + '.join(map(shown, numbers))} = {added}，写的是 {printed}",
        expected=f"{added}{printed[-1]}", related=tuple(sentence.passage.related(*place) for place in places),
    )  # fmt: skip
