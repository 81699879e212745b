"""SCO015: the kinds of funds do not add up to the total of the funds block."""

from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._forms import shown
from taizhang.checks.rules._funds import Column, exceeding, stand_alone, to_blame, wrong_columns
from taizhang.intake.forms import Form, FundRow, points_of_money
from taizhang.intake.plans import Value


@rule("SCO015", kind="sum_mismatch", severity="error", since="0.2")
def funds_unlike_total(context: Context) -> Iterator[Problem]:
    """自评表资金块中，财政拨款、结转、其他资金之和不等于资金总额。

    ## 为什么
    资金总额要与决算一致；分项加不上，不是分项写错，就是总额没有更新。

    ## 不合格
    | 项目名称 | | 产教融合实训基地 | | | | |
    |---|---|---|---|---|---|---|
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 年度资金总额 | 120 | 120 | 102 | 10 | 85% | 8.5 |
    | 其中：当年财政拨款 | 100 | 100 | 84 | — | 84% | — |
    | 其他资金 | 20 | 20 | 28 | — | 90% | — |

    ## 合格
    | 项目名称 | | 产教融合实训基地 | | | | |
    |---|---|---|---|---|---|---|
    | 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 年度资金总额 | 120 | 120 | 102 | 10 | 85% | 8.5 |
    | 其中：当年财政拨款 | 100 | 100 | 84 | — | 84% | — |
    | 其他资金 | 20 | 20 | 18 | — | 90% | — |

    ## 例外
    只有一个分项的，它大于总额、或三栏中两栏与总额相同而一栏不同才报；舍入尾差不报；“其中”写在某一分项之后的，是那一分项的细分；没有一栏加得上的不报（分项没有列全）；资金单独成表的由 ARI001 报。

    ## 依据
    财预〔2020〕10号自评表：年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金。
    """
    for reading in context.readings:
        for form in reading.forms.forms:
            whole = form.fund_total
            if whole is not None and (whole.label.row > whole.label.table.header or not stand_alone(form)):
                wrong = wrong_columns(form)
                yield from (_problem(form, column) for column in wrong)
                if not wrong and (parts := exceeding(form)):
                    yield _exceeded(parts)


def _problem(form: Form, column: Column) -> Problem:
    """At the part whose own rate tells that it is the wrong one, else at the total."""
    terms = " + ".join(value.text.strip() for value in column.parts)
    name = "资金总额" if column.whole.is_total else f"“{column.whole.label.text.strip()}”"
    added = f"{terms} = {shown(column.added)}" if len(column.parts) > 1 else f"只有一项 {terms}"
    message = f"{column.name} {added}，{name}写的是 {column.total.text.strip()}"
    row = to_blame(form, column)
    if row is not None and row.executed is not None:
        right = shown((points_of_money(row.executed) or 0) + column.short)
        others = [value for value in column.parts if value is not row.executed]
        return at_value(
            row.executed,
            f"{message}；按执行率，本行应为 {right}",
            expected=right,
            row=row.label.text.strip(),
            related=(related(column.total), *map(related, others)),
        )
    return at_value(
        column.total,
        message,
        expected=shown(column.added),
        row=column.whole.label.text.strip(),
        related=tuple(map(related, column.parts)),
    )


def _exceeded(parts: Sequence[tuple[FundRow, Value, Value]]) -> Problem:
    """At the first total that is less than one of its parts: however many parts are missing, that cannot be."""
    row, part, total = parts[0]
    name = row.label.text.strip().rstrip("：:")
    return at_value(
        total,
        f"“{name}”{part.text.strip()} 大于资金总额 {total.text.strip()}",
        expected=f"不小于 {part.text.strip()}",
        related=tuple(related(value) for _, *pair in parts for value in pair if value is not total),
    )
