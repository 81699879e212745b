"""Rows made into records or values as a connector declares, every fault with its row and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from taizhang.connect.declaration import Connector, Destination, Reckoned, Sum, Taken
from taizhang.connect.rows import ConnectError, Row, day_of, number_of, text_of
from taizhang.core.errors import RecordError
from taizhang.core.record import Record

_DAYS = ("start", "end", "as_of", "state_date")
_MOST_FAULTS = 200
_SHARE = Decimal("0.01")  # of a per cent, as reports print rates
_PLACES = Decimal("0.000001")  # as many as a value of the ledger has


class Fault(NamedTuple):
    """What is wrong with a row. Number 0 is the source as a whole."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"第 {self.row} 行" if self.row else ""
        return f"{where}{f'“{self.column}”列' if self.column else ''}{'：' if self.row or self.column else ''}{self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What rows came to. `key` is by what it is known again, `rows` the numbers of its rows, `working` the sum told.

    A record has `record`; a value has `indicator`, `number` and `period`; a median besides these `scope` and `source`.
    """

    key: str
    rows: tuple[int, ...]
    record: Record | None = None
    indicator: str = ""
    period: str = ""
    scope: str = ""
    source: str = ""
    number: Decimal | None = None
    as_of: date | None = None
    working: str = ""


class Made(NamedTuple):
    """What all rows came to. `passed` counts the rows that the declaration leaves aside."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    rows: int
    passed: int


