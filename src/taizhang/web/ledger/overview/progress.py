"""How far a round is: attainment by task and unit, points by year, indicators by category, units by stage."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.attainment import plain
from taizhang.core.rollup import Rolled
from taizhang.web.ledger.models import Category, Stage
from taizhang.web.ledger.overview.chart import (
    NOTHING,
    Chart,
    Mark,
    Row,
    Series,
    Shape,
    Tile,
    Tone,
    without_empty_series,
)
from taizhang.web.ledger.overview.outcomes import Fate, Portion
from taizhang.web.ledger.overview.scope import Scope, total
from taizhang.web.ledger.owed import late

Key = TypeVar("Key", bound=Hashable)
_MOST_ROWS, _MOST_UNITS = 40, 16  # a larger table is no overview
_FURTHEST = 12
_TOLD = (
    (Fate.DONE, Tone.GOOD), (Fate.SHORT, Tone.SHORT), (Fate.POSTPONED, Tone.BAD), (Fate.CANCELLED, Tone.QUIET),
    (Fate.UNTOLD, Tone.QUIET),
)  # fmt: skip
_STEPS = {
    Stage.DRAFT: Tone.QUIET, Stage.RETURNED: Tone.BAD, Stage.SUBMITTED: Tone.STEP_1, Stage.DEPARTMENT: Tone.STEP_2,
    Stage.TEAM: Tone.STEP_3, Stage.APPROVED: Tone.STEP_4, Stage.LOCKED: Tone.STEP_5,
}  # fmt: skip


def tiles(scope: Scope) -> list[Tile]:
    """The few figures that stand above the charts."""
    points = [portion for portion in scope.portions if portion.is_point]
    indicators = [portion for portion in scope.portions if not portion.is_point]
    every, locked = total(scope.portions), total(portion for portion in scope.portions if portion.stage == Stage.LOCKED)
    overdue = scope.count(late(scope.round, scope.day))
    return [
        _share(_("任务点完成"), points, scope.link(kind="point")),
        _share(_("指标达到目标"), indicators, scope.link(kind="indicator")),
        Tile(_("已锁定"), _percent(locked, every), f"{locked} / {every}", scope.link(stage=Stage.LOCKED)),
        Tile(_("已逾期"), str(overdue), _("项，过了期限还没有走下一步"), scope.link(whose="late")),
    ]


def _share(name: str, portions: Sequence[Portion], link: str) -> Tile:
    done, every = total(portion for portion in portions if portion.told == Fate.DONE), total(portions)
    return Tile(name, _percent(done, every), f"{done} / {every}", link)


def _percent(part: int, whole: int) -> str:
    rate = Rolled(whole, part).rate
    return f"{plain(rate)}%" if rate is not None else "—"


def by_task_and_unit(scope: Scope) -> Chart:
    """The heat table: of each task in each unit, the share of items told as done."""
    cells = _grouped(((portion.task or 0, portion.unit), portion) for portion in scope.portions)
    units, tasks = (
        list(scope.units.values()),
        [key for key in _tops(scope) if any((key, unit) in cells for unit in scope.units)],
    )
    series = tuple(Series(str(unit)) for unit in units[:_MOST_UNITS])
    rows = tuple(
        _row(scope, key, tuple(_done(cells.get((key, unit.pk), ()), scope.link(task=key or "none", unit=unit.pk, alone=1))
                               for unit in units[:_MOST_UNITS]))
        for key in tasks[:_MOST_ROWS]
    )  # fmt: skip
    left_out = {"units": max(len(units) - _MOST_UNITS, 0), "tasks": max(len(tasks) - _MOST_ROWS, 0)}
    note = _("另有 %(units)d 个单位、%(tasks)d 项任务没有列出。") % left_out if any(left_out.values()) else ""
    return Chart(
        key="tasks", title=_("任务 × 单位完成率"), question=_("哪个单位的哪项任务落在后面？"), shape=Shape.HEAT, of=_("任务"),
        unit="%", series=series, rows=rows, note=note, is_wide=True,
        empty=_("这一轮还没有填报项。双高办开启一轮填报后，这里显示各单位各项任务的完成率。"),
    )  # fmt: skip


def by_task_and_year(scope: Scope) -> Chart:
    """The heat table of one unit: of each task in each year, the share of points told as done."""
    cells = _grouped(((portion.task or 0, portion.year), portion) for portion in scope.portions if portion.is_point)
    years = sorted({year for _key, year in cells})
    rows = tuple(
        _row(scope, key, tuple(_done(cells.get((key, year), ()), scope.link(task=key or "none", year=year)) for year in years))
        for key in _tops(scope)
        if any((key, year) in cells for year in years)
    )  # fmt: skip
    return Chart(
        key="task-years", title=_("任务 × 年度完成率"), question=_("哪一年的哪项任务还没有做完？"), shape=Shape.HEAT, of=_("任务"),
        unit="%", series=tuple(Series(str(year)) for year in years), rows=rows[:_MOST_ROWS], is_wide=True,
        empty=_("这一轮里没有任务点。"),
    )  # fmt: skip


def by_year(scope: Scope) -> Chart:
    """What became of the points of each year."""
    series, rows = without_empty_series(_told_series(), _years(scope, _by_told))
    return Chart(
        key="years", title=_("各年度任务点"), question=_("每一年的任务点完成了多少，还剩多少？"), shape=Shape.COLUMNS, of=_("年度"),
        unit=_("项"), series=series, rows=rows, empty=_("这一轮里没有任务点。"),
    )  # fmt: skip


def by_year_and_stage(scope: Scope) -> Chart:
    """At which stage the points of each year are."""
    series, rows = without_empty_series(_stage_series(), _years(scope, _by_stage))
    return Chart(
        key="stages", title=_("各年度任务点走到哪一步"), question=_("任务点的填报和审核走到哪一步了？"), shape=Shape.COLUMNS,
        of=_("年度"), unit=_("项"), series=series, rows=rows, empty=_("这一轮里没有任务点。"),
    )  # fmt: skip


def _years(scope: Scope, marked: Callable[..., tuple[Mark, ...]]) -> list[Row]:
    """A row for each year of the points, marked one way or another."""
    years = _grouped((portion.year, portion) for portion in scope.portions if portion.is_point)
    return [
        Row(str(year), marked(alike, scope, kind="point", year=year), scope.link(kind="point", year=year))
        for year, alike in sorted(years.items())
    ]


def by_category(scope: Scope) -> Chart:
    """What became of the indicators of each category."""
    groups = _grouped((portion.category, portion) for portion in scope.portions if not portion.is_point)
    found = [
        Row(str(label), _by_told(groups[value], scope, kind="indicator", category=value), scope.link(category=value))
        for value, label in Category.choices
        if value in groups
    ]
    series, rows = without_empty_series(_told_series(_("达到目标"), _("低于目标")), found)
    return Chart(
        key="categories", title=_("各类绩效指标"), question=_("哪一类指标还没有达到目标？"), shape=Shape.BARS, of=_("类别"),
        unit=_("项"), series=series, rows=rows, empty=_("这一轮里没有绩效指标。"),
    )  # fmt: skip


def by_unit_and_stage(scope: Scope) -> Chart:
    """At which stage the items of each unit are."""
    groups = _grouped((portion.unit, portion) for portion in scope.portions)
    found = [
        Row(str(unit), _by_stage(groups[pk], scope, unit=pk, alone=1), scope.link(unit=pk, alone=1))
        for pk, unit in scope.units.items()
    ][:_MOST_UNITS]
    series, rows = without_empty_series(_stage_series(), found)
    return Chart(
        key="units", title=_("各单位填报进度"), question=_("各单位报到哪一步了，谁还没有交？"), shape=Shape.BARS, of=_("单位"),
        unit=_("项"), series=series, rows=rows, empty=_("这一轮还没有填报项。"),
    )  # fmt: skip


def furthest(scope: Scope) -> Chart:
    """The indicators furthest below their targets."""
    short = [value for value in scope.counted[1] if value.told == Fate.SHORT and value.ratio is not None]
    lowest = sorted(short, key=lambda value: (value.ratio or 0, value.entry))[:_FURTHEST]
    rows = tuple(
        Row(value.name, (Mark(_rounded(value.ratio), link := reverse("entry", args=[value.entry])),), link)
        for value in lowest
    )
    return Chart(
        key="furthest", title=_("离目标最远的指标"), question=_("先抓哪几个指标？"), shape=Shape.BARS, of=_("指标"), unit="%",
        series=(Series(_("完成度"), Tone.SHORT),), rows=rows,
        empty=_("没有低于目标的指标。"),
    )  # fmt: skip


def _rounded(ratio: Decimal | None) -> Decimal | None:
    """Short of its target, so never rounded up to 100."""
    return None if ratio is None else ratio.quantize(Decimal("0.1"), ROUND_DOWN).normalize() + 0


def _tops(scope: Scope) -> list[int]:
    """The tasks at the top, then 0 for what belongs to none."""
    return [*scope.tasks, 0]


def _row(scope: Scope, key: int, marks: tuple[Mark, ...]) -> Row:
    task = scope.tasks.get(key)
    name = str(task) if task is not None else _("未归入任务")
    return Row(name, marks, scope.link(task=key or "none"))


def _done(portions: Iterable[Portion], link: str) -> Mark:
    """The share told as done; nothing where nothing was planned."""
    alike = list(portions)
    every = total(alike)
    if not every:
        return NOTHING
    done = total(portion for portion in alike if portion.told == Fate.DONE)
    return Mark(Rolled(every, done).rate, link, f"{done}/{every}")


def _told_series(done: str = "", short: str = "") -> tuple[Series, ...]:
    names = {Fate.DONE: done, Fate.SHORT: short}
    return tuple(Series(names.get(told) or str(told.label), tone) for told, tone in _TOLD)


def _stage_series() -> tuple[Series, ...]:
    return tuple(Series(str(stage.label), _STEPS[stage]) for stage in Stage)


def _by_told(alike: Iterable[Portion], scope: Scope, **filters: object) -> tuple[Mark, ...]:
    counts = Counter[str]()
    for portion in alike:
        counts[portion.told] += portion.count
    return tuple(Mark(counts[told], scope.link(**filters, told=told.value)) for told, _tone in _TOLD)


def _by_stage(alike: Iterable[Portion], scope: Scope, **filters: object) -> tuple[Mark, ...]:
    counts = Counter[str]()
    for portion in alike:
        counts[portion.stage] += portion.count
    return tuple(Mark(counts[stage], scope.link(**filters, stage=stage)) for stage in Stage.values)


def _grouped(pairs: Iterable[tuple[Key, Portion]]) -> dict[Key, list[Portion]]:
    found: dict[Key, list[Portion]] = defaultdict(list)
    for key, portion in pairs:
        found[key].append(portion)
    return found
