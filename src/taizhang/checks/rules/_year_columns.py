"""What the rules on years side by side share: the rows of tables whose columns are years, two years at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from taizhang.checks.rules._grid import Grid, figure
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value, parts_of

_AIM = re.compile("目标|计划|预期|预算")
_LEAST_LABEL = 3
_COUNT = re.compile("^其中[:：]?|(?<=[程源目业材书])(?:总?数量?)$")  # “其中：网络课程数” is told as 网络课程


@dataclass(frozen=True, slots=True)
class YearRow:
    """A thing with its values of two years."""

    label: str
    unit: str
    before: Value
    after: Value
    base: int
    year: int


def year_rows(grid: Grid) -> Iterator[YearRow]:
    """The rows of a table in which columns differ by nothing but the year, once for every two of its years."""
    heads = {
        (re.sub(r"20\d\d[年届级]?度?", "", column.words), int(column.year)): column.index
        for column in grid.columns
        if column.year is not None and column.index in grid.numbers and not _AIM.search(column.words)
    }
    pairs = [
        (first, last, base, year)
        for (words, base), first in heads.items()
        for (others, year), last in heads.items()
        if words == others and base < year
    ]
    unit_column = next((column.index for column in grid.columns if column.role == "unit"), None)
    cells = grid.table.rows
    names = [c for c in reversed(grid.labels) if grid.columns[c].role not in {"unit", "sequence"}]
    for row, (first, last, base, year) in product(grid.rows, pairs):
        _, name, unit = parts_of(next((text for c in names if (text := cells[row.index][c].text)), ""))
        label = _COUNT.sub("", bare(name))
        before, after = grid.value(row, first), grid.value(row, last)
        if len(label) < _LEAST_LABEL or not figure(before) or figure(after) is None or after.is_nothing:
            continue
        column = grid.value(row, unit_column).text.strip() if unit_column is not None else ""
        told = after.quantity.unit if after.quantity is not None else ""
        yield YearRow(label, told or column or unit or grid.table.unit or "", before, after, base, year)
