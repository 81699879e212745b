"""What the rules on contradictions share: what tables say row by row, as statements, found again by their words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._entries import entries_of
from taizhang.checks.rules._sameness import sameness
from taizhang.core.quantity import Catalogue, Quantity
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import Wording, Words, opposed

_REACHED = frozenset({"actual", "count_done", "done"})


class Named(NamedTuple):
    """The rows of tables that are of the thing a figure is of, and whether the words are wholly the same."""

    rows: tuple[Statement, ...]
    is_exact: bool


class Rows:
    """The rows of all tables of a document, found by the rarest pair of characters of their names."""

    def __init__(self, rows: Sequence[Statement]) -> None:
        self.rows = rows
        count = Counter(pair for row in rows for pair in row.wording.free)
        self._by_pair: dict[str, list[Statement]] = {}
        for row in rows:
            rarest = min(row.wording.free, key=lambda pair: (count[pair], pair))
            self._by_pair.setdefault(rarest, []).append(row)

    def naming(self, one: Statement, key: frozenset[str], around: frozenset[str]) -> Named | None:
        """The rows whose names are the words of a figure: `key` those right at it, `around` all of its sentence."""
        found = [row for pair in around for row in self._by_pair.get(pair, ()) if _is_of_kind(row, one)]
        exact = [row for row in found if row.wording.free == key]
        carried = [row for row in found if key < row.wording.free <= around]
        if exact or carried:
            return Named(tuple(exact or _longest(carried)), bool(exact))
        held = [row for row in found if row.wording.free < key]
        return Named(tuple(_longest(held)), False) if held else None


def _longest(rows: Sequence[Statement]) -> list[Statement]:
    """The rows with the longest name."""
    most = max(len(row.wording.free) for row in rows)
    return [row for row in rows if len(row.wording.free) == most]


def _is_of_kind(row: Statement, one: Statement) -> bool:
    """Whether a row counts at the same level and on the same side, in the same unit."""
    mine, theirs = row.wording, one.wording
    if row.dimension != one.dimension or mine.levels != theirs.levels or mine.narrowed != theirs.narrowed:
        return False
    return not opposed(mine, theirs)


def tabled(context: Context) -> Rows:
    """The rows of the tables of the one document of a context, worked out once."""
    if "tabled" not in context.memo:
        (reading,) = context.readings
        same = sameness(context)
        actual = [each for each in same.statements if each.role is Role.ACTUAL]
        others = [*_of_entries(reading, context, same.words), *_of_years(reading, context, same.words)]
        context.memo["tabled"] = Rows([each for each in (*actual, *others) if each.wording.free])
    made: Rows = context.memo["tabled"]
    return made


def _of_entries(reading: Reading, context: Context, words: Words) -> Iterator[Statement]:
    """The rows, and the totals of columns, of tables that are neither of tasks nor of indicators."""
    for name, entries in entries_of(reading, context).items():
        wording = words.wording(name)
        for entry in entries:
            at = _Cell(entry.cell, Quantity(entry.number, entry.unit), entry.year, entry.of_all_years)
            yield at.statement(name, wording, context.profile.catalogue)


def _of_years(reading: Reading, context: Context, words: Words) -> Iterator[Statement]:
    """The values of single years that an indicator table gives beside the one of all years."""
    for table, indicators in reading.indicator_tables:
        columns = [c for c in reading.plans.columns[table.index] if c.year is not None and c.role in _REACHED]
        for indicator in indicators if columns else ():
            wording = words.wording(indicator.name)
            for column in columns:
                cell = value_at(table, indicator.label.row, column.index)
                if cell.quantity is None or (indicator.actual is not None and column.index == indicator.actual.column):
                    continue
                quantity = cell.quantity._replace(unit=cell.quantity.unit or indicator.unit or "")
                at = _Cell(cell, quantity, int(column.year or 0), running=False)
                yield at.statement(indicator.name, wording, context.profile.catalogue)


class _Cell(NamedTuple):
    """A figure of a table: its cell, the quantity, its year, and whether it is of all years together."""

    cell: Value
    quantity: Quantity
    year: int | None
    running: bool

    def statement(self, name: str, wording: Wording, catalogue: Catalogue) -> Statement:
        """The figure as a statement of what its row or column is named."""
        value, dimension = catalogue.normal(self.quantity)
        table = self.cell.table
        return Statement(
            role=Role.TABLED, document=0, subject=name, wording=wording, quantity=self.quantity, value=value,
            dimension=dimension, source=self.cell.at(), text=self.cell.text.strip(), year=self.year,
            running=self.running, stated=self.year is not None, section=table.section, table=table, row=name,
        )  # fmt: skip
