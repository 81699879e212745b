"""ARI061: the figures of single years that a sentence tells do not add up to the total it tells of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, sentences, slack
from taizhang.core import numeral
from taizhang.core.finding import Severity

_YEAR = re.compile(r"(20\d\d)\s*年(?!\s*(?:以来|起|底|末))")
_TOTAL = re.compile("累计|合计|总计|共计|总共|一共|(?<!公)共(?!建|同|享|育|商|筑|性|创|党|有)")
_SO_MANY = re.compile("([两二三四五六])(?:个)?(?:年度?|届)")
_SPAN = re.compile(r"20\d\d\s*年?\s*[-—–~～至到]+\s*20\d\d\s*年")
_NOT_ADDED = re.compile("率|占|均|人次比|增长|增加|提高|提升|下降|降低|目标|计划|其余|截至|累计|达到?$")
_TOGETHER = re.compile("分别")
_NEXT = re.compile("[、，,和及与]*")
_HAN = re.compile("[一-鿿]")
_NEAR = Decimal("0.15")  # of the sum: a total further off has more years in it
_FEWEST = 3  # years, where the total does not say of how many it is


@rule("ARI061", kind="sum_mismatch", severity="error", since="0.9")
def years_told_unlike_their_total(context: Context) -> Iterator[Problem]:
    """一句话里逐年说了数，后面又说几年合计，合计不等于各年之和（先说合计的见 ARI002）。

    ## 为什么
    各年的数与几年累计写在同一句里，专家心算就能核对；对不上，不是某一年抄错，就是合计没有跟着改。

    ## 不合格
    2022 年、2023 年、2024 年学校分别到账横向经费 640 万元、880 万元、1120 万元，三年累计到账 2460 万元。

    ## 合格
    2022 年、2023 年、2024 年学校分别到账横向经费 640 万元、880 万元、1120 万元，三年累计到账 2640 万元。

    ## 例外
    单位不同的，比率、人均、增减、目标，约数，年份不连续的，不相加；合计没有写明是几年、不足三个年度的，可能含更早的年度，不报；
    与各年之和相差一成半以上的，多半不只这几年，也不报。合计写明的年数与所列年数相同的报错误，没有写明的报存疑。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if len(sentence.figures) > 2 and _TOTAL.search(sentence.text, sentence.begin, sentence.end):
                yield from _of(sentence)


def _of(sentence: Sentence) -> Iterator[Problem]:
    run, years = _yearly(sentence)
    if len(run) < 2 or any(later - earlier != 1 for earlier, later in pairwise(years)):
        return
    first, last = run[0], run[-1]
    place = sentence.figures.index(last) + 1
    total = next((each for each in sentence.figures[place : place + 2] if _is_total(each, first, run)), None)
    if total is None:
        return
    # “三年” is a quantity of its own: what is right before the total reads on from the last year's figure.
    words = sentence.text[last.end : total.start]
    counted = _SO_MANY.search(words)
    told = numeral.parse(counted[1]) if counted else len(run) if _SPAN.search(words) else None
    if (told is not None and told != len(run)) or (told is None and len(run) < _FEWEST):
        return
    added = sum((each.value for each in run), Decimal(0))
    gap = abs(added - total.value)
    if gap <= slack((total, *run)) or gap > _NEAR * added or not total.value:
        return
    expected = f"{shown(added / (total.value / total.quantity.value))}{total.unit}"
    yield sentence.passage.problem(
        total.start, total.end, f"{years[0]}—{years[-1]} 年各年之和是 {expected}，写的是 {sentence.printed(total)}",
        expected=expected, related=tuple(sentence.passage.related(each.start, each.end) for each in run),
        severity=Severity.ERROR if told is not None else Severity.WARNING,
    )  # fmt: skip


def _yearly(sentence: Sentence) -> tuple[list[Figure], list[int]]:
    """The figures that each follow a year of their own, or in a row all years named before (分别)."""
    run: list[Figure] = []
    years: list[int] = []
    waiting: list[int] = []
    for figure in sentence.figures:
        told = [int(year) for year in _YEAR.findall(figure.label)]
        plain = figure.is_exact and not _NOT_ADDED.search(_YEAR.sub("", figure.label))
        if run and not (plain and figure.counts_like(run[0])):
            if told or waiting:
                return [], []
            continue
        if len(told) > 1 and _TOGETHER.search(figure.label) and plain and not run:
            run, years, waiting = [figure], [told[0]], told[1:]
        elif waiting and _NEXT.fullmatch(figure.label.strip()):
            run.append(figure)
            years.append(waiting.pop(0))
        elif len(told) == 1 and plain and not waiting and (not run or _is_alike(figure, run[0])):
            run.append(figure)
            years.append(told[0])
    return ([], []) if waiting else (run, years)


def _is_alike(figure: Figure, first: Figure) -> bool:
    """Whether a year's figure is of the thing of the first: told in the same words, or in none of its own."""
    own, words = (set(_HAN.findall(_YEAR.sub("", each.label))) for each in (figure, first))
    return own <= words | set("为是达到了则又和及其中增至")


def _is_total(figure: Figure, first: Figure, run: Sequence[Figure]) -> bool:
    if figure in run or not figure.is_exact or not figure.counts_like(first):
        return False
    words = _SPAN.sub("", figure.label)
    return bool(_TOTAL.search(words)) and not _YEAR.search(words.replace("年以来", ""))
