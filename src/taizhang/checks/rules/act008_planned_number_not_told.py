"""ACT008: a number was promised and none is told."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Amount, Clause
from taizhang.checks.rules._promise import Pair, Promise, edges, promises, short
from taizhang.core.finding import Severity

_NAME = re.compile(r"《[^《》]+》|“[^“”]+”|、")
_TWO_DIGITS = 10
_MIXED = re.compile(r"^\s*(?:或|及|和|与)[^，。；、]{2,12}$")


@rule("ACT008", kind="plan_actual_mismatch", severity="info", since="0.1")
def planned_number_not_told(context: Context) -> Iterator[Problem]:
    """计划写了数量，完成情况没有写，或者与别的东西合在一起写。

    ## 为什么
    “某某基地等”是几个，专家不知道；写出数量，才能与计划对上。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设校外实践基地 4 个 | ①建设云岭机电校外实践基地等 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设校外实践基地 2 个 | ①建设“云岭机电”“澄江旅服”校外实践基地 | 100% |

    ## 例外
    计划只有一个的，以及完成情况逐个写出名称、数得出来的，不报。

    ## 依据
    教职成〔2020〕8号：数量指标应当给出实际完成值。
    """
    for promise in promises(context):
        if promise.ordinary:
            for pair in promise.pairs:
                for amount in pair.plan.amounts[:1]:
                    clause = _unnumbered(promise, pair, amount)
                    if clause is not None:
                        context.judged(promise.point.plan)
                        yield _problem(promise, pair, amount, clause)


def _unnumbered(promise: Promise, pair: Pair, amount: Amount) -> Clause | None:
    """The clause that tells of the thing without its number."""
    if amount.dimension == "%" or not pair.told:
        return None
    same = [clause for clause in promise.done if any(a.dimension == amount.dimension for a in clause.amounts)]
    if same:
        clause = pair.told[0]
        return clause if clause in same and _mixed(promise, pair.plan, clause) else None
    named = len(_NAME.findall(promise.point.done.text)) + 1
    if amount.lower <= 1 or named >= amount.lower or _in_people(amount, pair):
        return None
    return pair.told[0]


def _in_people(wanted: Amount, pair: Pair) -> bool:
    """Whether people are told in another measure of people, of which UNI013 speaks."""
    told = (amount.dimension for clause in pair.told for amount in clause.amounts)
    return wanted.dimension.startswith("人") and any(dimension.startswith("人") for dimension in told)


def _mixed(promise: Promise, plan: Clause, done: Clause) -> bool:
    """Whether the number told counts the planned thing together with another one: “标准或资源 11 项”."""
    if plan.thing is None or len(done.things) == 0 or not done.amounts:
        return False
    amount = done.amounts[0]
    before = promise.point.done.text[done.start : amount.quantity.start]
    ends = [match.end() for match in promise.words.thing_pattern.finditer(before)]
    return (
        any(_MIXED.search(before[end:]) is not None for end in ends) and "或" not in plan.text and "及" not in plan.text
    )


def _problem(promise: Promise, pair: Pair, amount: Amount, clause: Clause) -> Problem:
    point = promise.point
    start, end = edges(point.done.text, clause.start, clause.end)
    wanted = point.plan.text[amount.quantity.start : amount.quantity.end].strip()
    exchanged = next((a for a in clause.amounts if a.dimension != amount.dimension and _same_figure(a, amount)), None)
    message = (
        f"计划“{short(pair.plan.text)}”，完成情况没有单独写出数量" if exchanged is None
        else f"计划以“{amount.quantity.unit}”计，完成情况的同一个数以“{exchanged.quantity.unit}”计，计量单位不同"
    )  # fmt: skip
    return at_value(
        point.done, message, start, end,
        expected=wanted, row=row_name(point), related=(related(point.plan),),
        severity=None if exchanged is None else Severity.WARNING,
    )  # fmt: skip


def _same_figure(one: Amount, other: Amount) -> bool:
    """Whether two amounts print the same number, of two digits or more."""
    return one.quantity.value == other.quantity.value >= _TWO_DIGITS
