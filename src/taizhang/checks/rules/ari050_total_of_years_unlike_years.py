"""ARI050: the total of several years is not what the years told in other places make."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._sameness import at_statement, figure, related, sameness
from taizhang.checks.rules._years_together import rounding, yearly, years_of
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.statements import Role, Statement

_NEAR = Decimal("0.15")  # of the sum: a total further off is that of another thing
_SAID = frozenset({Role.SAID, Role.TOLD})


@rule("ARI050", kind="sum_mismatch", severity="warning", since="0.8")
def total_of_years_unlike_years(context: Context) -> Iterator[Problem]:
    """几年累计的数，不等于别处写的各年之和。

    ## 为什么
    “三年累计帮扶 439 万元”写在总结里，各年的数写在表里或另一段：单看都没有错，加一加就对不上。

    ## 不合格
    # 云岭职业技术学院2024年度质量年报

    | 指标 | 2022年 | 2023年 | 2024年 |
    |---|---|---|---|
    | 消费帮扶（万元） | 142 | 165 | 186 |
    | 社会培训（人次） | 2860 | 3120 | 3450 |

    三年累计消费帮扶 439 万元。

    ## 合格
    # 云岭职业技术学院2024年度质量年报

    | 指标 | 2022年 | 2023年 | 2024年 |
    |---|---|---|---|
    | 消费帮扶（万元） | 142 | 165 | 186 |
    | 社会培训（人次） | 2860 | 3120 | 3450 |

    三年累计消费帮扶 493 万元，近两年共 351 万元。

    ## 例外
    写明是哪几年（“三年”“近两届”“2022—2024 年”）、而且每一年都只有一个数的才加；对象更窄的、约数、平均数、只说“建设期累计”的不比；
    差额在各数四舍五入之内的不报，相差一成半以上的多半是另一件事，也不报。各年同在一张表里的报错，分散在几处的报为存疑。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    same = sameness(context)
    for total in same.statements:
        if total.role not in _SAID or not total.running or total.dimension == "%" or total.part:
            continue
        if total.quantity.bound is not Bound.EXACT or total.former:
            continue
        years = years_of(total, same.last_year[total.document] or yearly(context, same).last)
        told = yearly(context, same).of(total, years) if len(years) > 1 else []
        if told and not _is_in_its_sentence(total, told):
            yield from _problem(total, told, context)


def _is_in_its_sentence(total: Statement, told: list[Statement]) -> bool:
    """Whether the years stand in the same sentence, where ARI002 adds them up."""
    return all(
        each.role is Role.SAID and each.paragraph == total.paragraph and total.sentence.startswith(each.sentence)
        for each in told
    )


def _problem(total: Statement, told: list[Statement], context: Context) -> Iterator[Problem]:
    added = sum((each.value for each in told), Decimal(0))
    context.told(total.source, *(each.source for each in told))
    off = abs(added - total.value)
    if off <= rounding([total, *told]) or off > _NEAR * added:
        return
    scale = total.value / total.quantity.value
    of_one_table = all(each.table is not None and each.table is told[0].table for each in told)
    yield at_statement(
        total,
        f"各年之和是 {' + '.join(shown(each.value / scale) for each in told)} = {shown(added / scale)}{total.quantity.unit}，写的是 {figure(total)}",
        printed=figure(total),
        expected=f"{shown(added / scale)}{total.quantity.unit}",
        related=tuple(related(each) for each in told),
        severity=Severity.ERROR if of_one_table else Severity.WARNING,
    )
