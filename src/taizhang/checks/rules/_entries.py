"""What tables say of a name: the numbers of its row, or the total of its column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, is_percent, is_total_head
from taizhang.core.quantity import Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_NAME = re.compile(r"[一-鿿A-Za-z]{2,24}")
_UNIT = re.compile(r"[（(]([^（()）]{1,10})[)）]$")
_FIRST_UNIT = re.compile("[，,、；;]")  # “（个，年末数）”
_YEAR_ROW = re.compile(r"(20\d\d)\s*(?:年?度?|届)")
_HEAD = re.compile(r"^[\s\d.、．（）()]*(?:其中[：:]?)?")
_COUNTED = re.compile("(?:人次|人日|户次|学时|课时)$")  # a name may end in what it counts in
_TAIL = re.compile("(?:总?数量?|人数|总?额|金额)$")
_PLANNED = re.compile("计划|目标|预算|预期|标准|上限|增|减|变化|去年|上年|同比")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a table says of a name: a value in base units, of a year where the column has one, or of all its years."""

    number: Decimal
    value: Decimal
    dimension: str
    year: int | None
    unit: str
    cell: Value
    of_row: bool
    of_all_years: bool = False


def entries_of(reading: Reading, context: Context) -> Mapping[str, Sequence[Entry]]:
    """The numbers of rows by their names, and those of a row of totals by the names of its columns, worked out once."""
    known: dict[int, Mapping[str, Sequence[Entry]]] = context.memo.setdefault("entries", {})
    if id(reading) not in known:
        known[id(reading)] = _entries(reading, context)
    return known[id(reading)]


def _entries(reading: Reading, context: Context) -> Mapping[str, Sequence[Entry]]:
    typed = {indicator.table.index for indicator in reading.plans.indicators}
    typed |= {tally.table.index for tally in reading.plans.tallies}
    typed |= {form.table.index for form in reading.forms.forms}
    found: dict[str, list[Entry]] = {}
    for grid in grids(reading, context):
        if grid.table.index in typed:
            continue
        unit_at = next((column.index for column in grid.columns if column.role == "unit"), None)
        years = {row.index: int(year[1]) for row in grid.rows if (year := _YEAR_ROW.fullmatch(bare(grid.name(row))))}
        for row in grid.rows:
            for column in grid.numbers:
                entry = _entry(grid, row, column, unit_at, years, context.profile)
                if entry is not None:
                    found.setdefault(entry[0], []).append(entry[1])
    return found


def _entry(
    grid: Grid, row: Row, column: int, unit_at: int | None, years: Mapping[int, int], profile: Profile
) -> tuple[str, Entry] | None:
    """What a cell says; `years` are the rows that are a year each, by their index."""
    head = grid.columns[column]
    last = head.words.rpartition("/")[2]
    cell = grid.value(row, column)
    number = figure(cell)
    if number is None or cell.is_nothing or _PLANNED.search(head.words) or is_percent(grid, column):
        return None
    of_row = row.kind in {Kind.PART, Kind.SUBSET} and row.index not in years
    printed = _HEAD.sub("", bare(grid.name(row) if of_row else last))
    marked = _UNIT.search(printed)
    name = _TAIL.sub("", printed[: marked.start()] if marked else printed)
    told = grid.value(row, unit_at).text.strip() if unit_at is not None else ""
    unit = told or (_FIRST_UNIT.split(marked[1])[0] if marked else "") or head.unit or grid.table.unit or ""
    counted = _COUNTED.search(name) if not unit else None
    unit, name = (counted[0], name[: counted.start()]) if counted else (unit, name)
    year = int(head.year) if head.year else years.get(row.index)
    summed = is_total_head(last) and any(each.year for each in grid.columns) if of_row else bool(years)
    all_years = year is None and summed
    alone = year is not None or all_years or len(grid.numbers) == 1
    if not _NAME.fullmatch(name) or not unit or (of_row and not alone):
        return None
    value, dimension = profile.catalogue.normal(Quantity(number, unit))
    return name, Entry(number, value, dimension, year, unit, cell, of_row, all_years)
