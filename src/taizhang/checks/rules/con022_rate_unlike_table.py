"""CON022: the running text tells a rate otherwise than the table row of the same name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import Kind, figure, grids, is_percent
from taizhang.checks.rules._period import report_year
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value, parts_of
from taizhang.intake.reading import Reading

_TOLD = re.compile(
    r"(?P<name>[^，。；：、（()\s\d%％]{3,24}[率度])(?:分别)?(?:为|是|达到?|达)\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右|以内)"
)
_OWN = re.compile(
    "学校|全校|我校|本校|毕业生|应届|本届|其中|全年|年末|总体|整体|今年|本年|本年度?|调查显示|的|20\\d\\d\\s*[年届级]度?|[，,]"
)
_NOT = re.compile("上年|去年|上一|较|比|目标|计划|预期|力争|不低于|要求|标准|全省|全国|行业|平均|中位")
_OF_TARGET = re.compile("完成|达成|实现|执行|进度|得分|分值|权重|目标|占比|增")
_STOP = re.compile(r"[。；;！？\n]")
_YEAR = re.compile(r"20\d\d")
_LEAST = 4  # characters of a rate that can mean but one thing


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of rates: its only value, or those of its years."""

    cells: tuple[tuple[int | None, Value], ...]


@rule("CON022", kind="contradiction", severity="warning", since="0.7")
def rate_unlike_table(context: Context) -> Iterator[Problem]:
    """正文里的比率，与表中同名的一行（报告年度的一栏）不同。

    ## 为什么
    “对口率 83.1%”与表里的 81.3% 只能有一个对；多半是数字颠倒，或表改了、文没有改。

    ## 不合格
    毕业生专业对口率为 83.1%。

    | 项目 | 2023年 | 2024年 |
    |---|---|---|
    | 毕业生人数（人） | 3520 | 3640 |
    | 专业对口率 | 79.9% | 81.3% |

    ## 合格
    毕业生专业对口率为 81.3%，2023 年专业对口率为 79.9%。

    | 项目 | 2023年 | 2024年 |
    |---|---|---|
    | 毕业生人数（人） | 3520 | 3640 |
    | 专业对口率 | 79.9% | 81.3% |

    ## 例外
    名称前另有限定（某学院、某专业）的，说上年、目标、平均的，不比较；表中同名的有几行而数不同的，不判断；
    与表中这一行任何一年相同、或舍入以后相同的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for reading in context.readings:
        texts = [p for p in reading.document.paragraphs if "率" in p.text or "度" in p.text]
        texts = [p for p in texts if ("%" in p.text or "％" in p.text) and _TOLD.search(p.text)]
        rows = _rows(reading, context) if texts else {}
        for paragraph in texts if rows else ():
            for match in _TOLD.finditer(paragraph.text):
                yield from _problem(paragraph, match, rows, report_year(reading, context), context)


def _rows(reading: Reading, context: Context) -> Mapping[str, Sequence[_Row]]:
    """The rows of rates by their names; tables of targets are judged by other rules."""
    found: dict[str, list[_Row]] = {}
    for grid in grids(reading, context):
        if reading.plans.of_table(grid.table):
            continue
        if any(_OF_TARGET.search(c.words) for c in grid.columns if c.index in grid.numbers):
            continue  # a rate of completion is another rate than the one that the row is named by
        years = [c for c in grid.columns if c.index in grid.numbers and c.year is not None]
        places = years if len(years) == len(grid.numbers) else []
        single = [c for c in grid.columns if c.index in grid.numbers] if len(grid.numbers) == 1 else []
        for row in grid.rows:
            name = bare(parts_of(grid.name(row))[1])
            if row.kind is not Kind.PART or not name.endswith(("率", "度")) or len(name) < _LEAST:
                continue
            cells = [(int(c.year) if c.year else None, grid.value(row, c.index)) for c in places or single]
            rates = [
                (year, cell)
                for year, cell in cells
                if figure(cell) and (is_percent(grid, cell.column) or _is_rate(cell))
            ]
            if rates:
                found.setdefault(name, []).append(_Row(tuple(rates)))
    return found


def _is_rate(cell: Value) -> bool:
    return cell.quantity is not None and cell.quantity.unit in {"%", "％"}


def _problem(
    paragraph: Paragraph, match: re.Match[str], rows: Mapping[str, Sequence[_Row]], year: int | None, context: Context
) -> Iterator[Problem]:
    name = bare(match["name"])
    label = max((each for each in rows if name.endswith(each)), key=len, default=None)
    begin = max((stop.end() for stop in _STOP.finditer(paragraph.text, 0, match.start())), default=0)
    before = paragraph.text[begin : match.start()]
    if label is None or len(rows[label]) != 1 or _NOT.search(before):
        return
    clause = re.split("[，,：:]", before)[-1]
    if _OWN.sub("", bare(clause + match["name"]).removesuffix(label)):
        return
    told, row = Decimal(match["rate"]), rows[label][0]
    spoken = {int(each) for each in _YEAR.findall(before + name)}
    if any(_agree(told, figure(cell)) for _, cell in row.cells) or len(spoken) > 1:
        return
    meant = spoken.pop() if spoken else year
    cells = [cell for of, cell in row.cells if of is None or of == meant]
    if len(cells) != 1:
        return
    context.compared(cells[0])
    yield at_text(
        paragraph, match.start(), match.end(), f"表中“{label}”是 {cells[0].text.strip()}，这里写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=cells[0].text.strip(), related=(related(cells[0]),),
    )  # fmt: skip


def _agree(told: Decimal, value: Decimal | None) -> bool:
    """Whether two rates are one, the coarser of the two rounded."""
    if value is None:
        return True
    places = min(-int(told.as_tuple().exponent), -int(value.as_tuple().exponent))
    return abs(told - value) <= Decimal("0.51").scaleb(-max(places, 0))
