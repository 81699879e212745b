"""TGT007: the words of the actual value tell less than the target: fewer, a lower level, or only applied for."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import percent, printed_rate
from taizhang.checks.rules._wording import Told, falls_short, lower_level, target_of, told, worded_actual
from taizhang.core.finding import Severity
from taizhang.intake.plans import Indicator, Value
from taizhang.profiles import Profile

_PENDING = {"申报", "立项", "在建"}


@rule("TGT007", kind="below_target_claimed_done", severity="error", since="0.1")
def lesser_thing_reported_done(context: Context) -> Iterator[Problem]:
    """实现值的文字说明数量不够、级别不够，或者只是申报，完成率却写 100%。

    ## 为什么
    用校级代替省级、用申报代替立项，是评审中最常见的虚报；按规定，申报不等于立项，立项不等于建成。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级创新团队（个） | 2 | 1 | 已组建校级团队 | 100% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |
    |---|---|---|---|---|
    | 省级创新团队（个） | 2 | 1 | 已组建校级团队 | 0% |

    ## 例外
    文字说明的级别高于承诺、数量不少于目标的，不报。只能看出“正在评审”的，作存疑。

    ## 依据
    教职成〔2020〕8号：绩效目标以建设方案和任务书为准；申报、立项、建成、验收是不同的状态。
    """
    for reading in context.readings:
        for indicator in reading.plans.indicators:
            rate = printed_rate(indicator.rate)
            if rate is None or rate < 100:
                continue
            value = worded_actual(indicator, context.profile)
            if value is not None:
                yield from _judge(indicator, told(value, context.profile), context.profile)


def _judge(indicator: Indicator, what: Told, profile: Profile) -> Iterator[Problem]:
    goal = target_of(indicator)
    if goal is None:
        return
    short = falls_short(indicator, what, profile)
    lower = lower_level(profile.levels.named(indicator.name), what.levels, profile)
    if isinstance(short, tuple):
        yield _problem(indicator, what.value, f"承诺的是{short[0]}，说明中只有{short[1]}", "0%", Severity.ERROR)
    elif short is not None and what.counted is not None:
        expected, unit = percent(what.counted / short * 100), indicator.unit or ""
        message = (
            f"目标是 {_plain(short)} {unit}".rstrip() + f"，说明中算得上的只有 {_plain(what.counted)} {unit}".rstrip()
        )
        yield _problem(indicator, what.value, message, expected, Severity.ERROR)
    elif what.counted is None and (not lower or not what.levels) and _is_pending(what):
        yield _problem(
            indicator, what.value, "说明中只看到申报、评审或建设中的状态，看不出已经达到", "待核", Severity.WARNING
        )


def _is_pending(what: Told) -> bool:
    return bool(_PENDING & set(what.states)) or "报" in what.value.text


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _problem(indicator: Indicator, value: Value, why: str, expected: str, severity: Severity) -> Problem:
    rate, goal = indicator.rate, indicator.goal
    return at_value(
        value,
        f"{why}，完成率却写 {rate.text.strip() if rate else '100%'}",
        expected=expected,
        row=row_name(indicator),
        related=tuple(related(other) for other in (goal, rate) if other is not None and other is not value),
        severity=severity,
    )
