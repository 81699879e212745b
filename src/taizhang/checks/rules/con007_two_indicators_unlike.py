"""CON007: two indicator tables give one indicator different values."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import contradiction, sameness
from taizhang.intake.statements import Role


@rule("CON007", kind="contradiction", severity="warning", since="0.3")
def two_indicators_unlike(context: Context) -> Iterator[Problem]:
    """两张指标表里的同一指标，实现值不同。

    ## 为什么
    产出指标与社会效益指标常常是同一件事；实现值不同，必有一处未改。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 社会培训服务量（人日） | 50000 | 25000 | 35600 | 142% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 社会培训服务量（人日） | 50000 | 25000 | 35780 | 143% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 社会培训服务量（万人日） | 5 | 2.5 | 3.58 | 143% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 社会培训服务量（人日） | 50000 | 25000 | 35780 | 143% |

    ## 例外
    不同建设任务、不同专业群各自的同名指标，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for found in sameness(context).inside:
        if found.roles == {Role.ACTUAL}:
            yield contradiction(context, found)
