"""What writing would change: each item held against what the ledger has, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from taizhang.connect.items import Item
from taizhang.connect.rows import text_of
from taizhang.core.record import Record

_WORDS = {
    "title": "标题", "department": "部门", "owner": "责任人", "period": "时间", "start": "开始日期", "end": "结束日期",
    "as_of": "统计截止日", "place": "地点", "level": "级别", "state": "状态",
}  # fmt: skip


class Doing(StrEnum):
    """What writing an item would do."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    REFUSED = "refused"


class Altered(NamedTuple):
    """A place that would change: its name, and what stands there before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An item, what writing it would do, which places it would change, and why it cannot be written."""

    item: Item
    doing: Doing
    altered: tuple[Altered, ...] = ()
    sentence: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A figure of the ledger: what stands there, its unit, and why it may not be changed now."""

    number: Decimal | None
    measure: str = ""
    closed: str = ""


def of_records(items: Sequence[Item], known: Mapping[str, Record], closed: Mapping[str, str]) -> list[Difference]:
    """Items that are records, against those that came of the same rows before. `closed` says which may not change."""
    return [_of_record(item, known.get(item.key), closed.get(item.key, "")) for item in items]


def _of_record(item: Item, known: Record | None, closed: str) -> Difference:
    if item.record is None:
        raise TypeError(item)
    if known is None:
        return Difference(item, Doing.ADD, tuple(_told(item.record)), record=item.record)
    merged = laid_over(known, item.record)
    altered = tuple(_altered(known, merged))
    if not altered:
        return Difference(item, Doing.SAME, record=known)
    return Difference(item, Doing.REFUSED if closed else Doing.CHANGE, altered, closed, merged)


def laid_over(known: Record, arrived: Record) -> Record:
    """What arrived over what was known: places that the other system says nothing of stay as people left them."""
    measures = {measure.name: measure for measure in (*known.measures, *arrived.measures)}
    partners = {partner.name: partner for partner in (*known.partners, *arrived.partners)}
    told = {name: value for name in _WORDS if (value := getattr(arrived, name))}
    if "period" in told:
        told["period_basis"] = arrived.period_basis
    moved = arrived.state and arrived.state != known.state
    return replace(
        known, **told,
        moves=(*known.moves, *arrived.moves) if moved else known.moves,
        measures=tuple(measures.values()),
        partners=tuple(partners.values()),
        tags=tuple(dict.fromkeys((*known.tags, *arrived.tags))),
        fields={**known.fields, **arrived.fields},
    )  # fmt: skip


def _altered(before: Record, after: Record) -> Iterator[Altered]:
    old, new = dict(_places(before)), dict(_places(after))
    for name, value in new.items():
        if old.get(name, "") != value:
            yield Altered(name, old.get(name, ""), value)


def _told(record: Record) -> Iterator[Altered]:
    for name, value in _places(record):
        yield Altered(name, "", value)


def _places(record: Record) -> Iterator[tuple[str, str]]:
    """All that a record says, place by place, as text."""
    for name, words in _WORDS.items():
        value = getattr(record, name)
        if value:
            yield words, text_of(value)
    for measure in record.measures:
        yield measure.name, f"{text_of(measure.value)} {measure.unit}".strip()
    if record.partners:
        yield "合作单位", "、".join(partner.name for partner in record.partners)
    for key, field in record.fields.items():
        yield (
            key,
            "、".join(field)
            if isinstance(field, tuple)
            else text_of(field if isinstance(field, str) else Decimal(field)),
        )
    if record.tags:
        yield "标签", "、".join(record.tags)


def of_values(items: Sequence[Item], known: Mapping[str, KnownValue]) -> list[Difference]:
    """Items that are figures, against those of the ledger by their keys; one that it does not know is refused."""
    return [_of_value(item, known.get(item.key)) for item in items]


def _of_value(item: Item, known: KnownValue | None) -> Difference:
    said = f"台账里没有“{item.indicator}”在“{item.period}”的填报项，请核对指标编号和期间，或者先开启这一轮填报。"
    return _of_figure(item, known, "实现值", said)


def of_medians(items: Sequence[Item], known: Mapping[str, KnownValue]) -> list[Difference]:
    """Items that are medians of other colleges, against those of the ledger; one of no known indicator is refused."""
    said = "没有编号或名称为“{}”的定量指标，或者“{}”不是建设期内的年度（如 2025），或者范围“{}”不是全国或全省。"
    return [
        _of_figure(item, known.get(item.key), "中位数", said.format(item.indicator, item.period, item.scope))
        for item in items
    ]


def _of_figure(item: Item, known: KnownValue | None, name: str, unknown: str) -> Difference:
    if known is None:
        return Difference(item, Doing.REFUSED, sentence=unknown)
    if known.number == item.number:
        return Difference(item, Doing.SAME)
    before = "" if known.number is None else f"{text_of(known.number)} {known.measure}".strip()
    altered = (Altered(name, before, f"{text_of(item.number)} {known.measure}".strip()),)
    if known.closed:
        return Difference(item, Doing.REFUSED, altered, known.closed)
    return Difference(item, Doing.ADD if known.number is None else Doing.CHANGE, altered)
