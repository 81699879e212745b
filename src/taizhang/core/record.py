"""Record: one thing that happened, told once (a training, an agreement, an award), as a frozen value.

`Record.from_json(record.to_json()) == record`, and a mapping in the canonical shape goes out equal to how it came in.
What is absent stays absent: a level, a place or a date that nobody told is None and is never inferred.
Its kind (fields, measures, levels, states) is declared in `taizhang.records`, which also judges it.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from taizhang.core.errors import RecordError

FieldValue = str | Decimal | bool | tuple[str, ...]
"""What one of the kind's own fields may hold; a date is its ISO text (“2023-11-20”)."""

BASES = ("stated", "report_year", "report_period", "unstated")
"""Where a period comes from: written in the source, or taken from the year or the span of its report, or nowhere."""

QUALIFIERS = ("等于", "至少", "超", "近", "约", "至多")
"""How a measure's number limits it; the empty text means that nothing was said, which is read as 等于."""


class Partner(NamedTuple):
    """合作方, as one record names it: the name as told, and its role (牵头, 参与, 共建, 受援)."""

    name: str
    role: str = ""


class RecordMeasure(NamedTuple):
    """计量 of one record: `value` in `unit` as told, never converted.

    `cumulative` is None where nobody said whether it is counted from the beginning; `base_period` is the period that
    a growth is measured from.
    """

    name: str
    value: Decimal
    unit: str
    qualifier: str = ""
    cumulative: bool | None = None
    base_period: str = ""


class Move(NamedTuple):
    """状态变更: into `state` on a day, where the day is known, with the document that says so."""

    state: str
    on: date | None = None
    document: str = ""


class EvidenceMention(NamedTuple):
    """佐证 as a record names it: a title or number, and the page that is meant."""

    title: str
    page: int | None = None


class RecordSource(NamedTuple):
    """Where the record was told: document, line from 1, and the words."""

    doc: str
    line: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """业务记录. `kind` is the key of its kind; `period` is the text as told, and `start`, `end` its days where known.

    `as_of` is the day up to which cumulative measures count. `state` is a key of the kind's states, and `moves` are
    the dated steps that led there, oldest first; the last of them, where there are any, is `state`.
    """

    id: str
    kind: str
    title: str
    org: str = ""
    department: str = ""
    owner: str = ""
    partners: tuple[Partner, ...] = ()
    period: str | None = None
    period_basis: str = "unstated"
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    place: str | None = None
    level: str | None = None
    state: str | None = None
    moves: tuple[Move, ...] = ()
    measures: tuple[RecordMeasure, ...] = ()
    tags: tuple[str, ...] = ()
    fields: Mapping[str, FieldValue] = field(default_factory=dict, hash=False)
    evidence: tuple[EvidenceMention, ...] = ()
    sources: tuple[RecordSource, ...] = ()

    @property
    def day(self) -> date | None:
        """The day by which a list is ordered and a period is matched: the last that is known."""
        return self.end or self.start or self.as_of

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Record":
        """The record that a JSON object tells; RecordError names the key that cannot be understood.

        Numbers come as int or Decimal (`json.loads(text, parse_float=Decimal)`) or as text.
        """
        return _Reader(told).record()

    def to_json(self) -> dict[str, Any]:
        """The canonical shape: fourteen keys always, the others only where something was told. Numbers stay exact."""
        first, *further = self.sources or (RecordSource(""),)
        shape: dict[str, Any] = {
            "id": self.id, "doc": first.doc, "line": first.line, "kind": self.kind, "title": self.title,
            "org": self.org, "partners": [_partner(each) for each in self.partners], "period": self.period,
            "period_basis": self.period_basis, "place": self.place, "level": self.level, "state": self.state,
            "measures": [_measure(each) for each in self.measures], "text": first.text,
        }  # fmt: skip
        days = {"start": self.start, "end": self.end, "as_of": self.as_of}
        optional: dict[str, Any] = {
            "department": self.department,
            "owner": self.owner,
            **{key: day.isoformat() for key, day in days.items() if day is not None},
            "moves": [_told(each) | ({"on": each.on.isoformat()} if each.on else {}) for each in self.moves],
            "tags": list(self.tags),
            "fields": {key: list(value) if isinstance(value, tuple) else value for key, value in self.fields.items()},
            "evidence": [_told(each) for each in self.evidence],
            "sources": [_told(each) for each in further],
        }
        return shape | {key: value for key, value in optional.items() if value}


def _partner(partner: Partner) -> str | dict[str, str]:
    return {"name": partner.name, "role": partner.role} if partner.role else partner.name


