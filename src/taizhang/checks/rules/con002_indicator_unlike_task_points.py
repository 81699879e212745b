"""CON002: an indicator’s value is not what the task points tell."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import contradiction, sameness
from taizhang.intake.statements import Role


@rule("CON002", kind="contradiction", severity="warning", since="0.3")
def indicator_unlike_task_points(context: Context) -> Iterator[Problem]:
    """指标表的实现值与任务点完成情况所说的数目不同。

    ## 为什么
    任务点是过程，指标是结果；同一件事，任务点累计完成 3 个而指标写 6 个，多出的从何而来要说得清。

    ## 不合格
    | 建设任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 名师培育 | ①培育省级首席技师3-4名 | ①培育省级首席技师3名 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 培育省级首席技师（人） | 12 | 6 | 6 | 100% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 名师培育 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 培育省级首席技师（人） | 12 | 6 | 6 | 100% |

    ## 例外
    各年任务点之和、或最后一年的累计数等于实现值的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if found.roles <= {Role.ACTUAL, Role.TOLD} and found.roles != {Role.ACTUAL}:
            yield contradiction(context, found)
