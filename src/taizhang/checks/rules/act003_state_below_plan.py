"""ACT003: the completion stops short of the state that was planned."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Pair, Promise, promises, short
from taizhang.checks.rules._states import Stop, stop

_STAGES = {"筹划": "只到调研筹备", "申报": "只是申报", "立项": "只到立项", "在建": "还在建设", "文件": "只有文件"}


@rule("ACT003", kind="plan_actual_mismatch", severity="error", since="0.1")
def state_below_plan(context: Context) -> Iterator[Problem]:
    """做到的一步低于计划：建成写成申报，建设写成方案。

    ## 为什么
    申报不是立项，立项不是建成，一纸方案或复函也不是一个中心。把前一步当作完成，是专家最常抓到的虚报。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建成智能制造公共实训中心 | ①申报智能制造公共实训中心 | 100% |
    | 1-2 | ②立项建设校友服务平台 | ②编制《校友服务平台建设工作计划书》 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①申报国家级课题 2 项 | ①申报国家级课题 3 项，立项 1 项 | 100% |
    | 1-2 | ②建立教师企业实践机制 | ②出台《教师企业实践管理办法》 | 100% |

    ## 例外
    计划本来就是申报、调研或制定文件的，做到这一步就是完成；机制、体系、制度用文件来落实也是。

    ## 依据
    教职成〔2020〕8号；本工具的状态次序：申报 < 立项 < 在建 < 建成 < 验收。
    """
    for promise in promises(context):
        if not promise.ordinary:
            continue
        told: set[int] = set()
        for pair in promise.pairs:
            found = stop(promise, pair)
            if found is not None and found.start not in told:
                told.add(found.start)
                yield _problem(promise, pair, found)


def _problem(promise: Promise, pair: Pair, found: Stop) -> Problem:
    point, wanted = promise.point, short(pair.plan.text)
    return at_value(
        point.done, f"计划“{wanted}”，完成情况{_STAGES[found.step]}：{short(found.clause.text)}", found.start, found.end,
        expected=wanted, row=row_name(point), related=(related(point.plan),), severity=found.severity,
    )  # fmt: skip
