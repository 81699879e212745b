"""CON005: an indicator’s target is not what the task table plans."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._planned import planned
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, named, related, sameness, where
from taizhang.core.finding import Severity
from taizhang.intake.matching import Relation
from taizhang.intake.statements import Role, Statement

_FEW = 3  # pairs of characters
_ADDED = re.compile("新|增|再|另")  # what comes in addition is not all there is
_MUCH = re.compile("(?:服务)?(?:总?量|规模|总数|数量)$")  # 社会培训规模 is what 开展社会培训 3.2 万人次 plans


@rule("CON005", kind="contradiction", severity="info", since="0.3")
def target_unlike_plan(context: Context) -> Iterator[Problem]:
    """指标表的目标值与任务点计划的数目不同。

    ## 为什么
    任务书里同一件事只应有一个目标；任务点计划 36 项、指标目标 30 项，完成与否就看拿哪一个来比。

    ## 不合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 科研创新 | ①立项省级科研项目16项 | ①立项省级科研项目16项 | ①累计立项省级科研项目36项 | ①累计立项省级科研项目33项 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.2 省级科研项目（项） | 60 | 30 | 33 | 110% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 科研创新 | ①立项省级科研项目14项 | ①立项省级科研项目16项 | ①累计立项省级科研项目30项 | ①累计立项省级科研项目33项 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.2 省级科研项目（项） | 60 | 30 | 33 | 110% |

    ## 例外
    各年计划之和等于目标值的不报。完成数达到了其中一个目标而没有达到另一个的，报为存疑，其余为提示；
    名称略有出入（多一两个字、换了次序、任务点里写了简称）而同属一个建设任务的，也只作提示。
    只报一个年度的，同名的任务只有一个数而与目标值不同，报为存疑；任务说的是新增、累计的不比。

    ## 依据
    教职成〔2020〕8号：绩效目标应与建设方案和任务书一致。
    """
    same = sameness(context)
    others = {id(each.target): each.plans for each in planned(context)}
    for target in same.statements:
        if target.role is not Role.TARGET:
            continue
        if not target.running:
            yield from _of_one_year(target, same, context)
            continue
        named_alike = [
            link.other
            for link in same.links(target)
            if link.other.role is Role.PLAN and same.near(target, link.other)
            if link.relation is Relation.SAME or _is_meant(target, link.other, same)
        ]
        plans = named_alike or list(others.get(id(target), ()))
        last = [plan for plan in plans if plan.year == same.last_year[target.document]]
        if not last or _fits(target, last, last if _are_summed_up(same, target, last, plans) else plans):
            continue
        plan, least = last[0], max(each.value for each in last)
        context.told(target.source, plan.source)
        decisive = named_alike and any(done < max(target.value, least) for done in _done(same, target, plans))
        yield at_statement(
            target,
            f"{named(target)}的目标值是 {figure(target)}，{where(plan)} 计划的是 {plan.text}",
            expected=figure(plan),
            related=tuple(related(each) for each in (plan, *(other for other in plans if other is not plan)))[:4],
            severity=Severity.WARNING if decisive else None,
        )


def _of_one_year(target: Statement, same: Sameness, context: Context) -> Iterator[Problem]:
    """The target of a report on one year, which the tasks of that year plan with another number."""
    if same.year(target) is None or target.wording.several:
        return
    thing = same.words.wording(_MUCH.sub("", target.subject)).free
    plans = [
        link.other
        for link in same.links(target)
        if link.other.role is Role.PLAN and link.other.document == target.document and same.near(target, link.other)
        if link.other.wording.free in {thing, target.wording.free}
        and link.other.wording.levels == target.wording.levels
        if _ADDED.search(link.other.text) is None or _ADDED.search(target.subject)
        if not (link.other.running or link.other.wording.several) and same.year(link.other) == same.year(target)
    ]
    if len({plan.value for plan in plans}) != 1 or any(_is(target, plan) for plan in plans):
        return
    context.told(target.source, plans[0].source)
    yield at_statement(
        target,
        f"{named(target)}的目标值是 {figure(target)}，{where(plans[0])} 计划的是 {plans[0].text}",
        expected=figure(plans[0]),
        related=tuple(related(each) for each in plans)[:4],
        severity=Severity.WARNING,
    )


def _fits(target: Statement, last: list[Statement], plans: list[Statement]) -> bool:
    """Whether the plan of the last year, of any one year, or of all years together is the target."""
    if any(_is(target, plan) for plan in plans) or _total(last, plans) == target.value:
        return True
    return bool(target.value % 1) and all(abs(plan.value - target.value) < 1 for plan in last)  # half a thing


def _are_summed_up(same: Sameness, target: Statement, last: list[Statement], plans: list[Statement]) -> bool:
    """Whether what was done in the last year is all that the indicator has, though something was done before.

    The plans are then summed up as well, without saying so: those of the years before are in the last one's.
    """
    told = [each for plan in plans if plan not in last for each in same.answers.get(id(plan), ())]
    final = [each for plan in last for each in same.answers.get(id(plan), ())]
    actual = next(
        (
            link.other for link in same.links(target)
            if link.other.indicator is target.indicator and link.other.role is Role.ACTUAL
        ),
        None,
    )  # fmt: skip
    return (
        actual is not None
        and any(each.value for each in told)
        and any(each.value == actual.value and not each.running for each in final)
    )


def _total(last: list[Statement], plans: list[Statement]) -> Decimal:
    """What is planned for all years: the last cumulative number, or all of them together."""
    running = [plan.value for plan in last if plan.running]
    return max(running) if running else sum((plan.value for plan in plans), Decimal(0))


def _done(same: Sameness, target: Statement, plans: list[Statement]) -> Iterator[Decimal]:
    """What the indicator, and what all the task points together, report as done."""
    for link in same.links(target):
        if link.other.indicator is target.indicator and link.other.role is Role.ACTUAL:
            yield link.other.value
    told = [each for plan in plans for each in same.answers.get(id(plan), ())]
    running = [each.value for each in told if each.running]
    if told:
        yield max(running) if running else sum((each.value for each in told), Decimal(0))


def _is_meant(target: Statement, plan: Statement, same: Sameness) -> bool:
    """Whether a plan names the target's thing with a word more or less, in the same part of the college."""
    mine, theirs = target.wording, plan.wording
    if mine.levels != theirs.levels or mine.tail != theirs.tail or not same.areas.of(target) & same.areas.of(plan):
        return False
    return mine.key <= theirs.key or (theirs.key <= mine.key and len(theirs.key) >= _FEW)


def _is(target: Statement, plan: Statement) -> bool:
    upper = plan.quantity.upper
    return plan.value == target.value or (upper is not None and plan.quantity.value <= target.value <= upper)
