"""ACT018: so many a year were planned, and what is told of several years together is less."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Promise, promises, short

_YEARLY = re.compile("每年|年均|每个?年度")
_YEARS = re.compile(
    "(?<![第每年近过])(?P<count>[两二三四五六七八]|(?<!\\d)[2-8])\\s*年(?![级制期平均度])(?:来|间|内|期间|累计|共计|合计|总计|共)*"
)
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}


@rule("ACT018", kind="plan_actual_mismatch", severity="error", since="0.6")
def yearly_plan_told_in_total(context: Context) -> Iterator[Problem]:
    """计划是每年多少，完成情况写的是几年之和，平均下来不够。

    ## 为什么
    每年 2000 人次，三年就是 6000；写“三年共 4860 人次”看上去远超 2000，其实没有做到。

    ## 不合格
    | 任务 | 计划 | 完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | 接收实习学生每年不少于 2000 人次 | 三年共接收 4860 人次 | 100% |

    ## 合格
    | 任务 | 计划 | 完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | 接收实习学生每年不少于 2000 人次 | 三年共接收 6120 人次 | 100% |

    ## 例外
    完成情况没有写明是几年的，不判断；单位不同的不比较。

    ## 依据
    教职成〔2020〕8号：对照任务书逐项核对。
    """
    for promise in promises(context):
        if promise.ordinary and _YEARLY.search(promise.point.plan.text):
            yield from _problem(promise)


def _problem(promise: Promise) -> Iterator[Problem]:
    done = promise.point.done.text
    years = _YEARS.search(done)
    if years is None:
        return
    count = _NUMBERS.get(years["count"]) or int(years["count"])
    for clause in promise.plan:
        for wanted in clause.amounts:
            told = [
                amount for other in promise.done for amount in other.amounts
                if amount.dimension == wanted.dimension and amount.quantity.start >= years.start()
            ]  # fmt: skip
            if not _YEARLY.search(clause.text) or len(told) != 1 or told[0].upper >= wanted.lower * count:
                continue
            start, end = told[0].quantity.start, told[0].quantity.end
            whole = f"{wanted.quantity.value * count:f}{wanted.quantity.unit}"
            yield at_value(
                promise.point.done, f"计划“{short(clause.text)}”，{count} 年应不少于 {whole}，写的是 {done[start:end].strip()}",
                start, end, expected=f"不少于 {whole}", row=row_name(promise.point), related=(related(promise.point.plan),),
            )  # fmt: skip
