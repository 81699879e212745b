"""ARI041: in a column of differences (结转, 缺口, 增加数) a cell is not what the two columns make that the others follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Row, figure, grids, is_percent, pairs, shown

_HEAD = re.compile(
    "结转|结余|余额|差额|差距|缺口|剩余|未(?:支[出付]|到位|执行|完成|使用|落实|拨付)|增减|净增|增加|减少|变化"
)
_GROWN = re.compile("增|变化|减少|提高")
_CELL = re.compile(r"(?:净?增加|增长|提高|上升|减少|下降|降低|[+＋−-])?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:个百分点)?")
_FALL = re.compile("减少|下降|降低|[−-]")
_CAME = re.compile("下达|预算|到位|拨付|安排|应收|合同|收入")
_SPENT = re.compile("支出|支付|执行|使用|(?<!未)完成|已付|实收")
_LEFT = re.compile("结余|余额|剩余|结转|未")
_LEAST = 3
_HALF = Decimal("0.5")
_MOST = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class _Difference:
    """Which two columns a column is the difference of, and the rows that do not follow."""

    whole: int
    part: int
    others: tuple[tuple[Row, Decimal], ...]


@rule("ARI041", kind="sum_mismatch", severity="error", since="0.7")
def difference_unlike_columns(context: Context) -> Iterator[Problem]:
    """结转、缺口、增加数一类的栏，与同一行的两个数相减不符。

    ## 为什么
    结转等于预算减支出，缺口等于应到减实到；别的行都对得上，只有一行对不上，那一行必有一个数写错了。

    ## 不合格
    | 项目 | 预算数 | 支出数 | 年末结转 |
    |---|---|---|---|
    | 工程维护 | 1180 | 1121 | 59 |
    | 水资源保护 | 640 | 512 | 128 |
    | 应急物资 | 980 | 872 | 108 |
    | 监测网络 | 800 | 628 | 162 |

    ## 合格
    | 项目 | 预算数 | 支出数 | 年末结转 |
    |---|---|---|---|
    | 工程维护 | 1180 | 1121 | 59 |
    | 水资源保护 | 640 | 512 | 128 |
    | 应急物资 | 980 | 872 | 108 |
    | 监测网络 | 800 | 628 | 172 |

    ## 例外
    由多数行看出这一栏是哪两栏之差；看不出的不判断。增长率、增幅由 ARI009 报；“增加 25%”一类的文字由 ARI024 报。

    ## 依据
    财预〔2020〕10号：资金的预算数、执行数和结转结余应当衔接。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            for column in grid.columns:
                head = column.words.rpartition("/")[2]
                if _HEAD.search(head) and not is_percent(grid, column.index) and not _is_growth(grid, head):
                    yield from _problems(grid, column.index, context)


def _is_growth(grid: Grid, head: str) -> bool:
    """Whether a column tells the growth from one year to another, which ARI009 judges."""
    years = {column.year for column in grid.columns if column.year is not None and column.index in grid.numbers}
    return len(years) > 1 and bool(_GROWN.search(head))


def _problems(grid: Grid, column: int, context: Context) -> Iterator[Problem]:
    found = _difference(grid, column)
    if found is None:
        return
    for row in grid.rows:
        context.judged(*(grid.value(row, each) for each in (found.whole, found.part, column)))
    for row, expected in found.others:
        value, whole, part = (grid.value(row, each) for each in (column, found.whole, found.part))
        yield at_value(
            value,
            f"{whole.text.strip()} 与 {part.text.strip()} 相差 {shown(expected)}，写的是 {value.text.strip()}",
            expected=shown(expected),
            row=grid.name(row),
            related=(related(whole), related(part)),
        )


def _difference(grid: Grid, column: int) -> _Difference | None:
    """The pair of columns that most rows of a column follow, the more the better."""
    amounts = [each for each in grid.numbers if each != column]
    best: tuple[int, _Difference] | None = None
    for whole, part in pairs(amounts):
        fitting = 0
        others: list[tuple[Row, Decimal]] = []
        for row in grid.rows:
            told = _told(grid, row, column)
            first, last = figure(grid.value(row, whole)), figure(grid.value(row, part))
            if told is None or first is None or last is None or grid.value(row, part).is_nothing:
                continue
            if first - last == told:
                fitting += bool(last)
            elif abs(abs(first - last) - abs(told)) > Decimal("0.011"):
                others.append((row, first - last))
        named = len(amounts) == 2 and _is_named(grid, whole, part, column)
        enough = fitting >= (1 if named else _LEAST) and fitting >= (_HALF if named else _MOST) * (
            fitting + len(others)
        )
        if enough and (best is None or fitting > best[0]):
            best = fitting, _Difference(whole, part, tuple(others))
    return best[1] if best else None


def _is_named(grid: Grid, whole: int, part: int, rest: int) -> bool:
    """Whether the headers say what is left of what: 下达, 已支付, 未支付."""
    heads = [grid.columns[each].words.rpartition("/")[2] for each in (whole, part, rest)]
    return all(words.search(head) for words, head in zip((_CAME, _SPENT, _LEFT), heads, strict=True)) and not (
        _SPENT.search(heads[0]) or _CAME.search(heads[1])
    )


def _told(grid: Grid, row: Row, column: int) -> Decimal | None:
    """The number of a cell, with its sign where words or marks give it one (“减少 3”)."""
    value = grid.value(row, column)
    match = _CELL.fullmatch(value.text.strip())
    if match is None:
        return None
    number = Decimal(match[1].replace(",", ""))
    return -number if _FALL.match(value.text.strip()) else number
