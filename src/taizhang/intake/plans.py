"""Rows of task and indicator tables as typed values: what was promised, what was done, at what rate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from taizhang.core.quantities import number, worded
from taizhang.core.quantity import Bound, Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column, Headers

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ITEM_BEGINS = frozenset(CIRCLED)
_ORDINAL = re.compile(rf"\s*([{CIRCLED}])\s*")
_MARK = re.compile(f"[{CIRCLED}]")
_PER_YEAR = re.compile(r"[/／每]\s*年")
_CODE = re.compile(r"\s*(\d+(?:[.．]\d+){1,4})\s*(?=\D|$)")
_UNIT = re.compile(r"[（(]([^（()）]{1,12})[)）]\s*$")
_UNIT_OF_SEVERAL = re.compile(r"[，,；;]\s*([^，,；;]{1,4})$")
_BASE = re.compile("基数|基期|基线|起点值?$")  # a column of figures before the targets, and not of names
_SEVERAL = 2  # years side by side
ALL_YEARS = re.compile("[两二三四五]年(?:合计|累计|总计)?|合计|累计|总计|总体|期满|终期|期末|建设期(?:合计|累计)?")
"""The heading over the columns that stand for all years of a table."""
_AT_FIRST = re.compile(
    "立项[时前]|建设前|建设初"
)  # a table that tells what there was at first has the target of the end
_CLAIMED = re.compile(
    "(?:已|均|全部|全面|按期|按时|如期|超额|圆满|顺利)*(?:完成|达标|达成|实现|达到|符合)(?:了)?(?:年度|预期|预定|既定)?(?:目标|指标|要求|任务|计划|预期|标准)?"
)
_NOTHING_BEGINS = frozenset("-—–─/无不")
_NOTHING = re.compile(r"\s*[-—–─/]*\s*|无|不适用")


def says_nothing(text: str) -> bool:
    """Whether a text is empty or only a sign for “nothing”."""
    if not text:
        return True
    return (text[0] in _NOTHING_BEGINS or text[0].isspace()) and _NOTHING.fullmatch(text) is not None


class Value(NamedTuple):
    """What stands in one cell, or in one numbered item of a cell: its text and, where it is one, its quantity.

    `start` is where the text begins in the cell.
    """

    table: Table
    row: int
    column: int
    text: str
    quantity: Quantity | None = None
    start: int = 0

    def at(self, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of this value's text."""
        stop = len(self.text) if end is None else end
        return self.table.at(self.row, self.column, self.start + start, self.start + stop)

    @property
    def is_nothing(self) -> bool:
        """Whether the cell is empty or holds only a sign for “nothing”."""
        return self.quantity is None and says_nothing(self.text)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of an indicator table. `name` is the label without code and unit; values are None where no column is.

    `rate` is the printed rate, or the verdict (达标) where the table judges in words.
    """

    label: Value
    code: str | None
    name: str
    unit: str | None
    end: Value | None
    mid: Value | None
    year: Value | None
    actual: Value | None
    rate: Value | None
    reason: Value | None

    @property
    def table(self) -> Table:
        """The table that the row stands in."""
        return self.label.table

    @property
    def goal(self) -> Value | None:
        """The target that the actual value answers to: the checkpoint's, else the year's, else the end's."""
        return self.mid or self.year or self.end

    @property
    def per_year(self) -> bool:
        """Whether the unit says that the figure is one of each year."""
        if self.unit and _PER_YEAR.search(self.unit):
            return True
        goal = self.goal
        words = (self.name, goal.text, goal.table.columns[goal.column]) if goal is not None else (self.name,)
        return any("每年" in text for text in words)


@dataclass(frozen=True, slots=True)
class Point:
    """A task point: what was planned and what is told of it. `name` is `2023③`, or the row's own label."""

    name: str
    year: str | None
    ordinal: str | None
    plan: Value
    done: Value
    rate: Value | None
    task: str

    @property
    def table(self) -> Table:
        """The table that the point stands in."""
        return self.plan.table


@dataclass(frozen=True, slots=True)
class Tally:
    """A row that counts things done: total, done, rate, under one heading of a table's columns."""

    label: Value
    heading: str
    total: Value
    done: Value
    rate: Value | None

    @property
    def table(self) -> Table:
        """The table that the row stands in."""
        return self.label.table


