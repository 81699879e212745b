"""What the arithmetic rules share: which rows of a table a row of totals may add up."""

from collections import Counter
from collections.abc import Iterator, Sequence

from taizhang.checks.rules._grid import Grid, Kind, Row
from taizhang.documents.alignment import bare


def readings_of(grid: Grid, row: Row) -> Iterator[list[Row]]:
    """The rows that a total may add up, likeliest first: subtotals, the run above, the run below, its group, all."""
    parts = [other for other in grid.rows if other.kind is Kind.PART]
    subtotals = [other for other in grid.rows if other.kind is Kind.SUBTOTAL and other is not row]
    place = grid.rows.index(row)
    sums = [n for n, other in enumerate(grid.rows) if other.kind in {Kind.TOTAL, Kind.SUBTOTAL}]
    before = max((n for n in sums if n < place), default=-1)
    after = min((n for n in sums if n > place), default=len(grid.rows))
    above = [other for other in grid.rows[before + 1 : place] if other.kind is Kind.PART]
    below = [other for other in grid.rows[place + 1 : after] if other.kind is Kind.PART]
    if row.kind is Kind.TOTAL and subtotals:
        yield subtotals
        last = max(grid.rows.index(other) for other in subtotals)
        yield [*subtotals, *(other for other in parts if grid.rows.index(other) > last)]
        first = min(grid.rows.index(other) for other in subtotals)
        yield [*subtotals, *(other for other in parts if grid.rows.index(other) < first)]
    yield above or below
    yield below
    yield [other for other in parts if other.group == row.group]
    yield parts
    yield [other for other in grid.rows[:place] if other.kind is Kind.PART]
    yield [other for other in parts if other.group[:1] in "一二三四五六七八九十"]
    yield from _without_continued_subsets(grid, parts)
    times = Counter(bare(part.label) for part in parts)  # 公办, 民办 below each kind of school
    yield [part for part in parts if times[bare(part.label)] == 1]


def _without_continued_subsets(grid: Grid, parts: Sequence[Row]) -> Iterator[list[Row]]:
    """The parts without a run of rows right behind “其中”, which may go on without repeating the word."""
    for place, row in enumerate(grid.rows):
        if row.kind is Kind.SUBSET:
            for stop in range(place + 2, len(grid.rows) + 1):
                run = grid.rows[place:stop]
                yield [part for part in parts if part not in run]
