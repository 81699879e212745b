"""CON002: an indicator’s value is not what the task points tell."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._planned import Planned, planned
from taizhang.checks.rules._sameness import Disagreement, Sameness, contradiction, sameness
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_BACKING = frozenset({Role.SAID, Role.LISTED})
_MOST_TIMES = 3  # figures further apart are of two things
_TWO = 2  # years, of a mid-term report
_MOST = 8  # completions of one thing


@rule("CON002", kind="contradiction", severity="warning", since="0.3")
def indicator_unlike_task_points(context: Context) -> Iterator[Problem]:
    """指标表的实现值与任务点完成情况所说的数目不同。

    ## 为什么
    任务点是过程，指标是结果；同一件事，任务点累计完成 3 个而指标写 6 个，多出的从何而来要说得清。

    ## 不合格
    | 建设任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 名师培育 | ①培育省级首席技师3-4名 | ①培育省级首席技师3名 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 培育省级首席技师（人） | 12 | 6 | 6 | 100% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 名师培育 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | ①培育省级首席技师3名 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 培育省级首席技师（人） | 12 | 6 | 6 | 100% |

    ## 例外
    各年任务点之和、或最后一年的累计数等于实现值的，不报。
    只说一个年度的，任务点的计划数就是指标的目标值、名称一个含着另一个的，看作同一件事，完成数与实现值不同的报为存疑；
    名称略有出入的，任务点写明“累计”而正文和成果表没有与实现值相同的数，才报为存疑，其余为提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    for found in same.inside:
        if found.roles <= {Role.ACTUAL, Role.TOLD} and found.roles != {Role.ACTUAL}:
            yield contradiction(context, found)
    known = {id(each) for found in same.inside for each in (found.odd, *found.against, *found.backing)}
    years = {each.year for each in same.statements if each.role is Role.TOLD and each.year}
    for each in planned(context):
        if each.actual is None or id(each.actual) in known or not _unlike(each.actual, each, years):
            continue
        links = same.links(each.actual)
        backed = any(link.other.role in _BACKING and agree(each.actual, link.other) for link in links)
        severity = Severity.INFO if backed or not each.summed else Severity.WARNING
        known.update(map(id, (each.actual, *each.told)))
        yield contradiction(context, Disagreement(each.actual, each.told, (), severity))
    for actual, told in _of_one_plan(same) if len(years) < _TWO else ():
        if id(actual) not in known and id(told) not in known:
            yield contradiction(context, Disagreement(actual, (told,), (), Severity.WARNING))


def _of_one_plan(same: Sameness) -> Iterator[tuple[Statement, Statement]]:
    """The actual value of an indicator and what is told of a plan that has just its target, and all of its name."""
    goals: dict[tuple[str, Decimal], list[Statement]] = {}
    actual = {id(each.indicator): each for each in same.statements if each.role is Role.ACTUAL}
    told: dict[int, list[Statement]] = {}
    for each in same.statements:
        if each.role is Role.TARGET:
            goals.setdefault((each.dimension, each.value), []).append(each)
        elif each.role is Role.TOLD and each.answers is not None:
            told.setdefault(id(each.answers), []).append(each)
    for plan in same.statements:
        if plan.role is not Role.PLAN or len(told.get(id(plan), ())) != 1:
            continue
        (done,) = told[id(plan)]
        named = [goal for goal in goals.get((plan.dimension, plan.value), ()) if _is_named_in(goal, plan, done, same)]
        reached = actual.get(id(named[0].indicator)) if len(named) == 1 else None
        if reached is not None and _cannot_both_be(reached, done):
            yield reached, done


def _is_named_in(goal: Statement, plan: Statement, done: Statement, same: Sameness) -> bool:
    """Whether the plan and what is told of it have all words of an indicator's name, or it has all of theirs."""
    name, words = goal.wording.free, plan.wording.free | done.wording.free
    if goal.wording.levels != plan.wording.levels or opposed(goal.wording, done.wording) or not same.near(goal, plan):
        return False
    return len(name & words) > 1 and (name <= words or words <= name)


def _cannot_both_be(actual: Statement, done: Statement) -> bool:
    if actual.wording.several or done.wording.several:
        return False
    if done.part or done.former or done.dimension != actual.dimension or agree(actual, done):
        return False
    exact = all(each.quantity.bound is Bound.EXACT for each in (actual, done))
    return exact and max(actual.value, done.value) <= _MOST_TIMES * min(actual.value, done.value)


def _unlike(actual: Statement, planned: Planned, years: set[int]) -> bool:
    """Whether no part of what the task points tell, nor all of it, is the actual value.

    Of years of which nothing was told there may be more; of a mid-term's first year that had no plan there is hardly.
    """
    told = planned.told
    if actual.wording.several or any(each.part or each.wording.several or agree(actual, each) for each in told):
        return False
    own = {each.year for each in told}
    if own == {None}:  # a table of the whole stretch, with the very target that the indicator has
        return len(told) == 1 and any(agree(plan, planned.target) for plan in planned.plans)
    if None in own or not own or max(years) not in own or not (own >= years or len(years) == _TWO):
        return False
    sums = {Decimal(0)}
    for each in told[:_MOST]:
        sums |= {each.value + other for other in sums}
    return actual.value not in sums
