"""ARI038: an average (户均、人均) is not the total that the same sentence tells, over the number that shares it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._averages import AVERAGE, MAKES, PEOPLE, SHARED_BY, counts
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, sentences
from taizhang.checks.rules._slips import is_exchanged
from taizhang.core.finding import Kind

_STOP = re.compile("其中|分别|各|另|上年|去年|以上|约|近|超")
# What lies between the total and its number without being either: a growth, and last year's value in brackets.
_GROWTH = re.compile(
    "(?:同比|[比较](?:上年|去年|上一年)(?:度|同期)?(?:增长|增加|减少|下降|提高)?|增长|增加|下降|减少|增幅)(?:了|为)?\\s*$"
)
_BRACKETED = re.compile(r"[（(](?:20\d\d\s*年|上年|去年)[^（()）]*$")
_IN_ALL = re.compile("(?:合计|共计?|总计|累计|总)[^，。；、\\d]{0,6}$")
_OFF = Decimal("0.02")  # how far rounding may take an average
_MOST_TIMES = 5
_SCALE = 10_000


@rule("ARI038", kind="rate_mismatch", severity="error", since="0.6")
def average_unlike_total(context: Context) -> Iterator[Problem]:
    """户均、人均的数，不等于总数除以户数、人数。

    ## 为什么
    总额、户数、户均写在一句话里，一除便知；对不上，不是总额虚了，就是户数少了。

    ## 不合格
    项目全年带动农户增收 2860 万元，惠及 5720 户，户均增收 8000 元。

    ## 合格
    项目全年带动农户增收 2860 万元，惠及 5720 户，户均增收 5000 元。

    ## 例外
    总数、个数、平均数三者不在同一句、或中间夹着别的数的，不判断；“约”“近”“以上”不判断；差别在百分之二以内的不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if len(sentence.figures) > 2:
                told = [f for f in sentence.figures if not _is_beside(sentence, f)]
                for place in range(2, len(told)):
                    yield from _of_three(sentence, *told[place - 2 : place + 1])


def _is_beside(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure tells only how the one before it has grown."""
    return bool(_GROWTH.search(figure.label) or _BRACKETED.search(sentence.text, sentence.begin, figure.start))


def _rounding(average: Figure) -> Decimal:
    """By how much an average may miss for being rounded to the places printed."""
    step = Decimal("0.5").scaleb(min(0, int(average.quantity.value.as_tuple().exponent)))
    return step * average.value / average.quantity.value


def _of_three(sentence: Sentence, one: Figure, other: Figure, average: Figure) -> Iterator[Problem]:
    in_all = bool(AVERAGE.search(other.label) and _IN_ALL.search(average.label))
    if in_all:  # told in the order: number, average, total
        if "；" in sentence.text[one.end : average.start]:
            return
        other, average = average, other
    match = AVERAGE.search(average.label)
    if match is None or not (one.is_exact and other.is_exact and average.is_exact and average.value):
        return
    by = SHARED_BY[match["by"] or match["each"] or match["one"]]
    units = PEOPLE if by == "人" else {by}
    count, total = (one, other) if counts(one, by, units) else (other, one)
    if in_all and total is not other:
        return
    is_shared = total.dimension == average.dimension or (total.dimension, average.dimension) in MAKES
    if not counts(count, by, units) or not is_shared or not count.value or not total.value:
        return
    if _STOP.search(other.label + average.label) or _STOP.search(one.label[-6:]):
        return
    exact = total.value / count.value
    product = average.value * count.value * total.quantity.value / total.value if in_all else Decimal(0)
    near = abs(exact - average.value) <= max(_OFF * exact, _rounding(average))
    if near and not is_exchanged(shown(total.quantity.value), shown(product)):  # 286 × 16 = 4576, told as 4567
        return
    if exact * _SCALE == average.value and total.dimension == "元" and not in_all:
        yield _of_scale(sentence, one, other, total)
        return
    if not 1 <= max(exact, average.value) / min(exact, average.value) <= _MOST_TIMES:
        return
    if in_all:
        made = f"{shown(product)}{total.unit}"
        message = f"{sentence.printed(average)} × {sentence.printed(count)} = {made}，写的是 {sentence.printed(total)}"
        yield sentence.passage.problem(
            total.start, total.end, message, expected=made, kind=Kind.SUM_MISMATCH,
            related=tuple(sentence.passage.related(f.start, f.end) for f in (average, count)),
        )  # fmt: skip
        return
    expected = f"{shown(round(exact * average.quantity.value / average.value, 2))}{average.unit}"
    yield sentence.passage.problem(
        average.start, average.end,
        f"{sentence.printed(total)} ÷ {sentence.printed(count)} = {expected}，写的是 {sentence.printed(average)}",
        expected=expected, related=tuple(sentence.passage.related(f.start, f.end) for f in (total, count)),
    )  # fmt: skip


def _of_scale(sentence: Sentence, one: Figure, other: Figure, total: Figure) -> Problem:
    """A total that has lost its 万: its digits over the number make the average."""
    expected = f"{shown(total.quantity.value)} 万{total.unit}"
    count = other if total is one else one
    return sentence.passage.problem(
        total.start, total.end, f"按{sentence.printed(count)}和平均数，总数应为 {expected}，写的是 {sentence.printed(total)}",
        expected=expected, kind=Kind.UNIT_OR_PERIOD, related=(sentence.passage.related(count.start, count.end),),
    )  # fmt: skip
