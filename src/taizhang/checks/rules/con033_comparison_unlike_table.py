"""CON033: the text says by how much one row or column of a table exceeds another, and it is the other way round."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import Grid, Kind, figure, grids, is_percent, shown
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value

_COMPARED = re.compile(
    r"(?:^|(?<=[，。；、：,;:\s]))(?P<one>[一-鿿A-Za-z0-9“”]{2,16}?)比(?P<other>[一-鿿A-Za-z0-9“”]{2,16}?)(?P<way>多|少|高出?|低)(?:了)?\s*"
    r"(?P<by>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>个百分点|[%％]|[万亿]?[一-鿿]{1,2})"
)
_HINT = re.compile(r"比[^，。；]{2,16}[多少高低]出?了?\s*\d")
_LESS = ("少", "低")
_POINTS = {"个百分点", "%", "％"}


@rule("CON033", kind="contradiction", severity="warning", since="0.9")
def comparison_unlike_table(context: Context) -> Iterator[Problem]:
    """正文说甲比乙多（少）多少，表中正好相反。

    ## 为什么
    “一季度比四季度多 0.4 万人次”，表里一季度 8.4、四季度 8.8：差数对，方向反了，结论就不成立。

    ## 不合格
    从季节看，一季度比四季度多 0.4 万人次。

    | 场馆 | 一季度 | 二季度 | 三季度 | 四季度 |
    |---|---|---|---|---|
    | 天文厅（万人次） | 3.2 | 4.6 | 6.8 | 3.4 |
    | 海洋厅（万人次） | 5.2 | 7.1 | 11.1 | 5.4 |
    | 合计（万人次） | 8.4 | 11.7 | 17.9 | 8.8 |

    ## 合格
    从季节看，一季度比四季度少 0.4 万人次。

    | 场馆 | 一季度 | 二季度 | 三季度 | 四季度 |
    |---|---|---|---|---|
    | 天文厅（万人次） | 3.2 | 4.6 | 6.8 | 3.4 |
    | 海洋厅（万人次） | 5.2 | 7.1 | 11.1 | 5.4 |
    | 合计（万人次） | 8.4 | 11.7 | 17.9 | 8.8 |

    ## 例外
    两个名称都是同一张表的行名或栏名，差数与表中的差相同而方向相反的才报；有一处方向相符的不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个说法。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if "比" in paragraph.text and _HINT.search(paragraph.text):
                for match in _COMPARED.finditer(paragraph.text):
                    yield from _problem(paragraph, match, grids(reading, context), context)


def _problem(paragraph: Paragraph, match: re.Match[str], known: Sequence[Grid], context: Context) -> Iterator[Problem]:
    by = Decimal(match["by"].replace(",", ""))
    pairs = [pair for grid in known for pair in _pairs(grid, bare(match["one"]), bare(match["other"]), match["unit"])]
    sign = -1 if match["way"].startswith(_LESS) else 1
    if not by or any(_gap(one, other) * sign == by for one, other in pairs):
        return
    turned = [(one, other) for one, other in pairs if -_gap(one, other) * sign == by]
    if turned:
        one, other = turned[0]
        context.compared(one)
        yield at_text(
            paragraph, match.start(), match.end(),
            f"表中“{match['one']}”是 {one.text.strip()}，“{match['other']}”是 {other.text.strip()}，应为{'多' if sign < 0 else '少'} {shown(by)}，方向反了",
            printed=match[0], expected=f"{one.text.strip()} 比 {other.text.strip()} {'多' if sign < 0 else '少'}",
            related=(related(one), related(other)),
        )  # fmt: skip


def _gap(one: Value, other: Value) -> Decimal:
    return (figure(one) or Decimal(0)) - (figure(other) or Decimal(0))


def _pairs(grid: Grid, one: str, other: str, unit: str) -> Iterator[tuple[Value, Value]]:
    """The cells of two columns of that name in each row, or of two rows of that name in each column."""
    heads = {bare(grid.columns[c].words.rpartition("/")[2]): c for c in grid.numbers}
    if one in heads and other in heads:
        totals = [row for row in grid.rows if row.kind is Kind.TOTAL] or grid.rows
        for row in totals:
            yield from _pair(grid.value(row, heads[one]), grid.value(row, heads[other]))
    rows = {bare(grid.name(row)): row for row in grid.rows}
    if one in rows and other in rows:
        for column in grid.numbers:
            if is_percent(grid, column) is (unit in _POINTS):
                yield from _pair(grid.value(rows[one], column), grid.value(rows[other], column))


def _pair(one: Value, other: Value) -> Iterator[tuple[Value, Value]]:
    if figure(one) and figure(other):
        yield one, other
