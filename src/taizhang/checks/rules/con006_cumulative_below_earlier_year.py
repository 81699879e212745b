"""CON006: a cumulative value is smaller than that of an earlier year."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import at_statement, figure, named, related, sameness, where
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
    完成情况自己没有写“累计”，只是计划里写了的，报为存疑。

    ## 依据
    本项目的填报约定：累计值不小于其中任何一年的值（domain 第 6 节典型错误 7）。
    """
    same = sameness(context)
    for running in same.statements:
        if running.role is not Role.TOLD or not running.running or running.year is None or running.part:
            continue
        earlier = [
            link.other
            for link in same.links(running)
            if (link.relation is Relation.SAME or _is_same_row(running, link.other))
            and link.other.document == running.document
            and link.other.role is Role.TOLD
            and link.other.year is not None
            and link.other.year < running.year
            and not link.other.part
            and same.near(running, link.other)
            and link.other.value > running.value
            and not agree(running, link.other)
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


def _is_same_row(one: Statement, other: Statement) -> bool:
    """Whether two completions answer the same numbered point of two years."""
    if one.point is None or other.point is None or one.table is not other.table:
        return False
    same_row = one.point.ordinal == other.point.ordinal and one.point.done.row == other.point.done.row
    return same_row and one.wording.levels == other.wording.levels
