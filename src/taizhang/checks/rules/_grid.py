"""What the arithmetic rules share: a table as rows of parts, subsets and totals, and columns of numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import Enum, auto
from functools import cached_property

from taizhang.checks.registry import Context
from taizhang.core.quantities import number
from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import Value, says_nothing, value_at
from taizhang.intake.reading import Reading

_NUMERIC_SHARE = Decimal("0.6")
_OF_YEAR = re.compile(r"20\d\d\s*年")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年?(?:度|学年)?|\s*[届级])")
_MARGIN = re.compile(r"[\s:：*＊#、，（()）]+")
_SUBSET = re.compile(r"[\s（(]*(?:\d+[.、．]?)?(?:其中|内含|含)[：:、，\s]*")
_AIM = re.compile("目标|指标值|预期|计划(?!任务|指标|项目|点)")
_NOT_A_FIGURE = re.compile("年份|年度(?=[(（]|$)|时间|日期|编号|序号|代码|页码|页数|电话|学号|工号")


class Kind(Enum):
    """What a row is in the sums of its table."""

    PART = auto()
    SUBSET = auto()  # 其中: counted already in a row above
    SUBTOTAL = auto()
    TOTAL = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: `index` counts the header rows too; `group` is its first label, `label` its last."""

    index: int
    kind: Kind
    group: str
    label: str


@dataclass(frozen=True)
class Grid:
    """A table whose columns are labels or numbers."""

    table: Table
    columns: tuple[Column, ...]
    labels: tuple[int, ...]
    numbers: tuple[int, ...]
    rows: tuple[Row, ...]

    def value(self, row: Row, column: int) -> Value:
        """The value of a row in a column."""
        return value_at(self.table, row.index, column)

    def name(self, row: Row) -> str:
        """The row's label as printed; the first one that says something, read from the right."""
        return self._names.get(row.index) or row.label

    @cached_property
    def _names(self) -> dict[int, str]:
        """The labels of the rows; worked out once, for a dozen rules ask for each of them."""
        labels = self.labels[::-1]
        names: dict[int, str] = {}
        for row in self.rows:
            cells = self.table.rows[row.index]
            for column in labels:
                text = cells[column].text.strip()
                if text:
                    names[row.index] = text
                    break
        return names

    @cached_property
    def percents(self) -> frozenset[int]:
        """The columns that hold shares or rates; worked out once, for some rules ask it of every cell."""
        return frozenset(column for column in range(len(self.columns)) if _is_percent(self, column))


def grids(reading: Reading, context: Context) -> Sequence[Grid]:
    """The tables of a document that have label columns and number columns, worked out once."""
    known: dict[int, tuple[Grid, ...]] = context.memo.setdefault("grids", {})
    if id(reading) not in known:
        words = context.profile.sections.get("arithmetic", {})
        total = re.compile(rf"(?:.{{0,12}}?)(?:{'|'.join(words.get('totals', ['合计']))})(?:数|金额|人数)?")
        sub = re.compile("|".join(words.get("subtotals", ["小计"])))
        # Forms whose blocks stand one below the other have no columns of their own.
        inner = {form.table.index for form in reading.forms.forms if form.heads[0] >= form.table.header}
        known[id(reading)] = tuple(
            grid
            for table in reading.document.tables
            if table.index not in inner and (grid := _grid(table, reading.plans.columns[table.index], total, sub))
        )
    return known[id(reading)]


def _grid(table: Table, columns: Sequence[Column], total: re.Pattern[str], sub: re.Pattern[str]) -> Grid | None:
    if len(table.body) < 2 or len(table.columns) < 2:
        return None
    if any(column.role in {"target_mid", "target_end"} for column in columns):
        return None
    numbers = tuple(column.index for column in columns if _is_numeric(table, column))
    if not numbers:
        return None
    labels = tuple(c for c in range(numbers[0]) if c not in numbers and columns[c].role != "unit")
    if not labels:
        return None
    rows = tuple(_row(table, index, labels, total, sub) for index in range(table.header, len(table.rows)))
    return Grid(table, tuple(columns), labels, numbers, rows)


def _is_numeric(table: Table, column: Column) -> bool:
    if column.role == "sequence" or _NOT_A_FIGURE.search(column.words.rpartition("/")[2]):
        return False
    filled = numeric = 0
    is_of_year = _OF_YEAR.search(column.words) is not None  # what stands under a year is no year itself
    for row in table.rows[table.header :]:
        text = row[column.index].text
        if number(text) is not None:
            filled += 1
            numeric += is_of_year or _YEAR.fullmatch(text.strip()) is None
        elif not says_nothing(text):
            filled += 1
    return bool(numeric) and numeric >= _NUMERIC_SHARE * filled


