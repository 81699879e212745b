"""What CON016 makes of a figure of the text that has the digits of a table’s cell in another order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._grid import Grid, Row, figure, grids, is_percent
from taizhang.checks.rules._sameness import is_exchanged
from taizhang.core.finding import Severity
from taizhang.core.quantity import Quantity
from taizhang.intake.matching import significant
from taizhang.intake.plans import Value, parts_of
from taizhang.intake.statements import Statement

_TELLING, _SURE = 3, 4  # digits that are hardly, and never, in another order by chance
_MOST_TIMES = 5  # figures further apart are of two things
_SHORTEST = 4  # characters of a label that stands whole in the text


class Cell(NamedTuple):
    """A cell of a table, with the name of its row."""

    name: str
    row: str
    quantity: Quantity
    value: Decimal
    year: str | None
    at: Value


class Swap(NamedTuple):
    """A figure of the text, the cell whose digits it has in another order, and how sure that is."""

    said: Statement
    cell: Cell
    severity: Severity


def exchanged_cells(said: Sequence[Statement], context: Context) -> Iterator[Swap]:
    """The figures with the digits of a cell of a row that they name, where no cell has just these digits."""
    cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    every: set[tuple[str, Decimal]] = set()
    for reading in context.readings:
        for grid in grids(reading, context):
            for cell, dimension in _cells(grid, context):
                cells[dimension, _digits(cell.quantity)].append(cell)
                every.add((dimension, cell.value))
    for one in said:
        if significant(one.value) < _TELLING or (one.dimension, one.value) in every:
            continue
        for cell in cells.get((one.dimension, _digits(one.quantity)), ()):
            other = one._replace(quantity=cell.quantity, value=cell.value)
            far = max(one.value, cell.value) > _MOST_TIMES * min(one.value, cell.value)
            if not far and is_exchanged(one, other) and (not one.stated or cell.year in {None, str(one.year)}):
                severity = _severity(one, cell)
                if severity is not None:
                    yield Swap(one, cell, severity)
                    break


def _severity(one: Statement, cell: Cell) -> Severity | None:
    """How sure it is that the text speaks of the row; None where it need not."""
    if len(cell.name) < _SHORTEST or cell.name not in one.subject + one.text:
        return None
    return Severity.WARNING if significant(one.value) >= _SURE else Severity.INFO


def _digits(quantity: Quantity) -> str:
    """The digits of a figure but its noughts, in order."""
    return "".join(sorted(f"{quantity.value:f}".replace(".", "").replace("0", "")))


def _cells(grid: Grid, context: Context) -> Iterator[tuple[Cell, str]]:
    unit_column = next((column.index for column in grid.columns if column.role == "unit"), None)
    for row in grid.rows:
        yield from _of_row(grid, row, unit_column, context)


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
            yield Cell(name.removeprefix("其中："), grid.name(row), quantity, amount, head.year, value), dimension
