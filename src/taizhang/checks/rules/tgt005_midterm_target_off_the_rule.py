"""TGT005: a checkpoint target does not follow from the end target by the report's own rule."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._midterm import MidtermRule, is_ratio, midterm_rule, ratio_of
from taizhang.core.finding import Related, Severity
from taizhang.core.saying import brief, few
from taizhang.intake.plans import Indicator


@rule("TGT005", kind="midterm_target_rule", severity="warning", since="0.1")
def midterm_target_off_the_rule(context: Context) -> Iterator[Problem]:
    """中期目标值与报告自己说明的折算规则不符。

    ## 为什么
    报告写明中期目标按期满目标的一定比例计算，个别行却另取数值，完成率的分母就变了，专家会要求说明。

    ## 不合格
    注：中期目标值均按照期满目标值的 50% 计算。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 省级课题（项） | 40 | 20 | 22 | 110% |
    | 技术服务项目（项） | 60 | 25 | 31 | 124% |

    ## 合格
    注：中期目标值均按照期满目标值的 50% 计算。

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 省级课题（项） | 40 | 20 | 22 | 110% |
    | 技术服务项目（项） | 60 | 30 | 31 | 103% |

    ## 例外
    比率类指标（%、率、比例）和每年指标的中期目标与期满目标相同，只作提示，整份报告合并为一条；
    报告没有写明规则、仅由多数行看出的，只作提示。

    ## 参数
    口径配置 `midterm.ratio`：通行的比例（省级双高为 0.5）；报告没有写明时，有三行照此折算就看作规则，没有配置的要有八行。

    ## 依据
    省级双高中期自评的通行做法（见口径配置）；报告自己的脚注或说明。
    """
    named = context.profile.sections.get("midterm", {}).get("ratio")
    usual = Decimal(str(named)) if named is not None else None
    for reading in context.readings:
        rule_ = midterm_rule(reading, usual)
        if rule_ is None:
            continue
        kept: list[Indicator] = []
        for indicator in reading.plans.indicators:
            context.judged(indicator.end, indicator.mid)
            problem = _textual(indicator, rule_)
            if problem is not None:
                yield problem
                continue
            ratio = ratio_of(indicator)
            if ratio is None or ratio == rule_.ratio:
                continue
            if ratio == 1 and (is_ratio(indicator) or indicator.per_year):
                kept.append(indicator)
            else:
                yield _numeric(indicator, rule_)
        if kept and rule_.declared is not None and rule_.for_all:
            yield _kept_whole(kept, rule_)


def _numeric(indicator: Indicator, rule_: MidtermRule) -> Problem:
    mid, end = indicator.mid, indicator.end
    assert mid is not None and end is not None and end.quantity is not None  # noqa: S101, PT018 - it has a ratio
    expected = f"{(end.quantity.value * rule_.ratio).normalize():f}"
    return at_value(
        mid,
        f"按 {(rule_.ratio * 100).normalize():f}% 折算，期满目标 {end.text.strip()} 的中期目标应为 {expected}，写的是 {mid.text.strip()}",
        expected=expected,
        row=row_name(indicator),
        related=(related(end), *_declared(rule_)),
        severity=Severity.WARNING if rule_.declared is not None else Severity.INFO,
    )


def _textual(indicator: Indicator, rule_: MidtermRule) -> Problem | None:
    """A checkpoint target that is words though the end target is a number."""
    mid, end = indicator.mid, indicator.end
    if mid is None or end is None or end.quantity is None or mid.quantity is not None or mid.is_nothing:
        return None
    if rule_.declared is None:
        return None
    expected = f"{(end.quantity.value * rule_.ratio).normalize():f}"
    return at_value(
        mid,
        f"期满目标是数字 {end.text.strip()}，中期目标一栏却是文字“{brief(mid.text, 30)}”",
        expected=expected,
        row=row_name(indicator),
        related=(related(end), *_declared(rule_)),
    )


def _kept_whole(kept: list[Indicator], rule_: MidtermRule) -> Problem:
    first = kept[0].mid
    assert first is not None  # noqa: S101 - it has a ratio
    more = tuple(related(indicator.mid) for indicator in kept[1:] if indicator.mid is not None)
    names = few((indicator.code or indicator.name for indicator in kept), 8)
    return at_value(
        first,
        f"报告说明各项中期目标都按比例折算，{len(kept)} 个比率类或每年指标（{names}）没有折算；请在说明中写明例外",
        related=(*more, *_declared(rule_)),
        severity=Severity.INFO,
    )


def _declared(rule_: MidtermRule) -> tuple[Related, ...]:
    if rule_.declared is None or rule_.place is None:
        return ()
    return (Related(source=rule_.place, text=rule_.declared.text[:60]),)
