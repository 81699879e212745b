"""CON011: a narrower thing is told with more than the wider one has."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import at_statement, figure, named, related, sameness, where
from taizhang.checks.rules._wholes import inversions
from taizhang.core.finding import Severity
from taizhang.intake.statements import Role, Statement

_OPEN = re.compile("各类|各级|各项|各种|系列|等")  # the name may hold more than it says


@rule("CON011", kind="contradiction", severity="warning", since="0.3")
def part_larger_than_whole(context: Context) -> Iterator[Problem]:
    """范围窄的数大于范围宽的数。

    ## 为什么
    “课程思政项目或课题”共 4 项，其中的“课程思政项目”就不会有 7 项；部分大于整体，两个数至少一个不对。

    ## 不合格
    # 一、人才培养

    学生参加各类技能大赛获省级奖项126项。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 技能大赛省级获奖（项） | 180 | 90 | 118 | 131% |

    ## 合格
    # 一、人才培养

    学生参加各类技能大赛获省级奖项109项。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 技能大赛省级获奖（项） | 180 | 90 | 118 | 131% |

    ## 例外
    只比较同一建设任务之内、级别和期间相同的数；隔着任务的只作提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    known = {frozenset((id(each.odd), id(other))) for each in same.inside for other in each.against}
    told: set[int] = set()
    for found in sorted(inversions(context), key=lambda found: found.narrow.role is not Role.ACTUAL):
        narrow, wide = found.narrow, found.wide[0]
        if told.intersection(map(id, found.wide)) or any(
            frozenset((id(narrow), id(other))) in known for other in found.wide
        ):
            continue
        told.update(map(id, found.wide))
        odd, rest = (wide, (narrow, *found.wide[1:])) if wide.role is Role.ACTUAL else (narrow, found.wide)
        context.told(*(each.source for each in (odd, *rest)))
        yield at_statement(
            odd,
            f"{_at(narrow)}是 {figure(narrow)}，{_at(wide)}只有 {figure(wide)}；{_why(narrow)}",
            printed=figure(odd),
            expected="、".join(figure(each) for each in rest[:2]),
            related=tuple(related(each) for each in rest[:6]),
            severity=None if found.near and found.likeness >= 0.5 else Severity.INFO,
        )


def _why(narrow: Statement) -> str:
    """What cannot be: a narrower name with more than the wider one, or two names of which each may hold the other."""
    if _OPEN.search(narrow.subject):
        return "两处名称相近而数目不同，请核对统计范围"
    return "从名称看后者范围更宽，不应更少，请核对"


def _at(statement: Statement) -> str:
    if statement.table is None and statement.source.paragraph is not None:
        return f"{where(statement)} "  # which are its own words
    return f"{named(statement)}（{where(statement)}）"
