"""ACT010: a plan stands and nothing is told of it."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Promise, promises, short
from taizhang.core.finding import Severity
from taizhang.intake.plans import Point, Value

_SEVERAL = 2  # blanks under one year of a table with nothing else under it: a column lost, told once


@rule("ACT010", kind="plan_actual_mismatch", severity="error", since="0.1")
def nothing_reported(context: Context) -> Iterator[Problem]:
    """计划有内容，完成情况空着。

    ## 为什么
    完成情况空着而完成率写 100%，没有一个字可以支持它；多半是漏填或者粘贴时丢了一列。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设融媒体中心 | — | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设融媒体中心 | ①建成融媒体中心，面积 260 平方米 | 100% |

    ## 例外
    没有写完成率，或者没有写 100% 的，作存疑。一张表里某一年度的完成情况整列空着的，只说一次，也作存疑。

    ## 依据
    教职成〔2020〕8号：逐项填报任务完成情况。
    """
    columns: dict[tuple[int, int], list[Promise]] = {}
    for promise in promises(context):
        columns.setdefault((id(promise.point.table), promise.point.done.column), []).append(promise)
    for column in columns.values():
        blank = [promise for promise in column if promise.blank]
        if len(blank) == len(column) >= _SEVERAL:
            point = blank[0].point
            yield at_value(
                _place(point), f"这一年度的 {len(blank)} 个任务点都没有写完成情况",
                printed=point.done.text.strip(), expected="完成情况", row=row_name(point),
                related=tuple(related(p.point.plan) for p in blank), severity=Severity.WARNING,
            )  # fmt: skip
            continue
        for promise in blank:
            point = promise.point
            yield at_value(
                _place(point), f"计划“{short(point.plan.text)}”，没有写完成情况",
                printed=point.done.text.strip(), expected="完成情况", row=row_name(point),
                related=(related(point.plan),), severity=None if promise.full else Severity.WARNING,
            )  # fmt: skip


def _place(point: Point) -> Value:
    """Where a finding can be seen: the sign for nothing, or the plan where the cell is empty."""
    return point.done if point.done.text.strip() else point.plan
