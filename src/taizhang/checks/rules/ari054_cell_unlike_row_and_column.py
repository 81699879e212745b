"""ARI054: one cell is what both its row and its column miss, by an amount that rounding alone might explain of either."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, decimals, figure, grids, is_percent, is_total_head, shown
from taizhang.intake.plans import ALL_YEARS

_LEAST = 3  # lines of the table in either direction, the totals counted
_LEAST_OFF = 2  # units of the last place: by one unit any rounded sum may miss
_WHOLE_YEAR = "全年"


class _Line(NamedTuple):
    """A row or a column by its place, and by how much its total exceeds the sum of its parts."""

    place: int
    excess: Decimal


@rule("ARI054", kind="sum_mismatch", severity="error", since="0.9")
def cell_unlike_row_and_column(context: Context) -> Iterator[Problem]:
    """一格的数，横着加、竖着加都差同样多。

    ## 为什么
    小数相加差一两个末位，可能只是四舍五入；同一格所在的行和列恰好差同一个数，而别的行列都对得上，就不是尾差，是这一格写错了。

    ## 不合格
    | 场馆 | 一季度 | 二季度 | 三季度 | 四季度 | 全年 |
    |---|---|---|---|---|---|
    | 天文厅 | 2.1 | 3.4 | 5.2 | 2.0 | 12.7 |
    | 海洋厅 | 1.4 | 2.2 | 3.8 | 1.5 | 9.1 |
    | 机械厅 | 1.0 | 1.3 | 2.1 | 0.9 | 5.3 |
    | 合计 | 4.5 | 6.9 | 11.1 | 4.4 | 26.9 |

    ## 合格
    | 场馆 | 一季度 | 二季度 | 三季度 | 四季度 | 全年 |
    |---|---|---|---|---|---|
    | 天文厅 | 2.1 | 3.4 | 5.2 | 2.0 | 12.7 |
    | 海洋厅 | 1.4 | 2.2 | 3.8 | 1.5 | 8.9 |
    | 机械厅 | 1.0 | 1.3 | 2.1 | 0.9 | 5.3 |
    | 合计 | 4.5 | 6.9 | 11.1 | 4.4 | 26.9 |

    ## 例外
    只判断带小数、既有合计行又有合计栏的表；差一个末位的是四舍五入，不报；差得更多、一行就看得出的，由 ARI001、ARI012 报；
    找不到唯一一格的不报。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            yield from _problems(grid)


def _problems(grid: Grid) -> Iterator[Problem]:
    lines = _lines_of(grid)
    if lines is None:
        return
    rows, columns = lines
    cells = [[grid.value(row, column) for column in columns] for row in rows]
    places = decimals([cell for row in cells for cell in row])
    numbers = [[figure(cell) for cell in row] for row in cells]
    if not places or any(number is None for row in numbers for number in row):
        return
    known = [[number or Decimal(0) for number in row] for row in numbers]
    step = Decimal(1).scaleb(-places)
    across = [_Line(place, _excess(row)) for place, row in enumerate(known)]
    down = [_Line(place, _excess(column)) for place, column in enumerate(zip(*known, strict=True))]
    odd_rows, odd_columns = ([line for line in lines if line.excess] for lines in (across, down))
    if not odd_rows or len(odd_rows) != len(odd_columns) or len(odd_rows) * 2 > min(len(rows), len(columns)):
        return
    if any(not _is_off_a_little(line.excess, step, len(columns)) for line in odd_rows):
        return
    if any(not _is_off_a_little(line.excess, step, len(rows)) for line in odd_columns):
        return
    for row in odd_rows:
        meant = [(column, off) for column in odd_columns if (off := _off(row, column, rows, columns)) is not None]
        if len(meant) != 1:
            return
        column, off = meant[0]
        cell, right = cells[row.place][column.place], shown(known[row.place][column.place] - off)
        yield at_value(
            cell,
            f"这一行和这一栏的合计都差 {shown(abs(off))}，别的行、栏都对得上，这一格应为 {right}，写的是 {cell.text.strip()}",
            expected=right,
            row=grid.name(rows[row.place]),
            related=(related(cells[-1][column.place]), related(cells[row.place][-1])),
        )


def _lines_of(grid: Grid) -> tuple[Sequence[Row], Sequence[int]] | None:
    """The rows and columns of a table that is wholly added up, the total of either last."""
    columns = [column for column in grid.numbers if not is_percent(grid, column)]
    rows = grid.rows
    if len(columns) < _LEAST or len(columns) != len(grid.numbers) or len(rows) < _LEAST:
        return None
    if rows[-1].kind is not Kind.TOTAL or any(row.kind is not Kind.PART for row in rows[:-1]):
        return None
    heads = [grid.columns[column].words for column in columns]
    if not _adds_up(heads[-1]) or any(_adds_up(head) for head in heads[:-1]):
        return None
    return rows, columns


def _adds_up(head: str) -> bool:
    return is_total_head(head) or head.startswith(_WHOLE_YEAR) or bool(ALL_YEARS.fullmatch(head))


def _excess(numbers: Sequence[Decimal]) -> Decimal:
    """By how much the last of a line exceeds the sum of the others."""
    return numbers[-1] - sum(numbers[:-1], Decimal(0))


def _is_off_a_little(excess: Decimal, step: Decimal, length: int) -> bool:
    """Whether a line misses by more than one rounding, and by no more than all of its roundings together."""
    return _LEAST_OFF * step <= abs(excess) <= step * length / 2


def _off(row: _Line, column: _Line, rows: Sequence[Row], columns: Sequence[int]) -> Decimal | None:
    """By how much the cell of both lines would be wrong to explain both; None where it cannot."""
    as_total_of_row, as_total_of_column = column.place == len(columns) - 1, row.place == len(rows) - 1
    by_row = row.excess if as_total_of_row else -row.excess
    by_column = column.excess if as_total_of_column else -column.excess
    return by_row if by_row == by_column else None
