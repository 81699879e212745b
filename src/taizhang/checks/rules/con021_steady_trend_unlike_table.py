"""CON021: the text says that something grew (or fell) year after year, and the table shows a year in which it did not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import Grid, Kind, figure, grids
from taizhang.core import numeral, period
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value, parts_of
from taizhang.intake.reading import Reading

_TREND = re.compile(
    r"(?P<name>[^，。；：、,;:\n]{2,24}?)(?:(?:近[两二三四五六\d]年[来间]?)?(?:呈|实现|保持)?(?:连续(?P<years>[两二三四五六2-6])年|逐年|连年|年年)(?:保持|实现|持续|稳步|稳定|呈|均)*)"
    r"(?P<way>增长|上升|提高|提升|递增|增加|攀升|扩大|走高|下降|减少|降低|递减|回落)"
)
# “在校生满意度连续三年保持在 93% 以上”
_KEPT = re.compile(
    r"(?P<name>[^，。；：、,;:\n]{2,24}?)(?:近|连续)(?P<years>[两二三四五六2-6])年(?:来)?(?:均|都|始终|一直|稳定)*(?:保持|稳定|维持|达到?|超过|高于)+在?了?\s*(?P<floor>\d+(?:\.\d+)?)\s*[%％](?:及?以上)"
)
_FALL = re.compile("下降|减少|降低|递减|回落")
_HINT = re.compile("连续.年|逐年|连年|年年")
_IDLE = re.compile(
    "我校|全校|学校|学院|全院|本校|中心|规模|总量|数量|总数|人数|人次|金额|总额|水平|总体|每年|年度|近?[两二三四五六]年[来间]?|近年来|均|也|呈|已|的|并|且|其中|实现|保持"
)
_YEAR_ROW = re.compile(r"(20\d\d)\s*年?(?:度|学年|届)?")
_YEAR_IN_HEAD = re.compile(r"20\d\d\s*年?度?")
_TAIL = re.compile("(?:总?数量?|总?人数|总?额)$")
_PLANNED = re.compile("计划|目标|预算|预期|基数|标准|同比|增|占")
_LEVEL = re.compile("^(?:国家|省部?|市厅?|校)级(?:及?以上)?")
_TELLING = 4  # characters of a name that may leave out the level
_LEAST = 2  # characters of a name
_FEWEST = 3  # years
_HUNDRED = 100  # per cent


class _Year(NamedTuple):
    """What a table has of a thing for a year."""

    year: int
    number: Decimal
    cell: Value


@rule("CON021", kind="contradiction", severity="warning", since="0.7")
def steady_trend_unlike_table(context: Context) -> Iterator[Problem]:
    """正文说“连续增长”“逐年提高”，表中有一年却是下降的。

    ## 为什么
    表里分年列着数，中间有一年回落，“连年增长”就不实；专家看趋势时先看的就是这一行。

    ## 不合格
    社会培训量连年增长。

    | 项目 | 2021年 | 2022年 | 2023年 |
    |---|---|---|---|
    | 社会培训量（人次） | 5200 | 4800 | 6900 |
    | 技术服务到款（万元） | 120 | 160 | 210 |

    ## 合格
    社会培训量稳步增长，技术服务到款逐年增长。

    | 项目 | 2021年 | 2022年 | 2023年 |
    |---|---|---|---|
    | 社会培训量（人次） | 5200 | 4800 | 6900 |
    | 技术服务到款（万元） | 120 | 160 | 210 |

    ## 例外
    名称另有限定的、表中不足三年的、与上年持平的，不报；“连续三年”只看最后三年。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个说法。
    """
    for reading in context.readings:
        texts = [paragraph for paragraph in reading.document.paragraphs if _HINT.search(paragraph.text)]
        told = _series(reading, context) if texts else {}
        for paragraph in texts if told else ():
            yield from _problems(paragraph, told)
            yield from _not_kept(paragraph, told)


def _not_kept(paragraph: Paragraph, told: Mapping[str, Sequence[_Year]]) -> Iterator[Problem]:
    """A rate that is said to have been above a line for years, and a year in which the table has it below."""
    for match in _KEPT.finditer(paragraph.text) if "以上" in paragraph.text else ():
        name, floor = _plain(match["name"]), Decimal(match["floor"])
        years = (told.get(name) or _of_caption(name, told))[-int(numeral.parse(match["years"]) or match["years"]) :]
        below = next((each for each in years if each.number < floor), None)
        if below is not None and max(each.number for each in years) <= _HUNDRED:
            start, words = match.start("years") - 2, f"{below.year} 年是 {below.cell.text.strip()}"
            yield at_text(
                paragraph, start, match.end(), f"写的是“{paragraph.text[start : match.end()]}”，表中 {words}",
                expected=words, related=(related(below.cell),),
            )  # fmt: skip


def _of_caption(name: str, told: Mapping[str, Sequence[_Year]]) -> Sequence[_Year]:
    """The only row that is named by the first words, the rest of which its table's caption has (在校生 of 满意度)."""
    found = [
        years for label, years in told.items()
        if name.startswith(label) and name[len(label) :] in bare(years[0].cell.table.caption or "")
    ]  # fmt: skip
    return found[0] if len(found) == 1 else ()


