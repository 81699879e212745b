"""Rows of records as values of the core, and back: what goes out is what came in."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from taizhang.core import record as core
from taizhang.core.dating import when
from taizhang.core.span import span_of
from taizhang.records import FieldType, Kind
from taizhang.web.ledger.models import Record, RecordCitation, RecordMeasure

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}")


def whole(rows: QuerySet[Record]) -> QuerySet[Record]:
    """The rows with all that hangs on them, in a few questions however many they are."""
    cited = Prefetch(
        "citations", RecordCitation.objects.filter(withdrawn_at=None).select_related("evidence"), to_attr="cited"
    )
    return rows.prefetch_related("measures", "moves", "partners", cited)


def told(row: Record) -> core.Record:
    """The record as it was told. Begin with `whole` where there are many."""
    return core.Record(
        id=row.code, kind=row.kind, title=row.title, org=row.org, department=row.department, owner=row.owner,
        partners=tuple(core.Partner(each.told, each.role) for each in row.partners.all()),
        period=row.period or None, period_basis=row.period_basis, start=row.start, end=row.end, as_of=row.as_of,
        place=row.place_told or None, level=row.level or None, state=row.state or None,
        moves=tuple(core.Move(each.state, each.on, each.document) for each in row.moves.all()),
        measures=tuple(measure(each) for each in row.measures.all()), tags=tuple(row.tags),
        fields={key: _value(value) for key, value in row.fields.items()}, evidence=_evidence(row),
        sources=tuple(core.RecordSource(**each) for each in row.sources),
    )  # fmt: skip


def measure(row: RecordMeasure) -> core.RecordMeasure:
    """A measure as it was told: without the zeros that a database adds."""
    value = row.value.normalize()
    value = value if int(value.as_tuple().exponent) <= 0 else value.quantize(Decimal(1))
    return core.RecordMeasure(row.name, value, row.unit, row.qualifier, row.cumulative, row.base_period)


def _evidence(row: Record) -> tuple[core.EvidenceMention, ...]:
    """What the record was told to rest on, and behind it the pieces of the ledger that it cites."""
    mentions = [core.EvidenceMention(each["title"], each.get("page")) for each in row.mentions]
    named = {each.title for each in mentions}
    for citation in cited(row):
        piece = citation.evidence
        if not named & {piece.number or piece.title, piece.title}:
            first = re.match(r"\d+", citation.pages)
            mentions.append(core.EvidenceMention(piece.number or piece.title, int(first[0]) if first else None))
    return tuple(mentions)


def cited(row: Record) -> Iterable[RecordCitation]:
    """The citations that stand, as `whole` fetched them or from the table."""
    found = getattr(row, "cited", None)
    return row.citations.filter(withdrawn_at=None).select_related("evidence") if found is None else found


def columns(record: core.Record) -> dict[str, Any]:
    """The columns that say what the record says; what hangs on it in rows of its own is not among them."""
    years = years_of(record)
    return {
        "kind": record.kind, "title": record.title, "org": record.org, "department": record.department,
        "owner": record.owner, "period": record.period or "", "period_basis": record.period_basis, "start": record.start,
        "end": record.end, "as_of": record.as_of, "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None, "counted_year": when(record).year, "place_told": record.place or "", "level": record.level or "",
        "state": record.state or "", "tags": list(record.tags),
        "fields": {key: _stored(value) for key, value in record.fields.items()},
        "sources": [each._asdict() for each in record.sources],
    }  # fmt: skip


def years_of(record: core.Record) -> list[int]:
    """The first and the last year of the record's time, which may be one; those it names where it is not understood."""
    span = span_of(record, record.as_of)
    if span is not None and span.years:
        return sorted({span.years[0], span.years[-1]})
    return sorted({int(year) for year in _YEAR.findall(record.period or "")})


def _stored(value: core.FieldValue) -> Any:  # noqa: ANN401 - what JSON holds
    if isinstance(value, Decimal):
        return {"number": format(value, "f")}
    return list(value) if isinstance(value, tuple) else value


def _value(value: Any) -> core.FieldValue:  # noqa: ANN401 - what JSON holds
    if isinstance(value, dict):
        return Decimal(value["number"])
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, bool) else str(value)


def in_words(record: core.Record, kind: Kind | None) -> dict[str, Any]:
    """What the record says, as history keeps it: names of the kind in place of its keys, one text for each thing."""
    state = kind.state(record.state) if kind else None
    days = {"start": record.start, "end": record.end, "as_of": record.as_of}
    return {
        "title": record.title, "kind": kind.name if kind else record.kind, "org": record.org,
        "department": record.department, "owner": record.owner, "period": record.period or "",
        "period_basis": record.period_basis, **{key: day.isoformat() if day else "" for key, day in days.items()},
        "place_told": record.place or "", "level": record.level or "", "state": state.name if state else record.state or "",
        "partners": [f"{each.name}（{each.role}）" if each.role else each.name for each in record.partners],
        "measures": [measured(each) for each in record.measures], "tags": list(record.tags),
        "fields": dict(fields_in_words(record, kind)),
        "sources": [" ".join(str(part) for part in each if part) for each in record.sources],
    }  # fmt: skip


def measured(each: core.RecordMeasure) -> str:
    """One measure in words: 人次 超 3200 人次（累计）."""
    more = {True: "累计", False: "当期"}.get(each.cumulative) if each.cumulative is not None else ""
    more = "，".join(filter(None, (more, f"比 {each.base_period}" if each.base_period else "")))
    text = f"{each.name} {each.qualifier}{each.value:f} {each.unit}".strip()
    return f"{text}（{more}）" if more else text


def fields_in_words(record: core.Record, kind: Kind | None) -> Iterable[tuple[str, str]]:
    """The kind's own fields, each by its name; those that the kind no longer has by their key, behind."""
    order = {field.key: field for field in kind.fields} if kind else {}
    for key in sorted(record.fields, key=lambda key: (key not in order, list(order).index(key) if key in order else 0)):
        field = order.get(key)
        name = field.name if field else key
        yield name, in_text(record.fields[key], field.unit if field and field.type is FieldType.NUMBER else "")


def in_text(value: core.FieldValue, unit: str = "") -> str:
    """A value of a field as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return f"{value:f} {unit}".strip() if isinstance(value, Decimal) else value


def as_shown(days: Mapping[str, date | None]) -> dict[str, str]:
    """Days as forms hold them."""
    return {key: day.isoformat() if day else "" for key, day in days.items()}