@dataclass(frozen=True)
class Plans:
    """The typed rows of one document, in reading order, and the columns of each table."""

    indicators: tuple[Indicator, ...]
    points: tuple[Point, ...]
    tallies: tuple[Tally, ...]
    columns: dict[int, list[Column]]

    def of_table(self, table: Table) -> Sequence[Indicator]:
        """The indicators of one table."""
        return self._by_table.get(table.index, ())

    @cached_property
    def _by_table(self) -> dict[int, list[Indicator]]:
        found: dict[int, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.table.index, []).append(indicator)
        return found


def value_at(table: Table, row: int, column: int) -> Value:
    """The value in a cell (`row` counts the header rows too)."""
    text = table.rows[row][column].text
    # What Value(…) does, without the price of its defaults: thousands are asked for.
    return tuple.__new__(Value, (table, row, column, text, number(text), 0))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a house speaks of targets: words that claim completion, and words that mark a target as an upper limit."""

    done_words: frozenset[str] = frozenset()
    lower_is_better: tuple[str, ...] = ()

    def limits(self, text: str) -> bool:
        """Whether a row's direction, or a remark in its label, makes its target an upper limit."""
        return any(word in text for word in self.lower_is_better)


def plans(tables: Sequence[Table], headers: Headers, manner: Manner) -> Plans:
    """The typed rows of all tables whose headers say what they hold."""
    indicators: list[Indicator] = []
    points: list[Point] = []
    tallies: list[Tally] = []
    known: dict[int, list[Column]] = {}
    for table in tables:
        columns = known[table.index] = headers.of(table)
        roles = {column.role for column in columns}
        targets = roles & {"target_mid", "target_end", "target_year"}
        if "count_done" in roles and not targets:
            tallies.extend(_tallies(table, columns))
        if {"plan", "done"} <= roles and not targets - {"target_year"}:
            points.extend(_points(table, columns, manner))
        elif targets:
            indicators.extend(_indicators(table, columns, manner))
    return Plans(tuple(indicators), tuple(points), tuple(tallies), known)


def first_of(columns: Sequence[Column], *roles: str) -> int | None:
    """The first column that has one of the roles, the likeliest role first."""
    return next((column.index for role in roles for column in columns if column.role == role), None)


def _indicators(table: Table, columns: list[Column], manner: Manner) -> Iterator[Indicator]:
    label = first_of(columns, "indicator")
    if label is None:
        targets = [c.index for c in columns if c.role in {"target_mid", "target_end", "target_year"}]
        others = {"sequence", "category", "unit", "weight", "actual"}
        before = [c.index for c in columns[: targets[0]] if c.role not in others and not _BASE.search(c.words)]
        if first_of(columns, "actual") in range(targets[0]):  # what was reached stands before its standard
            before = before[:1]
        label = before[-1] if before else None
    of_all_years = _of_all_years(columns)
    actual = of_all_years or first_of(columns, "actual", "count_done", "done")
    if label is None or actual is None:
        return
    group = columns[actual].words.rpartition("/")[0]
    beside = [column for column in columns if group and column.words.startswith(f"{group}/")]
    places = {  # of several years side by side, the target and the rate under the heading of the actual value
        role: first_of(beside, role) if first_of(beside, role) is not None else first_of(columns, role)
        for role in ("target_end", "target_mid", "target_year", "rate", "reason", "unit", "sequence", "direction")
    }
    has_base = any(_AT_FIRST.search(column.words) for column in columns)
    categories = [column.index for column in columns if column.role == "category"]
    for row in range(table.header, len(table.rows)):
        name = value_at(table, row, label)
        if name.is_nothing or table.rows[row][actual].text == name.text:
            continue
        got = {role: value_at(table, row, place) for role, place in places.items() if place is not None}
        if "rate" in got:
            got["rate"] = judged(got["rate"], manner)
        got |= {role: _figure(got[role]) for role in got if role.startswith("target_")}
        if (of_all_years or has_base) and "target_year" in got and "target_end" not in got:
            got["target_end"] = got.pop("target_year")
        code, plain, unit = parts_of(name.text)
        printed_unit = got["unit"].text.strip() if "unit" in got else ""
        number_cell = got["sequence"].text.strip() if "sequence" in got else ""
        kinds = "".join(table.rows[row][column].text for column in categories)
        if manner.limits(got["direction"].text if "direction" in got else kinds + name.text):
            got |= {role: _limit(got[role]) for role in got if role.startswith("target_")}
        yield Indicator(
            name, code or (number_cell if re.fullmatch(r"\d+(?:\.\d+)+", number_cell) else None), plain,
            printed_unit or unit or table.unit, got.get("target_end"), got.get("target_mid"), got.get("target_year"),
            _figure(value_at(table, row, actual)), got.get("rate") or verdict_of(table, row, columns, manner), got.get("reason"),
        )  # fmt: skip


