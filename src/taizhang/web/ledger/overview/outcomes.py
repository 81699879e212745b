"""What became of the items of a round: told as done, short of what was planned, postponed, cancelled, or not told.

One count of them serves every chart, and the same question narrows a list, so that a mark and its list agree.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from taizhang.core.attainment import Direction, Goal, attained
from taizhang.core.quantities import number
from taizhang.core.rollup import Progress, progress
from taizhang.web.ledger.models import Entry, Target


class Fate(models.TextChoices):
    """What an item tells of itself."""

    DONE = "done", _("完成")
    SHORT = "short", _("未完成")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("取消")
    UNTOLD = "untold", _("未填")


_APART = {Progress.DONE: Fate.DONE, Progress.POSTPONED: Fate.POSTPONED, Progress.CANCELLED: Fate.CANCELLED}


def told(state: str, rate: Decimal | None) -> Fate:
    """By the state and the attainment, where one is told."""
    return _APART.get(progress(state, rate), Fate.UNTOLD if rate is None else Fate.SHORT)


def rate_of(text: str) -> Decimal | None:
    """A rate as typed (“85%”, “100”), in per cent."""
    typed = number(text) if text else None
    return typed.value if typed is not None else None


@dataclass(frozen=True, slots=True)
class Portion:
    """Items that are alike in all of this, and how many they are. `year` is 0 and `category` empty where there is none."""

    round: int
    task: int | None
    unit: int
    year: int
    category: str
    stage: str
    told: Fate
    count: int

    @property
    def is_point(self) -> bool:
        """Whether they are points of the task book; the others are indicators."""
        return self.year != 0


@dataclass(frozen=True, slots=True)
class Reached:
    """What is told of one indicator: its attainment in per cent, never capped; None where it has none."""

    entry: int
    name: str
    unit: int
    ratio: Decimal | None
    told: Fate
    portion: Portion


def point_portions(entries: QuerySet[Entry]) -> Iterator[Portion]:
    """The points among the items, counted by the database: as many rows as there are kinds of them, not items."""
    rows = entries.filter(point__isnull=False).order_by()
    by = rows.values_list("round", "point__task", "unit", "point__year", "stage", "state", "rate")
    rates: dict[str, Decimal | None] = {}
    for round_, task, unit, year, stage, state, rate, count in by.annotate(Count("pk")):
        if rate not in rates:
            rates[rate] = rate_of(rate)
        yield Portion(round_, task, unit, year, "", stage, told(state, rates[rate]), count)


_COLUMNS = (
    "pk", "round", "round__period", "indicator", "indicator__task", "unit", "stage", "state", "rate", "number", "indicator__category",
    "indicator__direction", "indicator__code", "indicator__name",
)  # fmt: skip


def values(entries: QuerySet[Entry]) -> list[Reached]:
    """The indicators among the items, each with its attainment of the target of its round's period."""
    rows = list(entries.filter(indicator__isnull=False).order_by("position", "pk").values_list(*_COLUMNS))
    goals = _goals({row[2] for row in rows})
    found = []
    for row in rows:
        entry, round_, period, indicator, task, unit, stage, state, rate, actual, category, direction, code, name = row
        ratio = _ratio(goals.get((indicator, period)), actual, direction, rate)
        said = told(state, ratio)
        portion = Portion(round_, task, unit, 0, category, stage, said, 1)
        found.append(Reached(entry, f"{code} {name}".strip(), unit, ratio, said, portion))
    return found


def _goals(periods: Collection[int]) -> dict[tuple[int, int], tuple[Decimal, Decimal | None]]:
    rows = Target.objects.filter(period__in=periods, number__isnull=False).order_by()
    found = rows.values_list("indicator", "period", "number", "upper")
    return {(indicator, period): (low, high) for indicator, period, low, high in found if low is not None}


def _ratio(
    goal: tuple[Decimal, Decimal | None] | None, actual: Decimal | None, direction: str, rate: str
) -> Decimal | None:
    """Of the value over its target; where there is no number on either side, the rate as it was typed."""
    if goal is None or actual is None:
        return rate_of(rate)
    return attained(Goal(*goal, Direction(direction)), actual).ratio


def only(entries: QuerySet[Entry], wanted: str) -> Q:
    """Those of the items of which this is told."""
    rates: dict[str, list[str]] = defaultdict(list)
    for state, rate in entries.filter(point__isnull=False).order_by().values_list("state", "rate").distinct():
        if told(state, rate_of(rate)) == wanted:
            rates[state].append(rate)
    found = Q(pk__in=[value.entry for value in values(entries) if value.told == wanted])
    for state, same in rates.items():
        found |= Q(point__isnull=False, state=state, rate__in=same)
    return found
