"""SCO001: an execution rate is not the money spent over the budget."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._attainment import percent, places
from taizhang.checks.rules._funds import stand_alone, to_blame, wrong_columns
from taizhang.core.scoring import execution_rate
from taizhang.intake.forms import FULL, Form, FundRow, points_of_money
from taizhang.intake.plans import Value

_LEAST_ROWS = 2
_MOST = Decimal("0.6")


@rule("SCO001", kind="rate_mismatch", severity="error", since="0.1")
def execution_rate_unlike_budget(context: Context) -> Iterator[Problem]:
    """自评表的预算执行率不等于执行数除以全年预算数。

    ## 为什么
    执行率直接计 10 分；表里就有预算数和执行数，评价组第一步就是复算这一行。

    ## 不合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 460 | 10 | 98% | 9.2 |

    ## 合格
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    |---|---|---|---|---|---|---|
    | 年度资金总额 | 400 | 500 | 460 | 10 | 92% | 9.2 |

    ## 例外
    四舍五入之内的差别不报；表中没有全年（调整后）预算数的，用年初预算数。执行超过预算而写 100% 的，按封顶理解。

    ## 依据
    财预〔2020〕10号自评表：执行率 = 全年执行数 ÷ 全年预算数 × 100%。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            blamed = [to_blame(form, column) for column in wrong_columns(form)]  # told by SCO015
            rows = [row for row in form.funds if row not in blamed]
            wrong = [(row, problem) for row in rows if (problem := _problem(row, context)) is not None]
            if wrong and not _is_told_elsewhere(form, [row for row, _ in wrong]):
                yield from (problem for _, problem in wrong)


def _problem(row: FundRow, context: Context) -> Problem | None:
    base = _base(row)
    computed, printed = _computed(row, base), _printed(row.rate)
    if computed is None or not printed or row.rate is None or base is None or row.executed is None:
        return None
    context.judged(base, row.executed, row.rate)
    allowed = max(Decimal("0.51").scaleb(-places(row.rate.text)), Decimal("0.011"))
    if any(abs(value - computed) <= allowed for value in printed) or (computed > FULL and FULL in printed):
        return None
    expected = percent(computed, max(places(row.rate.text), 1)).replace(".0%", "%")
    return at_value(
        row.rate,
        f"执行率 = {row.executed.text.strip()} ÷ {base.text.strip()} = {expected}，写的是 {row.rate.text.strip()}",
        expected=expected,
        row=row.label.text.strip(),
        related=(related(row.executed), related(base)),
    )


def _base(row: FundRow) -> Value | None:
    return row.adjusted if points_of_money(row.adjusted) is not None else row.budget


def _computed(row: FundRow, base: Value | None) -> Decimal | None:
    executed, budget = points_of_money(row.executed), points_of_money(base)
    return execution_rate(executed, budget) if executed is not None and budget is not None else None


def _printed(rate: Value | None) -> tuple[Decimal, ...]:
    """What a rate cell may mean in per cent: as printed, or a hundred times that where the sheet lost its format."""
    if rate is None or rate.quantity is None or rate.quantity.unit not in {"", "%", "％"}:
        return ()
    value = rate.quantity.value
    return (value, value * FULL) if not rate.quantity.unit and value <= 1 else (value,)


def _is_told_elsewhere(form: Form, wrong: Sequence[FundRow]) -> bool:
    """Whether ARI010 judges the table: the block is the whole table, and most of its rows show how the rate is made."""
    rated = [row for row in form.funds if _printed(row.rate) and _computed(row, _base(row)) is not None]
    fitting = len(rated) - len(wrong)
    return stand_alone(form) and fitting >= _LEAST_ROWS and fitting >= _MOST * len(rated)
