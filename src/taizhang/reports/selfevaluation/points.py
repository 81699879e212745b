"""Task points of a self-evaluation: a table of plan against completion for each sub-task, with its sentence."""

from collections.abc import Iterator, Sequence

from taizhang.reports.counts import Counts, root_of
from taizhang.reports.outline import DEEPEST, Align, Block, Cell, Column, Content, Heading, Run, Table, row
from taizhang.reports.selfevaluation.summary import total_tables
from taizhang.reports.sentences import by_year, of, ordinal, outcome, paragraph, quoted, see, told
from taizhang.reports.snapshot import Point, Snapshot, Task

_NOTHING = "--"
_MOST_SIDE_BY_SIDE = 2  # years beside each other on one page; more stand below each other
_ENDS = "，,；;"


def point_blocks(snapshot: Snapshot) -> Iterator[Block]:
    """二、建设任务和绩效目标完成情况 up to its indicators: the totals, then task by task."""
    yield Heading("建设任务和绩效目标完成情况", 1)
    yield from total_tables(snapshot)
    if not snapshot.points:
        return
    yield Heading("建设任务点完成情况", 2)
    for place, task in enumerate(snapshot.roots(), 1):
        yield from _of_task(snapshot, task, place, 3)
    for group in snapshot.groups():
        yield from _of_task(snapshot, group, 0, 3)


def heading(task: Task, place: int, level: int) -> Heading:
    """The heading of the n-th task below its own: its code is what the file counts, or is printed where it counts other."""
    if level > DEEPEST:
        raise ValueError(f"a task {level} deep")
    counted = task.code == "-".join(filter(None, (task.parent, str(place)))) and not task.group
    return Heading(task.title if counted or not task.code else f"{task.code} {task.title}", level, numbered=counted)


def _of_task(snapshot: Snapshot, task: Task, place: int, level: int) -> Iterator[Block]:
    """A task: its own points, then those of its sub-tasks."""
    counts = Counts(snapshot)
    whole = counts.points_of(task)
    if not whole.total or not whole.members or not any(each.startswith("point") for each in whole.members):
        return
    yield heading(task, place, min(level, DEEPEST))
    years = [(year, counts.points_of(task, year)) for year in snapshot.period.years]
    own = [point for point in snapshot.points if point.task == task.key and point.group == task.group]
    key = f"points/{task.group}/{task.key}"
    yield paragraph(
        f"本任务{snapshot.period.word}任务点 ", of(whole, "total"), by_year(years), "；", outcome(whole), see([key]) if own else None,
    )  # fmt: skip
    if own:
        yield _table(snapshot, task, own, key)
    for number, below in enumerate(snapshot.below(task), 1):
        yield from _of_task(snapshot, below, number, level + 1)


def short_name(task: Task) -> str:
    """What a caption calls a task: its name up to the first comma."""
    name = task.title
    cuts = [place for mark in _ENDS if (place := name.find(mark)) > 0]
    return name[: min(cuts)] if cuts else name


def _table(snapshot: Snapshot, task: Task, points: Sequence[Point], key: str) -> Table:
    labels = _labels(snapshot, task)
    years = [year for year in snapshot.period.years if any(point.year == year for point in points)]
    beside = len(snapshot.period.years) <= _MOST_SIDE_BY_SIDE
    own_years = list(snapshot.period.years) if beside else years
    columns, rows = (_beside if beside else _below)(points, own_years, snapshot.period.word)
    named = [Column(("建设任务",), 1.0 + place / 2) for place in range(len(labels))]
    cells = [Cell(((label,),), rows=len(rows)) for label in labels]
    first = (*cells, *rows[0])
    return Table(
        caption=f"{quoted(short_name(task))}任务完成情况表", columns=(*named, *columns), rows=(first, *rows[1:]), key=key,
        landscape=len(named) + len(columns) > 6,
    )  # fmt: skip


def _labels(snapshot: Snapshot, task: Task) -> list[str]:
    """The task above and the task; the one above alone where tables do not print the task itself."""
    root = root_of(snapshot)(task.key, task.group)
    if root is None or root is task:
        return [task.label if "-" in task.code and not task.group else task.name]
    return [root.name, task.label] if task.is_labelled else [root.name]


def _beside(points: Sequence[Point], years: Sequence[int], word: str) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The years side by side: plan and completion of each, and one rate, by year where the years differ."""
    columns = [Column(("完成率" if len(years) == 1 else f"{word}完成率",))]
    for year in reversed(years):
        columns[:0] = [
            Column((f"{year}年度计划",), 3, Align.LEFT),
            Column((f"{year}年度任务完成情况",), 3.5, Align.LEFT),
        ]
    of_year = {year: [point for point in points if point.year == year] for year in years}
    rows = []
    for place in range(max(map(len, of_year.values()))):
        line = {year: each[place] for year, each in of_year.items() if place < len(each)}
        contents: list[Content] = []
        for year in years:
            contents += _pair(line[year]) if year in line else [_NOTHING, _NOTHING]
        rows.append(row(*contents, _rate(list(line.values()))))
    return columns, rows


def _rate(points: Sequence[Point]) -> Content:
    """The rate of all the points in a row, or of each year where they differ: never one for the other."""
    if len({point.rate for point in points}) == 1:
        return told(points[0], "rate") if points[0].rate else ""
    said: list[Run] = []
    for point in points:
        if point.rate:
            said += ["；" if said else "", f"{point.year}年", told(point, "rate")]
    return tuple(run for run in said if run != "")


def _below(points: Sequence[Point], years: Sequence[int], word: str) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The years below each other, each with its points."""
    del word
    columns = [
        Column(("年度",)), Column(("建设计划",), 3, Align.LEFT), Column(("完成情况",), 3.5, Align.LEFT), Column(("完成率",)),
    ]  # fmt: skip
    rows = []
    for year in years:
        own = [point for point in points if point.year == year]
        for place, point in enumerate(own):
            first = [Cell(((f"{year}年",),), rows=len(own))] if not place else []
            rows.append(row(*first, *_pair(point), told(point, "rate") if point.rate else ""))
    return columns, rows


def _pair(point: Point) -> list[Content]:
    """Plan and completion, each behind its ordinal."""
    mark = ordinal(point.ordinal)
    return [
        (mark, told(point, "plan")) if point.plan else _NOTHING,
        (mark, told(point, "done")) if point.done else "",
    ]
