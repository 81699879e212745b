"""ACT002: a lower level is told than was planned, or none."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Clause
from taizhang.checks.rules._promise import AKIN, LIKE, Pair, Promise, edges, plain, promises, short
from taizhang.checks.rules._ranks import Fall, Ranks, is_floor
from taizhang.core.finding import Severity

_END = 4  # characters of the thing at the end of a clause
_FIGURE = re.compile(r"\d")
_OWN = "校级"  # what a college need not say of its own things


@rule("ACT002", kind="plan_actual_mismatch", severity="error", since="0.1")
def lower_level_than_planned(context: Context) -> Iterator[Problem]:
    """完成情况的级别低于计划，或者没有写级别。

    ## 为什么
    计划写省级，交出来的是校级，数量再多也没有完成；级别不写，专家就要去翻佐证。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建成省级虚拟仿真实训基地 1 个 | ①建成校级虚拟仿真实训基地 2 个 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建成省级虚拟仿真实训基地 1 个 | ①建成国家级虚拟仿真实训基地 1 个 | 100% |

    ## 例外
    完成情况整段没有写级别的，只作提示。奖次、学位、职称、等级（口径配置 promise.ranks）低于计划的，只在写了 100% 时报；
    计划写“一等奖或二等奖”的，做到二等奖就是做到。

    ## 依据
    教职成〔2020〕8号：产出质量以任务书所列级别为准。
    """
    ranks = Ranks(context.profile.sections["promise"]["ranks"])
    for promise in promises(context):
        if promise.ordinary:
            found = [problem for pair in promise.pairs for problem in _of_pair(promise, pair)]
            yield from found
            fall = ranks.fall(promise) if promise.full and all(p.severity is Severity.INFO for p in found) else None
            if fall is not None and not is_floor(promise, fall):
                yield _fallen(promise, fall)


def _of_pair(promise: Promise, pair: Pair) -> Iterator[Problem]:
    if pair.plan.levels and pair.plan.amounts and pair.gone:
        yield from _same_end(promise, pair)
    named = pair.plan.amounts or pair.plan.thing or pair.plan.level
    if pair.plan.levels and named and pair.told and not pair.gone:
        yield from _lower(promise, pair)


def _fallen(promise: Promise, fall: Fall) -> Problem:
    """A rank of its own ladder: an award, a degree, a title."""
    return at_value(
        promise.point.done, f"计划的是“{fall.planned}”，完成情况只有“{fall.told}”", fall.start, fall.end,
        expected=fall.planned, row=row_name(promise.point), related=(related(promise.point.plan),),
        severity=None if len(promise.plan) == 1 else Severity.WARNING,
    )  # fmt: skip


def _lower(promise: Promise, pair: Pair) -> Iterator[Problem]:
    ladder, wanted, best = promise.words.levels, pair.plan.levels[0], pair.best
    only: tuple[str, ...] = ()
    reached = promise.words.levels_of(promise.point.done.text)
    if best is None or ladder.rank(wanted) is None:
        return
    if any(level == wanted or ladder.rank(level) is None or ladder.falls_short(wanted, level) for level in reached):
        clause = best.clause
        unstated = not clause.levels and not clause.inherited and clause.thing_of_its_own and best.likeness >= LIKE
        told = any(a.likeness >= AKIN and not a.clause.inherited and wanted in a.clause.levels for a in pair.answers)
        if not unstated or told or pair.plan.inherited or len(promise.plan) == 1 or wanted == _OWN:
            return
        lower = []
    else:
        others = {level for other in promise.plan if other is not pair.plan for level in other.levels}
        lower = [(clause, level) for clause in pair.told for level in clause.levels if level not in others]
        only = reached
        if not lower and (wanted == _OWN or (reached and not (pair.plan.amounts and best.likeness >= LIKE))):
            return
    if lower:
        clause, level = lower[0]
        sure = best.clause is clause and (best.likeness >= LIKE or pair.sole is clause)
        yield _problem(
            promise,
            pair,
            clause,
            f"计划{wanted}“{short(pair.plan.text)}”，完成情况是{level}",
            None if sure else Severity.WARNING,
        )
    elif only:
        message = f"计划有{wanted}“{short(pair.plan.text)}”，完成情况只写了{'、'.join(only)}"
        yield _problem(promise, pair, best.clause, message, Severity.WARNING)
    else:
        message = f"计划写明{wanted}“{short(pair.plan.text)}”，完成情况没有写级别"
        yield _problem(promise, pair, best.clause, message, Severity.INFO)


def _same_end(promise: Promise, pair: Pair) -> Iterator[Problem]:
    """A clause that ends in the words of the plan, its number told and its level not, in a completion without levels."""
    end = plain(pair.plan.text)[-_END:]
    if pair.plan.levels[0] == _OWN or promise.words.levels_of(promise.point.done.text):
        return
    for clause in promise.done:
        if clause.amounts and plain(clause.text).endswith(end) and not _FIGURE.search(end):
            message = f"计划写明{pair.plan.levels[0]}“{short(pair.plan.text)}”，完成情况没有写级别"
            yield _problem(promise, pair, clause, message, Severity.INFO)
            return


def _problem(promise: Promise, pair: Pair, clause: Clause, message: str, severity: Severity | None) -> Problem:
    start, end = edges(promise.point.done.text, clause.start, clause.end)
    return at_value(
        promise.point.done, message, start, end,
        expected=pair.plan.levels[0], row=row_name(promise.point), related=(related(promise.point.plan),), severity=severity,
    )  # fmt: skip
