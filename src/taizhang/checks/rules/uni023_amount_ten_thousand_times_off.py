"""UNI023: the digits of an amount fit the sum or the rate told with it, and its unit makes it ten thousand times off."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import fits
from taizhang.checks.rules._prose import Figure, Sentence, sentences
from taizhang.core.finding import Severity

_COUNTED = {"元": ("元", "万元", "亿元"), "人次": ("人次", "万人次")}
_EACH = re.compile(r"均|每|单价|标准|/|最[高低]|(?:提高|增加|下降|降低|上涨)到?[^，。；\d]{0,2}$")
_CHANGE = re.compile(r"(?:增加|提高|增长|上升|减少|下降|降低)了?\s*$")
_OF_RATE = re.compile(r"率|占|为[^，。；\d]{0,10}的$|增|降|减|长")
_LEAST = 2  # digits from which a fit is no accident
_MOST = 100  # times: what is smaller or larger by more leaves any difference near 100 %
_FEW = 9  # figures: a sentence with more is a list of many things


@rule("UNI023", kind="unit_or_period", severity="error", since="0.8")
def amount_ten_thousand_times_off(context: Context) -> Iterator[Problem]:
    """一句话里别的数都以万元计，只有一个写成元；数字相加、相除都对得上，单位对不上。

    ## 为什么
    “计划 1200 万元，到位 540 元，到位率 45%”，数字合得上，单位差一万倍，是漏写了“万”字。

    ## 不合格
    项目总投入 1500 万元，其中企业投入 900 元、学校投入 600 万元。

    ## 合格
    项目总投入 1500 万元，其中企业投入 900 万元、学校投入 600 万元，为 60 名学生每人补助 900 元。

    ## 例外
    单价、人均、标准本来就小，不判断；去掉单位以后数字也合不上的，不报。各项之和对得上的是错误，只有比率对得上的作存疑。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            for dimension, units in _COUNTED.items():
                told = [f for f in sentence.figures if f.dimension == dimension and f.unit in units and f.is_exact]
                if 1 < len(told) <= _FEW and len({f.unit for f in told}) > 1:
                    yield from _of_units(sentence, told)


def _of_units(sentence: Sentence, told: Sequence[Figure]) -> Iterator[Problem]:
    for odd in told:
        others = [f for f in told if f is not odd]
        units = {f.unit for f in others}
        if len(units) > 1 or odd.unit in units:
            continue
        if _is_change(odd, others):
            yield _problem(sentence, odd, others[0], Severity.ERROR)
            continue
        if _EACH.search(odd.label[-8:]):
            continue
        if any(f.value == odd.value for f in others):
            continue  # the same sum in the other unit: “36.5 万元（365000 元）”
        if len(others) == 1 and not _is_smaller(odd, others[0]):
            continue
        if _adds_up(told):
            yield _problem(sentence, odd, others[0], Severity.ERROR)
        elif rate := _rate_of(sentence, odd, others):
            yield _problem(sentence, odd, others[0], Severity.WARNING, rate)


def _is_change(odd: Figure, others: Sequence[Figure]) -> bool:
    """Whether the digits are those by which the second of two figures differs from the first (“增加 0.09 元”)."""
    if len(others) != _LEAST or others[-1].start > odd.start or not _CHANGE.search(odd.label):
        return False
    return abs(others[1].quantity.value - others[0].quantity.value) == odd.quantity.value != 0


def _is_smaller(one: Figure, other: Figure) -> bool:
    """Whether the unit of one is the smaller of the two: of two figures it is the one that lost its 万."""
    return one.value / one.quantity.value < other.value / other.quantity.value


def _adds_up(told: Sequence[Figure]) -> bool:
    """Whether the digits of all but the first, or but the last, make those of that one."""
    digits = [f.quantity.value for f in told]
    return len(digits) > _LEAST and any(
        sum(parts, Decimal(0)) == whole and all(parts)
        for parts, whole in ((digits[1:], digits[0]), (digits[:-1], digits[-1]))
    )


def _rate_of(sentence: Sentence, odd: Figure, others: Sequence[Figure]) -> Figure | None:
    """The rate that the digits make with those of another amount beside it."""
    near = [f for f in others if abs(sentence.figures.index(f) - sentence.figures.index(odd)) <= _LEAST]
    for rate in sentence.figures:
        digits = rate.quantity.value.as_tuple().digits
        if rate.dimension != "%" or not _OF_RATE.search(rate.label[-12:]) or len(digits) < _LEAST:
            continue
        places = max(0, -int(rate.quantity.value.as_tuple().exponent))
        for other in near:
            small, large = odd.quantity.value, other.quantity.value
            if not small or not large or not 1 / _MOST < small / large < _MOST:
                continue
            made = (small / large, large / small, abs(small - large) / large, abs(small - large) / small)
            if any(fits(ratio * 100, rate.quantity.value, places) for ratio in made):
                return rate
    return None


def _problem(sentence: Sentence, odd: Figure, other: Figure, severity: Severity, rate: Figure | None = None) -> Problem:
    fits_what = f"合得上 {sentence.printed(rate)}" if rate is not None else "各项相加合得上"
    return sentence.passage.problem(
        odd.start,
        odd.end,
        f"数字{fits_what}，单位却与 {sentence.printed(other)} 差一万倍，应为 {odd.quantity.value}{other.unit}",
        expected=f"{odd.quantity.value}{other.unit}",
        severity=severity,
        related=(sentence.passage.related(other.start, other.end),),
    )