class _FaultyError(Exception):
    """One row cannot be understood."""

    def __init__(self, row: int, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(row, column, sentence)


def made(connector: Connector, rows: Sequence[Row]) -> Made:
    """The items of all rows. A column that is declared and nowhere to be found is a fault of the whole."""
    kept = [row for row in rows if _wanted(connector, row)]
    if rows:
        there = {name for row in rows for name in row.cells}
        missing = [name for name in connector.columns if name not in there]
        if missing:
            known = "、".join(sorted(there))[:300]
            raise ConnectError(f"取来的行没有“{'、'.join(missing)}”这些列，有的是：{known}。")
    items: list[Item] = []
    faults: list[Fault] = []
    for key, group in _grouped(connector, kept, faults).items():
        try:
            items.append(_item(connector, key, group))
        except _FaultyError as error:
            faults.append(error.fault)
    if len(faults) > _MOST_FAULTS:
        faults[_MOST_FAULTS:] = [Fault(0, "", f"还有 {len(faults) - _MOST_FAULTS} 处差错，改好上面的再看。")]
    return Made(tuple(items), tuple(sorted(faults)), len(rows), len(rows) - len(kept))


def _wanted(connector: Connector, row: Row) -> bool:
    return all(text_of(row.cells.get(column)) in words for column, words in connector.only.items())


def _grouped(connector: Connector, rows: Sequence[Row], faults: list[Fault]) -> dict[str, list[Row]]:
    """Rows by what they are known by. Two rows of one key are one item only where the declaration says so."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        try:
            groups.setdefault(_key(connector, row), []).append(row)
        except _FaultyError as error:
            faults.append(error.fault)
    if not connector.together:
        for group in groups.values():
            sentence = f"与第 {group[0].number} 行说的是同一条，没有收。"
            faults += [Fault(again.number, "", sentence) for again in group[1:]]
            del group[1:]
    return groups


def _key(connector: Connector, row: Row) -> str:
    if connector.goal is Destination.RECORD:
        parts = [text_of(row.cells.get(column)) for column in connector.row]
        if not any(parts):
            raise _FaultyError(row.number, "、".join(connector.row), "空着，认不出是哪一条。")
    else:
        parts = [
            _text(connector.take[name], row) for name in ("indicator", "period", "scope") if name in connector.take
        ]
    return "｜".join(parts)


def _text(taken: Taken, row: Row) -> str:
    """What stands in a place, its words exchanged for ours."""
    if not taken.column:
        return taken.text
    told = text_of(row.cells.get(taken.column))
    if not told and taken.required:
        raise _FaultyError(row.number, taken.column, "不能空着。")
    if taken.words and told:
        if told not in taken.words:
            raise _FaultyError(row.number, taken.column, f"“{told}”没有写对应的说法（words）。")
        return taken.words[told]
    return told


def _item(connector: Connector, key: str, group: Sequence[Row]) -> Item:
    numbers = tuple(row.number for row in group)
    if connector.goal is Destination.RECORD:
        return Item(key=key, rows=numbers, record=_record(connector, key, group))
    first = group[0]
    number, working = _number(connector.number, group)
    taken = {name: _text(each, first) for name, each in connector.take.items() if name != "as_of"}
    return Item(
        key=key, rows=numbers, indicator=taken["indicator"], period=taken["period"], scope=taken.get("scope", ""), source=taken.get("source", ""),
        number=number, working=working, as_of=_day(connector.take.get("as_of"), first),
    )  # fmt: skip


def _day(taken: Taken | None, row: Row) -> date | None:
    if taken is None:
        return None
    told = _text(taken, row)
    found = day_of(told) if told else None
    if told and found is None:
        raise _FaultyError(row.number, taken.column, f"“{told}”不是日期，应形如 2024-06-30。")
    return found


def _number(counted: Reckoned, group: Sequence[Row]) -> tuple[Decimal | None, str]:
    """One number out of the rows of an item, and how it came about where it was not simply there."""
    if counted.how is Sum.COUNT:
        return Decimal(len(group)) / counted.divide, f"{len(group)} 行"
    column = counted.columns[0]
    if counted.how is Sum.DISTINCT:
        names = {text_of(row.cells.get(column)) for row in group} - {""}
        return Decimal(len(names)) / counted.divide, f"“{column}”有 {len(names)} 种"
    if counted.how is Sum.SHARE:
        part, whole = (_summed(name, group, required=True) or Decimal(0) for name in counted.columns)
        if not whole:
            raise _FaultyError(group[0].number, counted.columns[1], "分母是 0，算不出比例。")
        share = (part * 100 / whole).quantize(_SHARE, ROUND_HALF_UP)
        return share.normalize() + 0, f"{part:f} ÷ {whole:f}"
    if counted.how is Sum.ONE and len(group) > 1:
        found = {number_of(row.cells.get(column)) for row in group}
        if len(found) > 1:
            raise _FaultyError(group[1].number, column, f"与第 {group[0].number} 行是同一条，数却不同。")
        group = group[:1]
    total = _summed(column, group, required=counted.required)
    if total is None:
        return None, ""
    told = f"{len(group)} 行之和" if len(group) > 1 else ""
    return (total / counted.divide).quantize(_PLACES, ROUND_HALF_UP).normalize() + 0, told


def _summed(column: str, group: Sequence[Row], *, required: bool) -> Decimal | None:
    """The sum of a column; None where nothing stands in it."""
    total: Decimal | None = None
    for row in group:
        value = row.cells.get(column)
        number = number_of(value)
        if number is None:
            if text_of(value) or required:
                said = f"“{text_of(value)}”不是数。" if text_of(value) else "不能空着。"
                raise _FaultyError(row.number, column, said)
            continue
        total = number if total is None else total + number
    return total


def _record(connector: Connector, key: str, group: Sequence[Row]) -> Record:
    first = group[0]
    told: dict[str, Any] = {"id": f"{connector.name}｜{key}", "kind": connector.kind, "period_basis": "unstated"}
    for name, taken in connector.take.items():
        value = _day(taken, first) if name in _DAYS else _text(taken, first)
        if value:
            told[name] = value.isoformat() if isinstance(value, date) else value
    if told.get("period"):
        told["period_basis"] = "stated"
    moved = told.pop("state_date", None)
    if moved and told.get("state"):
        told["moves"] = [{"state": told["state"], "on": moved}]
    told["partners"] = [
        {"name": name, "role": role} for taken, role in connector.partners for name in _names(_text(taken, first))
    ]
    told["fields"] = {name: formed for name, taken in connector.own.items() if (formed := _formed(taken, first)) != ""}
    told["measures"] = list(_measures(connector, group))
    told["tags"] = list(connector.tags)
    rows = "、".join(str(row.number) for row in group[:20]) + ("等" if len(group) > 20 else "")
    told |= {"doc": connector.name, "line": first.number, "text": f"{connector.name} 第 {rows} 行"}
    try:
        return Record.from_json(told)
    except RecordError as error:
        raise _FaultyError(first.number, "", str(error)) from error


def _formed(taken: Taken, row: Row) -> str | bool | Decimal | list[str]:
    """One of the kind's own fields, in the form that the kind wants; empty where nothing stands."""
    text = _text(taken, row)
    if not text or taken.form == "text":
        return text
    if taken.form == "list":
        return list(_names(text))
    if taken.form == "date":
        day = _day(taken, row)
        return day.isoformat() if day else ""
    if taken.form == "truth":
        return text in {"是", "1", "true", "True", "Y", "y"}
    number = number_of(text)
    if number is None:
        raise _FaultyError(row.number, taken.column, f"“{text}”不是数。")
    return number


def _names(text: str) -> Iterator[str]:
    """Several partners in one cell stand apart by 、or ；."""
    for name in text.replace("；", "、").replace(";", "、").split("、"):
        if name.strip():
            yield name.strip()


def _measures(connector: Connector, group: Sequence[Row]) -> Iterator[Mapping[str, Any]]:
    for measure in connector.measures:
        number, _working = _number(measure.number, group)
        if number is not None:
            more = {} if measure.cumulative is None else {"cumulative": measure.cumulative}
            yield {"name": measure.name, "value": number, "unit": measure.unit, **more}
