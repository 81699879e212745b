"""ACT006: the completion is the plan, word for word."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Promise, edges, promises
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound

_FLOORS = ("不少于", "不低于", "不小于")


@rule("ACT006", kind="plan_actual_mismatch", severity="info", since="0.1")
def completion_copied_from_plan(context: Context) -> Iterator[Problem]:
    """完成情况照抄计划，或者只加了“已”“了”“完成”、只多一个词、少了开头的动词。

    ## 为什么
    照抄的完成情况没有名称、时间、数量和文号，专家无从核对，只能去问；补上一两个具体成果就够了。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①启动校园能耗监测工程 | ①已启动校园能耗监测工程。 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①启动校园能耗监测工程 | ①6 月启动校园能耗监测工程，安装电表 320 块 | 100% |

    ## 例外
    计划要制定的文件在完成情况里加了书名号的，是写出了文件名，不算照抄。

    ## 依据
    教职成〔2020〕8号：自评应当以事实和佐证材料为依据。
    """
    for promise in promises(context):
        point = promise.point
        nearly = promise.ordinary and promise.nearly_copied
        if (
            not (promise.copied or nearly)
            or promise.bare_figure
            or ("《" in point.done.text and "《" not in point.plan.text)
        ):
            continue
        context.judged(point.plan, point.done)
        start, end = edges(point.done.text, 0, len(point.done.text))
        yield at_value(
            point.done, f"完成情况与计划文字{'基本' if nearly else ''}相同，没有另写名称、文号、时间等可以核对的内容", start, end,
            expected="具体成果", row=row_name(point), related=(related(point.plan),),
            severity=Severity.WARNING if _is_still_a_plan(promise) else None,
        )  # fmt: skip


def _is_still_a_plan(promise: Promise) -> bool:
    """Whether what is told speaks of what is to come, or has a floor where the number reached is due."""
    told = promise.point.done.text
    if promise.words.pattern("coming").search(told) is not None or any(floor in told for floor in _FLOORS):
        return True
    return any(amount.quantity.bound is Bound.AT_LEAST for clause in promise.done for amount in clause.amounts)
