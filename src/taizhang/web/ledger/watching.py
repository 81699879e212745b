"""What is watched, as values for `core.watching`: indicators and task points of programmes, and subjects of diagnosis."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from taizhang.core.attainment import Direction, attained
from taizhang.core.attainment import Goal as Aim
from taizhang.core.watching import FULL, Observed, Thresholds, Watched
from taizhang.profiles import load
from taizhang.web.ledger.models import (
    Basis,
    Entry,
    Gauging,
    Indicator,
    LifeState,
    Method,
    Person,
    Point,
    Programme,
    Stage,
    Target,
    Threshold,
    Unit,
)

_PERCENT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[%％]\s*")
_TOLD = (Stage.SUBMITTED, Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED, Stage.LOCKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a watched thing stands in the ledger, and who answers for it."""

    unit: Unit
    person: Person | None = None
    year: int | None = None
    keys: Mapping[str, int]


Seen = tuple[Watched, Place]


class Limits:
    """The thresholds of a college, for a unit and a year: what is set nearest holds."""

    def __init__(self, college: Unit, profile: str = "generic") -> None:
        self._usual = Thresholds.of(load(profile).sections["watching"])
        self._rows = list(Threshold.objects.filter(college=college).select_related("unit"))

    def of(self, unit: Unit, year: int | None) -> Thresholds:
        """Those of all, then of the year, then of units from the outermost in, then of a unit in a year."""
        fitting = [
            row
            for row in self._rows
            if (row.unit is None or unit.path.startswith(row.unit.path)) and row.year in {None, year}
        ]
        fitting.sort(key=lambda row: (len(row.unit.path) if row.unit else 0, row.year is not None))
        return self._usual.but({row.name: row.number for row in fitting}) if fitting else self._usual


class _Entries:
    """The entries of a programme by what they tell of, oldest first."""

    def __init__(self, programme: Programme) -> None:
        self.of_point: dict[int, list[Entry]] = defaultdict(list)
        self.of_indicator: dict[int, list[Entry]] = defaultdict(list)
        rows = (
            Entry.objects.filter(round__programme=programme)
            .select_related("round__period")
            .annotate(cited=Count("citations", filter=Q(citations__withdrawn_at=None)))
            .order_by("round__opened_at", "pk")
        )
        for row in rows:
            if row.point_id is not None:
                self.of_point[row.point_id].append(row)
            elif row.indicator_id is not None:
                self.of_indicator[row.indicator_id].append(row)


@dataclass(frozen=True)
class Watch:
    """A programme on a day."""

    programme: Programme
    day: date

    def seen(self) -> Iterator[Seen]:
        """Every task point and every quantitative indicator that was not dropped."""
        for point in self.programme.points.filter(is_dropped=False).select_related("task", "unit", "person"):
            told = self._entries.of_point.get(point.pk)
            entry = told[-1] if told else None
            if entry is None or entry.state != LifeState.CANCELLED:
                yield _point(point, entry)
        rows = self.programme.indicators.filter(is_dropped=False, qualitative=False)
        rows = rows.select_related("unit", "person", "derivation", "figure")
        for indicator in rows.prefetch_related("targets__period"):
            target = self._aimed(indicator)
            if target is not None:
                yield self._indicator(indicator, target)

    @cached_property
    def _entries(self) -> _Entries:
        return _Entries(self.programme)

    def _aimed(self, indicator: Indicator) -> Target | None:
        """The target that comes next; the last one where all are past."""
        numbers = [each for each in indicator.targets.all() if each.number is not None]
        ahead = [each for each in numbers if each.period.last_year >= self.day.year]
        if ahead:
            return min(ahead, key=lambda each: (each.period.last_year, -each.period.first_year))
        return max(numbers, key=lambda each: (each.period.last_year, each.period.first_year), default=None)

    def _indicator(self, indicator: Indicator, target: Target) -> Seen:
        entries = self._entries.of_indicator.get(indicator.pk, [])
        yearly = indicator.basis == Basis.PER_YEAR
        told = [each for each in entries if each.number is not None]
        fitting = [each for each in told if not yearly or each.round.period_id == target.period_id]
        newest = fitting[-1] if fitting else None
        first = target.period.first_year if yearly else self.programme.first_year
        is_derived, number = _derived(indicator, target)
        progress, done = _reached(indicator, target, number if is_derived else newest.number if newest else None)
        watched = Watched(
            key=f"indicator:{indicator.pk}", name=f"{indicator}（{target.period}目标 {target.text}{indicator.measure}）"[:300],
            start=date(first, 1, 1), due=date(target.period.last_year, 12, 31), progress=progress, is_done=done,
            # What is counted from records is shown by the evidence of those.
            claims=done and not is_derived and newest is not None and newest.stage in _TOLD, measure=indicator.measure,
            cumulative=indicator.basis == Basis.CUMULATIVE,
            values=tuple(Observed(str(each.round.period), each.number) for each in told if each.number is not None),
            **_checked(newest),
        )  # fmt: skip
        keys = {"programme_id": self.programme.pk, "indicator_id": indicator.pk}
        return watched, Place(unit=indicator.unit, person=indicator.person, year=target.period.last_year, keys=keys)


