"""ARI011: a row “其中” holds more than the row it belongs to."""

import re
from collections.abc import Iterator, Sequence

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Kind, Row, figure, grids, is_percent
from taizhang.intake.plans import Value

_SUBSET = re.compile("^[（(]?其中[：:，,]?")
_IN_BRACKETS = re.compile("[（(][^（()）]{1,6}[)）]$")
_FEWEST = 3  # rows, all but one of which show that the one column is of the other


@rule("ARI011", kind="sum_mismatch", severity="error", since="0.1")
def subset_larger_than_whole(context: Context) -> Iterator[Problem]:
    """“其中”行的数大于它所属的一行。

    ## 为什么
    部分不可能大于整体；多半是填错了行、单位或小数点。

    ## 不合格
    | 支出用途 | 支出数（万元） |
    |---|---|
    | 设备购置 | 320 |
    | 其中：信息化设备 | 380 |
    | 课程建设 | 150 |

    ## 合格
    | 支出用途 | 支出数（万元） |
    |---|---|
    | 设备购置 | 320 |
    | 其中：信息化设备 | 180 |
    | 课程建设 | 150 |

    ## 例外
    百分比、平均数不比较。没有写“其中”、但按名称只能是另一行之中的（升入本科人数与升学人数），依口径配置
    `arithmetic.results` 的成对用词比较；两栏成对的（发放与回收、录取与报到）也比较。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    pairs = _pairs(context)
    for reading in context.readings:
        for grid in grids(reading, context):
            whole: Row | None = None
            for row in grid.rows:
                if row.kind is not Kind.SUBSET:
                    whole = row
                elif whole is not None:
                    yield from _problems(grid, whole, row, context)
            for whole, part in _named_pairs(grid, pairs):
                yield from _problems(grid, whole, part, context)
            yield from _of_columns(grid, pairs, context)
            yield from _of_columns_among(grid, context)


def _pairs(context: Context) -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    pairs = context.profile.sections["arithmetic"]["results"]
    return [(re.compile(pair["whole"]), re.compile(pair["part"])) for pair in pairs]


def _named_pairs(grid: Grid, pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]) -> Iterator[tuple[Row, Row]]:
    """Rows that by their names can only be of another row: 升入本科人数 of 升学人数 (not those of “其中”)."""
    for whole, part in pairs:
        parts = [row for row in grid.rows if row.kind is not Kind.SUBSET and part.search(row.label)]
        for small in parts:
            for large in grid.rows:
                label = _SUBSET.sub("", large.label)
                same = whole.sub("", label, count=1) == part.sub("", small.label, count=1)
                if large is not small and same and whole.search(label) and not part.search(label):
                    yield large, small


def _of_columns(
    grid: Grid, pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], context: Context
) -> Iterator[Problem]:
    """Cells of a column that can only be of another one: 回收问卷 of 发放问卷, 报到数 of 录取数."""
    heads = [(place, grid.columns[place].words) for place in grid.numbers if not is_percent(grid, place)]
    for whole, part in pairs:
        wholes = [place for place, words in heads if whole.search(words) and not part.search(words)]
        parts = [place for place, words in heads if part.search(words) and not whole.search(words)]
        if len(wholes) != 1 or len(parts) != 1:
            continue
        for row in grid.rows:
            large, small = grid.value(row, wholes[0]), grid.value(row, parts[0])
            told = f"“{grid.columns[parts[0]].words}”", grid.columns[wholes[0]].words
            yield from _larger(small, large, told, grid.name(row), context)


def _of_columns_among(grid: Grid, context: Context) -> Iterator[Problem]:
    """Cells of a column headed “其中…”, of the column before it that counts in the same unit, as all other rows show."""
    heads = [
        (place, grid.columns[place].words.rpartition("/")[2]) for place in grid.numbers if not is_percent(grid, place)
    ]
    for order, (place, words) in enumerate(heads):
        unit = _IN_BRACKETS.search(words)
        if order == 0 or not words.startswith("其中") or unit is None or len(grid.rows) < _FEWEST:
            continue
        before = [
            (other, name) for other, name in heads[:order] if name.endswith(unit[0]) and not name.startswith("其中")
        ]
        if not before:
            continue
        whole, name = before[-1]
        amounts = [(row, figure(grid.value(row, place)), figure(grid.value(row, whole))) for row in grid.rows]
        odd = [row for row, small, large in amounts if small is not None and large is not None and small > large]
        if len(odd) == 1:
            small, large = grid.value(odd[0], place), grid.value(odd[0], whole)
            yield from _larger(small, large, (f"“{words}”", name), grid.name(odd[0]), context)


def _problems(grid: Grid, whole: Row, part: Row, context: Context) -> Iterator[Problem]:
    plain = context.profile.sections["arithmetic"]["not_added"]
    for column in grid.numbers:
        if is_percent(grid, column) or any(word in grid.columns[column].words for word in plain):
            continue
        large, small = grid.value(whole, column), grid.value(part, column)
        yield from _larger(small, large, ("其中项", grid.name(whole)), grid.name(part), context)


def _larger(small: Value, large: Value, told: tuple[str, str], row: str | None, context: Context) -> Iterator[Problem]:
    """The part where it is larger than its whole; `told` is what each of them is called."""
    limit, amount = figure(large), figure(small)
    if limit is None or amount is None or large.is_nothing:
        return
    context.judged(large, small)
    if amount > limit:
        yield at_value(
            small,
            f"{told[0]} {small.text.strip()} 大于“{told[1]}”的 {large.text.strip()}",
            expected=f"不大于 {large.text.strip()}",
            row=row,
            related=(related(large),),
        )
