"""ARI005: in a table of years and categories, the years of a category do not make the total that the text gives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, is_percent, shown
from taizhang.checks.rules._parts import Division, Part, divisions
from taizhang.core import period
from taizhang.documents.alignment import bare
from taizhang.intake.plans import Value


@dataclass(frozen=True, slots=True)
class _Crossing:
    """The figures of one table by category and year."""

    grid: Grid
    cells: dict[tuple[str, str], Value]
    rows: dict[tuple[str, str], Row]

    @property
    def categories(self) -> list[str]:
        """The categories in order of appearance."""
        return list(dict.fromkeys(name for name, _ in self.cells))

    def sum(self, category: str, swapped: tuple[str, str, str] | None = None) -> Decimal:
        """All years of a category; with `swapped`, as if two categories had changed places in one year."""
        added = Decimal(0)
        for (name, year), value in self.cells.items():
            owner = name
            if swapped is not None and year == swapped[0] and name in swapped[1:]:
                owner = swapped[1] if name == swapped[2] else swapped[2]
            if owner == category:
                added += figure(value) or Decimal(0)
        return added


@rule("ARI005", kind="contradiction", severity="error", since="0.1")
def crossed_totals(context: Context) -> Iterator[Problem]:
    """分年度、分类别的表里，某一类各年之和与文中所写该类总数不符。

    ## 为什么
    两个数对调以后，各年的合计仍然相等，只看本表发现不了；与另一处的总数交叉一核就露出来。

    ## 不合格
    全校共有任务点 100 个，其中学校层面 58 个，专业群层面 42 个。

    | 年度 | 类别 | 任务数 |
    |---|---|---|
    | 2022年 | 学校层面 | 27 |
    | 2022年 | 专业群 | 20 |
    | 2023年 | 学校层面 | 22 |
    | 2023年 | 专业群 | 31 |

    ## 合格
    全校共有任务点 100 个，其中学校层面 58 个，专业群层面 42 个。

    | 年度 | 类别 | 任务数 |
    |---|---|---|
    | 2022年 | 学校层面 | 27 |
    | 2022年 | 专业群 | 20 |
    | 2023年 | 学校层面 | 31 |
    | 2023年 | 专业群 | 22 |

    ## 例外
    文中的总数与表中全部数字之和相等，才认为说的是同一件事；类别名称对应不上的不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        told = [division for division in divisions(reading, context) if len(division.parts) > 1]
        for grid in grids(reading, context) if told else ():
            for crossing in _crossings(grid):
                total = sum((crossing.sum(name) for name in crossing.categories), Decimal(0))
                of_it = [
                    d
                    for d in told
                    if d.passage.table is not grid.table and any(whole.value == total for whole in d.wholes)
                ]
                for division in of_it:
                    problems = list(_problems(crossing, division, context))
                    yield from problems
                    if problems:
                        break


def _crossings(grid: Grid) -> Iterator[_Crossing]:
    """The crossings of a table: years down the rows, or years across the columns."""
    amounts = [column for column in grid.numbers if not is_percent(grid, column)]
    parts = [row for row in grid.rows if row.kind is Kind.PART]
    if len(grid.labels) > 1 and amounts:
        keys = {}
        for row in parts:
            texts = [grid.table.rows[row.index][column].text for column in grid.labels]
            years = [year for text in texts if (year := period.period(text)) is not None]
            names = [bare(text) for text in texts if text.strip() and period.period(text) is None]
            if len(years) == 1 and names:
                keys[names[-1], years[0]] = row
        if len({year for _, year in keys}) > 1 and len(keys) == len(parts):
            yield _Crossing(grid, {key: grid.value(row, amounts[0]) for key, row in keys.items()}, keys)
    dated = [grid.columns[column] for column in amounts if grid.columns[column].year is not None]
    first = (
        [column for column in dated if column.words.rpartition("/")[2] == dated[0].words.rpartition("/")[2]]
        if dated
        else []
    )
    columns = first if len(first) > 1 else dated
    if len({column.year for column in columns}) == len(columns) > 1:
        cells = {
            (bare(row.label), str(column.year)): grid.value(row, column.index) for row in parts for column in columns
        }
        rows = {(bare(row.label), str(column.year)): row for row in parts for column in columns}
        yield _Crossing(grid, cells, rows)


def _problems(crossing: _Crossing, division: Division, context: Context) -> Iterator[Problem]:
    """Each category whose years do not make its total: none is to be believed for the other's being wrong."""
    stated = {name: part for name in crossing.categories if (part := _stated(name, division)) is not None}
    if len(stated) < 2 or len(stated) != len(crossing.categories):
        return
    context.compared(*crossing.cells.values())
    wrong = [name for name, part in stated.items() if crossing.sum(name) != part.value]
    for place, name in enumerate(wrong):
        last = max(year for _, year in crossing.cells)
        exchange = _exchange(crossing, stated, wrong, name)
        if exchange is not None and exchange[1] in wrong[place:]:
            continue  # two figures that have changed places are one fault, told once, at the later
        yield _problem(crossing, division, (name, exchange[0] if exchange else last), stated, exchange)


def _exchange(crossing: _Crossing, stated: dict[str, Part], wrong: list[str], name: str) -> tuple[str, str] | None:
    """The year and the other category with which a category has changed places, where that explains everything."""
    for when in sorted({year for _, year in crossing.cells}):
        for other in wrong:
            swapped = (when, name, other)
            if other != name and all(crossing.sum(each, swapped) == part.value for each, part in stated.items()):
                return when, other
    return None


def _problem(
    crossing: _Crossing,
    division: Division,
    at: tuple[str, str],
    stated: dict[str, Part],
    exchange: tuple[str, str] | None,
) -> Problem:
    (name, year), value = at, crossing.cells[at]
    part, expected, told = stated[name], "", [_told(crossing, name, stated[name])]
    if exchange:
        expected = crossing.cells[exchange[1], year].text.strip()
        told = [_told(crossing, exchange[1], stated[exchange[1]]), *told]
        told.append(f"{year} 年的 {expected} 与 {value.text.strip()} 疑似对调")
    start, end = part.quantity.start - len(part.label.lstrip("、，,；; ")), part.quantity.end
    others = [cell for cell in crossing.cells.values() if cell is not value]
    return at_value(
        value,
        "；".join(told),
        expected=expected or f"各年之和为 {shown(part.value)}",
        row=crossing.grid.name(crossing.rows[at]),
        related=(division.passage.related(start, end), *(related(cell) for cell in others)),
    )


def _told(crossing: _Crossing, name: str, part: Part) -> str:
    terms = [cell.text.strip() for (owner, _), cell in crossing.cells.items() if owner == name]
    return f"“{name}”各年 {' + '.join(terms)} = {shown(crossing.sum(name))}，文中总数是 {shown(part.value)}"


def _stated(name: str, division: Division) -> Part | None:
    """The part of the text that is of a category, by the name of one in the other."""
    found = [part for part in division.parts if name in bare(part.label) or (part.key and part.key in name)]
    return found[0] if len(found) == 1 else None
