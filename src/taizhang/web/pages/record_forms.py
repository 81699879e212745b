"""The form of a record, made from the declaration of its kind alone: what is asked, and what was answered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from taizhang.core import record as core
from taizhang.records import Field, FieldType, Kind
from taizhang.web.ledger.recorded import as_shown, in_text
from taizhang.web.ledger.workflow.records import day_of
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.ledger.workflow.typed import number

ROLES = ("牵头", "参与", "共建", "合作", "受援", "支持")
_FREE_MEASURES, _FREE_PARTNERS = 2, 3
_SEVERAL = re.compile(r"[、，,;；\n]+")
_CUMULATIVE = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Question:
    """One of the kind's own fields as the form asks for it: its name in the form, and what stands in it."""

    field: Field
    name: str
    value: Any = ""
    fault: str = ""

    @property
    def widget(self) -> str:
        """Which control the template shows."""
        if self.field.type in {FieldType.LONG, FieldType.CHOICE, FieldType.CHOICES, FieldType.TRUTH, FieldType.DATE}:
            return self.field.type.value
        return {FieldType.NUMBER: "number", FieldType.LINK: "link"}.get(self.field.type, "text")

    @property
    def hint(self) -> str:
        """What to know before filling it in."""
        several = _("几个用顿号隔开") if self.field.type.is_several and self.widget == "text" else ""
        return "；".join(filter(None, (self.field.help, several)))


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of the table of measures. `units` are those to choose from; of a free row the unit is typed."""

    number: int
    name: str = ""
    value: str = ""
    unit: str = ""
    qualifier: str = ""
    cumulative: str = ""
    base_period: str = ""
    units: tuple[str, ...] = ()
    help: str = ""
    is_declared: bool = False
    fault: str = ""


@dataclass(slots=True)
class RecordForm:
    """What stands in the form, and what is wrong with it, by the name of the control."""

    kind: Kind
    content: core.Record
    faults: dict[str, str] = field(default_factory=dict)
    typed: QueryDict | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The common fields, as they stand in the form."""
        record, post = self.content, self.typed
        first = record.sources[0] if record.sources else core.RecordSource("")
        own = {
            "title": record.title, "level": record.level or "", "state": record.state or "", "period": record.period or "",
            "period_basis": record.period_basis, "place": record.place or "", "org": record.org, "owner": record.owner,
            "tags": "、".join(record.tags), "text": first.text, "doc": first.doc,
            **as_shown({"start": record.start, "end": record.end, "as_of": record.as_of}),
        }  # fmt: skip
        return {name: post.get(name, value) if post is not None else value for name, value in own.items()}

    @property
    def questions(self) -> list[Question]:
        """The kind's own fields."""
        names = {each.key: f"field-{each.key}" for each in self.kind.fields}
        return [
            Question(each, names[each.key], self._value(each), self.faults.get(names[each.key], ""))
            for each in self.kind.fields
        ]

    def _value(self, asked: Field) -> Any:  # noqa: ANN401 - a text, or several
        name = f"field-{asked.key}"
        several = asked.type is FieldType.CHOICES
        if self.typed is not None:
            return self.typed.getlist(name) if several else self.typed.get(name, "")
        value = self.content.fields.get(asked.key, "")
        if several:
            return list(value) if isinstance(value, tuple) else [str(value)] if value != "" else []
        if asked.type is FieldType.TRUTH:
            return {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else ""
        return in_text(value)

    @property
    def measures(self) -> list[MeasureRow]:
        """What was told, then what the kind also counts, then empty rows."""
        if self.typed is not None:
            return [self._dressed(row) for row in typed_measures(self.typed)]
        rows = [
            MeasureRow(0, each.name, f"{each.value:f}", each.unit, each.qualifier, _cumulative(each), each.base_period)
            for each in self.content.measures
        ]
        told = {row.name for row in rows}
        rows += [
            MeasureRow(0, name=each.name, unit=each.unit)
            for each in self.kind.measures
            if not told & {each.name, *each.aliases}
        ]
        rows += [MeasureRow(0)] * _FREE_MEASURES
        return [self._dressed(replace(row, number=place)) for place, row in enumerate(rows)]

    def _dressed(self, row: MeasureRow) -> MeasureRow:
        known = self.kind.measure(row.name) if row.name else None
        units = dict.fromkeys((*((row.unit,) if row.unit else ()), *(known.units if known else ())))
        fault = self.faults.get(f"measure-{row.number}", "")
        if known is None:
            return replace(row, fault=fault)
        return replace(row, units=tuple(units), help=known.help, is_declared=True, fault=fault)

    @property
    def partners(self) -> list[core.Partner]:
        """Those named, then empty rows."""
        named = typed_partners(self.typed, keep_empty=True) if self.typed is not None else list(self.content.partners)
        return [*named, *([core.Partner("")] * (_FREE_PARTNERS if self.typed is None else 1))]


def _cumulative(measure: core.RecordMeasure) -> str:
    return {True: "yes", False: "no"}[measure.cumulative] if measure.cumulative is not None else ""


def typed_measures(post: QueryDict) -> list[MeasureRow]:
    """The rows of the table of measures as they were sent."""
    names = ("name", "value", "unit", "qualifier", "cumulative", "base_period")
    count = max((len(post.getlist(f"measure-{name}")) for name in names), default=0)
    columns = [[*post.getlist(f"measure-{name}"), *[""] * count][: min(count, 200)] for name in names]
    return [MeasureRow(place, *(each.strip() for each in row)) for place, row in enumerate(zip(*columns, strict=True))]


def typed_partners(post: QueryDict, *, keep_empty: bool = False) -> list[core.Partner]:
    """The partners as they were sent."""
    names, roles = post.getlist("partner-name")[:200], post.getlist("partner-role")
    rows = [
        core.Partner(name.strip(), role.strip())
        for name, role in zip(names, [*roles, *[""] * len(names)], strict=False)
    ]
    return [row for row in rows if row.name or (keep_empty and row.role)]


def answered(kind: Kind, before: core.Record, post: QueryDict) -> RecordForm:
    """The record that the form tells, with what the form does not ask for as it was before."""
    form = RecordForm(kind, before, typed=post)
    first = before.sources[0] if before.sources else core.RecordSource("")
    source = first._replace(text=_text(post, "text"), doc=_text(post, "doc"))
    state = _text(post, "state") or None
    form.content = replace(
        before, kind=kind.key, title=" ".join(_text(post, "title").split()), org=_text(post, "org"),
        level=_text(post, "level") or None, state=state, owner=_text(post, "owner"),
        moves=_moves(before, state), period=_text(post, "period") or None,
        period_basis=_text(post, "period_basis") or "unstated", start=_day(form, "start"), end=_day(form, "end"),
        as_of=_day(form, "as_of"), place=_text(post, "place") or None, tags=_several(_text(post, "tags")),
        measures=tuple(_measures(form)), partners=tuple(typed_partners(post)), fields=_fields(form, before),
        sources=tuple(each for each in (source, *before.sources[1:]) if any(each)),
    )  # fmt: skip
    if not form.content.title:
        form.faults["title"] = _("请写标题。")
    if form.content.start and form.content.end and form.content.end < form.content.start:
        form.faults["end"] = _("结束日期早于开始日期。")
    if state is not None and kind.state(state) is None and state != before.state:
        form.faults["state"] = _("没有这种状态。")
    return form


def _moves(before: core.Record, state: str | None) -> tuple[core.Move, ...]:
    """A draft's state that was set right is no move; the last of its moves says what it now is."""
    if not before.moves or state == before.state:
        return before.moves
    return (*before.moves[:-1], before.moves[-1]._replace(state=state)) if state else ()


def _text(post: Mapping[str, str], name: str) -> str:
    return (post.get(name) or "").replace("\r\n", "\n").strip()


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for each in _SEVERAL.split(text) if (part := " ".join(each.split()))))


