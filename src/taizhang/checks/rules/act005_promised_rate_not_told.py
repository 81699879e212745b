"""ACT005: a rate was promised and none is told."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Clause
from taizhang.checks.rules._promise import Promise, promises, short
from taizhang.core.finding import Severity

_RATIO = re.compile(r"%|％|‰|百分之|[\d一二两三四五六七八九]\s*[成倍]|占比|\d\s*[:：]\s*\d|分之")
_NO_GOAL = re.compile(r"前\s*\d|按照?[^，。；]{0,12}\d|以内|不超过")
_ALL = re.compile(r"全部|所有|全体|全员|全覆盖|均已?|100")
_BASE = re.compile(r"总人数|总数|在校生\s*\d|其中|占")
_WHOLE = 100


@rule("ACT005", kind="plan_actual_mismatch", severity="error", since="0.1")
def promised_rate_not_told(context: Context) -> Iterator[Problem]:
    """计划写了比例，完成情况没有写比例。

    ## 为什么
    计划许诺的是比例，只写人次、只写“提高了”，谁也判断不了有没有达到，100% 就没有根据。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①实训室开放率达到 80% | ①实训室面向学生开放，进一步提高开放率 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①实训室开放率达到 80% | ①实训室开放率 83.5% | 100% |

    ## 例外
    计划 100%、完成情况写“全部”的，算作写了。同一处写了总数、可以自己算出比例的，只作提示。
    计划“全覆盖”而没有交代覆盖面的，只作提示。

    ## 依据
    教职成〔2020〕8号：绩效目标应当可衡量，实现情况应当与目标同口径。
    """
    for promise in promises(context):
        if not promise.ordinary:
            continue
        rates = [c for c in promise.plan if any(a.dimension == "%" for a in c.amounts) and not _NO_GOAL.search(c.text)]
        if rates and not _RATIO.search(promise.point.done.text):
            context.judged(promise.point.plan)
            if not (_ALL.search(promise.point.done.text) and _is_whole(rates[0])):
                yield _rate(promise, rates[0])
        elif not rates:
            yield from _coverage(promise)


def _is_whole(clause: Clause) -> bool:
    return all(amount.lower >= _WHOLE for amount in clause.amounts if amount.dimension == "%")


def _rate(promise: Promise, clause: Clause) -> Problem:
    point, done = promise.point, promise.point.done.text
    amount = next(amount for amount in clause.amounts if amount.dimension == "%")
    wanted = point.plan.text[amount.quantity.start : amount.quantity.end].strip()
    severity = None
    if amount.lower >= _WHOLE:
        severity = Severity.WARNING
    elif _BASE.search(done):
        severity = Severity.INFO
    return at_value(
        point.done, f"计划“{short(clause.text)}”，完成情况没有写比例",
        expected=wanted, row=row_name(point), related=(related(point.plan),), severity=severity,
    )  # fmt: skip


def _coverage(promise: Promise) -> Iterator[Problem]:
    point = promise.point
    match = promise.words.pattern("covers").search(point.plan.text)
    if match and not promise.words.pattern("covered").search(point.done.text):
        yield at_value(
            point.done, f"计划“{match[0]}”，完成情况没有交代覆盖面",
            expected=match[0], row=row_name(point), related=(related(point.plan),), severity=Severity.INFO,
        )  # fmt: skip
