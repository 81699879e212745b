"""TGT006: the target is a number, the actual value is words."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._wording import worded_actual
from taizhang.core.finding import Severity
from taizhang.core.saying import brief


@rule("TGT006", kind="qualitative_for_quantitative", severity="error", since="0.1")
def words_where_a_number_was_due(context: Context) -> Iterator[Problem]:
    """目标是数字，实现值却是文字，完成率仍写 100%。

    ## 为什么
    没有数字就无从核对是否达到目标；用一句话代替数字，往往是没有达到。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级教学资源库（个） | 2 | 1 | 材料已上报，等待评审 | 100% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级教学资源库（个） | 2 | 1 | 1 | 100% |

    ## 例外
    数字后面带说明（“12 项（含受理 2 项）”）不报。没有计量单位的指标只作存疑；完成率没有写到 100% 的只作存疑。

    ## 依据
    财预〔2020〕10号：定量指标应填写实际完成的数值。
    """
    for reading in context.readings:
        for indicator in reading.plans.indicators:
            value, goal = worded_actual(indicator, context.profile), indicator.goal
            if value is None or goal is None:
                continue
            context.judged(value)
            done = (printed_rate(indicator.rate) or 0) >= 100
            target = indicator.end if goal.quantity is None else goal
            unit = f" {indicator.unit}" if indicator.unit else ""
            assert target is not None  # noqa: S101 - a worded actual has a numeric target
            yield at_value(
                value,
                f"目标值是 {target.text.strip()}{unit}，实现值不是可以核对的数值，写的是“{brief(value.text, 40)}”",
                expected=f"以“{indicator.unit}”计的数值" if indicator.unit else "数值",
                row=row_name(indicator),
                related=tuple(related(other) for other in (target, indicator.rate) if other is not None),
                severity=Severity.ERROR if indicator.unit and done else Severity.WARNING,
            )
