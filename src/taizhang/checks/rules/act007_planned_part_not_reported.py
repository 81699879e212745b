"""ACT007: one of several things planned is not reported."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, related, row_name, rule
from taizhang.checks.rules._clauses import Clause
from taizhang.checks.rules._coordinated import untold
from taizhang.checks.rules._promise import Pair, Promise, edges, intangible, promises, short
from taizhang.core.finding import Severity

_ETC = "等"
_EACH = re.compile("每(?:个)?(?:季度?|月|学期|周|旬)")
_UNHEARD = 0.12  # share of a plan's words under which nothing at all is told of it
_TRACE = 0.15  # share of its words up to which a turn of phrase is left out


@rule("ACT007", kind="plan_actual_mismatch", severity="warning", since="0.1")
def planned_part_not_reported(context: Context) -> Iterator[Problem]:
    """计划写了几件事，完成情况漏了其中的一件。

    ## 为什么
    漏写的一件，专家会当作没有做；做了就补上，没有做就不能写 100%。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①修订实习管理细则，组建创新创业导师团队 | ①修订《实习管理细则》 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①修订实习管理细则，组建创新创业导师团队 | ①修订《实习管理细则》，聘请 6 名企业家组成创新创业导师团队 | 100% |

    ## 例外
    漏写的只是笼统的提法，或者完成情况用“等”概括的，只作提示。

    ## 依据
    教职成〔2020〕8号：任务点逐项对照建设方案和任务书核对。
    """
    for promise in promises(context):
        missing = [pair for pair in promise.missing if all(a.dimension != "%" for a in pair.plan.amounts)]
        substance = [pair for pair in promise.pairs if pair.plan.grams]
        if not missing or len(missing) == len(substance):
            if not missing and promise.ordinary:
                yield from _left_out(promise)
            continue
        weighed = [(pair.plan, _weight(promise, pair), pair.presence) for pair in missing]
        found = sorted(
            ((plan, grave) for plan, grave, share in weighed if grave is not Severity.INFO or share < _TRACE),
            key=_by_rank,
        )
        if not found:
            continue
        plan, severity = found[0]
        point = promise.point
        start, end = edges(point.plan.text, plan.start, plan.end)
        names = "”“".join(short(clause.text) for clause, _ in found)
        text = point.plan.text[start:end]
        yield Problem(
            source=point.plan.at(start, end), message=f"计划“{names}”，完成情况没有提到", text=text, printed=text,
            expected=short(plan.text), table=point.table, row=row_name(point), related=(related(point.done),), severity=severity,
        )  # fmt: skip


def _left_out(promise: Promise) -> Iterator[Problem]:
    """The first of several things named side by side that is not told, where another one is."""
    plan = promise.point.plan
    thing = next(untold(promise), None)
    if thing is not None:
        text = plan.text[thing.start : thing.end]
        yield Problem(
            source=plan.at(thing.start, thing.end), message=f"计划“{text}”，完成情况没有提到", text=text, printed=text,
            expected=text, table=promise.point.table, row=row_name(promise.point), related=(related(promise.point.done),),
        )  # fmt: skip


def _weight(promise: Promise, pair: Pair) -> Severity:
    """How grave it is to leave this out: a thing or a number is asked for, a turn of phrase is only noted."""
    plan, done = pair.plan, promise.point.done.text
    if promise.is_taken(pair):
        return Severity.WARNING
    if _EACH.search(plan.text) and len(promise.plan) > 1:
        return Severity.INFO  # “每季度 2 场，全年 8 场”: the whole answers for its parts
    if promise.full and pair.presence < _UNHEARD and any(not amount.each for amount in plan.amounts):
        return Severity.WARNING
    if plan.paper or plan.drafting:
        return Severity.INFO
    enacted = plan.wanted == "建成" and "完成" not in plan.text
    firm = enacted or plan.wanted == "立项" or (plan.wanted in {"建设", "建成"} and plan.thing) or "启动" in plan.text
    vague = plan.thing is None and intangible(promise, plan)
    alike = any(clause.thing is not None and clause.thing == plan.thing for clause in promise.done)
    if _ETC in done and not plan.amounts and alike:
        return Severity.INFO
    if any(amount.lower > 1 or plan.thing for amount in plan.amounts):
        return Severity.WARNING
    return Severity.WARNING if firm and not vague and (plan.thing or len(plan.grams) > 3) else Severity.INFO


def _by_rank(item: tuple[Clause, Severity]) -> int:
    return item[1].rank