def _derived(indicator: Indicator, target: Target) -> tuple[bool, Decimal | None]:
    """Whether the value is counted from records, and what it comes to at the period of the target."""
    derivation = getattr(indicator, "derivation", None)
    if derivation is None or derivation.method != Method.DERIVED:
        return False, None
    figure = getattr(indicator, "figure", None)
    if figure is None:
        return True, None
    told = figure.at.get(str(target.period_id))
    return True, Decimal(told) if told is not None else None


def _reached(indicator: Indicator, target: Target, number: Decimal | None) -> tuple[Decimal | None, bool]:
    """How far the indicator has come towards its target, capped, and whether it is there."""
    if number is None or target.number is None:
        return None, False
    found = attained(Aim(target.number, target.upper, Direction(indicator.direction)), number)
    return (FULL if found.is_met else min(found.ratio, FULL)), found.is_met


def _point(point: Point, entry: Entry | None) -> Seen:
    rate = _PERCENT.fullmatch(entry.rate) if entry is not None else None
    progress = min(FULL, Decimal(rate[1])) if rate else None
    put_off = entry is not None and entry.state in {LifeState.POSTPONED, LifeState.APPLIED}
    done = progress == FULL and not put_off
    watched = Watched(
        key=f"point:{point.pk}", name=f"{point} {point.plan}"[:300], start=date(point.year, 1, 1), due=date(point.year, 12, 31),
        progress=progress, is_done=done, claims=done and entry is not None and entry.stage in _TOLD, **_checked(entry),
    )  # fmt: skip
    keys = {"programme_id": point.programme_id, "point_id": point.pk}
    return watched, Place(unit=point.unit, person=point.person, year=point.year, keys=keys)


def _checked(entry: Entry | None) -> dict[str, Any]:
    """What stands beside an entry: evidence and findings."""
    if entry is None:
        return {}
    grades = [each.get("severity") for each in entry.findings]
    cited: int = getattr(entry, "cited", 0)
    return {"evidence": cited, "errors": grades.count("error"), "doubts": grades.count("warning")}


def gauged(college: Unit) -> Iterator[Seen]:
    """Every subject of the college with each of its gauges, the newest term last."""
    rows = Gauging.objects.filter(subject__college=college).select_related("subject__unit", "gauge")
    found: dict[tuple[int, int], list[Gauging]] = defaultdict(list)
    for row in rows.order_by("term", "pk"):
        found[row.subject_id, row.gauge_id].append(row)
    for series in found.values():
        subject, gauge = series[-1].subject, series[-1].gauge
        watched = Watched(
            key=f"subject:{subject.pk}:{gauge.pk}", name=f"{subject} {gauge}", measure=gauge.measure, bar=gauge.bar,
            values=tuple(Observed(each.term, each.number) for each in series),
        )  # fmt: skip
        yield watched, Place(unit=subject.unit, keys={"subject_id": subject.pk, "gauge_id": gauge.pk})
