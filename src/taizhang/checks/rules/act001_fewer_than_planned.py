"""ACT001: fewer are told than were planned."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Amount, Clause
from taizhang.checks.rules._counting import counted_for
from taizhang.checks.rules._promise import LIKE, Pair, Promise, promises, short
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound

_CEILING = ("不超过", "不高于", "控制在", "降低", "下降", "减少", "压缩", "≤", "以内", "缩短")
_NEARLY = Decimal("0.9")
_REST = re.compile(r"(?:其余|余下|剩余|另外?|还有|尚有|尚余)(?:的|未完成的)?\s*$")
_THING = re.compile(r"[一-鿿]{2}(?=\s*\d)")
_TRACE = 0.2  # likeness from which a clause might be about the same thing


@rule("ACT001", kind="plan_actual_mismatch", severity="error", since="0.1")
def fewer_than_planned(context: Context) -> Iterator[Problem]:
    """完成情况写出的数少于计划数。

    ## 为什么
    计划与完成情况并排印在一行里，数字一对就知道有没有做够；做少了还写 100%，这一行就是虚报。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①立项省级教改课题 5 项、出版教材 3 本 | ①立项省级教改课题 4 项、出版教材 3 本 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①引进博士 2-3 人，申请专利 4 项（含受理） | ①引进博士 2 人，申请专利 1 项，受理 3 项 | 100% |

    ## 例外
    计划是区间的取下限；计划写“不超过”“降低”的不看。同一事项分几处写的数相加后再比。
    计划写累计而完成情况只写当年数的，与以前年度相加后仍不够才提出，并只作存疑。
    没有写 100%，又写明“其余 2 门”还没有做完、加起来够数的，是如实填报，不报。

    ## 依据
    教职成〔2020〕8号《中国特色高水平高职学校和专业建设计划绩效管理暂行办法》：对照任务书逐项核对。
    """
    yield from shortfalls(context)


def shortfalls(context: Context) -> Sequence[Problem]:
    """What the rule finds, worked out once: the one on sweeping claims asks for it too."""
    found: list[Problem] | None = context.memo.get("shortfalls")
    if found is None:
        found = context.memo["shortfalls"] = [
            problem
            for promise in promises(context)
            if promise.ordinary
            for pair in promise.pairs
            for amount in pair.plan.amounts
            for problem in _short(context, promise, pair, amount)
        ]
    return found


def _short(context: Context, promise: Promise, pair: Pair, wanted: Amount) -> Iterator[Problem]:
    plan = pair.plan
    if wanted.quantity.bound is Bound.AT_MOST or any(word in plan.text for word in _CEILING) or wanted.each:
        return
    counted = counted_for(promise, pair, wanted)
    context.judged(promise.point.plan)
    if not counted or any(amount.each for _, amount, _ in counted):
        return
    context.judged(promise.point.done)
    amounts = [amount.upper for _, amount, _ in counted]
    told = max(amounts) if wanted.dimension == "%" else sum(amounts, Decimal(0))
    if told >= wanted.lower or _nearly(counted, told, wanted.lower):
        return
    if told + _listed(promise, plan, counted, wanted) >= wanted.lower:
        return
    if not promise.full and told + _owned(promise, wanted) >= wanted.lower:
        return
    clause, amount, likeness = max(counted, key=lambda item: item[2])
    if plan.cumulative and not clause.cumulative and told + _earlier(context, promise, pair, wanted) >= wanted.lower:
        return
    sure = (
        (likeness >= LIKE or (pair.sole is clause and clause.grams <= plan.grams))
        and plan.level == clause.level
        and (clause.cumulative or not plan.cumulative)
        and not (len(promise.plan) == 1 and _others(pair, wanted, counted))
    )
    start, end = amount.quantity.start, amount.quantity.end
    printed = promise.point.done.text[start:end].strip()
    expected = promise.point.plan.text[wanted.quantity.start : wanted.quantity.end].strip()
    yield at_value(
        promise.point.done, f"计划“{short(plan.text)}”，完成情况只写 {printed}", start, end,
        expected=expected, row=row_name(promise.point), related=(related(promise.point.plan),),
        severity=None if sure else Severity.WARNING,
    )  # fmt: skip


def _listed(promise: Promise, plan: Clause, counted: Sequence[tuple[Clause, Amount, float]], wanted: Amount) -> Decimal:
    """What a single planned number is told in besides, kind by kind (“北大核心 14 篇、CSSCI 6 篇”)."""
    thing = _THING.findall(plan.text)
    if len(promise.plan) > 1 or not thing or any(thing[-1] in clause.text for clause, _, _ in counted):
        return Decimal(0)  # “博士 3 名、硕士 6 名” are of another thing
    used, found, goes_on = {id(clause) for clause, _, _ in counted}, Decimal(0), False
    for clause in promise.done:
        is_item = goes_on and not clause.thing_of_its_own and not clause.things and not clause.levels
        goes_on = id(clause) in used or is_item
        if is_item and id(clause) not in used:
            found += sum((a.upper for a in clause.amounts if a.quantity.unit == wanted.quantity.unit), Decimal(0))
    return found


def _owned(promise: Promise, wanted: Amount) -> Decimal:
    """What the completion itself says is still to come (“其余 2 门 12 月上线”), where no full rate is claimed."""
    text = promise.point.done.text
    amounts = [amount for clause in promise.done for amount in clause.amounts if amount.dimension == wanted.dimension]
    return sum((a.upper for a in amounts if _REST.search(text, 0, a.quantity.start)), Decimal(0))


def _nearly(counted: Sequence[tuple[Clause, Amount, float]], told: Decimal, wanted: Decimal) -> bool:
    bounds = {amount.quantity.bound for _, amount, _ in counted}
    return bool(bounds & {Bound.NEARLY, Bound.ABOUT, Bound.MORE_THAN}) and told >= wanted * _NEARLY


def _others(pair: Pair, wanted: Amount, counted: Sequence[tuple[Clause, Amount, float]]) -> bool:
    """Whether other numbers of the same unit stand by clauses that might be about the same thing."""
    used = {id(clause) for clause, _, _ in counted}
    return any(
        answer.likeness >= _TRACE and id(answer.clause) not in used and not answer.clause.subset
        for answer in pair.answers
        if any(amount.dimension == wanted.dimension for amount in answer.clause.amounts)
    )


def _earlier(context: Context, promise: Promise, pair: Pair, wanted: Amount) -> Decimal:
    """What earlier years of the same table told of the same thing."""
    found = Decimal(0)
    years = _by_year(context).get(id(promise.point.table), {})
    before = (other for year, told in years.items() if year < (promise.point.year or "") for other in told)
    for other in before:
        for clause in other.done:
            alike = len(clause.grams & pair.plan.grams) >= LIKE * max(len(pair.plan.grams), 1)
            if alike and (not pair.plan.level or clause.level == pair.plan.level):
                found += sum((a.upper for a in clause.amounts if a.dimension == wanted.dimension), Decimal(0))
    return found


def _by_year(context: Context) -> dict[int, dict[str, list[Promise]]]:
    """The promises of each table by their year, worked out once: a table may have ten thousand of them."""
    known: dict[int, dict[str, list[Promise]]] | None = context.memo.get("promises by year")
    if known is None:
        known = context.memo["promises by year"] = {}
        for promise in promises(context):
            of_table = known.setdefault(id(promise.point.table), {})
            of_table.setdefault(promise.point.year or "", []).append(promise)
    return known
