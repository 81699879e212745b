"""The sheet of a kind: its columns from the declaration alone, and what a filled row says as a record."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from taizhang.core import record as core
from taizhang.core.record import BASES, QUALIFIERS
from taizhang.records import Field, FieldType
from taizhang.records import Kind as RecordKind
from taizhang.web.ledger.models import PeriodBasis, Record
from taizhang.web.ledger.recorded import in_text, measured, told
from taizhang.web.ledger.sheets.form import Column, Filled, Kind, Row, Sheet
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.ledger.workflow.typed import number

_SEVERAL = re.compile(r"[、，,;；\n]+")
_LINES = re.compile(r"[;；\n]+")
_PARTNER = re.compile(r"(?P<name>.+?)(?:[（(](?P<role>[^（）()]{1,40})[）)])?")
_MEASURE = re.compile(
    rf"(?P<qualifier>{'|'.join(QUALIFIERS)})?\s*(?P<value>[-+]?[\d,，.．０-９]+)\s*(?P<unit>[^（）()\s]*)\s*(?:[（(](?P<more>[^（）()]*)[）)])?"
)
_CUMULATIVE = {"累计": True, "当期": False}


def sheet_of(kind: RecordKind) -> Sheet:
    """The sheet of one kind: as a template, as an export, as what an import reads."""
    return Sheet(
        name=kind.name,
        columns=tuple(_told_apart((*_common(kind), *_last(), *map(_field, kind.fields), *_measures(kind)))),
        notes=(
            "编号和版次留空就是新的一条；导出后改了再导入，请不要动这两列。",
            "计量按“限定 数值 单位（累计，比 基期）”写，如 46、约3.2万人日（累计）；只写数就是表头里的单位。",
            "有一行不对，整份都不导入。",
        ),
    )


def _common(kind: RecordKind) -> tuple[Column, ...]:
    states = tuple((each.key, each.name) for each in kind.states)
    levels = tuple((each, each) for each in kind.levels)
    return (
        Column(key="id", header="编号", width=12, longest=60),
        Column(key="version", header="版次", width=8, longest=10),
        Column(key="title", header="标题", width=36, required=True, longest=300),
        Column(key="department", header="责任部门", width=16, longest=120),
        Column(key="owner", header="责任人", width=10, longest=60),
        Column(key="level", header="级别", width=10, kind=Kind.CHOICE if levels else Kind.TEXT, choices=levels, help="原文没有写明就不填。"),
        Column(key="state", header="状态", width=12, kind=Kind.CHOICE, choices=states),
        Column(key="period", header="时间", width=16, longest=60, help="照原文写，如 2023-11、2022-2023。"),
        Column(key="period_basis", header="时间的依据", width=14, kind=Kind.CHOICE, choices=tuple((value, str(label)) for value, label in PeriodBasis.choices)),
        Column(key="start", header="开始日期", width=12, kind=Kind.DATE),
        Column(key="end", header="结束日期", width=12, kind=Kind.DATE),
        Column(key="as_of", header="统计截止日", width=12, kind=Kind.DATE),
        Column(key="place", header="地点", width=20, longest=120),
        Column(key="partners", header="合作单位", width=30, help="几个用分号隔开，角色写在括号里：青石镇政府（受援）；某某公司"),
        Column(key="tags", header="标签", width=20, help="几个用顿号隔开。"),
    )  # fmt: skip


def _last() -> tuple[Column, ...]:
    return (
        Column(key="measures", header="其他计量", width=30, help="几个用分号隔开：名称 数值 单位"),
        Column(key="text", header="原文或说明", width=40),
        Column(key="doc", header="出自", width=16, longest=200),
    )


def _field(field: Field) -> Column:
    key, name = f"field-{field.key}", f"{field.name}（{field.unit}）" if field.unit else field.name
    if field.type is FieldType.CHOICE:
        choices = tuple((each, each) for each in field.choices)
        return Column(key=key, header=name, kind=Kind.CHOICE, choices=choices, help=field.help)
    if field.type is FieldType.TRUTH:
        return Column(key=key, header=name, kind=Kind.CHOICE, choices=(("yes", "是"), ("no", "否")), width=8)
    kinds = {FieldType.NUMBER: Kind.NUMBER, FieldType.DATE: Kind.DATE}
    several = "几个用顿号隔开。" if field.type.is_several else ""
    among = f"可写：{'、'.join(field.choices)}。" if field.choices else ""
    return Column(key=key, header=name, kind=kinds.get(field.type, Kind.TEXT), help=f"{field.help}{several}{among}")


def _measures(kind: RecordKind) -> Iterator[Column]:
    for place, each in enumerate(kind.measures):
        units = f"{each.help}可用单位：{'、'.join(each.units)}。"
        yield Column(key=f"measure-{place}", header=f"{each.name}（{each.unit}）", width=14, help=units)


def _told_apart(columns: Iterable[Column]) -> Iterator[Column]:
    """The columns in the order of a sheet, no two of one header: a kind may have a field that is named as all have one."""
    met: set[str] = set()
    found = []
    for column in columns:
        mark = "计量：" if column.key.startswith("measure-") else "专有："
        found.append(replace(column, header=f"{mark}{column.header}") if column.header in met else column)
        met.add(column.header)
    last = {column.key for column in _last()}
    return iter((*(each for each in found if each.key not in last), *(each for each in found if each.key in last)))


def row_of(row: Record, kind: RecordKind) -> dict[str, object]:
    """A record as a row of the sheet."""
    record = told(row)
    first = record.sources[0] if record.sources else core.RecordSource("")
    shown: dict[str, object] = {
        "id": record.id, "version": str(row.version), "title": record.title, "department": record.department or row.unit.name,
        "owner": record.owner, "level": record.level, "state": record.state, "period": record.period,
        "period_basis": record.period_basis, "start": record.start, "end": record.end, "as_of": record.as_of,
        "place": record.place, "partners": "；".join(f"{p.name}（{p.role}）" if p.role else p.name for p in record.partners),
        "tags": "、".join(record.tags), "text": first.text, "doc": first.doc,
    }  # fmt: skip
    for field in kind.fields:
        value = record.fields.get(field.key)
        if value is not None:
            shown[f"field-{field.key}"] = _shown(field, value)
    left = list(record.measures)
    for place, declared in enumerate(kind.measures):
        mine = next((each for each in left if each.name == declared.name), None)
        if mine is not None:
            left.remove(mine)
            words = measured(mine)[len(mine.name) :].strip()
            plain = mine.unit == declared.unit and words == f"{mine.value:f} {mine.unit}".strip()
            shown[f"measure-{place}"] = f"{mine.value:f}" if plain else words
    shown["measures"] = "；".join(measured(each) for each in left)
    return shown


def _shown(field: Field, value: core.FieldValue) -> object:
    if field.type is FieldType.TRUTH and isinstance(value, bool):
        return "yes" if value else "no"
    if field.type is FieldType.NUMBER and isinstance(value, Decimal):
        return value
    if field.type is FieldType.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return in_text(value)


def record_of(filled: Filled, row: Row, kind: RecordKind, before: Record | None, org: str) -> core.Record:
    """The record that a filled row tells; what the sheet does not ask for stays as it was. Faults go to `filled`."""
    earlier = told(before) if before else core.Record(id=row.text("id"), kind=kind.key, title="", org=org)
    values = row.values

    def text(key: str, was: str) -> str:
        return row.text(key) if key in values else was

    def day(key: str, was: date | None) -> date | None:
        found = values.get(key)
        return (found if isinstance(found, date) else None) if key in values else was

    first = earlier.sources[0] if earlier.sources else core.RecordSource("")
    source = first._replace(text=text("text", first.text), doc=text("doc", first.doc))
    state = text("state", earlier.state or "") or None
    department = text("department", earlier.department)
    return core.Record(
        id=earlier.id, kind=kind.key, title=" ".join(text("title", earlier.title).split()), org=earlier.org,
        department=earlier.department if before and department == before.unit.name else department, owner=text("owner", earlier.owner),
        partners=_partners(row.text("partners")) if "partners" in values else earlier.partners,
        period=text("period", earlier.period or "") or None, period_basis=_basis(text("period_basis", earlier.period_basis), row),
        start=day("start", earlier.start), end=day("end", earlier.end), as_of=day("as_of", earlier.as_of),
        place=text("place", earlier.place or "") or None, level=text("level", earlier.level or "") or None, state=state,
        moves=earlier.moves if state == earlier.state else (), measures=tuple(_told_measures(filled, row, kind, earlier)),
        tags=_several(row.text("tags")) if "tags" in values else earlier.tags,
        fields=_told_fields(row, kind, earlier.fields), evidence=earlier.evidence,
        sources=tuple(each for each in (source, *earlier.sources[1:]) if any(each)),
    )  # fmt: skip


def _basis(told_basis: str, row: Row) -> str:
    if told_basis in BASES:
        return told_basis
    return "stated" if row.text("period") or row.values.get("start") else "unstated"


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for each in _SEVERAL.split(text) if (part := " ".join(each.split()))))


def _partners(text: str) -> tuple[core.Partner, ...]:
    found = [_PARTNER.fullmatch(part.strip()) for part in _LINES.split(text) if part.strip()]
    return tuple(core.Partner(each["name"].strip(), (each["role"] or "").strip()) for each in found if each)


def _told_fields(row: Row, kind: RecordKind, before: Mapping[str, core.FieldValue]) -> dict[str, core.FieldValue]:
    found = dict(before)
    for field in kind.fields:
        key = f"field-{field.key}"
        if key not in row.values:
            continue
        value = row.values[key]
        found.pop(field.key, None)
        if isinstance(value, Decimal):
            found[field.key] = value
        elif isinstance(value, date):
            found[field.key] = value.isoformat()
        elif text := str(value or "").strip():
            found[field.key] = _told_field(field, text)
    order = [*before, *found]
    return {key: found[key] for key in dict.fromkeys(order) if key in found}


def _told_field(field: Field, text: str) -> core.FieldValue:
    if field.type is FieldType.TRUTH:
        return text == "yes"
    return _several(text) if field.type.is_several else text


def _told_measures(filled: Filled, row: Row, kind: RecordKind, before: core.Record) -> list[core.RecordMeasure]:
    asked = [f"measure-{place}" for place in range(len(kind.measures))]
    if not any(key in row.values for key in (*asked, "measures")):
        return list(before.measures)
    found = []
    for key, declared in zip(asked, kind.measures, strict=True):
        if text := row.text(key):
            found.append(_told_measure(filled, row, key, (declared.name, text, declared.unit)))
    for text in filter(None, (part.strip() for part in _LINES.split(row.text("measures")))):
        name, _blank, rest = text.partition(" ")
        found.append(_told_measure(filled, row, "measures", (name, rest, "")))
    return [each for each in found if each is not None]


def _told_measure(filled: Filled, row: Row, key: str, words: tuple[str, str, str]) -> core.RecordMeasure | None:
    name, text, unit = words
    match = _MEASURE.fullmatch(text.strip())
    try:
        value = number(match["value"]) if match else None
    except RefusedError:
        value = None
    if match is None or value is None:
        filled.refuse(
            row,
            key,
            _("“%(name)s %(text)s”看不懂，请写成 46、约3.2万人日（累计）这样。") % {"name": name, "text": text},
        )
        return None
    more = [each.strip() for each in re.split("[，,]", match["more"] or "") if each.strip()]
    cumulative = next((_CUMULATIVE[each] for each in more if each in _CUMULATIVE), None)
    base = next((each.removeprefix("比").strip() for each in more if each not in _CUMULATIVE), "")
    return core.RecordMeasure(name, value, match["unit"] or unit, match["qualifier"] or "", cumulative, base)
