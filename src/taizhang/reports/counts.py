"""Counts of what was planned and what is done, by task, group, year and category, each with the items that make it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from taizhang.core.attainment import Attained, printed
from taizhang.reports.outline import Figure
from taizhang.reports.snapshot import Indicator, Point, Snapshot, Tally, Task

_NOTHING = "--"
OF_TASKS = ("数量", "质量", "")  # the categories that are told task by task; "" where none is given


@dataclass(frozen=True, slots=True)
class Count:
    """So many planned, so many of them done. `address` is where a report binds it, `name` what it counts, in words.

    `members` are the items counted, by their refs.
    """

    address: str
    name: str
    total: int
    done: int
    members: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.total

    @property
    def rate(self) -> str:
        """The share that is done, in per cent; what is short never rounds up to 100 %."""
        if not self.total:
            return _NOTHING
        state = Attained.MET if self.is_complete else Attained.SHORT
        return printed(state, Decimal(self.done) / self.total * 100)

    @property
    def short(self) -> int:
        """How many are not done."""
        return self.total - self.done

    def figure(self, part: str) -> Figure:
        """The total, done, short or rate as a figure bound to this count."""
        texts = {"total": str(self.total), "done": str(self.done), "short": str(self.short), "rate": self.rate}
        words = {"total": "总数", "done": "完成数", "short": "未完成数", "rate": "完成率"}
        return Figure(f"{self.address}:{part}", texts[part], f"{self.name} {words[part]}")


def root_of(snapshot: Snapshot) -> Callable[[str, str], Task | None]:
    """Finds the task at the top of a task's branch, by key and group; None for what belongs to no task."""
    tasks = {(task.group, task.key): task for task in snapshot.tasks}

    def find(key: str, group: str) -> Task | None:
        task, seen = tasks.get((group, key)), 0
        while task is not None and (task.group, task.parent) in tasks and task.parent and seen < 9:
            above = tasks[task.group, task.parent]
            if above.key == above.group:  # the specialty group itself: its tasks are the roots
                return task
            task, seen = above, seen + 1
        return task

    return find


def points_count(address: str, name: str, points: Iterable[Point], tallies: Iterable[Tally] = ()) -> Count:
    """A count of task points, with what is only told in sum."""
    return _count(address, name, [(point.ref, point.is_done) for point in points], tallies)


def indicators_count(address: str, name: str, rows: Iterable[Indicator], tallies: Iterable[Tally] = ()) -> Count:
    """A count of indicators and of those that reached their target."""
    return _count(address, name, [(row.ref, row.is_met) for row in rows], tallies)


