"""TGT017: what was to be done by a date was done after it, and is told as fully done."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._attainment import printed_rate
from taizhang.checks.rules._deadline import DONE, done_on, due_by, is_after, only_date
from taizhang.checks.rules._promise import Promise, promises, short
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Table
from taizhang.intake.forms import points
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_FULL = 100
_DUE_HEAD = re.compile("(?:计划|要求|应|规定|预定|目标)[^/]{0,6}(?:时间|时限|期限|日期|节点)$|完成时限$")
_DONE_HEAD = re.compile("(?:实际|办结|完工)[^/]{0,6}(?:时间|日期)$")
_IN_TIME = re.compile(r"是|√|100(?:\.0+)?\s*[%％]?|(?:已|按期|按时|如期|及时)+(?:完成|办结)?|完成")


@rule("TGT017", kind="below_target_claimed_done", severity="error", since="0.6")
def deadline_missed_reported_done(context: Context) -> Iterator[Problem]:
    """完成时间晚于规定的时间，却写 100%、得满分。

    ## 为什么
    时效指标只看一个日期；晚了还按时完成的计分，专家对照验收单、发文日期一查便知。

    ## 不合格
    | 三级指标 | 年度指标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 项目完工时间 | 2024年10月 | 2024年12月 | 100% |
    | 培训教师（人次） | 300 | 320 | 107% |

    ## 合格
    | 三级指标 | 年度指标值 | 实际完成值 | 完成率 |
    |---|---|---|---|
    | 项目完工时间 | 2024年10月 | 2024年9月 | 100% |
    | 平台上线时间 | 2024年6月底前 | 2024年8月 | 80% |

    ## 例外
    没有写 100%、没有得满分的，是如实填报，不报；说明了原因而得满分的，作存疑。计划里写明“某月底前”而完成情况的日期更晚的，
    也作存疑。

    ## 依据
    财预〔2020〕10号：时效指标按是否按期完成计分。
    """
    for reading in context.readings:
        told: set[tuple[int, int]] = set()
        for problem, place in (*_of_forms(reading), *_of_indicators(reading)):
            if place not in told:
                told.add(place)
                yield problem
        for table in reading.document.tables:
            yield from _of_columns(table)
    for promise in promises(context):
        if promise.full and not promise.postponed:
            yield from _of_promise(promise)


def _of_indicators(reading: Reading) -> Iterator[tuple[Problem, tuple[int, int]]]:
    for row in reading.plans.indicators:
        if row.goal is not None and row.actual is not None and (printed_rate(row.rate) or 0) >= _FULL:
            problem = _late(row.goal, row.actual, row.name, row.reason)
            if problem is not None:
                yield problem, (row.table.index, row.label.row)


def _of_forms(reading: Reading) -> Iterator[tuple[Problem, tuple[int, int]]]:
    for form in reading.forms.forms:
        for item in form.indicators:
            score, weight = points(item.score), points(item.weight)
            if item.target is None or item.actual is None or not score or score != weight:
                continue
            problem = _late(item.target, item.actual, item.name, item.reason)
            if problem is not None:
                yield problem, (form.table.index, item.label.row)


def _late(goal: Value, actual: Value, name: str, reason: Value | None) -> Problem | None:
    wanted, reached = only_date(goal.text), only_date(actual.text)
    if wanted is None or reached is None or not is_after(reached, wanted):
        return None
    explained = reason is not None and not reason.is_nothing
    return at_value(
        actual,
        f"应在 {goal.text.strip()} 完成，实际是 {actual.text.strip()}，不能按完成计",
        expected=f"不晚于 {goal.text.strip()}",
        row=name,
        related=(related(goal),),
        severity=Severity.WARNING if explained else None,
    )


def _of_columns(table: Table) -> Iterator[Problem]:
    """A column of the days by which things are due, one of the days on which they were done, and a claim behind them."""
    due = [index for index, words in enumerate(table.columns) if _DUE_HEAD.search(words)]
    done = [index for index, words in enumerate(table.columns) if _DONE_HEAD.search(words)]
    if len(due) != 1 or len(done) != 1:
        return
    for row in range(table.header, len(table.rows)):
        cells = table.rows[row]
        claims = [cell.text for cell in cells[done[0] + 1 :] if _IN_TIME.fullmatch(cell.text.strip())]
        goal, actual = value_at(table, row, due[0]), value_at(table, row, done[0])
        problem = _late(goal, actual, cells[0].text.strip(), None) if claims else None
        if problem is not None:
            yield problem


def _of_promise(promise: Promise) -> Iterator[Problem]:
    """“2024 年 6 月底前建成” told of as “2024 年 9 月建成”."""
    plan, done = promise.point.plan.text, promise.point.done.text
    due, reached = due_by(plan), done_on(done, plan)
    if due is None or reached is None or not (DONE.search(plan) and DONE.search(done)):
        return
    limit, wanted = due
    place, told = reached
    if (told[0] and not wanted[0]) or not is_after((told[0] or wanted[0], *told[1:]), wanted):
        return
    yield at_value(
        promise.point.done, f"计划“{short(plan)}”，完成情况的时间更晚", *place, expected=f"不晚于 {limit}",
        row=row_name(promise.point), related=(related(promise.point.plan),), severity=Severity.WARNING,
    )  # fmt: skip