def _day(form: RecordForm, name: str, post_name: str = "") -> date | None:
    try:
        return day_of(_text(form.typed or {}, post_name or name))
    except RefusedError as wrong:
        form.faults[post_name or name] = str(wrong)
        return None


def _number(form: RecordForm, name: str, text: str) -> Decimal | None:
    try:
        return number(text)
    except RefusedError as wrong:
        form.faults[name] = str(wrong)
        return None


def _measures(form: RecordForm) -> Iterable[core.RecordMeasure]:
    for row in typed_measures(form.typed or QueryDict()):
        if not row.value:
            continue
        value = _number(form, f"measure-{row.number}", row.value)
        if not row.name:
            form.faults[f"measure-{row.number}"] = _("请写计量的名称。")
        elif value is not None:
            told = _as_told(form, row, value)
            cumulative = _CUMULATIVE.get(row.cumulative)
            yield core.RecordMeasure(row.name, told, row.unit, row.qualifier, cumulative, row.base_period)


def _as_told(form: RecordForm, row: MeasureRow, value: Decimal) -> Decimal:
    """The number; where it is the one that stood there, with the zeros that it had."""
    for each in form.content.measures:
        if (each.name, each.value) == (row.name, value):
            return each.value
    return value


def _fields(form: RecordForm, before: core.Record) -> dict[str, core.FieldValue]:
    """The kind's own fields; what the kind no longer asks for stays."""
    asked = {each.key for each in form.kind.fields}
    found: dict[str, core.FieldValue] = {key: value for key, value in before.fields.items() if key not in asked}
    for each in form.kind.fields:
        value = _answer(form, each)
        if value not in (None, "", ()):
            found[each.key] = value
        elif each.required:
            form.faults.setdefault(f"field-{each.key}", _("必填。"))
    order = [*before.fields, *found]
    return {key: found[key] for key in dict.fromkeys(order) if key in found}


def _answer(form: RecordForm, asked: Field) -> core.FieldValue | None:
    post, name = form.typed or QueryDict(), f"field-{asked.key}"
    text = _text(post, name)
    if asked.type is FieldType.CHOICES:
        return tuple(each for each in post.getlist(name) if each)
    if asked.type.is_several:
        return _several(text)
    if asked.type is FieldType.TRUTH:
        return {"yes": True, "no": False}.get(text)
    if asked.type is FieldType.NUMBER:
        return _number(form, name, text)
    if asked.type is FieldType.DATE:
        day = _day(form, name, name)
        return day.isoformat() if day else None
    if asked.type is FieldType.LINK and text and not text.startswith(("http://", "https://")):
        form.faults[name] = _("网址要以 http:// 或 https:// 开头。")
    return text
