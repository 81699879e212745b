"""LED011: the report tells of a task point otherwise than the ledger has approved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._counterparts import apart
from taizhang.core.quantities import number, quantities
from taizhang.core.quantity import Bound, Quantity
from taizhang.intake.counterparts import PointPair, point_pairs


@rule("LED011", kind="cross_document", severity="warning", since="0.2")
def completion_unlike_ledger(context: Context) -> Iterator[Problem]:
    """报告里任务点的完成情况，与台账里已审的不同。

    ## 为什么
    任务点的完成情况在台账里逐级审过；报告里同一个任务点写了另一个数、另一个完成度，专家对照佐证时就会问哪一个是真的。

    ## 不合格
    | 任务名称 | 2024年计划 | 2024年完成情况 | 完成度 |
    |---|---|---|---|
    | 1-1 课程建设 | ①新建校级课程6门 | ①新建校级课程8门 | 100% |

    ```ledger
    任务点:
    - {任务: 1-1, 任务名称: 课程建设, 年度: 2024, 序号: 1, 计划: 新建校级课程6门, 完成情况: 新建校级课程6门, 完成度: 100%}
    ```

    ## 合格
    | 任务名称 | 2024年计划 | 2024年完成情况 | 完成度 |
    |---|---|---|---|
    | 1-1 课程建设 | ①新建校级课程6门 | ①建成校级课程6门 | 100% |

    ```ledger
    任务点:
    - {任务: 1-1, 任务名称: 课程建设, 年度: 2024, 序号: 1, 计划: 新建校级课程6门, 完成情况: 新建校级课程6门, 完成度: 100%}
    ```

    ## 例外
    用词不同不报，只比数：同一个单位在两处各出现一次的数，以及完成度。写“约”“超过”的不报。

    ## 局限
    只在网站上检查、选了填报轮次时才比。计划原文对得上，或任务、年度、序号都对得上而计划相近的，才算同一个任务点。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；报告与台账一致是本项目的约定。
    """
    if context.ledger is None:
        return
    for reading in context.readings:
        pairs = list(point_pairs(reading.plans.points, context.ledger))
        rows = Counter((pair.row.table.index, pair.row.plan.row) for pair in pairs)
        for pair in pairs:
            yield from _in_words(pair, context)
            if rows[pair.row.table.index, pair.row.plan.row] == 1:  # a rate of several points is none of each
                yield from _in_rate(pair, context)


def _in_words(pair: PointPair, context: Context) -> Iterator[Problem]:
    """Numbers whose unit stands once here and once there, in another worth."""
    told, known = _single(pair.row.done.text, context), _single(pair.item.text, context)
    for unit, quantity in told.items():
        other = known.get(unit)
        if other is None or not apart(quantity, other.value) or not apart(other, quantity.value):
            continue
        printed = pair.row.done.text[quantity.start : quantity.end]
        words = pair.item.text[other.start : other.end]
        yield at_value(
            pair.row.done,
            f"报告写 {printed}，台账（{pair.item.stage}）是 {words}",
            quantity.start,
            quantity.end,
            expected=words,
            row=row_name(pair.row),
        )


def _in_rate(pair: PointPair, context: Context) -> Iterator[Problem]:
    printed, known = printed_rate(pair.row.rate), number(pair.item.rate)
    if pair.row.rate is None or printed is None or known is None or known.bound is not Bound.EXACT:
        return
    context.compared(pair.row.rate)
    worth = known.value if known.unit == "%" or known.value > 1 else known.value * 100
    if abs(printed - worth) >= Decimal(1):
        yield at_value(
            pair.row.rate,
            f"报告的完成度写 {pair.row.rate.text.strip()}，台账（{pair.item.stage}）是 {pair.item.rate}",
            expected=pair.item.rate,
            row=row_name(pair.row),
        )


def _single(text: str, context: Context) -> dict[str, Quantity]:
    """The exact quantities of a text whose unit stands in it once."""
    found: Sequence[Quantity] = [each for each in quantities(text, context.profile.catalogue) if each.unit]
    times = Counter(each.unit for each in found)
    return {each.unit: each for each in found if times[each.unit] == 1 and each.bound is Bound.EXACT}
