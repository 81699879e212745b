"""ACT015: the completion tells of a step before the planned one: a contract for a book, a design for a building."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Promise, promises, short
from taizhang.checks.rules._states import stop
from taizhang.checks.rules.act020_short_step_called_done import short_steps
from taizhang.core.beginnings import Sieve
from taizhang.core.finding import Severity


@rule("ACT015", kind="plan_actual_mismatch", severity="error", since="0.5")
def step_short_of_plan(context: Context) -> Iterator[Problem]:
    """完成情况停在计划之前的一步：签出版合同当出版，施工图设计当建成，签意向当引进。

    ## 为什么
    合同、设计、意向、公示都还可能落空；把前一步写成完成，等结果没有出来，报告就成了虚报。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | 出版工作手册式教材 4 部 | 签订教材出版合同 4 部 | 100% |
    | 1-2 | 建成焊接实训车间 1 个 | 完成实训车间施工图设计和预算评审 | 100% |
    | 1-3 | 引进外籍教师 2 人 | 签订意向 2 人，因签证尚未到岗 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | 出版工作手册式教材 4 部 | 签订教材出版合同 4 部，均已出版 | 100% |
    | 1-2 | 建成焊接实训车间 1 个 | 完成实训车间设计、招标和施工，9 月投入使用 | 100% |
    | 1-3 | 引进外籍教师 2 人 | 签订意向 3 人，其中 2 人已到岗 | 100% |

    ## 例外
    计划本来就写这一步的，不报；只差公示、发文的，作存疑。ACT003 已经报过的不再报。

    ## 参数
    口径配置 promise.short_of：计划的话（planned）、只到半路的话（told）、说明已经做到的话（unless）。

    ## 依据
    教职成〔2020〕8号；本工具的状态次序：申报 < 立项 < 在建 < 建成 < 验收。
    """
    for promise, found, severity in halted(context).values():
        cell = promise.point.done.table.rows[0][0]
        if not promise.point.table.index and any(short_steps(cell.text)):
            continue  # ACT020 tells of it, with the words that claim it
        yield _problem(promise, found, severity)


_Halt = tuple[Promise, tuple[int, int], Severity | None]


def halted(context: Context) -> Mapping[int, _Halt]:
    """Each promise that stops at an earlier step, where it says so and how grave that is, by its identity."""
    known: dict[int, _Halt] | None = context.memo.get("halted")
    if known is None:
        known = context.memo["halted"] = {id(each[0]): each for each in _halts(context)}
    return known


def _halts(context: Context) -> Iterator[_Halt]:
    groups = [_compiled(words) for words in context.profile.sections["promise"]["short_of"].values()]
    by_told = Sieve((group, group[1]) for group in groups)
    for promise in promises(context):
        if not promise.ordinary:
            continue
        possible = [group for group, _ in by_told.possible(promise.point.done.text)]
        found = next((match for group in possible if (match := _stopped(promise, *group[:3]))), None)
        if found is None or any(stop(promise, pair) for pair in promise.pairs):
            continue
        doubtful = any(group[3] and _stopped(promise, *group[:3]) == found for group in groups)
        yield promise, found, Severity.WARNING if doubtful else None


_Group = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], bool]


def _compiled(words: dict[str, Any]) -> _Group:
    planned, told, unless = (re.compile(words[name]) for name in ("planned", "told", "unless"))
    return planned, told, unless, bool(words.get("doubtful"))


def _stopped(
    promise: Promise, planned: re.Pattern[str], told: re.Pattern[str], unless: re.Pattern[str]
) -> tuple[int, int] | None:
    """Where the completion tells of the earlier step, and nowhere of the planned one."""
    plan, done = promise.point.plan.text, promise.point.done.text
    match = told.search(done)
    if match is None or not planned.search(plan) or told.search(plan) or unless.search(done):
        return None
    return match.span()


def _problem(promise: Promise, found: tuple[int, int], severity: Severity | None) -> Problem:
    point = promise.point
    text = point.done.text
    start = max(text.rfind(mark, 0, found[0]) for mark in "，。；,;") + 1
    ends = [place for mark in "，。；,;" if (place := text.find(mark, found[1])) >= 0]
    return at_value(
        point.done, f"计划“{short(point.plan.text)}”，完成情况只到“{text[slice(*found)]}”这一步",
        start, min(ends, default=len(text)), expected=short(point.plan.text), row=row_name(point),
        related=(related(point.plan),), severity=severity,
    )  # fmt: skip
