"""TGT009: an actual value of one and a half projects."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._countable import counts_whole_things


@rule("TGT009", kind="over_precision", severity="error", since="0.1")
def part_of_a_thing(context: Context) -> Iterator[Problem]:
    """按个、项、人计数的实现值不是整数。

    ## 为什么
    项目、课程、人都不能有半个；实现值出现小数，多半是把折半的中期目标值抄了过来。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级培训项目（项） | 5 | 2.5 | 2.5 | 100% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级培训项目（项） | 5 | 2.5 | 3 | 120% |
    | 技术服务到款（万元） | 500 | 250 | 262.5 | 105% |

    ## 例外
    平均数、比率、金额、万人日等可以有小数，不报。

    ## 依据
    统计常识；本项目的填报约定。
    """
    for reading in context.readings:
        for indicator in reading.plans.indicators:
            actual, goal = indicator.actual, indicator.goal
            if actual is None or actual.quantity is None or not counts_whole_things(indicator, context.profile):
                continue
            value = actual.quantity.value
            if actual.quantity.unit == f"万{indicator.unit}":
                continue  # “1.2 万人次” counts 12000
            if value == value.to_integral_value():
                continue
            copied = goal is not None and goal.quantity is not None and goal.quantity.value == value
            yield at_value(
                actual,
                f"以“{indicator.unit}”计数的实现值 {actual.text.strip()} 不是整数"
                + ("，与目标值相同，疑为照抄" if copied else ""),
                expected="整数",
                row=row_name(indicator),
                related=(related(goal),) if goal is not None else (),
            )