def _count(address: str, name: str, own: Sequence[tuple[str, bool | None]], tallies: Iterable[Tally]) -> Count:
    """Of things by their refs, each done or not or unknown; what is only told in sum is added to both sums."""
    told = list(tallies)
    return Count(
        f"count:{address}",
        name,
        len(own) + sum(each.total for each in told),
        sum(done is True for _ref, done in own) + sum(each.done for each in told),
        (*(ref for ref, _done in own), *(each.ref for each in told)),
        tuple(ref for ref, done in own if not done),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """All the counts of a snapshot that reports print."""

    snapshot: Snapshot

    def told(self, what: str, group: str | None = None, year: int | None = None) -> list[Tally]:
        """What is told in sum of points or indicators: of the whole period, or of a year, of a group or of all."""
        return [
            each
            for each in self.snapshot.tallies
            if each.what == what and each.year == year and not each.task and (group is None or each.group == group)
        ]

    def points(self, *, school: bool | None = None, year: int | None = None) -> Count:
        """Task points of the school, of its specialty groups, or of both (None), of a year or of the period."""
        layer = {True: "school", False: "groups", None: "all"}[school]
        rows = [
            p for p in self.snapshot.points if (school is None or school != bool(p.group)) and year in (None, p.year)
        ]
        told = [] if school else self.told("任务", year=year)
        when = f"{year} 年" if year else self.snapshot.period.word
        return points_count(f"points/{layer}/{year or 'period'}", f"{_LAYERS[layer]}{when}任务点", rows, told)

    def indicators(self, *, school: bool | None = None) -> Count:
        """Indicators of the school, of its specialty groups, or of both, those of satisfaction included."""
        layer = {True: "school", False: "groups", None: "all"}[school]
        rows = [row for row in self.snapshot.indicators if school is None or school != bool(row.group)]
        told = [] if school else self.told("指标")
        name = f"{_LAYERS[layer]}{self.snapshot.period.word}绩效指标"
        count = indicators_count(f"indicators/{layer}", name, rows, told)
        shares = [each for each in self.snapshot.tallies if each.task]
        if school is False or not shares:
            return count
        total = sum(each.total for each in (*shares, *told))
        return replace(count, total=total, done=total - count.short)

    def points_of(self, task: Task, year: int | None = None) -> Count:
        """Task points of a task and all below it."""
        keys = {each.key for each in self.snapshot.within(task)}
        rows = [
            point
            for point in self.snapshot.points
            if point.group == task.group and (point.task in keys or _is_group(task)) and year in (None, point.year)
        ]
        told = self.told("任务", task.group, year) if _is_group(task) else []
        address = f"points/{_place(task)}/{year or 'period'}"
        return points_count(address, f"{task.label}{f' {year} 年' if year else ''}任务点", rows, told)

    def indicators_of(self, task: Task, category: str | None = None) -> Count:
        """Indicators of a task and all below it, of one category or all."""
        keys = {each.key for each in self.snapshot.within(task)}
        rows = [
            row
            for row in self.snapshot.indicators
            if row.group == task.group and (row.task in keys or _is_group(task)) and category in (None, row.category)
        ]
        told = self.told("指标", task.group) if _is_group(task) and category is None else []
        address = f"indicators/{_place(task)}/{category or 'all'}"
        return indicators_count(address, f"{task.label}{category or '绩效'}指标", rows, told)

    def share_of(self, task: Task) -> Count:
        """Indicators of a task; with those under no task that it answers for, where it is told how many they are."""
        own = self.indicators_of(task)
        told = next(
            (each for each in self.snapshot.tallies if each.task == task.key and each.group == task.group), None
        )
        if told is None:
            return own
        share = replace(own, address=f"{own.address}:share", total=told.total, done=told.total - own.short)
        return replace(share, members=(*own.members, told.ref))

    def of_tasks(self) -> Count:
        """Indicators of quantity and quality, of the school and its groups."""
        rows = [row for row in self.snapshot.indicators if row.category in OF_TASKS]
        return indicators_count("indicators/tasks", "数量和质量指标", rows)

    def of_task_tables(self, task: Task) -> Count:
        """Indicators of quantity and quality of a task."""
        keys = {each.key for each in self.snapshot.within(task)}
        rows = [
            row
            for row in self.snapshot.indicators
            if row.group == task.group and (row.task in keys or _is_group(task)) and row.category in OF_TASKS
        ]
        return indicators_count(f"indicators/{_place(task)}/tasks", f"{task.label}数量和质量指标", rows)

    def of_category(self, category: str) -> Count:
        """Indicators of one category, of the school and its groups."""
        rows = [row for row in self.snapshot.indicators if row.category == category]
        return indicators_count(f"indicators/category/{category}", f"{category}指标", rows)

    def apart(self) -> Count:
        """Indicators of the school that belong to none of its tasks, and are not shared out among them."""
        keys = {task.key for task in self.snapshot.tasks if not task.group}
        shared = any(each.task for each in self.snapshot.tallies)
        rows = [row for row in self.snapshot.indicators if not row.group and row.task not in keys and not shared]
        return indicators_count("indicators/apart", "学校层面不分任务的绩效指标", rows)


_LAYERS = {"school": "学校层面", "groups": "专业群层面", "all": "全校"}


def _is_group(task: Task) -> bool:
    return bool(task.group) and not task.parent and task.key == task.group


def _place(task: Task) -> str:
    return "/".join(filter(None, (task.group, task.key if not _is_group(task) else "")))


def unmet(rows: Iterable[Indicator]) -> Iterator[Indicator]:
    """The indicators that did not reach their target, or of which that cannot be said."""
    return (row for row in rows if row.is_met is not True)


def short_ones(snapshot: Snapshot) -> list[Point | Indicator]:
    """The points that are not done and the indicators that fell short, those of which nothing is told among them."""
    return [*(point for point in snapshot.points if point.is_done is not True), *unmet(snapshot.indicators)]
