"""TGT013: results many times over the target, and no reason given."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import attained, is_of_another_scale, percent
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.core.saying import few
from taizhang.intake.plans import Indicator


@rule("TGT013", kind="missing_reason", severity="info", since="0.1")
def overachievement_without_reason(context: Context) -> Iterator[Problem]:
    """实现值远超目标值，没有说明原因。

    ## 为什么
    超出目标几倍，往往是目标定得过低，或者统计范围变了；财政评价要求说明，必要时扣分。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析及改进措施 |
    |---|---|---|---|
    | 社会培训（人次） | 1000 | 2600 |  |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析及改进措施 |
    |---|---|---|---|
    | 社会培训（人次） | 1000 | 2600 | 承接了县里新增的培训任务 |

    ## 例外
    目标写“≤”的逆向指标不报；表中没有原因一栏的，只列出达到目标五倍以上的行，整份报告合并为一条提示。

    ## 参数
    口径配置 `attainment.reason_above`（有原因一栏时，百分比，默认 130）和 `attainment.far_above`（默认 500）。

    ## 依据
    财预〔2020〕10号自评表“偏差原因分析及改进措施”栏；多地按 130% 执行。
    """
    settings = context.profile.sections.get("attainment", {})
    reason_above, far_above = (
        Decimal(str(settings.get("reason_above", 130))),
        Decimal(str(settings.get("far_above", 500))),
    )
    for reading in context.readings:
        far: list[tuple[Indicator, Decimal]] = []
        for row in reading.plans.indicators:
            result = attained(row)
            if result is None or row.actual is None or _is_reverse(row) or is_of_another_scale(row, result):
                continue
            if row.reason is not None:
                if result.ratio >= reason_above and row.reason.is_nothing:
                    yield at_value(
                        row.actual,
                        f"实现值是目标值的 {percent(result.ratio)}，没有填写原因",
                        expected="填写偏差原因",
                        row=row_name(row),
                        related=(related(row.goal),) if row.goal is not None else (),
                        severity=Severity.WARNING,
                    )
            elif result.ratio >= far_above:
                far.append((row, result.ratio))
        if far:
            yield _far_above(far)


def _is_reverse(row: Indicator) -> bool:
    """Whether less is better, so that far from the target is only well within it."""
    return row.goal is not None and row.goal.quantity is not None and row.goal.quantity.bound is Bound.AT_MOST


def _far_above(far: list[tuple[Indicator, Decimal]]) -> Problem:
    values = [row.actual for row, _ in far if row.actual is not None]
    names = few((f"{row.code or row.name} {percent(ratio)}" for row, ratio in far), 6)
    return at_value(
        values[0],
        f"{len(far)} 个指标的实现值达到目标值的五倍以上（{names}），请复核目标和统计范围，并说明原因",
        expected="说明原因",
        related=tuple(related(value) for value in values[1:]),
    )
