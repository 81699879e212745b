"""ACT019: a sum over the years is the one of the year before: nothing was added."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, related, sameness
from taizhang.core.quantity import Bound
from taizhang.intake.statements import Role, Statement


@rule("ACT019", kind="other", severity="info", since="0.8")
def nothing_new_this_year(context: Context) -> Iterator[Problem]:
    """计划的是累计数，完成的累计数与上一年相同，本年没有新增。

    ## 为什么
    累计数没有变，本年的任务做了什么就看不出来；或者是照抄上年，或者计划早已完成而没有调整，专家都会问。

    ## 不合格
    | 任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 1-1 | ①认定校级示范课堂2个 | ①认定校级示范课堂7个 | ①认定校级示范课堂累计5个 | ①认定校级示范课堂7个 | 100% |

    ## 合格
    | 任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 1-1 | ①认定校级示范课堂2个 | ①认定校级示范课堂3个 | ①认定校级示范课堂累计5个 | ①认定校级示范课堂7个 | 100% |

    ## 例外
    计划和完成情况都没有写“累计”的，可能是每年各做一次，不报。只作提示。

    ## 依据
    教职成〔2020〕8号：分年度对照任务书核对完成情况。
    """
    same = sameness(context)
    told = [each for each in same.statements if each.role is Role.TOLD and each.year and each.point is not None]
    before: dict[tuple[object, ...], list[Statement]] = {}
    for each in told:
        before.setdefault(_key(each), []).append(each)
    for each in told:
        earlier = [other for other in before[_key(each)] if other.year == (each.year or 0) - 1]
        if not _is_summed(each) or not earlier or not each.value or each.quantity.bound is not Bound.EXACT:
            continue
        if all(other.value == each.value for other in earlier) and _alone(each, before[_key(each)], same):
            context.told(each.source, earlier[0].source)
            yield at_statement(
                each,
                f"计划的是累计数，{each.year} 年完成 {figure(each)}，与 {each.year and each.year - 1} 年相同，没有新增",
                printed=figure(each), expected=f"多于 {figure(earlier[0])}，或说明本年做了什么",
                related=(related(earlier[0]),),
            )  # fmt: skip


def _key(told: Statement) -> tuple[object, ...]:
    """What a completion is of: the thing as it was planned, its level, its unit, and the task it belongs to."""
    task = told.point.task if told.point is not None else ""
    wording = (told.answers or told).wording
    return task, told.dimension, wording.key, wording.levels, wording.narrowed


def _is_summed(told: Statement) -> bool:
    return told.running or (told.answers is not None and told.answers.running)


def _alone(told: Statement, others: list[Statement], same: Sameness) -> bool:
    """Whether it is the only figure of its thing in its year, and that year is the last."""
    return told.year == same.last_year[told.document] and sum(each.year == told.year for each in others) == 1
