"""UNI001: a target of each year is halved into the checkpoint target."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._midterm import ratio_of
from taizhang.intake.plans import Indicator


@rule("UNI001", kind="unit_or_period", severity="warning", since="0.1")
def yearly_target_scaled(context: Context) -> Iterator[Problem]:
    """按年计的指标，中期目标值却按比例折算了。

    ## 为什么
    单位是“次/年”的指标，每一年都应达到目标；折半以后等于把每年的任务减了一半，完成率随之虚高。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 技能文化节活动（场/年） | 6 | 3 | 7 | 233% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 技能文化节活动（场/年） | 6 | 6 | 7 | 117% |

    ## 例外
    中期目标低于期满目标、但不是按整比例（一半、四成、六成、七成半等）折算的，可能是逐年提高，不报。

    ## 参数
    口径配置 `units_and_periods.scaled`：视为折算的比例。

    ## 依据
    财预〔2020〕10号：指标值应与统计期间一致；本项目的填报约定。
    """
    scaled = {str(ratio) for ratio in context.profile.sections["units_and_periods"]["scaled"]}
    for reading in context.readings:
        for indicator in reading.plans.indicators:
            if indicator.per_year and _is_scaled(indicator, scaled):
                yield _problem(indicator)
                context.judged(indicator.end, indicator.mid)


def _is_scaled(indicator: Indicator, scaled: set[str]) -> bool:
    ratio = ratio_of(indicator)
    return ratio is not None and f"{ratio.normalize():f}" in scaled


def _problem(indicator: Indicator) -> Problem:
    mid, end = indicator.mid, indicator.end
    assert mid is not None and end is not None  # noqa: S101, PT018 - the row has a ratio
    return at_value(
        mid,
        f"单位是“{indicator.unit or '每年'}”，每年都应达到 {end.text.strip()}，中期目标值不应折算成 {mid.text.strip()}",
        expected=f"每年 {end.text.strip()}",
        row=row_name(indicator),
        related=(related(end),),
    )