def _of_all_years(columns: Sequence[Column]) -> int | None:
    """Where each year has an actual value and one rate stands for all: the actual value under 期满, 累计, 三年."""
    actuals = [column for column in columns if column.role == "actual" and "/" in column.words]
    rates = [column for column in columns if column.role == "rate"]
    if len(rates) != 1 or "/" in rates[0].words or sum(column.year is not None for column in actuals) < _SEVERAL:
        return None
    whole = [c.index for c in actuals if c.year is None and ALL_YEARS.fullmatch(c.words.rpartition("/")[0])]
    return whole[0] if len(whole) == 1 else None


def _figure(value: Value) -> Value:
    """A target or an actual value that is a number in words."""
    return value if value.quantity is not None else value._replace(quantity=worded(value.text))


def _limit(value: Value) -> Value:
    """A target that is to be kept under, where only its row or its direction column says so."""
    if value.quantity is None or value.quantity.bound is not Bound.EXACT:
        return value
    return value._replace(quantity=value.quantity._replace(bound=Bound.AT_MOST))


def verdict_of(table: Table, row: int, columns: Sequence[Column], manner: Manner) -> Value | None:
    """The verdict of a row, where a table judges in words: one that claims completion counts as 100 %."""
    place = first_of(columns, "verdict")
    if place is None:
        return None
    return judged(value_at(table, row, place), manner)


def judged(value: Value, manner: Manner) -> Value:
    """A rate or a verdict: where words claim that all is done (达标, 已超额完成), it counts as 100 %."""
    told = value.text.strip().rstrip("。")
    if value.quantity is None and (told in manner.done_words or _CLAIMED.fullmatch(told)):
        return value._replace(quantity=Quantity(Decimal(100), "%"))
    return value


def parts_of(label: str) -> tuple[str | None, str, str | None]:
    """An indicator's label taken apart: code, name, unit (“1.1.2.3 解决技术难题（项）”)."""
    code = _CODE.match(label)
    rest = label[code.end() :] if code else label
    unit = _UNIT.search(rest)
    if unit is None:
        return (code[1] if code else None), rest.strip(), None
    words = unit[1]
    several = _UNIT_OF_SEVERAL.search(words)
    return (code[1] if code else None), rest[: unit.start()].strip(), several[1] if several else words.strip()


def _points(table: Table, columns: list[Column], manner: Manner) -> Iterator[Point]:
    pairs = plan_and_done(columns)
    rate = first_of(columns, "rate")
    labels = (
        [c.index for c in columns if c.role in {"task", "indicator", "category"} and c.index < pairs[0][0]]
        if pairs
        else []
    )
    year_column = first_of(columns, "year")
    for row in range(table.header, len(table.rows)):
        task = table.rows[row][labels[-1]].text if labels else ""
        told_year = re.search(r"20\d\d", table.rows[row][year_column].text) if year_column is not None else None
        name = point_label(table, row, columns, min((plan for plan, _, _ in pairs), default=0))
        for plan_column, done_column, header_year in pairs:
            year = header_year or (told_year[0] if told_year else None)
            plan, done = value_at(table, row, plan_column), value_at(table, row, done_column)
            if plan.is_nothing and done.is_nothing:
                continue
            printed_rate = (
                judged(value_at(table, row, rate), manner)
                if rate is not None
                else verdict_of(table, row, columns, manner)
            )
            yield from points_in(plan, done, printed_rate, year, name, task)


