"""CON006: a cumulative value is smaller than that of an earlier year."""

from collections.abc import Hashable, Iterator
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import at_statement, figure, named, related, sameness, where
from taizhang.checks.rules._tabled import tabled
from taizhang.core.finding import Severity
from taizhang.intake.matching import Relation, agree
from taizhang.intake.statements import Role, Statement


@rule("CON006", kind="contradiction", severity="error", since="0.3")
def cumulative_below_earlier_year(context: Context) -> Iterator[Problem]:
    """累计数小于以前某一年的数。

    ## 为什么
    累计数只会增加；“累计 140 人次”而上一年一年就有 920 人次，两个数至少有一个口径不对。

    ## 不合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 教师培训 | ②组织教师专题培训50人次 | ②组织教师专题培训920人次 | ②组织教师专题培训累计80人次 | ②组织教师专题培训累计140人次 | 100% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 教师培训 | ②组织教师专题培训50人次 | ②组织教师专题培训60人次 | ②组织教师专题培训累计80人次 | ②组织教师专题培训累计140人次 | 100% |

    ## 例外
    表格里按年分栏、行名写明“累计”的行，后一年小于前一年的也报；没有写“累计”的行逐年减少，不报。
    完成情况自己没有写“累计”，只是计划里写了的，报为存疑。

    ## 依据
    本项目的填报约定：累计值不小于其中任何一年的值（domain 第 6 节典型错误 7）。
    """
    yield from _falling_rows(context)
    same = sameness(context)
    by_plan: dict[Hashable, list[Statement]] = {}
    for each in same.statements:
        if each.role is Role.TOLD and each.answers is not None:
            by_plan.setdefault(_planned_as(each), []).append(each)
    for running in same.statements:
        if running.role is not Role.TOLD or not running.running or running.year is None or running.part:
            continue
        linked = [
            link.other
            for link in same.links(running)
            if (link.relation is Relation.SAME or _is_same_row(running, link.other)) and same.near(running, link.other)
        ]
        earlier = [
            each
            for each in (*linked, *by_plan.get(_planned_as(running), ()))
            if each.document == running.document
            and each.role is Role.TOLD
            and each.year is not None
            and each.year < running.year
            and not each.part
            and each.value > running.value
            and not agree(running, each)
        ]
        if not earlier:
            continue
        worst = max(earlier, key=lambda other: other.value)
        context.told(running.source, worst.source)
        yield at_statement(
            running,
            f"{named(running)}累计 {figure(running)}，少于{where(worst)} 一年的 {figure(worst)}",
            printed=figure(running),
            expected=f"不少于 {figure(worst)}",
            related=(related(worst),),
            severity=Severity.ERROR if "累计" in running.text else Severity.WARNING,
        )


def _planned_as(told: Statement) -> Hashable:
    """What was planned, in the same words year after year, and is told in others: the task, the thing and its unit."""
    plan = told.answers
    if plan is None or told.point is None:
        return id(told)
    return told.document, told.point.task, plan.quantity.unit, plan.wording.free, plan.wording.levels


def _is_same_row(one: Statement, other: Statement) -> bool:
    """Whether two completions answer the same numbered point of two years."""
    if one.point is None or other.point is None or one.table is not other.table:
        return False
    same_row = one.point.ordinal == other.point.ordinal and one.point.done.row == other.point.done.row
    return same_row and one.wording.levels == other.wording.levels


def _falling_rows(context: Context) -> Iterator[Problem]:
    """The rows of tables with a column for each year that are called cumulative and fall."""
    rows: dict[tuple[int, int | None], list[Statement]] = {}
    for row in tabled(context).rows:
        if row.table is not None and row.year is not None and "累计" in (row.row or ""):
            rows.setdefault((row.table.index, row.source.row), []).append(row)
    for years in rows.values():
        years.sort(key=lambda row: row.year or 0)
        for before, after in pairwise(years):
            if after.value < before.value and after.year != before.year:
                context.told(after.source, before.source)
                yield at_statement(
                    after,
                    f"{named(after)}{after.year} 年是 {figure(after)}，少于 {before.year} 年的 {figure(before)}",
                    printed=after.text,
                    expected=f"不少于 {figure(before)}",
                    related=(related(before),),
                )
