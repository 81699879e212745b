"""ARI023: rows under “其中” make their whole in one year column and not in the other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, shown

_CHANGE = re.compile("变化|增减|增长额|增加|变动|较上年")
_LEAST_PARTS = 2


@rule("ARI023", kind="sum_mismatch", severity="error", since="0.2")
def subsets_unlike_whole_this_year(context: Context) -> Iterator[Problem]:
    """“其中”各行上年加得上总数，今年加不上。

    ## 为什么
    上年各分项正好等于总数，说明分项是列全的；今年加不上，就有一个数没有更新或写颠倒了。

    ## 不合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 教学资源库数 | 个 | 11 | 14 |
    | 其中：国家级数量 | 个 | 1 | 1 |
    | 省级数量 | 个 | 4 | 5 |
    | 校级数量 | 个 | 6 | 9 |
    | 在线课程数 | 门 | 64 | 78 |

    ## 合格
    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 教学资源库数 | 个 | 11 | 14 |
    | 其中：国家级数量 | 个 | 1 | 1 |
    | 省级数量 | 个 | 4 | 5 |
    | 校级数量 | 个 | 6 | 8 |
    | 在线课程数 | 门 | 64 | 78 |

    ## 例外
    各年都加不上的，是分项没有列全，不报。

    ## 局限
    表里没有“变化”一栏时，看不出错在哪一行，报在变动最大的分项上，总数和其他分项列为相关处。

    ## 依据
    高等职业教育质量年度报告指标说明；财预〔2020〕10号：数据应真实、准确。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            years = [c for c in grid.numbers if grid.columns[c].year is not None]
            if len(years) > 1:
                for place, row in enumerate(grid.rows):
                    if row.kind is Kind.SUBSET and place and grid.rows[place - 1].kind is not Kind.SUBSET:
                        yield from _problems(grid, place, years, context)


def _problems(grid: Grid, first: int, years: Sequence[int], context: Context) -> Iterator[Problem]:
    """The run of rows from `first` on that makes the row before it in one year."""
    whole = grid.rows[first - 1]
    for stop in range(first + _LEAST_PARTS, len(grid.rows) + 1):
        parts = grid.rows[first:stop]
        gaps = {column: _gap(grid, whole, parts, column) for column in years}
        if any(gap is None for gap in gaps.values()):
            return
        if not any(gap == 0 for gap in gaps.values()):
            continue
        for column in years:
            context.judged(*(grid.value(row, column) for row in (whole, *parts)))
            gap = gaps[column]
            if gap:
                yield _problem(grid, whole, parts, column, gap)
        return


def _gap(grid: Grid, whole: Row, parts: Sequence[Row], column: int) -> Decimal | None:
    """What the parts lack of the whole; None where a cell is no number."""
    total, values = figure(grid.value(whole, column)), [figure(grid.value(row, column)) for row in parts]
    if not total or any(value is None for value in values):
        return None
    return total - sum((value for value in values if value is not None), Decimal(0))


def _problem(grid: Grid, whole: Row, parts: Sequence[Row], column: int, gap: Decimal) -> Problem:
    row = _to_blame(grid, parts, column, gap)
    value, right = grid.value(row, column), (figure(grid.value(row, column)) or Decimal(0)) + gap
    total, others = grid.value(whole, column), [grid.value(other, column) for other in parts if other is not row]
    terms = " + ".join(grid.value(part, column).text.strip() for part in parts)
    return at_value(
        value,
        f"“其中”各行 {terms} 不等于“{grid.name(whole)}” {total.text.strip()}，上年是相等的；若总数不错，此处应为 {shown(right)}",
        expected=shown(right),
        row=grid.name(row),
        related=(related(total), *map(related, others)),
    )


def _to_blame(grid: Grid, parts: Sequence[Row], column: int, gap: Decimal) -> Row:
    """The part whose column of changes tells the right value; else the one that changed most."""
    before = max((c for c in grid.numbers if c < column and grid.columns[c].year), default=column)
    change = next((c.index for c in grid.columns if _CHANGE.search(c.words) and c.index in grid.numbers), None)

    def moved(row: Row) -> Decimal:
        return (figure(grid.value(row, column)) or Decimal(0)) - (figure(grid.value(row, before)) or Decimal(0))

    for row in parts if change is not None else ():
        if figure(grid.value(row, change or 0)) == moved(row) + gap:
            return row
    return max(parts, key=lambda row: abs(moved(row)))
