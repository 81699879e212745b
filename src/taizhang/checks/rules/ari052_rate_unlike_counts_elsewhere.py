"""ARI052: a rate is not what its two counts make, each told in another place."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, related, sameness
from taizhang.checks.rules._slips import is_exchanged
from taizhang.core.finding import Kind, Severity
from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.intake.statements import Role, Statement

_OWN = re.compile(
    '^(?:年?[末底]|学校|全校|我校|现有|拥有|目前|全年|其中|共|有)+|[“”"]|(?:达到|达|为|是|由(?:立项时|建设前|期初)?)$'
)
_AT_A_TIME = re.compile(r"\d+\s*月|初次|初步|暂|截止|目标|计划|力争|预计|将|上年|去年")
_OTHER_WHOLE = re.compile("折合")
_TOLD = frozenset({Role.SAID, Role.TOLD, Role.ACTUAL})
_NEAR = Decimal("0.15")  # of the rate: one further off is of something else
_PER_HEAD = "生"  # begins what is told by the head: 生均设备值, and what is left of 生均 2.08 万元


_Told = Mapping[str, Sequence[tuple[int, Statement]]]  # by their names, each with its place in reading order


class _Words(NamedTuple):
    """How a rate, its part and its whole are named."""

    ratio: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    is_per_head: bool


@rule("ARI052", kind="rate_mismatch", severity="warning", since="0.8")
def rate_unlike_counts_elsewhere(context: Context) -> Iterator[Problem]:
    """比率不等于别处写的两个数相除。

    ## 为什么
    专任教师数在概况里，“双师型”教师数在另一段，双师比例写在总结里：三处各改各的，比率就不再是那两个数算出来的。

    ## 不合格
    # 一、基本情况

    专任教师 618 人。“双师型”教师 512 人。

    # 二、师资建设

    全校双师比例达到 84.2%。

    ## 合格
    # 一、基本情况

    专任教师 618 人。“双师型”教师 512 人。

    # 二、师资建设

    全校双师比例达到 82.8%。

    ## 例外
    只比全校的、名称列在口径配置 `ratios_elsewhere` 里的比率；专业群、学院的，另一年、另一时点的，目标、约数，不比；
    分子或分母在报告里有几个不同的数的，不比。“生均”多半按折合在校生数算，只作提示；写有折合在校生的不比。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    same = sameness(context)
    known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
    told = [each for each in same.statements if each.role in _TOLD and each.quantity.bound is Bound.EXACT]
    named: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
    for place, each in enumerate(told):
        named[_name(each.subject)].append((place, each))
    for words in _all_words(context):
        rates = [each for each in _named(named, words.ratio) if id(each) not in known]
        rates = [each for each in rates if each.role is Role.SAID and _AT_A_TIME.search(each.text) is None]
        for rate in rates:
            if ("均" in rate.text) is words.is_per_head and (rate.dimension == "%") is not words.is_per_head:
                yield from _problem(rate, words, named, same, context)


def _all_words(context: Context) -> Iterator[_Words]:
    for each in context.profile.sections.get("ratios_elsewhere", ()):
        ratio, part, whole = (re.compile(each[name]) for name in ("ratio", "part", "whole"))
        yield _Words(ratio, part, whole, each["ratio"].startswith(_PER_HEAD))


def _named(told: _Told, name: re.Pattern[str]) -> list[Statement]:
    """The statements of this name, in reading order."""
    return [each for _, each in sorted(of for own, alike in told.items() if name.fullmatch(own) for of in alike)]


@lru_cache(maxsize=4096)
def _name(subject: str) -> str:
    """A subject without quotation marks and what leads to it."""
    return _OWN.sub("", bare(subject))


def _problem(rate: Statement, words: _Words, told: _Told, same: Sameness, context: Context) -> Iterator[Problem]:
    parts = [e for e in _named(told, words.part) if _is_near(rate, e, same)]
    wholes = [e for e in _named(told, words.whole) if not e.part and _is_near(rate, e, same)]
    if len({e.value for e in parts}) != 1 or len({e.value for e in wholes}) != 1 or not wholes[0].value:
        return
    part, whole = parts[0], wholes[0]
    if words.is_per_head and any(_OTHER_WHOLE.search(e.subject) for of in told.values() for _, e in of):
        return
    if part.dimension not in {whole.dimension, rate.dimension}:
        return
    scale = rate.value / rate.quantity.value if words.is_per_head and rate.quantity.value else Decimal("0.01")
    made = part.value / whole.value / scale
    places = max(-int(rate.quantity.value.as_tuple().exponent), 0)
    printed = rate.quantity.value
    is_slip = is_exchanged(shown(printed), shown(round(made, places)))
    if fits(made, printed, places) or (abs(made - printed) > _NEAR * made and not is_slip):
        return
    if rate.paragraph == part.paragraph == whole.paragraph:  # ARI008 and ARI033 judge what stands together
        yield from _of_part(rate, part, whole)
        return
    context.told(rate.source, part.source, whole.source)
    expected = f"{shown(round(made, places))}{rate.quantity.unit}"
    yield at_statement(
        rate,
        f"{figure(part)} ÷ {figure(whole)} = {expected}，写的是 {figure(rate)}",
        printed=figure(rate),
        expected=expected,
        related=(related(part), related(whole)),
        severity=Severity.INFO if words.is_per_head and not is_slip else None,
    )


def _of_part(rate: Statement, part: Statement, whole: Statement) -> Iterator[Problem]:
    """Where the counts follow the rate in its paragraph, and the part has its digits in another order (382 for 328)."""
    expected = round(whole.value * rate.value / 100)
    starts = [each.source.start or 0 for each in (rate, part, whole)]
    if rate.dimension == "%" and starts[0] < min(starts[1:]) and is_exchanged(shown(part.value), str(expected)):
        yield at_statement(
            part,
            f"{figure(whole)} × {figure(rate)} = {expected}{part.quantity.unit}，写的是 {figure(part)}",
            printed=figure(part),
            expected=f"{expected}{part.quantity.unit}",
            related=(related(rate), related(whole)),
            kind=Kind.CONTRADICTION,
        )


def _is_near(rate: Statement, other: Statement, same: Sameness) -> bool:
    """Whether a count is of the same part of the college and the same year as a rate."""
    if other.sphere or other.former or other.dimension == "%" or not same.near(rate, other):
        return False
    if rate.stated and rate.year != same.last_year[rate.document] and other.year != rate.year:
        return False
    return len({same.year(other), same.year(rate)} - {None}) < 2
