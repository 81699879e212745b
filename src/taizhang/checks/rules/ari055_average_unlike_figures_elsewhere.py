"""ARI055: an average is a slip of what its total and its count make, one or both told in another sentence."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._averages import (
    AVERAGE,
    PEOPLE,
    SHARED_BY,
    TO_A_TEACHER,
    Made,
    counts,
    reckoned,
    to_a_teacher,
)
from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._mentions import grams
from taizhang.checks.rules._prose import Figure, Sentence, clause, sentences
from taizhang.checks.rules._slips import is_slip
from taizhang.documents.blocks import Paragraph

_HINT = re.compile("均|每|生师比")
_KINDS = {
    "项目": "项个",
    "企业": "家个",
    "学校": "所个",
    "村": "个村",
    "基地": "个",
    "专业": "个",
    "团队": "支个",
    "班级": "个",
}
_OF_KIND = re.compile(rf"平均每个?(?P<kind>{'|'.join(_KINDS)})(?P<what>[^，。；、\d]{{0,6}})$")
_OTHERWISE = re.compile(
    "上年|去年|目标|计划|力争|拟|预计|标准|上限|不低于|不超过|折合|20\\d\\d\\s*年(?!末|底)|新增|其中"
)
_BEHIND = 6  # characters behind a figure that may name what it counts
_MANY = 1000  # a smaller total has too few digits
_DAY = ("人日", "时长")  # what comes to people’s days, over people, in days


@rule("ARI055", kind="rate_mismatch", severity="warning", since="0.9")
def average_unlike_figures_elsewhere(context: Context) -> Iterator[Problem]:
    """平均数与另一句里的总数、个数相除所得，只差一个数字或颠倒了数字。

    ## 为什么
    “横向项目 126 项，合同额 2680 万元”写在前一段，后面写“平均每个项目合同额 23.1 万元”：应为 21.3 万元，两个数字写颠倒了。

    ## 不合格
    全年承接横向项目 126 项，合同额 2680 万元。

    各学院的分布见附件，平均每个项目合同额 23.1 万元。

    ## 合格
    全年承接横向项目 126 项，合同额 2680 万元。

    各学院的分布见附件，平均每个项目合同额 21.3 万元。

    ## 例外
    总数、个数的名称与平均数的名称对不上的，不判断；附近有任何两个数相除恰为这个平均数的，不报；只差一个数字或数字颠倒的才报，
    相差再多的多半是另一种口径。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        known = sentences(reading, context)
        for place, sentence in enumerate(known):
            said = sentence.text[sentence.begin : sentence.end]
            if _HINT.search(said) is None:
                continue
            near: list[Sentence] | None = None
            for figure in sentence.figures:
                claim = _OF_KIND.search(figure.label) or AVERAGE.search(figure.label)
                if claim is not None and figure.is_exact and _digits(figure.quantity.value) >= 2:
                    near = _near(known, place) if near is None else near
                    yield from _of_average(sentence, figure, claim, near)
            for match in TO_A_TEACHER.finditer(sentence.text, sentence.begin, sentence.end):
                yield from to_a_teacher(sentence, match, _near(known, place))


def _near(known: Sequence[Sentence], place: int) -> list[Sentence]:
    """The sentences of the same section up to a place."""
    last = known[place]
    section = last.passage.block.section if isinstance(last.passage.block, Paragraph) else None
    if section is None:
        return [each for each in known[max(place - 4, 0) : place + 1] if each.passage is last.passage]
    return [
        each
        for each in known[: place + 1]
        if isinstance(each.passage.block, Paragraph) and each.passage.block.section == section
    ]


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


def _of_average(
    sentence: Sentence, average: Figure, claim: re.Match[str], near: Sequence[Sentence]
) -> Iterator[Problem]:
    if _OTHERWISE.search(clause(average.label)):
        return
    kind = claim.groupdict().get("kind")
    by = "" if kind else SHARED_BY[claim["by"] or claim["each"] or claim["one"]]
    units = frozenset(_KINDS[kind]) if kind else PEOPLE if by == "人" else frozenset({by})
    told = [(each, f) for each in near for f in each.figures if f.is_exact and f.value and f is not average]
    wholes = [(each, f) for each, f in told if _is_total(f, average, by == "人")]
    numbers = [(each, f) for each, f in told if counts(f, kind or by, units) and f.value > 1]
    scale = average.value / average.quantity.value
    if not scale:
        return
    if wholes and wholes[0][1].dimension == _DAY[0]:
        scale = Decimal(1)
    places = max(0, -int(average.quantity.value.as_tuple().exponent))
    made = [
        Made(total[1].value / count[1].value / scale, total, count) for total in wholes for count in numbers
        if total[1] is not count[1]
    ]  # fmt: skip
    if any(fits(each.exact, average.quantity.value, places) for each in made):
        return
    named = [each for each in made if _is_of(each, average, claim, sentence, kind or "")]
    if any(_is_together(each, sentence, average) for each in named):
        return  # ARI038 judges what stands together
    values = {round(each.exact, places) for each in named}
    if len(values) == 1 and is_slip(shown(average.quantity.value), shown(round(named[0].exact, places))):
        yield reckoned(sentence, (average.start, average.end), named[0], f"{shown(values.pop())}{average.unit}")


def _is_total(figure: Figure, average: Figure, of_people: bool) -> bool:
    """Whether a figure may be what is shared."""
    if of_people and (figure.dimension, average.dimension) == _DAY and average.unit == "天":
        return True
    return figure.dimension == average.dimension and figure.value > average.value


def _is_of(made: Made, average: Figure, claim: re.Match[str], sentence: Sentence, kind: str) -> bool:
    """Whether the words of the average name both its total and those who share it."""
    (of_total, total), (of_count, count) = made.total, made.number
    if _OTHERWISE.search(clause(total.label)) or _OTHERWISE.search(clause(count.label)):
        return False
    beside = of_total is of_count and abs(_place(of_total, total) - _place(of_count, count)) == 1
    named = grams(clause(total.label) + total.unit) & grams(clause(average.label)[claim.end() - claim.end("what") :])
    what = (claim["what"] or "").strip()
    if kind:
        counted = clause(count.label) + of_count.text[count.end : count.end + _BEHIND]
        return beside and kind in counted and bool(grams(what or clause(average.label)) & grams(clause(total.label)))
    if of_count is sentence and not what and _opens(of_count, count):
        return (
            bool(grams(clause(total.label)) & grams(sentence.text[count.end : average.start])) and total.value >= _MANY
        )
    right_before = of_total is sentence and _place(of_total, total) + 1 == _place(sentence, average)
    if right_before:
        return bool(grams(clause(total.label)) & grams(clause(count.label)))
    return beside and bool(named or total.dimension == _DAY[0])


def _opens(sentence: Sentence, count: Figure) -> bool:
    """Whether a sentence begins with those who share (六所分校在籍学员都在 800 人以上，平均每所 1440 人)."""
    return not sentence.text[sentence.begin : count.start].strip()


def _is_together(made: Made, sentence: Sentence, average: Figure) -> bool:
    """Whether all three figures are neighbours in one sentence."""
    places = [_place(sentence, f) for each, f in (made.total, made.number) if each is sentence]
    return len(places) == 2 and max(places) - min(places) == 1 and _place(sentence, average) - max(places) == 1


def _place(sentence: Sentence, figure: Figure) -> int:
    return sentence.figures.index(figure)
