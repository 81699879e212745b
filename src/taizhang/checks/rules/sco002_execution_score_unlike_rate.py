"""SCO002: the score of budget execution is not the rate times the weight."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import places
from taizhang.checks.rules._forms import fits, shown
from taizhang.core.finding import Severity
from taizhang.core.scoring import execution_rate, execution_score
from taizhang.intake.forms import FULL, Form, FundRow, SummaryRow, points, points_of_money

_CENT = Decimal("0.011")
_NAMED = re.compile("(?:预算|资金)执行")


@rule("SCO002", kind="score_mismatch", severity="error", since="0.1")
def execution_score_unlike_rate(context: Context) -> Iterator[Problem]:
    """预算执行率的得分不等于执行率乘分值。

    ## 为什么
    执行率得分按比例计算，没有斟酌的余地；多得的分会直接扣回。

    ## 不合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 460 | 10 | 92% | 10 |

    ## 合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 460 | 10 | 92% | 9.2 |

    ## 例外
    执行率超过 100% 的按满分；得分低于应得分的、全表取整数而四舍五入成满分的，按存疑报。执行率本身写错的，得分与两者之一相合就不再报。

    ## 依据
    财预〔2020〕10号自评表：预算执行率得分 = 执行率 × 该项分值。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            for row in form.funds:
                yield from _problem(form, row, context)
        for project in reading.forms.summary:
            yield from _of_project(project)


def _of_project(row: SummaryRow) -> Iterator[Problem]:
    """The points for execution in a table of several projects, in a column that names them and how many there are."""
    spent, budget = points_of_money(row.executed), points_of_money(row.adjusted)
    rate = execution_rate(spent, budget) if spent is not None and budget is not None else None
    for score, most in row.parts:
        told = points(score)
        if most is None or told is None or rate is None or not _NAMED.search(score.table.columns[score.column]):
            continue
        expected = execution_score(most, rate)
        if told <= most and abs(told - expected) > Decimal("0.5").scaleb(-max(places(score.text), 1)) + _CENT:
            yield at_value(
                score,
                f"执行率 {shown(rate)}% × {shown(most)} 分 = {shown(expected)} 分，得分写的是 {score.text.strip()}",
                expected=shown(expected),
                row=row.project.text.strip(),
                related=tuple(related(value) for value in (row.adjusted, row.executed) if value is not None),
                severity=Severity.ERROR if told > expected else Severity.WARNING,
            )


def _problem(form: Form, row: FundRow, context: Context) -> Iterator[Problem]:
    weight, score = points(row.weight), points(row.score)
    rates = _rates(row)
    if weight is None or score is None or row.score is None or not rates or score > weight:
        return
    context.judged(row.weight, row.score)
    expected = [execution_score(weight, rate) for rate in rates]
    rounded = any(fits(row.score, value, form) for value in expected)
    if rounded and (score < weight or any(abs(score - value) <= _CENT for value in expected)):
        return
    right = expected[0]
    yield at_value(
        row.score,
        f"执行率 {shown(rates[0])}% × {shown(weight)} 分 = {shown(right)} 分，得分写的是 {row.score.text.strip()}",
        expected=shown(right),
        row=row.label.text.strip(),
        related=tuple(related(value) for value in (row.rate, row.weight) if value is not None and not value.is_nothing),
        severity=Severity.ERROR if score > max(expected) and not rounded else Severity.WARNING,
    )


def _rates(row: FundRow) -> list[Decimal]:
    """The rates that the score may rest on, in per cent: the computed one, and the printed one."""
    rates = []
    executed = points_of_money(row.executed)
    budget = points_of_money(row.adjusted) or points_of_money(row.budget)
    computed = execution_rate(executed, budget) if executed is not None and budget is not None else None
    if computed is not None:
        rates.append(computed)
    if row.rate is not None and row.rate.quantity is not None and row.rate.quantity.unit in {"", "%", "％"}:
        value = row.rate.quantity.value
        rates.append(value * FULL if value <= 1 and not row.rate.quantity.unit else value)
    return rates