def plan_and_done(columns: Sequence[Column]) -> list[tuple[int, int, str | None]]:
    """Each completion column with the plan column of the same year nearest to it; other plan columns are labels."""
    pairs = []
    for column in columns:
        if column.role != "done":
            continue
        plan = [c for c in columns if c.role == "plan" and (c.year == column.year or None in {c.year, column.year})]
        before = [c for c in plan if c.index < column.index]
        if plan:
            chosen = before[-1] if before else plan[0]
            pairs.append((chosen.index, column.index, chosen.year or column.year))
    return pairs


def point_label(table: Table, row: int, columns: Sequence[Column], before: int) -> str:
    """The label of a row without ordinals: its number, or the last text before the first plan; its year is no label."""
    cells = [table.rows[row][c.index].text.strip() for c in columns if c.index < before and c.role != "year"]
    return next((text for text in reversed(cells) if text), f"第 {row - table.header + 1} 行")


def points_in(plan: Value, done: Value, rate: Value | None, year: str | None, label: str, task: str) -> Iterator[Point]:
    """One point a row, or one for each ①②③ where a cell holds several."""
    planned, told = split_items(plan), split_items(done)
    if len(planned) <= 1:
        ordinal = _ORDINAL.match(plan.text) or _ORDINAL.match(done.text) or _ORDINAL.fullmatch(label)
        name = f"{year or ''}{ordinal[1]}" if ordinal else label
        yield Point(name, year, ordinal[1] if ordinal else None, plan, done, rate, task)
        return
    by_ordinal = {mark: item for mark, item in told if mark}
    for position, (mark, item) in enumerate(planned):
        answer = by_ordinal.get(mark) or (told[position][1] if len(told) == len(planned) else None)
        blank = Value(done.table, done.row, done.column, "", None, 0)
        yield Point(f"{year or ''}{mark}", year, mark or None, item, answer or blank, rate, task)


def split_items(value: Value) -> list[tuple[str, Value]]:
    """The items ①②③ of one cell, each with its ordinal; the whole cell with an empty ordinal where there are none."""
    starts = [match.start() for match in _MARK.finditer(value.text)]
    if len(starts) < 2 or value.text[: starts[0]].strip():
        return [("", value)]
    items = []
    for start, stop in zip(starts, [*starts[1:], len(value.text)], strict=True):
        text = value.text[start:stop]
        items.append((text[0], Value(value.table, value.row, value.column, text.rstrip(), None, value.start + start)))
    return items


def without_ordinal(text: str) -> tuple[str, int]:
    """An item's text without its ①, and how many characters were taken off the front."""
    first = text[:1]
    if first not in _ITEM_BEGINS and not first.isspace():  # most
        return text, 0
    match = _ORDINAL.match(text)
    return (text[match.end() :], match.end()) if match else (text, 0)


def ordinal_of(text: str) -> str | None:
    """The ① that an item’s text begins with."""
    mark = text[:1] if text[:1] in _ITEM_BEGINS else text.lstrip()[:1]
    return mark if mark in _ITEM_BEGINS else None


def _tallies(table: Table, columns: list[Column]) -> Iterator[Tally]:
    """A “done” column, the column of the same heading before it as the total, and the rate after it."""
    for column in columns:
        if column.role != "count_done" or column.index == 0:
            continue
        heading = column.words.rpartition("/")[0]
        total = columns[column.index - 1]
        after = columns[column.index + 1] if column.index + 1 < len(columns) else None
        if total.index == 0 or (heading and not total.words.startswith(heading)):
            continue
        label = next(
            (
                c.index
                for c in reversed(columns[: total.index])
                if c.role not in {"count_total", "count_done", "rate", None}
            ),
            0,
        )
        if label == 0 and len(columns) > 1 and total.index > 1 and not heading:
            label = total.index - 1
        for row in range(table.header, len(table.rows)):
            rate = value_at(table, row, after.index) if after is not None and after.role == "rate" else None
            yield Tally(
                value_at(table, row, label),
                heading,
                value_at(table, row, total.index),
                value_at(table, row, column.index),
                rate,
            )
