"""Counterparts 对应项: the ledger's items that rows of a report tell of; no doubtful pair is made.

An indicator is known by its code and its name, or by a name that the ledger has once; a task point by its plan, or by
task, year and ordinal where the plans are alike too. Two rows of a report may tell of one item.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from taizhang.core.ledger import Ledger, LedgerIndicator, LedgerPoint
from taizhang.documents.alignment import bare
from taizhang.intake.plans import CIRCLED, Indicator, Plans, Point, Value, parts_of

_MARKS = re.compile(r"[,.:;()!?、《》\-]+")
_CODE = re.compile(r"\d+(?:[-.]\d+)*")
_ALIKE = 0.6  # of the pairs of characters: below this, two plans under one number are two tasks


class IndicatorPair(NamedTuple):
    """A row of an indicator table and the ledger's indicator."""

    row: Indicator
    item: LedgerIndicator


class PointPair(NamedTuple):
    """A task point of the report and the ledger's."""

    row: Point
    item: LedgerPoint


def indicator_pairs(rows: Iterable[Indicator], ledger: Ledger) -> Iterator[IndicatorPair]:
    """The rows that tell of an indicator of the ledger."""
    by_name: dict[str, list[LedgerIndicator]] = {}
    for item in ledger.indicators:
        by_name.setdefault(_name(item.name), []).append(item)
    for row in rows:
        named = by_name.get(_name(row.name), [])
        coded = [item for item in named if row.code and bare(row.code) == bare(item.code)]
        chosen = coded or ([] if row.code and any(item.code for item in named) and len(named) > 1 else named)
        if len(chosen) == 1:
            yield IndicatorPair(row, chosen[0])


def point_pairs(rows: Sequence[Point], ledger: Ledger) -> Iterator[PointPair]:
    """The rows that tell of a task point of the ledger."""
    plans = Counter(_plain(item.plan) for item in ledger.points)
    by_plan = {_plain(item.plan): item for item in ledger.points if plans[_plain(item.plan)] == 1}
    by_number = {(item.year, item.ordinal, _plain(item.task_name)): item for item in ledger.points}
    for row in rows:
        item = by_plan.get(_plain(row.plan.text)) or _numbered(row, by_number)
        if item is not None and row.year in {None, str(item.year)}:
            yield PointPair(row, item)


def references(plans: Plans, ledger: Ledger) -> dict[tuple[int, int, int | None], int]:
    """The ledger's items by table, row and column (from 1) of the report; an indicator's whole row has no column.

    A cell that tells of several items (①②) has none.
    """
    found: dict[tuple[int, int, int | None], set[int | None]] = {}
    for indicator in indicator_pairs(plans.indicators, ledger):
        found.setdefault((*_place(indicator.row.label)[:2], None), set()).add(indicator.item.reference)
    for point in point_pairs(plans.points, ledger):
        for value in (point.row.plan, point.row.done, point.row.rate):
            if value is not None:
                found.setdefault(_place(value), set()).add(point.item.reference)
    return {place: each for place, items in found.items() if len(items) == 1 for each in items if each is not None}


def _place(value: Value) -> tuple[int, int, int]:
    return value.table.index, value.row - value.table.header + 1, value.column + 1


def _numbered(row: Point, by_number: dict[tuple[int, int, str], LedgerPoint]) -> LedgerPoint | None:
    if row.year is None or row.ordinal is None or row.ordinal not in CIRCLED:
        return None
    task = _plain(_CODE.sub("", row.task, count=1))
    item = by_number.get((int(row.year), CIRCLED.index(row.ordinal) + 1, task))
    return item if item is not None and _likeness(_plain(row.plan.text), _plain(item.plan)) >= _ALIKE else None


def _likeness(one: str, other: str) -> float:
    mine, theirs = ({text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _name(text: str) -> str:
    """An indicator's name without code, unit and marks."""
    return _plain(parts_of(text)[1])


def _plain(text: str) -> str:
    return _MARKS.sub("", bare(text.strip().lstrip(CIRCLED)))
