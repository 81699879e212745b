"""What running text says of the rows of a table as a set: which is the highest, how many lie above a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from taizhang.checks.registry import Context
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids
from taizhang.documents.alignment import bare
from taizhang.intake.reading import Reading

_UNITS = re.compile(r"[（(][^（()）]*[)）]$")
_TAIL = re.compile("(?:总?人?数|数量|总?额|金额|情况)$")
_PLANNED = re.compile("标准|目标|计划|预算|分值|权重|变化|增|占|比上年")
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """One column of a table and the rows that may be held against each other in it."""

    grid: Grid
    column: int
    rows: tuple[Row, ...]

    @property
    def head(self) -> str:
        """What the column is headed, without its unit."""
        return plain_head(self.grid.columns[self.column].words)

    def is_named(self, sentence: str) -> bool:
        """Whether a sentence speaks of the column: by its head, or by the last words of a rate (去向落实率, 落实率)."""
        head = self.head
        return len(head) > 1 and (
            head in sentence or (head.endswith(("率", "得分")) and head[-3 + head.endswith("分") :] in sentence)
        )

    def values(self) -> list[tuple[Row, Decimal]]:
        """The rows that have a number."""
        found = [(row, figure(self.grid.value(row, self.column))) for row in self.rows]
        return [(row, value) for row, value in found if value is not None and not self._is_blank(row)]

    def _is_blank(self, row: Row) -> bool:
        return self.grid.value(row, self.column).is_nothing


@lru_cache(maxsize=4096)
def plain_head(words: str) -> str:
    """The last part of a header, without its unit and words like 人数."""
    return _TAIL.sub("", _UNITS.sub("", bare(words.rpartition("/")[2])))


def row_label(grid: Grid, row: Row) -> str:
    """The name of a row, that of its group for a subtotal."""
    return bare(row.group if row.kind is Kind.SUBTOTAL else grid.name(row))


def ranked(reading: Reading, context: Context) -> Sequence[Ranked]:
    """The columns of all tables that have rows enough, subtotals apart from parts, worked out once."""
    known: dict[int, tuple[Ranked, ...]] = context.memo.setdefault("ranked", {})
    if id(reading) not in known:
        known[id(reading)] = tuple(_ranked(reading, context))
    return known[id(reading)]


def _ranked(reading: Reading, context: Context) -> Iterator[Ranked]:
    for grid in grids(reading, context):
        for kind in (Kind.PART, Kind.SUBTOTAL):
            rows = tuple(row for row in grid.rows if row.kind is kind)
            if len(rows) < LEAST_ROWS or len({row_label(grid, row) for row in rows}) < len(rows):
                continue
            for column in grid.numbers:
                if not _PLANNED.search(grid.columns[column].words):
                    yield Ranked(grid, column, rows)
