"""The plan of the ledger as a draft, so that a document can be held against it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from taizhang.core.source import Source
from taizhang.intake.plans import CIRCLED
from taizhang.intake.programme import (
    Direction,
    DraftIndicator,
    DraftPoint,
    DraftTask,
    Figure,
    Printed,
    ProgrammeDraft,
    When,
)
from taizhang.web.ledger.models import Basis, Category, Indicator, Period, PeriodKind, Point, Programme, Target, Task
from taizhang.web.ledger.models import Direction as Better

LEDGER = Source(file="台账")
WHEN = {PeriodKind.END: When.END, PeriodKind.CHECKPOINT: When.MID, PeriodKind.YEAR: When.YEAR}
# How reports name the categories, without the word 指标; several names for one.
CATEGORIES = {
    "数量": Category.QUANTITY, "质量": Category.QUALITY, "时效": Category.TIMELINESS, "成本": Category.COST,
    "社会效益": Category.SOCIAL, "经济效益": Category.SOCIAL, "生态效益": Category.SOCIAL, "效益": Category.SOCIAL,
    "可持续影响": Category.LASTING, "满意度": Category.SATISFACTION,
}  # fmt: skip
DIRECTIONS = {Direction.AT_LEAST: Better.HIGHER, Direction.AT_MOST: Better.LOWER}


@dataclass(frozen=True, slots=True)
class Known:
    """The draft, and the row of the ledger that each of its items stands for, by the item's identity."""

    draft: ProgrammeDraft
    rows: dict[int, Task | Point | Indicator]


def known_draft(programme: Programme) -> Known:
    """The plan as it stands, dropped points and indicators left out."""
    tasks = {task.pk: task for task in programme.tasks.select_related("parent", "group")}
    points = programme.points.filter(is_dropped=False).select_related("task__group")
    indicators = (
        programme.indicators.filter(is_dropped=False)
        .select_related("task", "group")
        .prefetch_related("targets__period")
    )
    rows: dict[int, Task | Point | Indicator] = {}
    drafts: tuple[list[DraftTask], list[DraftPoint], list[DraftIndicator]] = ([], [], [])
    for task in tasks.values():
        drafts[0].append(_task(task))
        rows[id(drafts[0][-1])] = task
    for point in points:
        drafts[1].append(_point(point))
        rows[id(drafts[1][-1])] = point
    for indicator in indicators:
        drafts[2].append(_indicator(indicator))
        rows[id(drafts[2][-1])] = indicator
    draft = ProgrammeDraft(
        file=LEDGER.file, title=programme.name, college=programme.college.name, years=(), doubts=(), tables=(),
        period=(programme.first_year, programme.last_year), tasks=tuple(drafts[0]), points=tuple(drafts[1]),
        indicators=tuple(drafts[2]),
    )  # fmt: skip
    return Known(draft, rows)


def plan_of(draft: ProgrammeDraft, period: Period | None) -> ProgrammeDraft:
    """A draft without what is told of completion: that belongs to a round and not to the plan.

    A target that says no time is one of the period that the document reports on.
    """
    return replace(
        draft,
        college=None,
        period=None,
        points=tuple(
            replace(point, done=None, rate=None, responsible=None, verdict=None, state=None, others=()) for point in draft.points
        ),
        indicators=tuple(
            replace(
                row, actuals=(), rate=None, verdict=None, reason=None, responsible=None, others=(), is_cumulative=False,
                category=category_of(row.category), targets=tuple(dated(figure, period) for figure in row.targets),
            )
            for row in draft.indicators
        ),
    )  # fmt: skip


def dated(figure: Figure, period: Period | None) -> Figure:
    """The figure, put to the period where it says no time of its own."""
    if period is None or figure.when is not When.YEAR or figure.year is not None:
        return figure
    when = WHEN[PeriodKind(period.kind)]
    return replace(figure, when=when, year=period.last_year if when is When.YEAR else None)


def category_of(name: str | None) -> str | None:
    """The ledger's own name of a category, without 指标; None where the document names none."""
    category = CATEGORIES.get((name or "").removesuffix("指标"))
    return category.label.removesuffix("指标") if category else None


def key_of(task: Task | None) -> str | None:
    """What points and indicators name a task by."""
    return (task.code or task.name) if task else None


def _task(task: Task) -> DraftTask:
    return DraftTask(
        code=task.code or None, name=task.name, parent=key_of(task.parent), group=task.group.name if task.group else None,
        source=LEDGER,
    )  # fmt: skip


def _point(point: Point) -> DraftPoint:
    ordinal = CIRCLED[point.ordinal - 1] if 1 <= point.ordinal <= len(CIRCLED) else None
    return DraftPoint(
        task=key_of(point.task), year=point.year, ordinal=ordinal, plan=Printed(text=point.plan, source=LEDGER),
        group=point.task.group.name if point.task.group else None,
    )  # fmt: skip


def _indicator(row: Indicator) -> DraftIndicator:
    return DraftIndicator(
        code=row.code or None, name=row.name, label=Printed(text=f"{row.code} {row.name}".strip(), source=LEDGER),
        category=Category(row.category).label.removesuffix("指标"), unit=row.measure or None,
        direction=Direction.AT_MOST if row.direction == Better.LOWER else Direction.AT_LEAST,
        is_per_year=row.basis == Basis.PER_YEAR, targets=tuple(_figures(row.targets.all())), task=key_of(row.task),
        group=row.group.name if row.group else None,
    )  # fmt: skip


def _figures(targets: Iterable[Target]) -> Iterable[Figure]:
    for target in targets:
        when = WHEN[PeriodKind(target.period.kind)]
        year = target.period.last_year if when is When.YEAR else None
        yield Figure(when=when, year=year, printed=Printed(text=target.text, source=LEDGER))
