"""ARI001: a row of totals is not the sum of the rows it adds up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, counts_scores, decimals, figure, grids, is_percent, shown
from taizhang.checks.rules._sums import readings_of
from taizhang.core import finding
from taizhang.core.finding import Severity
from taizhang.intake.plans import Value

_NESTED = 4  # rows with a figure at least, for a sum of just twice the total to be no chance
_MANY_PARTS = 3
_EACH = re.compile("[一-鿿]均(?!衡|等|匀)")  # 站均, 校均: what falls to each is not added up
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
        scored = {form.table.index for form in reading.forms.forms}
        for grid in grids(reading, context):
            if any(note.section == grid.table.section and "其中" not in note.text for note in notes):
                continue
            aside = {"score", "weight"} if grid.table.index in scored else set()  # SCO004 and SCO010 add these up
            for row in grid.rows:
                if row.kind in {Kind.TOTAL, Kind.SUBTOTAL} and not _has_mixed_units(grid):
                    yield from _problems(grid, row, aside, context)


def _has_mixed_units(grid: Grid) -> bool:
    """Whether a column of units says that the rows count different things."""
    column = next((column.index for column in grid.columns if column.role == "unit"), None)
    return column is not None and len({grid.value(row, column).text.strip() for row in grid.rows} - {""}) > 1


def _problems(grid: Grid, row: Row, aside: set[str], context: Context) -> Iterator[Problem]:
    plain = context.profile.sections["arithmetic"]["not_added"]
    amounts = [
        c
        for c in grid.numbers
        if not is_percent(grid, c)
        and grid.columns[c].role not in aside
        and not any(word in grid.columns[c].words for word in plain)
        and not _EACH.search(grid.columns[c].words)
    ]
    tried = [[_column(grid, row, column, parts) for column in amounts] for parts in readings_of(grid, row)]
    tried.sort(key=lambda columns: -sum(column is not None and column.agrees for column in columns))
    columns = []
    for place in range(len(amounts)):
        found = [reading[place] for reading in tried]
        known = [column for column in found if column is not None]
        if known:
            columns.append(next((column for column in known if column.agrees or _is_nested(column)), known[0]))
            context.judged(columns[-1].total, *columns[-1].parts)
    wrong = [column for column in columns if not column.agrees and not _is_nested(column)]
    right = len(columns) - len(wrong)
    if len(wrong) > max(right, 1):
        wrong = wrong[:1]  # most columns do not add up: the rows overlap or one is missing, which is one doubt
    for figure_ in wrong:
        yield _problem(grid, row, figure_, Severity.ERROR if right or _is_near(figure_) else Severity.WARNING)


def _column(grid: Grid, row: Row, column: int, parts: Sequence[Row]) -> _Column | None:
    """A figure of a row of totals with what these parts add up to; None where one of them is no number."""
    total = grid.value(row, column)
    printed = figure(total)
    values = tuple(grid.value(part, column) for part in parts)
    numbers = [figure(value) for value in values]
    if printed is None or total.is_nothing or any(number is None for number in numbers):
        return None
    if sum(not value.is_nothing for value in values) < 2:
        return None
    added = sum((number for number in numbers if number is not None), Decimal(0))
    return _Column(total, values, added, abs(added - printed) <= _slack(grid, (total, *values), column))


def _is_nested(column: _Column) -> bool:
    """Whether rows of parts stand below those that they are parts of, so that all together are twice the total."""
    values = [figure(value) or Decimal(0) for value in column.parts]
    if sum(map(bool, values)) < _NESTED or column.sum != 2 * (figure(column.total) or column.sum):
        return False
    while values:
        whole, *values = values
        while values and whole > 0:
            whole -= values.pop(0)
        if whole:
            return False
    return True


def _slack(grid: Grid, values: Sequence[Value], column: int) -> Decimal:
    """How far rounded parts may miss their total: half a unit of the last place for each, and one of whole 万元."""
    places = decimals(values)
    if places:
        return Decimal("0.5").scaleb(-places) * len(values)
    unit = f"{grid.columns[column].unit or ''}{grid.columns[column].words}{grid.table.unit or ''}"
    return Decimal(1) if "万" in unit and len(values) > _MANY_PARTS else Decimal(0)


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
        kind=finding.Kind.SCORE_MISMATCH if counts_scores(grid, column.total.column) else None,
    )
