"""What was done, task by task: the records that belong to each, its results, what its indicators reached, what is short."""

from collections.abc import Iterator, Sequence

from taizhang.records import SECTIONS
from taizhang.reports.counts import Counts, short_ones
from taizhang.reports.deeds import deeds
from taizhang.reports.digest import SELF, Total, by_kind, levels_of, of_task, place_of, results_of, untied, work_of
from taizhang.reports.outline import Block, Heading, Mention, Paragraph, Runs
from taizhang.reports.selfevaluation.summary import SHORT
from taizhang.reports.sentences import listed, outcome, paragraph
from taizhang.reports.snapshot import Recorded, Snapshot, Task
from taizhang.reports.wording import said


def work_blocks(snapshot: Snapshot) -> Iterator[Block]:
    """主要举措和成效; no chapter where the ledger has no records of the period."""
    others = untied(snapshot)
    tied = [
        (task, rows)
        for task in (*snapshot.roots(), *snapshot.groups())
        if (rows := of_task(snapshot, {each.key for each in snapshot.within(task)}, task.group))
    ]
    if not tied and not others:
        return
    yield Heading("主要举措和成效", 1)
    yield _opening([each for _, rows in tied for each in rows] + [each for rows in others.values() for each in rows])
    for task, rows in tied:
        yield from _of_task(snapshot, task, rows)
    if others:
        if tied:
            yield Heading("其他工作", 2)
            yield paragraph(said("work.others"))
        for section, rows in others.items():
            yield Heading(SECTIONS["self_evaluation"][section.removeprefix(SELF)], 3 if tied else 2)
            yield from _of_records(f"other/{section}", rows)


def _opening(rows: Sequence[Recorded]) -> Paragraph:
    counted, undone = work_of(rows)
    rest = said("work.undone", n=undone.figure) if undone.members else ()
    return paragraph(said("work.opening", n=counted.figure, undone=rest))


def _of_task(snapshot: Snapshot, task: Task, rows: Sequence[Recorded]) -> Iterator[Block]:
    """A task or group: how much of it there is, record by kind, then its results, indicators and what fell short."""
    yield Heading(task.title, 2)
    where = place_of(task)
    counted = [each for each in rows if each.counts]
    if counted:
        total = Total.of_records(f"sum/{where}/records", f"{task.name}业务记录", tuple(each.ref for each in counted))
        yield paragraph(said("task.opening", task=task.name, span=snapshot.period.span, n=total.figure))
    yield from _of_records(where, rows)
    yield from _results(snapshot, task)
    yield from _state(snapshot, task)


def _of_records(where: str, rows: Sequence[Recorded]) -> Iterator[Block]:
    for own in by_kind(rows).values():
        yield from deeds(where, own)


def _results(snapshot: Snapshot, task: Task) -> Iterator[Block]:
    """How many landmark results the task has, by level."""
    whole = results_of(snapshot, task)
    if whole is None:
        return
    levels = [said("task.result_level", level=level, n=each.figure) for level, each in levels_of(snapshot, task)]
    told = said("task.result_levels", levels=listed(levels)) if levels else ()
    yield paragraph(said("task.results", n=whole.figure, levels=told))


def _state(snapshot: Snapshot, task: Task) -> Iterator[Block]:
    """How far its points and indicators came, and where what fell short is told."""
    counts = Counts(snapshot)
    points, indicators = counts.points_of(task), counts.indicators_of(task)
    told: list[Runs] = []
    if points.total:
        told.append(said("task.points", n=points.figure("total"), outcome=outcome(points)))
    if indicators.total:
        told.append(said("task.indicators", n=indicators.figure("total"), outcome=outcome(indicators, "达标")))
    if not told:
        return
    short: list[Runs] = []
    if points.short:
        short.append(said("task.short_points", n=points.figure("short")))
    if indicators.short:
        short.append(said("task.short_indicators", n=indicators.figure("short")))
    after = (
        said("task.short", short=listed(short, "和"), where=Mention(SHORT)) if short and short_ones(snapshot) else ()
    )
    yield paragraph(listed(told, "；"), "。" if after else None, after)
