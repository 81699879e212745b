"""What CON016 makes of a figure of the text that is a slip for a table’s cell: digits in another order, a nought, a unit."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, is_percent, is_total_head
from taizhang.checks.rules._sameness import is_exchanged
from taizhang.core.finding import Severity
from taizhang.core.quantity import Quantity
from taizhang.intake.matching import significant
from taizhang.intake.plans import Value, parts_of
from taizhang.intake.statements import Statement

_TELLING, _SURE = 3, 4  # digits that are hardly, and never, in another order by chance
_MOST_TIMES = 5  # figures further apart are of two things
_SHORTEST = 4  # characters of a label that stands whole in the text
_TENFOLD = 10
_YEARS = re.compile("[两二三四五]年|累计|合计|共")
_SHARED = 2  # pairs of characters that a label and the text have in common
_PEOPLE = frozenset({"人", "人次", "人日"})
_SWAPPED, _NOUGHT, _OTHER_UNIT = "数字颠倒了次序", "恰差十倍", "单位是同一行另一栏的"


class Cell(NamedTuple):
    """A cell of a table, with the name of its row and the words over its column."""

    name: str
    row: str
    quantity: Quantity
    value: Decimal
    year: str | None
    at: Value
    head: str
    is_total: bool


class Swap(NamedTuple):
    """A figure of the text, the cell that it is a slip for, how sure that is, and what kind of slip."""

    said: Statement
    cell: Cell
    severity: Severity
    how: str = _SWAPPED


def exchanged_cells(said: Sequence[Statement], context: Context) -> Iterator[Swap]:
    """The figures with the digits of a cell of a row that they name, where no cell has just these digits."""
    cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    people: dict[Decimal, list[tuple[Cell, dict[str, Cell]]]] = defaultdict(list)
    every: set[tuple[str, Decimal]] = set()
    for reading in context.readings:
        for grid in grids(reading, context):
            for row in _rows(grid, context):
                for cell, dimension in row:
                    cells[dimension, _digits(cell.quantity)].append(cell)
                    every.add((dimension, cell.value))
                counted = {dimension: cell for cell, dimension in row if dimension in _PEOPLE}
                for cell in counted.values() if len(counted) > 1 else ():
                    people[cell.value].append((cell, counted))
    for one in said:
        if (one.dimension, one.value) in every:
            continue
        near = cells.get((one.dimension, _digits(one.quantity)), ())
        found = next((swap for cell in near if (swap := _slip(one, cell))), None)
        if found is None and one.dimension in _PEOPLE and one.value in people:
            found = _of_other_unit(one, people[one.value])
        if found is not None:
            yield found


def _slip(one: Statement, cell: Cell) -> Swap | None:
    """What a figure is as a slip for a cell of the same digits; None where it need be none."""
    if one.stated and cell.year not in {None, str(one.year)}:
        return None
    other = one._replace(quantity=cell.quantity, value=cell.value)
    more, less = max(one.value, cell.value), min(one.value, cell.value)
    if more > _MOST_TIMES * less:
        severity = _of_nought(one, cell) if cell.is_total and more == _TENFOLD * less else None
        return Swap(one, cell, severity, _NOUGHT) if severity is not None else None
    severity = _severity(one, cell) if is_exchanged(one, other) else None
    return Swap(one, cell, severity) if severity is not None else None


def _severity(one: Statement, cell: Cell) -> Severity | None:
    """How sure it is that the text speaks of the row; None where it need not."""
    is_short = significant(one.value) < _TELLING  # two digits may be the sum of years as well
    if not _is_named(one, cell) or (is_short and (cell.year is not None or _YEARS.search(one.subject + one.text))):
        return None
    is_headed = len(cell.head) >= _SHARED and cell.head in one.subject + one.text
    return Severity.WARNING if significant(one.value) >= _SURE or is_headed else Severity.INFO


def _is_named(one: Statement, cell: Cell) -> bool:
    return len(cell.name) >= _SHORTEST and cell.name in one.subject + one.text


def _of_nought(one: Statement, cell: Cell) -> Severity | None:
    """How sure it is that a figure has a nought too many or too few: by the words of the total, and its digits."""
    text = one.subject + one.text
    for name in (cell.name, cell.head):
        pairs = {name[at : at + 2] for at in range(len(name) - 1)}
        shared = sum(pair in text for pair in pairs)
        if pairs and (name[:2] in text or shared >= _SHARED):
            sure = shared >= _SHARED and significant(one.value) >= _TELLING
            return Severity.WARNING if sure else Severity.INFO
    return None


def _of_other_unit(one: Statement, cells: Sequence[tuple[Cell, dict[str, Cell]]]) -> Swap | None:
    """“退役军人 1300 人日”, where the row has 1300 人次 and 15600 人日."""
    for cell, counted in cells:
        own = counted.get(one.dimension)
        if own is not None and own.value != one.value and _is_named(one, cell):
            return Swap(one, own, Severity.WARNING, _OTHER_UNIT)
    return None


def _digits(quantity: Quantity) -> str:
    """The digits of a figure but its noughts, in order."""
    return "".join(sorted(f"{quantity.value:f}".replace(".", "").replace("0", "")))


def _rows(grid: Grid, context: Context) -> Iterator[list[tuple[Cell, str]]]:
    unit_column = next((column.index for column in grid.columns if column.role == "unit"), None)
    for row in grid.rows:
        yield list(_of_row(grid, row, unit_column, context))


def _of_row(grid: Grid, row: Row, unit_column: int | None, context: Context) -> Iterator[tuple[Cell, str]]:
    _, name, unit = parts_of(grid.name(row))
    own = grid.value(row, unit_column).text.strip() if unit_column is not None else ""
    for column in grid.numbers:
        value = grid.value(row, column)
        if is_percent(grid, column) or not figure(value) or value.quantity is None:
            continue
        head = grid.columns[column]
        printed = value.quantity.unit or own or head.unit or unit or grid.table.unit or ""
        quantity = value.quantity._replace(unit=printed)
        amount, dimension = context.profile.catalogue.normal(quantity)
        if printed:
            words = parts_of(head.words.rpartition("/")[2])[1]
            is_total = row.kind is Kind.TOTAL or is_total_head(words)
            yield (
                Cell(name.removeprefix("其中："), grid.name(row), quantity, amount, head.year, value, words, is_total),
                dimension,
            )