def _problems(paragraph: Paragraph, told: Mapping[str, Sequence[_Year]]) -> Iterator[Problem]:
    for match in _TREND.finditer(paragraph.text):
        name = _plain(match["name"])
        years = told.get(name) or _of_longer_name(name, told)
        count = int(numeral.parse(match["years"]) or 0) if match["years"] else 0
        years = years[-count:] if count else years
        if len(years) < _FEWEST:
            continue
        falls = bool(_FALL.search(match["way"]))
        odd = next((pair for pair in pairwise(years) if _turns(*pair, falls=falls)), None)
        if odd is not None:
            before, after = odd
            words = f"{before.year} 年 {before.cell.text.strip()}，{after.year} 年 {after.cell.text.strip()}"
            start = match.start() + len(match["name"])
            yield at_text(
                paragraph, start, match.end(), f"写的是“{paragraph.text[start : match.end()]}”，表中{words}",
                expected=words, related=(related(before.cell), related(after.cell)),
            )  # fmt: skip


def _plain(name: str) -> str:
    return _TAIL.sub("", _IDLE.sub("", bare(period.without(name))))


def _of_longer_name(name: str, told: Mapping[str, Sequence[_Year]]) -> Sequence[_Year]:
    """What the only row has whose name is the one told but for the level before it (“省级以上展演获奖” for 展演获奖)."""
    longer = [label for label in told if len(name) >= _TELLING and _LEVEL.sub("", label) == name]
    return told[longer[0]] if len(longer) == 1 else ()


def _turns(before: _Year, after: _Year, *, falls: bool) -> bool:
    return after.number > before.number if falls else after.number < before.number


def _series(reading: Reading, context: Context) -> dict[str, tuple[_Year, ...]]:
    """What the tables have of each thing, year by year; things of which two tables tell differently are left out."""
    found: dict[str, list[tuple[_Year, ...]]] = defaultdict(list)
    for grid in grids(reading, context):
        for name, years in (*_of_rows(grid), *_of_columns(grid)):
            plain = _TAIL.sub("", _IDLE.sub("", bare(parts_of(name)[1])))
            if len(plain) >= _LEAST and len(years) >= _FEWEST:
                found[plain].append(tuple(sorted(years)))
    return {name: several[0] for name, several in found.items() if len({_numbers(each) for each in several}) == 1}


def _numbers(years: Sequence[_Year]) -> tuple[tuple[int, Decimal], ...]:
    return tuple((each.year, each.number) for each in years)


def _of_rows(grid: Grid) -> Iterator[tuple[str, list[_Year]]]:
    """The rows of a table whose columns are years."""
    every = [c for c in grid.columns if c.year and c.index in grid.numbers and not _PLANNED.search(c.words)]
    most = Counter(_YEAR_IN_HEAD.sub("", c.words) for c in every).most_common(1)
    heads = [
        c for c in every if _YEAR_IN_HEAD.sub("", c.words) == most[0][0]
    ]  # not “2024年有效问卷（份）” beside the rates
    if len({c.year for c in heads}) != len(heads):
        return
    for row in grid.rows:
        cells = [(int(c.year or 0), grid.value(row, c.index)) for c in heads]
        yield grid.name(row), [_Year(y, n, cell) for y, cell in cells if (n := figure(cell)) is not None and n]


def _of_columns(grid: Grid) -> Iterator[tuple[str, list[_Year]]]:
    """The columns of a table whose rows are years."""
    rows = [(int(m[1]), row) for row in grid.rows if (m := _YEAR_ROW.fullmatch(bare(grid.name(row))))]
    if len(rows) < _FEWEST or any(row.kind is Kind.SUBSET for _, row in rows):
        return
    for column in grid.columns:
        if column.index in grid.numbers and not _PLANNED.search(column.words):
            cells = [(year, grid.value(row, column.index)) for year, row in rows]
            yield column.words, [_Year(y, n, cell) for y, cell in cells if (n := figure(cell)) is not None and n]
