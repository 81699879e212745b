"""CON007: two indicator tables give one indicator different values."""

from collections.abc import Iterator
from itertools import combinations

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import (
    Disagreement,
    Sameness,
    at_statement,
    contradiction,
    figure,
    is_close,
    named,
    related,
    sameness,
    where,
)
from taizhang.checks.rules._tabled import tabled
from taizhang.core.finding import Severity
from taizhang.intake.matching import ACHIEVED, significant
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_COUNTED = frozenset({"件", "%"})
_LONG = 3  # digits
_ALIKE = 0.6
_TELLING = 20  # equal actual values below this may be chance


@rule("CON007", kind="contradiction", severity="warning", since="0.3")
def two_indicators_unlike(context: Context) -> Iterator[Problem]:
    """两张指标表里的同一指标，实现值或目标值不同。

    ## 为什么
    产出指标与社会效益指标常常是同一件事；实现值不同，必有一处未改。

    ## 不合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 社会培训服务量（人日） | 50000 | 25000 | 41200 | 165% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 社会培训服务量（人日） | 50000 | 25000 | 41380 | 166% |

    ## 合格
    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.1 社会培训服务量（万人日） | 5 | 2.5 | 4.14 | 166% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 2.1.1 社会培训服务量（人日） | 50000 | 25000 | 41380 | 166% |

    ## 例外
    另一张统计表里同一件事的数，只在四位以上的数颠倒了次序（30260 与 30620）时才报；
    不同建设任务、不同专业群、不同项目的自评表各自的同名指标，不报。名称不同而数只差一点的（培训量 35.6 与 35.78），正文用两者共有的名称只写了其中一个，才报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    projects = {
        (item.label.table.index, item.label.row): form.project.text.strip()
        for reading in context.readings for form in reading.forms.forms if form.project is not None
        for item in form.indicators
    }  # fmt: skip
    for found in same.inside:
        owners = [
            projects.get((each.indicator.label.table.index, each.indicator.label.row))
            for each in (found.odd, *found.against) if each.indicator is not None
        ]  # fmt: skip
        if found.roles == {Role.ACTUAL} and (None in owners or len(set(owners)) < 2):
            yield contradiction(context, found)
    rows = tabled(context)
    known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
    for each in same.statements:
        if each.role is Role.ACTUAL and id(each) not in known:
            row = rows.exchanged(each, same)
            if row is not None:
                context.told(each.source, row.source)
                yield at_statement(
                    each,
                    f"{named(each)}是 {figure(each)}，{where(row)} 是 {figure(row)}，数字颠倒了次序",
                    expected=figure(row),
                    related=(related(row),),
                )
    yield from _slips(context, same, known)
    actual = {id(each.indicator): each for each in same.statements if each.role is Role.ACTUAL}
    for target in same.statements:
        if target.role is Role.TARGET and target.running:
            other = _higher(same, target, actual)
            if other is not None:
                yield at_statement(
                    target,
                    f"{named(target)}的目标值是 {figure(target)}，{where(other)} 的目标值是 {figure(other)}",
                    expected=other.text,
                    related=(related(other),),
                )


def _slips(context: Context, same: Sameness, known: set[int]) -> Iterator[Problem]:
    """Actual values of two tables that nearly agree, where a shorter name that both hold is told with one of them."""
    long = [
        each for each in same.statements
        if each.role is Role.ACTUAL and each.dimension not in _COUNTED and significant(each.quantity.value) >= _LONG
    ]  # fmt: skip
    for each, other in combinations(long, 2):
        if each.dimension != other.dimension or each.table is other.table or not is_close(each, other):
            continue
        if {id(each), id(other)} & known:
            continue
        mine, theirs = each.wording, other.wording
        if (
            mine.tail != theirs.tail
            or mine.levels != theirs.levels
            or opposed(mine, theirs)
            or not same.near(each, other)
        ):
            continue
        told = [one for one in same.statements if one.role in ACHIEVED and one.dimension == each.dimension]
        told = [one for one in told if one.wording.key and one.wording.key <= mine.key & theirs.key]
        backed = [[one for one in told if one.value == value.value] for value in (each, other)]
        if bool(backed[0]) is bool(backed[1]):
            continue
        odd, rest, backing = (other, each, backed[0]) if backed[0] else (each, other, backed[1])
        yield contradiction(context, Disagreement(odd, (rest, *backing), (), Severity.WARNING))


def _higher(same: Sameness, target: Statement, actual: dict[int, Statement]) -> Statement | None:
    """The highest target of the same indicator in another table; the same, where both report one actual value."""
    mine = actual.get(id(target.indicator))
    if mine is None or mine.value < _TELLING:
        return None
    found = [
        link.other
        for link in same.links(target)
        if link.other.role is Role.TARGET
        and link.other.table is not target.table
        and link.other.document == target.document
        and link.likeness >= _ALIKE
        and link.other.value > target.value
        and (theirs := actual.get(id(link.other.indicator))) is not None
        and theirs.value == mine.value
    ]
    return max(found, key=lambda other: other.value, default=None)
