"""Many records at once, from a filled sheet or from JSON: what is new is entered, what is there is changed; all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.core import record as core
from taizhang.core.errors import RecordError, TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Record, Unit
from taizhang.web.ledger.recorded import told, whole
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import records
from taizhang.web.ledger.workflow.record_room import refuse_unfit

MOST = 5_000  # records of one file: more would hold everyone else's saves up for too long


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record on its way in. `version` is the one that a sheet was exported with; None where it says none."""

    record: core.Record
    version: int | None = None


@dataclass(slots=True)
class Outcome:
    """What became of an import. With a fault nothing was written; each names its record by place, from 0."""

    added: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    unchanged: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)
    # Records that are there already under another number, with the same kind and title.
    twice: list[tuple[int, Record]] = field(default_factory=list)


def understood(rows: Sequence[Mapping[str, Any]], outcome: Outcome) -> list[Incoming]:
    """The records that a list of JSON objects tells; what cannot be understood becomes a fault."""
    found = []
    for place, each in enumerate(rows):
        try:
            found.append(Incoming(core.Record.from_json(each)))
        except RecordError as error:
            outcome.faults.append((place, str(error)))
    return found


def take_in(
    person: Person, unit: Unit, incoming: Sequence[Incoming], outcome: Outcome, *, anyway: bool = False
) -> Outcome:
    """Take the records in, for the unit where their department names none of the person's own.

    Without `anyway` what looks like a record that is there already holds everything back until a person has said so.
    """
    college = unit.college or unit
    if len(incoming) > MOST:
        outcome.faults.append(
            (0, _("有 %(count)s 条，一次最多 %(most)s 条，请分几份导入。") % {"count": len(incoming), "most": MOST})
        )
    if outcome.faults:
        return outcome
    there = {row.code: row for row in _there(college, [each.record.id for each in incoming])}
    outcome.twice = [] if anyway else _twice(college, incoming, there)
    with transaction.atomic():
        units = _units(person, college)
        _change(person, incoming, there, outcome, units)
        _enter(person, unit, incoming, there, outcome, units)
        if outcome.faults or outcome.twice:
            transaction.set_rollback(True)
            outcome.added, outcome.changed, outcome.unchanged = [], [], 0
    outcome.faults.sort(key=lambda each: each[0])
    return outcome


def _there(college: Unit, codes: Sequence[str]) -> Sequence[Record]:
    rows = Record.objects.filter(college=college, code__in=[code for code in codes if code])
    return whole(rows.select_related("unit", "college", "person"))  # type: ignore[return-value]  # a queryset is walked once


def _twice(college: Unit, incoming: Sequence[Incoming], there: Mapping[str, Record]) -> list[tuple[int, Record]]:
    titles = {each.record.title for each in incoming if each.record.id not in there}
    rows = Record.objects.filter(college=college, title__in=titles, withdrawn_at=None).select_related("unit")
    known = {(row.kind, row.title, row.period): row for row in rows}
    return [
        (place, row)
        for place, each in enumerate(incoming)
        if each.record.id not in there
        and (row := known.get((each.record.kind, each.record.title, each.record.period or ""))) is not None
    ]


def _change(
    person: Person,
    incoming: Sequence[Incoming],
    there: Mapping[str, Record],
    outcome: Outcome,
    units: Mapping[str, Unit],
) -> None:
    """Change what is there already and told otherwise; a sheet that is older than the record is a fault."""
    visible = set(
        access.visible_records(person).filter(pk__in=[r.pk for r in there.values()]).values_list("pk", flat=True)
    )
    for place, each in enumerate(incoming):
        row = there.get(each.record.id)
        if row is None:
            continue
        if row.pk not in visible:
            outcome.faults.append(
                (place, _("编号 %(code)s 已经用在另一条记录上，不在您的职责范围内。") % {"code": row.code})
            )
            continue
        before = told(row)
        record = _in_order(before, each.record)
        if replace(record, evidence=before.evidence) == before:
            outcome.unchanged += 1
            continue
        try:
            version = row.version if each.version is None else each.version
            moved = units.get(record.department) if record.department != before.department else None
            outcome.changed.append(records.save(person, row, version, record, (moved or row.unit, row.person)))
        except TaizhangError as refusal:
            outcome.faults.append((place, f"{row.code}：{refusal}"))


def _in_order(before: core.Record, record: core.Record) -> core.Record:
    """The record, its measures in the order in which they stood where they are the same: a sheet has its own order."""
    same = sorted(map(repr, before.measures)) == sorted(map(repr, record.measures))
    return replace(record, measures=before.measures) if same else record


def _enter(
    person: Person,
    unit: Unit,
    incoming: Sequence[Incoming],
    there: Mapping[str, Record],
    outcome: Outcome,
    units: Mapping[str, Unit],
) -> None:
    college = unit.college or unit
    shelf, people = shelf_of(college), _people(person)
    new, seen = [], set()
    for place, each in enumerate(incoming):
        record = each.record
        if record.id and record.id in there:
            continue
        try:
            if record.id and record.id in seen:
                raise RecordError(_("编号 %(id)s 写了两遍。") % {"id": record.id})
            refuse_unfit(record, shelf)
        except TaizhangError as refusal:
            outcome.faults.append((place, str(refusal)))
            continue
        seen.add(record.id)
        entering = records.Entering(units.get(record.department, unit), record, people.get(record.owner))
        new.append((place, entering))
    if new and not outcome.faults:
        try:
            outcome.added = records.enter_many(person, college, [entering for _place, entering in new])
        except TaizhangError as refusal:
            outcome.faults.append((new[0][0], str(refusal)))


def _units(person: Person, college: Unit) -> dict[str, Unit]:
    """The units that the person enters for, by their names."""
    found: dict[str, Unit] = {}
    for unit in access.record_units(person).filter(college=college):
        unit.college = college
        found |= {name: unit for name in (unit.name, unit.short_name) if name}
    return found


def _people(person: Person) -> dict[str, Person | None]:
    """The people of the college by name; a name that two share means nobody."""
    found: dict[str, Person | None] = {}
    for each in access.colleagues(person):
        found[each.name] = None if each.name in found else each
    return found
