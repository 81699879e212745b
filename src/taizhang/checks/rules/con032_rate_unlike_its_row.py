"""CON032: the running text quotes a row of a table, and gives its rate otherwise."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, related, rule
from taizhang.checks.rules._grid import Grid, figure, grids, is_percent
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier, sentences
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.intake.matching import significant
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading

_RATE = re.compile(
    r"(?P<name>[一-鿿]{2,12}率)(?:为|达到?|是|仅为?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右|以内)"
)
_OTHERWISE = re.compile("上年|去年|目标|计划|力争|预计|全省|全市|平均|进度|较|比")
_TELLING = 4  # digits that two amounts do not have in common by chance
_NAME = 3  # characters of a rate that the header has too: 执行率
_NEAR = Decimal(15)  # points: a rate further off is another one


class _Row(NamedTuple):
    """A row in which an amount stands, with its rates by the name of their column."""

    cell: Value
    rates: Mapping[str, Value]


@rule("CON032", kind="rate_mismatch", severity="warning", since="0.9")
def rate_unlike_its_row(context: Context) -> Iterator[Problem]:
    """正文照抄了表中一行的金额，紧接着写的比率却与这一行不同。

    ## 为什么
    “全年支出 2899.2 万元，执行率 97.2%”，金额与表中合计行相同，合计行的执行率却是 96.0%：两个比率只能有一个对。

    ## 不合格
    全年实际支出 2899.2 万元，整体预算执行率 97.2%。

    | 类别 | 预算（万元） | 支出（万元） | 执行率 |
    |---|---|---|---|
    | 基本支出 | 1130.0 | 1118.6 | 99.0% |
    | 项目支出 | 1890.0 | 1780.6 | 94.2% |
    | 合计 | 3020.0 | 2899.2 | 96.0% |

    ## 合格
    全年实际支出 2899.2 万元，整体预算执行率 96.0%。

    | 类别 | 预算（万元） | 支出（万元） | 执行率 |
    |---|---|---|---|
    | 基本支出 | 1130.0 | 1118.6 | 99.0% |
    | 项目支出 | 1890.0 | 1780.6 | 94.2% |
    | 合计 | 3020.0 | 2899.2 | 96.0% |

    ## 例外
    金额不足四位有效数字的、在几行里出现的、比率的名称与表头不同的，不比；说上年、目标、平均的不比；相差十五个百分点以上的多半是另一个比率。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        told = [each for each in sentences(reading, context) if each.tells_rate and "率" in each.text]
        rows = _rows(reading, context) if told else {}
        for sentence in told if rows else ():
            for match in _RATE.finditer(sentence.text, sentence.begin, sentence.end):
                yield from _problem(sentence, match, rows, context)


def _rows(reading: Reading, context: Context) -> Mapping[Decimal, Sequence[_Row]]:
    """The rows that tell rates, by each amount of theirs that is long enough."""
    found: dict[Decimal, list[_Row]] = defaultdict(list)
    for grid in grids(reading, context):
        rates = {c: bare(grid.columns[c].words.rpartition("/")[2]) for c in grid.numbers if is_percent(grid, c)}
        rates = {c: name for c, name in rates.items() if name.endswith("率")}
        for row in grid.rows if rates else ():
            known = {name: grid.value(row, c) for c, name in rates.items()}
            for column in grid.numbers:
                cell = grid.value(row, column)
                number = figure(cell)
                if column not in rates and number and significant(number) >= _TELLING:
                    found[_base(grid, cell, column, context)].append(_Row(cell, known))
    return found


def _base(grid: Grid, cell: Value, column: int, context: Context) -> Decimal:
    number = figure(cell) or Decimal(0)
    unit = grid.columns[column].unit or grid.table.unit or ""
    return context.profile.catalogue.normal(Quantity(number, unit))[0]


def _problem(
    sentence: Sentence, match: re.Match[str], rows: Mapping[Decimal, Sequence[_Row]], context: Context
) -> Iterator[Problem]:
    amount = next(iter(reversed(earlier(sentence, match.start("rate")))), None)
    if amount is None or not _is_quoted(sentence, amount, match):
        return
    quoting = rows.get(amount.value, ())
    if len(quoting) != 1:
        return
    row = quoting[0]
    cells = [cell for name, cell in row.rates.items() if match["name"].endswith(name[-_NAME:])]
    right = figure(cells[0]) if len(cells) == 1 else None
    told = Decimal(match["rate"])
    if right is None or _agree(told, right) or abs(told - right) > _NEAR:
        return
    context.compared(cells[0])
    yield sentence.passage.problem(
        match.start(), match.end(),
        f"{sentence.printed(amount)} 是表中的一行，这一行的比率是 {cells[0].text.strip()}，这里写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=cells[0].text.strip(), related=(related(cells[0]), related(row.cell)),
    )  # fmt: skip


def _is_quoted(sentence: Sentence, amount: Figure, match: re.Match[str]) -> bool:
    """Whether the rate is told right behind an amount, of the same time and of it."""
    between = sentence.text[amount.end : match.start()]
    if amount.quantity.bound is not Bound.EXACT or not re.fullmatch("[，,（(]?[^，。；、\\d]{0,4}", between):
        return False
    return not _OTHERWISE.search(clause(amount.label) + between + match["name"])


def _agree(told: Decimal, right: Decimal) -> bool:
    """Whether two rates are one, the coarser of the two rounded."""
    places = max(0, min(-int(told.as_tuple().exponent), -int(right.as_tuple().exponent)))
    return abs(told - right) <= Decimal("0.51").scaleb(-places)
