"""STR005: a circled ordinal of the completion differs from the plan's, or is repeated or left out."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.core.finding import Severity
from taizhang.intake.plans import CIRCLED, Point, Value, ordinal_of

_MARK = re.compile(rf"\s*([{CIRCLED}])")
_MANY, _HABIT = 3, 0.6  # this many differing ordinals, and this share of them, are a way of counting
_USUAL = 0.6  # of all completions carry an ordinal: then one without is noted


@rule("STR005", kind="label_error", severity="error", since="0.1")
def ordinal_out_of_step(context: Context) -> Iterator[Problem]:
    """完成情况的序号与计划的序号对不上。

    ## 为什么
    计划③对应的完成情况写成②，专家会以为③没有完成、②报了两次；佐证材料按序号归档时也会放错。

    ## 不合格
    | 建设任务 | 2023 年度计划 | 2023 年度任务完成情况 |
    |---|---|---|
    | 课程建设 | ①制定课程标准 | ①制定课程标准 12 个 |
    | 课程建设 | ②新建在线课程 | ②新建在线课程 6 门 |
    | 课程建设 | ③开展课程评估 | ②评估课程 30 门 |

    ## 合格
    | 建设任务 | 2023 年度计划 | 2023 年度任务完成情况 |
    |---|---|---|
    | 课程建设 | ①制定课程标准 | ①制定课程标准 12 个 |
    | 课程建设 | ②新建在线课程 | ②新建在线课程 6 门 |
    | 课程建设 | ③开展课程评估 | ③评估课程 30 门 |

    ## 例外
    整栏都另行编号的，只在第一处提示一次；计划自己的序号重复是存疑，跳号和完成情况漏写序号只作提示。

    ## 依据
    任务书和自评表以序号对应计划任务点与完成情况，一一对应才能逐点核验。
    """
    for reading in context.readings:
        columns: dict[tuple[int, int, int], list[Point]] = {}
        for point in reading.plans.points:
            columns.setdefault((point.table.index, point.plan.column, point.done.column), []).append(point)
        told = [point for point in reading.plans.points if _mark(point.plan) and not point.done.is_nothing]
        usual = sum(1 for point in told if _mark(point.done)) >= _USUAL * len(told)
        for points in columns.values():
            yield from _against_plan(points)
            yield from _in_plan(points)
        if usual:
            for table in reading.document.tables:
                yield from _without(
                    [point for key, points in columns.items() if key[0] == table.index for point in points]
                )


def _mark(value: Value) -> str | None:
    return ordinal_of(value.text)


def _span(value: Value) -> tuple[int, int]:
    match = _MARK.match(value.text)
    return match.span(1) if match else (0, len(value.text))


def _against_plan(points: Sequence[Point]) -> Iterator[Problem]:
    both = [point for point in points if _mark(point.plan) and _mark(point.done)]
    different = [point for point in both if _mark(point.plan) != _mark(point.done)]
    habit = len(different) >= _MANY and len(different) >= _HABIT * len(both)
    for point in different[:1] if habit else different:
        message = f"完成情况的序号{_mark(point.done)}与计划的序号{_mark(point.plan)}不对应"
        yield at_value(
            point.done,
            message + (f"，本栏共有 {len(different)} 处" if habit else ""),
            *_span(point.done),
            expected=_mark(point.plan),
            row=point.name,
            severity=Severity.INFO if habit else None,
            related=(related(point.plan), *(related(other.done) for other in different[1:] if habit)),
        )


def _in_plan(points: Sequence[Point]) -> Iterator[Problem]:
    """Ordinals of the plan that are repeated or skipped; ① begins another task."""
    last: Point | None = None
    place = -1
    for point in points:
        mark = _mark(point.plan)
        if mark is None:
            continue
        now = CIRCLED.index(mark)
        again = last is not None and point.task == last.task and now == place
        if last is not None and (again or (0 < now <= place)):
            yield at_value(
                point.plan,
                f"计划的序号{mark}重复：上一项已是{CIRCLED[place]}",
                *_span(point.plan),
                expected=CIRCLED[min(place + 1, len(CIRCLED) - 1)],
                row=point.name,
                severity=Severity.WARNING,
                related=(related(last.plan),),
            )
        elif now > place + 1:
            yield at_value(
                point.plan,
                f"计划的序号{mark}之前缺{CIRCLED[place + 1]}",
                *_span(point.plan),
                expected=CIRCLED[place + 1],
                row=point.name,
                severity=Severity.INFO,
            )
        last, place = point, now


def _without(points: Sequence[Point]) -> Iterator[Problem]:
    """Completions without the ordinal that their plan carries, told once for each table."""
    bare = [point for point in points if _mark(point.plan) and not point.done.is_nothing and not _mark(point.done)]
    if bare:
        first = bare[0]
        mark = _mark(first.plan)
        yield at_value(
            first.done,
            f"计划有序号{mark}，完成情况没有写序号" + (f"，本表共有 {len(bare)} 处" if len(bare) > 1 else ""),
            0,
            min(len(first.done.text), 12),
            expected=mark,
            row=first.name,
            severity=Severity.INFO,
            related=tuple(related(point.done) for point in bare[1:]),
        )