def _row(table: Table, index: int, labels: Sequence[int], total: re.Pattern[str], sub: re.Pattern[str]) -> Row:
    texts = [table.rows[index][column].text for column in labels]
    plain = [_MARGIN.sub("", text) for text in texts]
    label = next((text for text in reversed(plain) if text), "")
    kind = Kind.PART
    if any(_SUBSET.match(text) for text in texts):
        kind = Kind.SUBSET
    elif any(total.fullmatch(text) for text in plain):
        kind = Kind.SUBTOTAL if any(sub.search(text) for text in plain) else Kind.TOTAL
    return Row(index, kind, plain[0], label)


def figure(value: Value) -> Decimal | None:
    """The exact number of a cell; 0 for a blank one, None for words, a bound or a range."""
    if value.quantity is None:
        return Decimal(0) if value.is_nothing else None
    return value.quantity.value if value.quantity.bound is Bound.EXACT else None


def is_percent(grid: Grid, column: int) -> bool:
    """Whether a column holds shares or rates."""
    return column in grid.percents


def _is_percent(grid: Grid, column: int) -> bool:
    """Whether a column holds shares or rates: by its header, its unit, or the sign in its cells."""
    head = grid.columns[column]
    last = head.words.rpartition("/")[2]
    if (
        head.role == "rate"
        or head.unit in {"%", "％"}
        or "%" in head.words
        or re.search("率$|比例|占比|比重|增幅|同比|增长", last)
    ):
        return True
    told = [quantity for row in grid.rows if (quantity := grid.value(row, column).quantity) is not None]
    rates = sum(quantity.unit in {"%", "％", "个百分点"} for quantity in told)
    return rates > 1 or rates * 3 > len(told)  # one row of rates below rows of amounts makes no column of rates


def counts_scores(grid: Grid, column: int) -> bool:
    """Whether a column holds scores: by its header, or because the table counts in 分."""
    head = grid.columns[column]
    return head.role in {"score", "weight"} or (head.unit or grid.table.unit) == "分"


def decimals(values: Sequence[Value]) -> int:
    """The most decimals that any of the printed numbers has."""
    return max((len(match[1]) for value in values if (match := re.search(r"\.(\d+)", value.text))), default=0)


def is_total_head(words: str) -> bool:
    """Whether a header says that its column adds up the others of the row."""
    return bool(re.fullmatch(r"(?:.{0,8})?(?:合计|总计|小计|共计|总数|累计)(?:数|金额|[（(].{1,4}[)）])?", bare(words)))


def rated(value: Value) -> tuple[Decimal, int] | None:
    """A printed rate in per cent, and its decimals; None where the cell holds none."""
    if value.quantity is None or value.quantity.unit not in {"", "%", "％"} or value.quantity.bound is not Bound.EXACT:
        return None
    return value.quantity.value, decimals([value])


def fits(ratio: Decimal, printed: Decimal, places: int) -> bool:
    """Whether a printed rate is the computed one rounded (half a unit of its last place, and a little, either way)."""
    return abs(ratio - printed) <= Decimal("0.51").scaleb(-places) if places else abs(ratio - printed) <= Decimal("0.6")


def is_cut_off(ratio: Decimal, printed: Decimal, places: int) -> bool:
    """Whether a printed rate is the computed one with its further digits dropped: no more than a rounding forgotten."""
    return bool(places) and ratio.quantize(Decimal(1).scaleb(-places), ROUND_DOWN) == printed


def shown(number: Decimal) -> str:
    """A number without needless zeros."""
    return f"{number.normalize():f}"


def pairs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every ordered pair of two columns."""
    return ((a, b) for a in columns for b in columns if a != b)


@dataclass(frozen=True, slots=True)
class Count:
    """In one row, under one heading: how many there are, how many are done, and at what rate."""

    grid: Grid
    row: Row
    heading: str
    total: Value
    done: Value
    rate: Value | None


def counts(grid: Grid) -> Iterator[Count]:
    """The counts of a table's rows: each “done” column with the number column before it and the rate behind it."""
    done = [
        column
        for column in grid.columns
        if column.role == "count_done" and not re.search("[未没]", column.words.rpartition("/")[2])
    ]
    for place, column in enumerate(done):
        total = column.index - 1
        if total not in grid.numbers or column.index not in grid.numbers:
            continue
        heading = column.words.rpartition("/")[0]
        if heading and not grid.columns[total].words.startswith(heading):
            continue
        if _AIM.search(grid.columns[total].words.rpartition("/")[2]):
            continue  # a target may be passed, and is no number of things there are
        stop = done[place + 1].index if place + 1 < len(done) else len(grid.columns)
        rate = next((c.index for c in grid.columns[column.index + 1 : stop] if c.role == "rate"), None)
        for row in grid.rows:
            yield Count(
                grid, row, heading, grid.value(row, total), grid.value(row, column.index),
                grid.value(row, rate) if rate is not None else None,
            )  # fmt: skip


def runs_on(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> bool:
    """Whether a row tells of each year what there was by then, and its total is that of the last year."""
    if not all(grid.columns[part].year for part in parts):
        return False
    values = [figure(grid.value(row, part)) for part in parts]
    numbers = [value for value in values if value is not None]
    return len(numbers) == len(parts) and numbers == sorted(numbers) and numbers[-1] == figure(grid.value(row, total))
