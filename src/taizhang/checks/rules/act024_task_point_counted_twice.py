"""ACT024: the same task point stands under two tasks, planned and done to the same number."""

from collections.abc import Hashable, Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, place, place_name, related, sameness
from taizhang.intake.statements import Role, Statement

_LEAST = 4  # pairs of characters: a shorter name is that of many things
_NAMED = 3  # tasks that share a point: more are one form of words for all


@rule("ACT024", kind="other", severity="info", since="0.8")
def task_point_counted_twice(context: Context) -> Iterator[Problem]:
    """同一个任务点列在两个任务之下，计划和完成的数都相同。

    ## 为什么
    “建设博士流动工作站 2 个”既列在平台建设之下，又列在人才引进之下，完成的也是同样两个：一件事计了两个任务点，任务点总数就虚增了。

    ## 不合格
    | 建设任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 平台建设 | ①建设农机智能装备研发团队 2 个 | ①建设农机智能装备研发团队 3 个 | 100% |
    | 3-2 人才引进 | ①启动建设农机智能装备研发团队 2 个 | ①启动建设农机智能装备研发团队 3 个 | 100% |

    ## 合格
    | 建设任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 平台建设 | ①建设农机智能装备研发团队 2 个 | ①建设农机智能装备研发团队 3 个 | 100% |
    | 3-2 人才引进 | ①引进农机智能装备领军人才 2 名 | ①引进农机智能装备领军人才 2 名 | 100% |

    ## 例外
    不同专业群各自的任务点、不同年度的、名称很短的（“专题讲座”）、三个以上任务都写了的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    same = sameness(context)
    groups: dict[Hashable, list[Statement]] = {}
    for plan in same.statements:
        if plan.role is Role.PLAN and plan.point is not None and not plan.part and len(plan.wording.free) >= _LEAST:
            what = plan.wording.free, plan.dimension, plan.value
            groups.setdefault((plan.document, plan.year, same.areas.group(plan), *what), []).append(plan)
    told: set[frozenset[str]] = set()
    for plans in groups.values():
        tasks = {plan.point.task: plan for plan in plans if plan.point is not None}
        if not 1 < len(tasks) < _NAMED or frozenset(tasks) in told:
            continue
        first, second = tasks.values()
        if place(first) == place(second) or not _done(first, same) & _done(second, same):
            continue
        told.add(frozenset(tasks))
        context.told(first.source, second.source)
        yield at_statement(
            second, f"{place_name(first)}也有“{first.text.strip()}”，完成的都是 {figure(same.answers[id(second)][0])}，疑一件事计了两个任务点",
            expected="只计一次，或写明区别", related=(related(first),),
        )  # fmt: skip


def _done(plan: Statement, same: Sameness) -> set[object]:
    """The numbers that are told of a plan."""
    return {each.value for each in same.answers.get(id(plan), ())}
