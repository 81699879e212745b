"""What the rules on contradictions share: the rows of tables, and the totals of their columns, as statements."""

from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._entries import entries_of
from taizhang.core.quantity import Catalogue, Quantity
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import Wording, Words

_REACHED = frozenset({"actual", "count_done", "done"})


def rows_of(context: Context, words: Words) -> list[Statement]:
    """What the tables of the one document of a context say, but for the values of indicators, worked out once."""
    if "rows" not in context.memo:
        (reading,) = context.readings
        context.memo["rows"] = [*_of_entries(reading, context, words), *_of_years(reading, context, words)]
    made: list[Statement] = context.memo["rows"]
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
