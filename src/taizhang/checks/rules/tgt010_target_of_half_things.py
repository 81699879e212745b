"""TGT010: checkpoint targets of half a thing, made by halving."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._countable import counts_whole_things


@rule("TGT010", kind="over_precision", severity="info", since="0.1")
def target_of_half_things(context: Context) -> Iterator[Problem]:
    """计数指标的目标值出现小数（“0.5 个”）。

    ## 为什么
    把期满目标机械折半会得到“0.5 个平台”这样无法实现的目标；达到 1 个即超额 100%，完成率失去意义。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 产业学院（个） | 3 | 1.5 | 2 | 133% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 产业学院（个） | 4 | 2 | 2 | 100% |

    ## 例外
    只作提示，整份报告合并为一条。

    ## 依据
    财预〔2020〕10号：绩效指标应细化量化、合理可行。
    """
    for reading in context.readings:
        halves = [
            indicator.goal
            for indicator in reading.plans.indicators
            if indicator.goal is not None
            and indicator.goal.quantity is not None
            and indicator.goal.quantity.value != indicator.goal.quantity.value.to_integral_value()
            and counts_whole_things(indicator, context.profile)
        ]
        if halves:
            shown = "、".join(dict.fromkeys(value.text.strip() for value in halves[:40]))
            yield at_value(
                halves[0],
                f"{len(halves)} 个计数指标的目标值不是整数（{shown[:40]}），是折算的结果，建议取整",
                expected="整数",
                related=tuple(related(value) for value in halves[1:]),
            )
