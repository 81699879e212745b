"""Columns of ordinals or codes, and where their run is broken."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.core.finding import Severity
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import CIRCLED, Value, value_at
from taizhang.intake.reading import Reading

_CIRCLED = re.compile(rf"([{CIRCLED}])")
_CODE = re.compile(r"([A-Za-z]{0,3}(?:\d{1,2}\s*[-－–—.．]\s*){0,4})(\d{1,3})")
_KINDS = frozenset({"category", "year", "unit"})  # columns that do not name a row
_RUN = 4  # rows from which a run with one number out of it is still a run
_FEW = 3  # rows with an ordinal before their run can be judged
_ENOUGH = 5  # rows among which a single repetition is hardly a way of counting
_MOST_FAULTS = 0.2  # of the rows: where more are out of the run, it is another way of counting


class Numbered(NamedTuple):
    """A cell of the column: what it counts under (its year, and its code up to the last number), and its place.

    `name` is what the row is called.
    """

    value: Value
    under: tuple[str, str]
    place: int
    name: str


class Fault(NamedTuple):
    """A cell out of the run and the one before it; `wanted` is the place it should have."""

    item: Numbered
    last: Numbered
    what: str
    wanted: int | None
    severity: Severity


def faults_of(reading: Reading, table: Table) -> list[Fault]:
    columns = reading.plans.columns.get(table.index, [])
    own = next((column for column in columns if column.role == "sequence"), None)
    if own is None:
        return []
    items = _numbered(table, own, columns)
    if len(items) < _FEW:
        return []
    if alone := _alone(items):
        return [alone]
    found = list(_out_of_run(items))
    if len(found) == 1 and found[0].what == "重复" and len(items) >= _ENOUGH and found[0].severity is Severity.INFO:
        return [found[0]._replace(severity=Severity.WARNING)]
    grave = [fault for fault in found if fault.severity is not Severity.INFO]
    return found if len(found) <= max(1, _MOST_FAULTS * len(items)) else grave[: 1 if len(grave) == 1 else 0]


def _numbered(table: Table, own: Column, columns: Sequence[Column]) -> list[Numbered]:
    """The cells of the column that hold an ordinal; rows that go on with the one before are left out."""
    year = next((column for column in columns if column.role == "year"), None)
    after = [column.index for column in columns if column.index > own.index and column.role not in _KINDS]
    found: list[Numbered] = []
    for row in range(table.header, len(table.rows)):
        if row and table.rows[row][own.index] is table.rows[row - 1][own.index]:
            continue
        value = value_at(table, row, own.index)
        text = value.text.strip()
        when = table.rows[row][year.index].text.strip() if year is not None else ""
        name = table.rows[row][after[0]].text.strip() if after else ""
        circled, code = _CIRCLED.fullmatch(text), _CODE.fullmatch(text)
        if circled:
            found.append(Numbered(value, (when, "①"), CIRCLED.index(circled[1]) + 1, name))
        elif code:
            found.append(Numbered(value, (when, re.sub(r"\s", "", code[1])), int(code[2]), name))
    return found


def _alone(items: Sequence[Numbered]) -> Fault | None:
    """The one number that breaks a run which all others keep: 1, 3, 3, 4, or 2, 2, 3, 4."""
    if len(items) < _RUN or any(item.under[1] for item in items):
        return None
    odd = [place for place, item in enumerate(items) if item.place != place + 1]
    if len(odd) != 1 or odd[0] == len(items) - 1:
        return None
    item = items[odd[0]]
    twin = items[item.place - 1] if 0 < item.place <= len(items) else None
    if twin is None or _same_name(item, twin) or _marked_in_text(item):
        return None
    return Fault(item, twin, "串号", odd[0] + 1, Severity.ERROR)


def _out_of_run(items: Sequence[Numbered]) -> Iterator[Fault]:
    """Each run begins at 1 or with another year or prefix."""
    last: Numbered | None = None
    for position, item in enumerate(items):
        if last is None or item.under != last.under or item.place == 1 < last.place:
            last = item
            continue
        after = items[position + 1] if position + 1 < len(items) else None
        if item.place == last.place:
            if _same_name(item, last) or _marked_in_text(item):
                continue
            closed = after is not None and after.under == item.under and after.place == item.place + 2
            if not closed and after is not None and after.under == item.under and after.place == item.place:
                continue  # several rows of one number
            yield Fault(item, last, "重复", item.place + 1, _gravity(item, closed, after is None))
            last = item._replace(place=item.place + 1) if closed else item
        elif "." in item.under[1]:
            last = item  # the run of dotted codes of indicators is judged by STR007
        elif item.place < last.place:
            yield Fault(item, last, "颠倒", None, Severity.WARNING)
        else:
            if item.place == last.place + 2 and not _marked_in_text(item):
                yield Fault(item, last, "缺号", last.place + 1, Severity.INFO)
            last = item


def _gravity(item: Numbered, closed: bool, at_end: bool) -> Severity:
    """How sure a repetition is a slip: two rows may share a plain number, hardly a code or a circled one."""
    if closed or (at_end and item.under[1]):
        return Severity.ERROR
    return Severity.WARNING if at_end or item.under[1] else Severity.INFO


def _same_name(item: Numbered, other: Numbered) -> bool:
    """Whether the name right of the number is the same, or missing: two rows of one thing."""
    return not item.name or item.name == other.name


def _marked_in_text(item: Numbered) -> bool:
    """Whether the texts of the row carry ordinals of their own, which are judged there."""
    cells = item.value.table.rows[item.value.row]
    return any(cell.text.lstrip()[:1] in CIRCLED for cell in cells[item.value.column + 1 :] if cell.text.strip())
