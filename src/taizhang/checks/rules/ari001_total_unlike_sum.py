"""ARI001: a row of totals is not the sum of the rows it adds up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, decimals, figure, grids, is_percent, shown
from taizhang.core.finding import Severity
from taizhang.intake.plans import Value

_MANY_PARTS = 3
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Column:
    """One figure of a row of totals: printed, and what the likeliest parts add up to."""

    total: Value
    parts: tuple[Value, ...]
    sum: Decimal
    agrees: bool


@rule("ARI001", kind="sum_mismatch", severity="error", since="0.1")
def total_unlike_sum(context: Context) -> Iterator[Problem]:
    """合计行的数不等于各行之和。

    ## 为什么
    合计谁都会加一遍；加不上，说明分项或合计至少有一处错，整张表都要重新核对。

    ## 不合格
    | 年度 | 预算数（万元） | 支出数（万元） |
    |---|---|---|
    | 2022年 | 420 | 408.6 |
    | 2023年 | 510 | 497.8 |
    | 合计 | 930 | 960.4 |

    ## 合格
    | 年度 | 预算数（万元） | 支出数（万元） |
    |---|---|---|
    | 2022年 | 420 | 408.6 |
    | 2023年 | 510 | 497.8 |
    | 合计 | 930 | 906.4 |

    ## 例外
    “其中”行不重复相加；有小计的，合计可以是各小计之和；百分比、平均数不相加；小数的舍入尾差不报；
    合计在上在下都可以。表注说明去重或互有交叉的，不报。

    ## 参数
    口径配置 `arithmetic.totals`、`arithmetic.subtotals`（合计行、小计行的写法）、`arithmetic.not_added`（不相加的栏）、
    `arithmetic.overlapping`（说明各行互有交叉的话）。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        overlapping = context.profile.sections["arithmetic"]["overlapping"]
        notes = [p for p in reading.document.paragraphs if any(word in p.text for word in overlapping)]
        for grid in grids(reading, context):
            if any(note.section == grid.table.section and "其中" not in note.text for note in notes):
                continue
            for row in grid.rows:
                if row.kind in {Kind.TOTAL, Kind.SUBTOTAL}:
                    yield from _problems(grid, row, context)


def _problems(grid: Grid, row: Row, context: Context) -> Iterator[Problem]:
    plain = context.profile.sections["arithmetic"]["not_added"]
    columns = []
    for column in grid.numbers:
        if is_percent(grid, column) or any(word in grid.columns[column].words for word in plain):
            continue
        found = _column(grid, row, column)
        if found is not None:
            context.judged(found.total, *found.parts)
            columns.append(found)
    wrong = [column for column in columns if not column.agrees]
    right = len(columns) - len(wrong)
    if len(wrong) > max(right, 1):
        wrong = wrong[:1]  # most columns do not add up: the rows overlap or one is missing, which is one doubt
    for figure_ in wrong:
        yield _problem(grid, row, figure_, Severity.ERROR if right or _is_near(figure_) else Severity.WARNING)


def _column(grid: Grid, row: Row, column: int) -> _Column | None:
    total = grid.value(row, column)
    printed = figure(total)
    if printed is None or total.is_nothing:
        return None
    best: _Column | None = None
    for parts in _readings(grid, row):
        values = tuple(grid.value(part, column) for part in parts)
        numbers = [figure(value) for value in values]
        if any(number is None for number in numbers) or sum(not value.is_nothing for value in values) < 2:
            continue
        added = sum((number for number in numbers if number is not None), Decimal(0))
        found = _Column(total, values, added, abs(added - printed) <= _slack(grid, (total, *values), column))
        if found.agrees:
            return found
        best = best or found
    return best


def _slack(grid: Grid, values: Sequence[Value], column: int) -> Decimal:
    """How far rounded parts may miss their total: half a unit of the last place for each, and one of whole 万元."""
    places = decimals(values)
    if places:
        return Decimal("0.5").scaleb(-places) * len(values)
    unit = f"{grid.columns[column].unit or ''}{grid.columns[column].words}{grid.table.unit or ''}"
    return Decimal(1) if "万" in unit and len(values) > _MANY_PARTS else Decimal(0)


def _readings(grid: Grid, row: Row) -> Iterator[list[Row]]:
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


def _without_continued_subsets(grid: Grid, parts: Sequence[Row]) -> Iterator[list[Row]]:
    """The parts without a run of rows right behind “其中”, which may go on without repeating the word."""
    for place, row in enumerate(grid.rows):
        if row.kind is Kind.SUBSET:
            for stop in range(place + 2, len(grid.rows) + 1):
                run = grid.rows[place:stop]
                yield [part for part in parts if part not in run]


def _is_near(column: _Column) -> bool:
    """Whether the total is of the size of the sum, as a slip of the pen leaves it."""
    printed = figure(column.total) or Decimal(0)
    return abs(printed - column.sum) * 4 <= max(printed, column.sum)


def _problem(grid: Grid, row: Row, column: _Column, severity: Severity) -> Problem:
    terms = [value.text.strip() for value in column.parts if not value.is_nothing]
    sum_ = " + ".join(terms) if len(terms) <= _SHOWN else f"{len(terms)} 行之和"
    head = grid.columns[column.total.column].words.replace("/", "")
    return at_value(
        column.total,
        f"“{head}”一栏 {sum_} = {shown(column.sum)}，“{grid.name(row)}”行写的是 {column.total.text.strip()}",
        expected=shown(column.sum),
        row=grid.name(row),
        related=tuple(related(value) for value in column.parts),
        severity=severity,
    )
