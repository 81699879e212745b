"""TGT001: a value under its target is reported as done."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import attained, is_limit, percent, printed_rate
from taizhang.core.attainment import Attained


@rule("TGT001", kind="below_target_claimed_done", severity="error", since="0.1")
def below_target_reported_done(context: Context) -> Iterator[Problem]:
    """实现值没有达到目标值，完成率却写 100% 或以上。

    ## 为什么
    专家拿到报告首先核对的就是实现值与目标值；没有达到而写 100%，一经发现，整份报告的可信度都会受损。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 省级精品课程（门） | 40 | 20 | 17 | 100% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 省级精品课程（门） | 40 | 20 | 17 | 85% |

    ## 例外
    目标写“≤”的逆向指标，实现值低于目标即为完成，不报。

    ## 依据
    教职成〔2020〕8号《中国特色高水平高职学校和专业建设计划绩效管理暂行办法》；教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    for reading in context.readings:
        for indicator in reading.plans.indicators:
            goal, actual, rate = indicator.goal, indicator.actual, indicator.rate
            if goal is None or actual is None or rate is None:
                continue
            printed = printed_rate(rate)
            result = attained(indicator)
            if printed is None or result is None:
                continue
            context.judged(goal, actual, rate)
            if printed >= 100 and result.state is Attained.SHORT:
                expected = percent(result.ratio)
                side = "高于" if is_limit(goal) else "低于"
                yield at_value(
                    rate,
                    f"实现值 {actual.text.strip()} {side}目标值 {goal.text.strip()}，完成率应为 {expected}，却写 {rate.text.strip()}",
                    expected=expected,
                    row=row_name(indicator),
                    related=(related(goal), related(actual)),
                )
