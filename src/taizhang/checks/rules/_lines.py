"""What the rules on contradictions share: the columns and rows of tables as lines of figures, each found by its name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading
from taizhang.intake.wording import Words

_NO_FIGURES = frozenset({"sequence", "score", "weight", "rate", "reason", "evidence", "responsible", "verdict", "year"})
_NO_NAMES = frozenset({"sequence", "unit", "weight", "score", "responsible", "direction"})
_LEFT_OUT = re.compile(
    "增幅|增长|增速|增减|(?<!新)增加|减少|降低|同比|环比|变化|分值|得分|权重|序号|编号|代码|电话|页|日期|时间|年份|偏差|差额|结余|排名"
)
_TOTAL = re.compile("合计|总计|小计|共计|总和|其中|其他|其它|平均|均值")
_YEAR = re.compile(r"(20\d\d)\s*(?:年|[届级]|学年)")
_UNIT = re.compile(r"[（(]([^（()）\d]{1,8})[)）]$")
_HAN = re.compile("[一-鿿]")
_COUNTED = re.compile(r"(?:(人次|人日|户次|场次|学时)|(人|户|场|件|项|门|部|篇|家|个)数)$")  # what a name ends in
_CODE = re.compile(r"^(?!20\d\d)[\s\d.、．（）()①-⑳-]+")
_GENERIC = re.compile(r"(?:总?数量?|人数|人次|场次|次数|座数|班次|规模|总?额|金额|[量数])$|经费(?=到款)|专业群$")
# What a figure is in the course of things: planned or had, at which stage, and which of the sums of money.
_STAGES = (
    re.compile("目标|计划|预期|预计|指标值|任务数|要求|标准"),
    re.compile("预算|批复|下达|安排"),
    re.compile("调整后?"),
    re.compile("年初|期初|上年|去年|同期|基期|基数|现状|(?<![目提])前"),
    re.compile("期满|终期|最终|期末目标|总目标|总体目标|建设期"),
    re.compile("中期"),
    re.compile("累计|截至|三年|两年|五年"),
    re.compile("合同|签约|协议|申请|申报|报名|推荐"),
    re.compile("到位|到账|拨付"),
    re.compile("支出|执行|使用|列支|支付"),
    re.compile("新增|新建|本年新|当年新"),
    re.compile("平均|[人生师]均"),
)
_SAME_AS_NONE = re.compile("完成|实现|实际|达成|监测|取得|结果|情况|年度|全年|数据|数额|[数值]")
_SAMPLE, _LONGEST = 12, 16
_BEGINS = re.compile(r"[≥≤>＞约近超]?\s*\d")


class Line(NamedTuple):
    """Figures side by side, by the name of each: a column by the names of its rows, or a row by those of its columns."""

    table: Table
    head: str
    thing: frozenset[str]
    year: int | None
    cells: Mapping[object, "Figure"]


class Figure(NamedTuple):
    """A cell with its value in base units, as far as it names a unit, its name, and at which stages it is."""

    at: Value
    row: str
    name: str
    value: Decimal
    dimension: str
    stages: frozenset[int]


def lines_of(reading: Reading, context: Context, words: Words) -> Sequence[Line]:
    """The columns and rows of the tables of a document, but for counts of its own tasks, totals, scores and changes.

    Worked out once: two rules ask for them.
    """
    known: dict[int, tuple[Line, ...]] = context.memo.setdefault("lines", {})
    if id(reading) not in known:
        known[id(reading)] = tuple(_of_tables(reading, context, words))
    return known[id(reading)]


def _of_tables(reading: Reading, context: Context, words: Words) -> Iterator[Line]:
    own = {tally.table.index for tally in reading.plans.tallies}
    for table in reading.document.tables:
        if table.index in own:
            continue
        columns = reading.plans.columns[table.index]
        numbers = [column for column in columns if column.role not in _NO_FIGURES and _is_numeric(table, column)]
        labels = [each.index for each in columns[: numbers[0].index] if each.role not in _NO_NAMES] if numbers else []
        kept = [column for column in numbers if not _LEFT_OUT.search(column.words)]
        if labels and kept:
            rows = {row: _label(table, row, labels) for row in range(table.header, len(table.rows))}
            rows = {row: name for row, name in rows.items() if not _TOTAL.search(name) and not _LEFT_OUT.search(name)}
            yield from _lines_of(table, rows, kept, _grid(table, rows, kept, columns, context), words)


def _grid(
    table: Table, rows: Mapping[int, str], kept: Sequence[Column], columns: Sequence[Column], context: Context
) -> dict[tuple[int, int], Figure]:
    unit_at = next((column.index for column in columns if column.role == "unit"), None)
    whole = _unit(table.caption or "") or table.unit or ""
    grid: dict[tuple[int, int], Figure] = {}
    for row, name in rows.items():
        told = (table.rows[row][unit_at].text.strip() if unit_at is not None else "") or _unit(name)
        for column in kept:
            unit = told or column.unit or _unit(column.words) or whole
            figure = _figure(value_at(table, row, column.index), unit, name, column.words, context)
            if figure is not None:
                grid[row, column.index] = figure
    return grid


def _lines_of(
    table: Table, rows: Mapping[int, str], kept: Sequence[Column], grid: Mapping[tuple[int, int], Figure], words: Words
) -> Iterator[Line]:
    of_caption = _year(table.caption or "")
    keys = {row: _key(name, words) for row, name in rows.items()}
    for column in kept:
        cells = _by_key((keys[row], grid[row, column.index]) for row in rows if (row, column.index) in grid)
        if cells:
            year = int(column.year) if column.year else of_caption
            yield Line(table, column.words, _thing(column.words, words), year, cells)
    heads = {column.index: _key(_SAME_AS_NONE.sub("", column.words), words) for column in kept}
    if sum(key is not None for key in heads.values()) < 2:
        return
    for row, name in rows.items():
        cells = _by_key((heads[each.index], grid[row, each.index]) for each in kept if (row, each.index) in grid)
        if len(cells) > 1:
            yield Line(table, name, _thing(name, words), _year(name) or of_caption, cells)


def _label(table: Table, row: int, labels: Sequence[int]) -> str:
    return next((text for column in reversed(labels) if (text := table.rows[row][column].text.strip())), "")


def _figure(value: Value, unit: str, name: str, head: str, context: Context) -> Figure | None:
    quantity = value.quantity
    if quantity is None or not quantity.value or quantity.bound not in {Bound.EXACT, Bound.AT_LEAST}:
        return None
    unit = quantity.unit or unit
    if not unit and (counted := _COUNTED.search(name)):
        unit = counted[1] or counted[2]
    normal, dimension = context.profile.catalogue.normal(Quantity(quantity.value, unit))
    return Figure(value, name, f"{name} {head}".strip(), normal, dimension, _stages(name) | _stages(head))


def _by_key(found: Iterator[tuple[object, Figure]]) -> dict[object, Figure]:
    """Each figure by what its label is of; none of a label that stands twice."""
    cells: dict[object, Figure] = {}
    twice: set[object] = set()
    for key, figure in found:
        if key in cells:
            twice.add(key)
        elif key is not None:
            cells[key] = figure
    for key in twice:
        del cells[key]
    return cells


def _is_numeric(table: Table, column: Column) -> bool:
    """Whether most of a column is figures; its first rows tell."""
    filled = [text for row in table.body[:_SAMPLE] if (text := row[column.index].text.strip())]
    return sum(len(text) < _LONGEST and _BEGINS.match(text) is not None for text in filled) * 2 > len(filled)


@lru_cache(maxsize=8192)
def _core(label: str) -> str:
    text = _CODE.sub("", bare(label).rpartition("/")[2])
    return _GENERIC.sub("", _UNIT.sub("", text))


def _key(label: str, words: Words) -> object | None:
    """What a label is of: a year alone is its own key, a label of nothing has none."""
    core = _without_stages(_core(label))
    year = _YEAR.search(label)
    if year and not _HAN.search(_YEAR.sub("", core)):
        return year[1]
    wording = words.wording(core)
    if not wording.free:
        return None
    return wording.free, wording.levels, wording.narrowed, wording.sides, year[1] if year else None


def _thing(head: str, words: Words) -> frozenset[str]:
    plain = _SAME_AS_NONE.sub("", _YEAR.sub("", _core(head)))
    for stage in _STAGES:
        plain = stage.sub("", plain)
    return words.wording(plain).free


def _unit(label: str) -> str:
    marked = _UNIT.search(label.strip())
    return marked[1].removeprefix("单位：").removeprefix("单位:") if marked else ""


@lru_cache(maxsize=4096)
def _without_stages(text: str) -> str:
    for stage in _STAGES[:4]:
        text = stage.sub("", text)
    return text


@lru_cache(maxsize=4096)
def _stages(text: str) -> frozenset[int]:
    return frozenset(place for place, stage in enumerate(_STAGES) if stage.search(text))


def _year(text: str) -> int | None:
    found = set(_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None
