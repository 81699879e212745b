"""ARI051: what is told of the national and of the provincial level does not make the “省级以上” told elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, place, place_name, related, sameness
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.matching import ACHIEVED
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import ABOVE, opposed

_TOTAL = frozenset({"省级", ABOVE})
_LEVELS = (frozenset({"国家级"}), frozenset({"省级"}))
_ACTS = re.compile("新(?=增|建|获|立|认)|当年|今年|立项|结题|申报|推荐|承办|培育|上一?届|本届|累计")
_MOST = 4  # parts of the total by which the sum may differ: more is another thing
_FEW = 2
_BEFORE = 12  # characters before a figure's own words


@rule("ARI051", kind="sum_mismatch", severity="warning", since="0.8")
def levels_unlike_total_elsewhere(context: Context) -> Iterator[Problem]:
    """国家级与省级的数加起来，不等于另一处写的“省级以上”。

    ## 为什么
    概况写“省级以上课程 31 门”，后面写“国家级 6 门、省级 27 门”：分开看都像真的，加起来是 33 门。

    ## 不合格
    # 一、概况

    省级以上在线精品课程 31 门。

    # 二、课程建设

    全校有国家级在线精品课程 6 门、省级在线精品课程 27 门。

    ## 合格
    # 一、概况

    省级以上在线精品课程 31 门。

    # 二、课程建设

    全校有国家级在线精品课程 6 门、省级在线精品课程 25 门。

    ## 例外
    一处写新增、立项、结题而另一处没有的，不同年份、不同专业群的，约数，只写了一级的，不比；总数或分级的数写了几处的，有一处相符即可。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    same = sameness(context)
    told = [
        each
        for each in same.statements
        if each.role in ACHIEVED and each.quantity.bound is Bound.EXACT and each.dimension == "件" and not each.former
    ]
    totals = [each for each in told if each.wording.levels == _TOTAL and not each.part]
    if not totals:
        return
    pairs: dict[frozenset[str], list[tuple[Statement, Statement]]] = defaultdict(list)
    for high, low in pairwise(told):
        if (high.wording.levels, low.wording.levels) == _LEVELS and _is_one_list(high, low):
            pairs[low.wording.free].append((high, low))
    for total in totals:
        yield from _problem(total, totals, pairs.get(total.wording.free, ()), same, context)


def _is_one_list(high: Statement, low: Statement) -> bool:
    """Whether two levels are told one after the other of one thing."""
    return (
        low.wording.free <= high.wording.free
        and high.wording.tail == low.wording.tail
        and (place(high) == place(low) or _is_row_below(high, low))
        and high.part == low.part
    )


def _is_row_below(high: Statement, low: Statement) -> bool:
    """Whether both are what was reached of two indicators of one table, which bear one name but for the level."""
    return high.role is low.role is Role.ACTUAL and high.table is low.table and high.wording.free == low.wording.free


def _problem(
    total: Statement,
    totals: Sequence[Statement],
    pairs: Sequence[tuple[Statement, Statement]],
    same: Sameness,
    context: Context,
) -> Iterator[Problem]:
    fitting = [pair for pair in pairs if all(_is_of_one(total, each, same) for each in pair)]
    values = {each.value for each in totals if each.wording.free == total.wording.free}
    sums = {high.value + low.value for high, low in fitting}
    if not fitting or sums & values or len(sums) > 1:
        return
    high, low = fitting[0]
    off = abs(high.value + low.value - total.value)
    if off > max(Decimal(_FEW), total.value / Decimal(_MOST)):
        return
    context.told(high.source, low.source, total.source)
    added = f"{(high.value + low.value).normalize():f}{total.quantity.unit}"
    levels = f"国家级 {figure(high)}、省级 {figure(low)}，合计 {added}"
    if high.role is not Role.ACTUAL:
        yield at_statement(
            high, f"{levels}，{place_name(total)}写“{total.text}”", expected=figure(total), related=(related(low), related(total)),
        )  # fmt: skip
    elif not _has_more(total, same):
        yield at_statement(
            total, f"这里写“{total.text}”，指标表是{levels}", printed=figure(total), expected=added,
            related=(related(high), related(low)), severity=Severity.INFO,
        )  # fmt: skip


def _has_more(total: Statement, same: Sameness) -> bool:
    """Whether the thing is told of another year as well, the years of which may make what the indicators have."""
    return any(
        each.role is Role.TOLD and each.year != total.year and each.wording.free == total.wording.free
        for each in same.statements
    )


def _is_of_one(total: Statement, part: Statement, same: Sameness) -> bool:
    """Whether a level and the total are of one stretch of time and one part of the college, told by the same act."""
    years = {same.year(total), same.year(part)}
    if len(years - {None}) > 1 or not same.near(total, part) or opposed(total.wording, part.wording):
        return False
    if total.wording.narrowed != part.wording.narrowed or (
        (total.sphere or part.sphere) and total.sphere != part.sphere
    ):
        return False
    acts = [set(_ACTS.findall(each.sentence[-_BEFORE:] + each.text)) for each in (total, part)]
    return acts[0] == acts[1] and place(total) != place(part)