def _measure(measure: RecordMeasure) -> dict[str, Any]:
    value = measure.value
    whole = int(value) if value == value.to_integral_value() and _exponent(value) >= 0 else value
    return _told(measure) | {"value": whole}


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _told(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the named tuples above, some with a day as text
    """The parts of a named tuple that say something; the first always."""
    pairs = list(zip(value._fields, value, strict=True))
    return {key: part for place, (key, part) in enumerate(pairs) if not place or (part is not None and part != "")}


_KEYS = {each.name for each in dataclasses.fields(Record)} | {"doc", "line", "text"}


class _Reader:
    """Takes a JSON object apart, or says which key of which record is wrong."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told
        self.name = str(told.get("id") or "（没有编号）")
        for key in told:
            if key not in _KEYS:
                raise RecordError(f"记录 {self.name} 的“{key}”不是记录的项，没有收下。")

    def wrong(self, key: str, wanted: str) -> RecordError:
        return RecordError(f"记录 {self.name} 的“{key}”写得不对：应是{wanted}。")

    def record(self) -> Record:
        return Record(
            id=self.text("id", required=True),
            kind=self.text("kind", required=True),
            title=self.text("title", required=True),
            org=self.text("org"),
            department=self.text("department"),
            owner=self.text("owner"),
            partners=tuple(self.partner(each) for each in self.several("partners")),
            period=self.text("period") or None,
            period_basis=self.text("period_basis") or "unstated",
            start=self.day(self.told, "start"),
            end=self.day(self.told, "end"),
            as_of=self.day(self.told, "as_of"),
            place=self.text("place") or None,
            level=self.text("level") or None,
            state=self.text("state") or None,
            moves=tuple(self.move(each) for each in self.several("moves")),
            measures=tuple(self.measure(each) for each in self.several("measures")),
            tags=tuple(map(str, self.several("tags"))),
            fields=self.fields(),
            evidence=tuple(self.mention(each) for each in self.several("evidence")),
            sources=self.sources(),
        )

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.told.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value):
            raise self.wrong(key, "一段文字")
        return value

    def several(self, key: str) -> list[Any]:
        value = self.told.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "列表")
        return value

    def day(self, told: Mapping[str, Any], key: str) -> date | None:
        value = told.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.wrong(key, "形如 2023-11-20 的日期") from error

    def number(self, key: str, value: object) -> Decimal:
        try:
            number = Decimal(value) if isinstance(value, (int, str, Decimal)) else Decimal(repr(value))
        except ArithmeticError:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite():
            raise self.wrong(key, "数")
        return number

    def part(self, key: str, value: object, known: Iterable[str]) -> Mapping[str, Any]:
        if not isinstance(value, dict) or set(value) - set(known):
            raise self.wrong(key, f"只有 {'、'.join(known)} 这几项的“键: 值”")
        return value

    def partner(self, value: object) -> Partner:
        if isinstance(value, str):
            return Partner(value)
        part = self.part("partners", value, Partner._fields)
        return Partner(str(part["name"]), str(part.get("role") or ""))

    def measure(self, value: object) -> RecordMeasure:
        part = self.part("measures", value, RecordMeasure._fields)
        if "name" not in part or "value" not in part:
            raise self.wrong("measures", "有 name 和 value 的“键: 值”")
        cumulative = part.get("cumulative")
        if cumulative is not None and not isinstance(cumulative, bool):
            raise self.wrong("measures.cumulative", "true 或 false")
        return RecordMeasure(
            str(part["name"]), self.number("measures.value", part["value"]), str(part.get("unit") or ""),
            str(part.get("qualifier") or ""), cumulative, str(part.get("base_period") or ""),
        )  # fmt: skip

    def ordinal(self, key: str, value: object) -> int | None:
        """A line or a page, counted from 1."""
        if value is None:
            return None
        if isinstance(value, bool) or not str(value).isdecimal():
            raise self.wrong(key, "整数")
        return int(str(value))

    def move(self, value: object) -> Move:
        part = self.part("moves", value, Move._fields)
        return Move(str(part.get("state") or ""), self.day(part, "on"), str(part.get("document") or ""))

    def mention(self, value: object) -> EvidenceMention:
        part = self.part("evidence", value, EvidenceMention._fields)
        return EvidenceMention(str(part.get("title") or ""), self.ordinal("evidence.page", part.get("page")))

    def fields(self) -> dict[str, FieldValue]:
        value = self.told.get("fields", {})
        if not isinstance(value, dict):
            raise self.wrong("fields", "“键: 值”")
        return {str(key): self.field(f"fields.{key}", each) for key, each in value.items()}

    def field(self, key: str, value: object) -> FieldValue:
        if isinstance(value, (str, bool)):
            return value
        if isinstance(value, (list, tuple)):
            return tuple(map(str, value))
        return self.number(key, value)

    def sources(self) -> tuple[RecordSource, ...]:
        further = [self.part("sources", each, RecordSource._fields) for each in self.several("sources")]
        found = [self.source(each) for each in ({key: self.told.get(key) for key in RecordSource._fields}, *further)]
        return tuple(each for each in found if any(each))

    def source(self, told: Mapping[str, Any]) -> RecordSource:
        return RecordSource(
            str(told.get("doc") or ""), self.ordinal("line", told.get("line")), str(told.get("text") or "")
        )
