"""ARI057: what there was, and what came and went, do not make what there is at the end."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_value, related, rule
from taizhang.checks.rules._grid import Grid, Row, decimals, figure, grids, is_percent, shown

_FIRST = re.compile(r"^(?:上年末|上年底|期初|年初|上期末|上年结存|20\d\d年末)(?:存量|数量?|余额|结存|人数|个数|总数)?$")
_LAST = re.compile(r"^(?:本年末|年末|期末|本年底|年底|本期末|20\d\d年末)(?:存量|数量?|余额|结存|人数|个数|总数)?$")
_IN = re.compile(
    r"^(?:本年|当年|本期|年内|期内)?(?:新增|增加|转入|新建|加入|收入|引进|新开|入库|购入)(?:数量?|人数|金额|个数)?$"
)
_OUT = re.compile(
    r"^(?:本年|当年|本期|年内|期内)?(?:减少|下线|退出|注销|转出|淘汰|报废|撤销|停用|关闭|离职|出库|流失|支出)(?:数量?|人数|金额|个数)?$"
)
_LEAST = 2  # rows that add up, by which the reading of the columns is proved


class _Flow(NamedTuple):
    """The columns of what there was, what came, what went, and what there is."""

    first: int
    coming: tuple[int, ...]
    going: tuple[int, ...]
    last: int


@rule("ARI057", kind="sum_mismatch", severity="error", since="0.9")
def stock_unlike_flow(context: Context) -> Iterator[Problem]:
    """年初数加新增减减少，不等于年末数。

    ## 为什么
    存量、新增、减少、年末并排写在一行里，一加一减便知；对不上，四个数里必有一个错。

    ## 不合格
    | 资源 | 上年末存量 | 本年新增 | 本年下线 | 本年末存量 |
    |---|---|---|---|---|
    | 微课 | 2460 | 380 | 120 | 2720 |
    | 直播课 | 310 | 96 | 24 | 392 |
    | 数字教材 | 58 | 14 | 2 | 70 |

    ## 合格
    | 资源 | 上年末存量 | 本年新增 | 本年下线 | 本年末存量 |
    |---|---|---|---|---|
    | 微课 | 2460 | 380 | 120 | 2720 |
    | 直播课 | 310 | 96 | 24 | 382 |
    | 数字教材 | 58 | 14 | 2 | 70 |

    ## 例外
    表头认得出年初（上年末）、新增、减少、年末各栏，而且至少有两行、且多数行加得上，才判断；舍入之内的差别不报。

    ## 依据
    财预〔2020〕10号：绩效自评数据应真实、准确。
    """
    for reading in context.readings:
        for grid in grids(reading, context):
            flow = _flow(grid)
            if flow is not None:
                yield from _problems(grid, flow, context)


def _flow(grid: Grid) -> _Flow | None:
    heads = [
        (c, re.sub(r"[（(][^（()）]*[)）]|\s", "", grid.columns[c].words.rpartition("/")[2]))
        for c in grid.numbers if not is_percent(grid, c)
    ]  # fmt: skip
    first = [c for c, head in heads if _FIRST.match(head)]
    coming = tuple(c for c, head in heads if _IN.match(head))
    going = tuple(c for c, head in heads if _OUT.match(head))
    last = [c for c, head in heads if _LAST.match(head) and c not in first[:1]]
    if not first or len(last) != 1 or not coming or not going:
        return None
    return _Flow(first[0], coming, going, last[0])


def _problems(grid: Grid, flow: _Flow, context: Context) -> Iterator[Problem]:
    made = [(row, expected) for row in grid.rows if (expected := _made(grid, flow, row)) is not None]
    wrong = [(row, expected) for row, expected in made if _is_off(grid, flow, row, expected)]
    if len(made) - len(wrong) < _LEAST or len(wrong) * 2 > len(made):
        return
    columns: Sequence[int] = (flow.first, *flow.coming, *flow.going)
    for row, expected in wrong:
        value = grid.value(row, flow.last)
        context.judged(value, *(grid.value(row, column) for column in columns))
        terms = grid.value(row, flow.first).text.strip()
        terms += "".join(f" + {grid.value(row, c).text.strip() or '0'}" for c in flow.coming)
        terms += "".join(f" - {grid.value(row, c).text.strip() or '0'}" for c in flow.going)
        yield at_value(
            value, f"{terms} = {shown(expected)}，写的是 {value.text.strip()}", expected=shown(expected),
            row=grid.name(row), related=tuple(related(grid.value(row, column)) for column in columns),
        )  # fmt: skip


def _made(grid: Grid, flow: _Flow, row: Row) -> Decimal | None:
    """What a row comes to; None where one of its cells is no number."""
    first, last = (figure(grid.value(row, column)) for column in (flow.first, flow.last))
    coming, going = ([figure(grid.value(row, c)) for c in columns] for columns in (flow.coming, flow.going))
    if first is None or not last or any(number is None for number in (*coming, *going)):
        return None
    return first + sum(number or Decimal(0) for number in coming) - sum(number or Decimal(0) for number in going)


def _is_off(grid: Grid, flow: _Flow, row: Row, expected: Decimal) -> bool:
    values = [grid.value(row, column) for column in (flow.first, *flow.coming, *flow.going, flow.last)]
    places = decimals(values)
    slack = Decimal("0.5").scaleb(-places) * len(values) if places else Decimal(0)
    return abs(expected - (figure(values[-1]) or Decimal(0))) > slack
