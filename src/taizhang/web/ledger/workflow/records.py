"""Records: enter, save, move to another state, correct after confirmation; each as a whole value of the core."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core import record as core
from taizhang.records import Shelf
from taizhang.web.ledger import access, history, record_search
from taizhang.web.ledger.judging import worst_of
from taizhang.web.ledger.models import (
    Chain,
    Person,
    Record,
    RecordMeasure,
    RecordMove,
    RecordPartner,
    RecordTag,
    Stage,
    Unit,
)
from taizhang.web.ledger.record_judging import judged
from taizhang.web.ledger.recorded import columns, in_words, told
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow.record_room import refuse_unfit
from taizhang.web.ledger.workflow.registers import partners_named, places_named, plain
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

CONFIRMED = (Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Entering:
    """A record that is to be entered: for which unit, whose it is, and what it says. An empty id is given one."""

    unit: Unit
    record: core.Record
    person: Person | None = None


def enter(person: Person, entering: Entering) -> Record:
    """A new record, as a draft."""
    return enter_many(person, entering.unit.college or entering.unit, [entering])[0]


def enter_many(person: Person, college: Unit, entering: Sequence[Entering]) -> list[Record]:
    """New records of a college, as drafts, in a few statements however many they are."""
    shelf, own = shelf_of(college), access.standing(person)
    for unit in {each.unit for each in entering}:
        if unit.college_id != college.pk or not own.reaches(unit, *access.WORKERS, access.OFFICE):
            raise NotAllowedError(_("%(name)s不能为“%(unit)s”写记录。") % {"name": person.name, "unit": unit})
    for each in entering:
        refuse_unfit(each.record, shelf)
    with transaction.atomic():
        # Two entered at once would get the same number; the college's chain is locked by each change anyway.
        Chain.objects.select_for_update().get_or_create(college=college)
        coded = list(_coded(college, entering))
        now = timezone.now()
        places = places_named(college, (each.record.place or "" for each in coded))
        rows = Record.objects.bulk_create(
            (
                Record(
                    college=college, unit=each.unit, person=each.person, code=each.record.id, made_at=now, made_by=person,
                    changed_at=now, changed_by=person, mentions=[mention._asdict() for mention in each.record.evidence],
                    place=places.get(plain(each.record.place or "")), **columns(each.record),
                )
                for each in coded
            ),
            batch_size=500,
        )  # fmt: skip
        records = [each.record for each in coded]
        _hang(college, person, list(zip(rows, records, strict=True)))
        _judge(rows, records, shelf)
        after = [in_words(record, shelf.get(record.kind)) for record in records]
        history.record_many(college, person, "add", list(zip(rows, after, strict=True)))
        return rows


def _coded(college: Unit, entering: Iterable[Entering]) -> Iterable[Entering]:
    """The records, each with a number of its own in the college."""
    entering = list(entering)
    given = [each.record.id for each in entering if each.record.id]
    taken = Record.objects.filter(college=college, code__in=given).values_list("code", flat=True).first()
    if taken is not None or len(set(given)) != len(given):
        twice = taken or next(code for code in given if given.count(code) > 1)
        raise RefusedError(_("编号 %(twice)s 已经用在另一条记录上。") % {"twice": twice})
    last = Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for each in entering:
        if each.record.id:
            yield each
            continue
        last += 1
        while Record.objects.filter(college=college, code=f"J{last:06}").exists() or f"J{last:06}" in given:
            last += 1
        yield replace(each, record=replace(each.record, id=f"J{last:06}"))


def save(
    person: Person, row: Record, version: int, record: core.Record, owner: tuple[Unit, Person | None] | None = None
) -> Record:
    """Keep what a draft now says. `version` is the one the person saw; `owner` the unit and the person responsible."""
    with transaction.atomic():
        held = _held(row)
        if not access.may_record(person, held):
            raise _unwritable(person, held)
        return _changed(person, held, version, _Content(record, owner), "save")


def correct(person: Person, row: Record, version: int, record: core.Record, reason: str) -> Record:
    """The office changes a confirmed record, with a reason; it is marked until someone has seen it."""
    if not reason.strip():
        raise RefusedError(_("改动已确认的记录要写明理由。"))
    with transaction.atomic():
        held = _held(row)
        if not access.may_keep_records(person, held.college):
            raise NotAllowedError(_("只有双高办能改动已确认的记录。"))
        if held.stage not in CONFIRMED or held.withdrawn_at is not None:
            raise OutOfOrderError(
                _("“%(held)s”现在是“%(stage)s”，不能这样改动。") % {"held": held, "stage": held.get_stage_display()}
            )
        return _changed(person, held, version, _Content(record), "correct", reason.strip())


def move(person: Person, row: Record, version: int, to: core.Move) -> Record:
    """The record comes to another state, as its kind allows; after confirmation it is marked until that was seen."""
    with transaction.atomic():
        held = _held(row)
        if not access.standing(person).reaches(held.unit, *access.WORKERS, access.OFFICE):
            raise NotAllowedError(_("%(name)s不负责“%(held)s”，只能查看。") % {"name": person.name, "held": held})
        if held.stage in {Stage.SUBMITTED, Stage.LOCKED} or held.withdrawn_at is not None:
            raise OutOfOrderError(
                _("“%(held)s”现在是“%(stage)s”，不能变更状态；请先退回或重新开放。")
                % {"held": held, "stage": held.get_stage_display()}
            )
        before = told(held)
        _refuse_move(shelf_of(held.college), before, to)
        after = replace(before, state=to.state, moves=(*_moves(before), to))
        return _changed(person, held, version, _Content(after), "advance")


def _moves(record: core.Record) -> tuple[core.Move, ...]:
    """The moves so far; the first state, where nobody told how it was reached, is one."""
    return record.moves or ((core.Move(record.state),) if record.state else ())


def _refuse_move(shelf: Shelf, before: core.Record, to: core.Move) -> None:
    kind = shelf.get(before.kind)
    state = kind.state(to.state) if kind else None
    if kind is None or state is None:
        raise RefusedError(_("没有“%(state)s”这种状态。") % {"state": to.state})
    if before.state and not kind.follows(before.state, to.state):
        known = kind.state(before.state)
        raise RefusedError(
            _("“%(value)s”之后不能是“%(name)s”。")
            % {"value": known.name if known else before.state, "name": state.name}
        )
    if to.state == "postponed" and not to.document.strip():
        raise RefusedError(_("延期须写明批文。"))
    earlier = [each.on for each in before.moves if each.on]
    if to.on and earlier and to.on < max(earlier):
        raise RefusedError(_("日期早于上一次变更（%(earlier)s）。") % {"earlier": max(earlier)})
    if len(to.document) > 200:
        raise RefusedError(_("依据文件最多 200 字。"))


@dataclass(frozen=True, slots=True)
class _Content:
    record: core.Record
    owner: tuple[Unit, Person | None] | None = None


def _changed(person: Person, row: Record, version: int, content: _Content, verb: str, reason: str = "") -> Record:
    """Write what is new. Call inside the transaction in which the row is locked."""
    shelf = shelf_of(row.college)
    before, record = told(row), replace(content.record, id=row.code, kind=row.kind)
    # What it cites it goes on citing: evidence has verbs of its own.
    record = replace(record, evidence=before.evidence)
    refuse_unfit(record, shelf)
    unit, owner = content.owner or (row.unit, row.person)
    if before == record and (unit, owner) == (row.unit, row.person):
        return row
    if row.version != version:
        who = row.changed_by.name if row.changed_by else _("别人")
        raise StaleError(_("%(who)s刚刚保存过这条记录，下面是两份内容，请选定后再保存。") % {"who": who}, row, {})
    if unit != row.unit and not access.standing(person).reaches(unit, *access.WORKERS, access.OFFICE):
        raise NotAllowedError(_("%(name)s不能为“%(unit)s”写记录。") % {"name": person.name, "unit": unit})
    places = places_named(row.college, [record.place or ""])
    for name, value in columns(record).items():
        setattr(row, name, value)
    row.unit, row.person = unit, owner
    row.place = row.place if before.place == record.place else places.get(plain(record.place or ""))
    row.version += 1
    row.altered = row.altered or row.stage in CONFIRMED
    row.changed_at, row.changed_by = timezone.now(), person
    row.save()
    _hang(row.college, person, [(row, record)], before)
    _judge([row], [record], shelf)
    _recorded(person, row, verb, (before, record), shelf, reason)
    return row


def _recorded(
    person: Person, row: Record, verb: str, sides: tuple[core.Record, core.Record], shelf: Shelf, reason: str
) -> None:
    """What changed of it, into the history."""
    kind = shelf.get(row.kind)
    before, after = (in_words(side, kind) for side in sides)
    changed = [key for key in after if before[key] != after[key]]
    if sides[0].moves != sides[1].moves:
        before["moves"], after["moves"] = (_moves_in_words(side, shelf) for side in sides)
        changed.append("moves")
    told_before: Mapping[str, Any] = {key: before[key] for key in changed}
    history.record(
        row.college, person, verb, row, before=told_before, after={key: after[key] for key in changed}, reason=reason
    )


def _moves_in_words(record: core.Record, shelf: Shelf) -> list[str]:
    kind = shelf.get(record.kind)
    names = {each.key: each.name for each in kind.states} if kind else {}
    return [
        " ".join(filter(None, (names.get(each.state, each.state), str(each.on or ""), each.document)))
        for each in record.moves
    ]


def _hang(
    college: Unit, person: Person, pairs: Sequence[tuple[Record, core.Record]], before: core.Record | None = None
) -> None:
    """Write what hangs on the records; of one that was there before, only what is no longer so."""
    rows = [row for row, _record in pairs]
    if before is None or before.measures != pairs[0][1].measures:
        RecordMeasure.objects.filter(record__in=rows if before else ()).delete()
        RecordMeasure.objects.bulk_create((RecordMeasure(record=row, position=i, **each._asdict()) for row, record in pairs for i, each in enumerate(record.measures)), batch_size=500)  # fmt: skip
    if before is None or before.partners != pairs[0][1].partners:
        named = partners_named(college, (each.name for _row, record in pairs for each in record.partners))
        RecordPartner.objects.filter(record__in=rows if before else ()).delete()
        RecordPartner.objects.bulk_create((RecordPartner(record=row, position=i, partner=named[plain(each.name)], told=each.name, role=each.role) for row, record in pairs for i, each in enumerate(record.partners)), batch_size=500)  # fmt: skip
    if before is None or before.tags != pairs[0][1].tags:
        RecordTag.objects.filter(record__in=rows if before else ()).delete()
        RecordTag.objects.bulk_create((RecordTag(record=row, college=college, name=name) for row, record in pairs for name in record.tags), batch_size=500)  # fmt: skip
    _move(person, pairs, before)


def _move(person: Person, pairs: Sequence[tuple[Record, core.Record]], before: core.Record | None) -> None:
    """Write the moves; those that stood there keep who made them and when."""
    now, new = timezone.now(), []
    for row, record in pairs:
        stood = before.moves if before else ()
        same = 0
        for one, other in zip_longest(stood, record.moves):
            if one != other:
                break
            same += 1
        if before is not None:
            row.moves.filter(position__gte=same).delete()
        new += [
            RecordMove(record=row, position=i, made_at=now, made_by=person, **each._asdict())
            for i, each in enumerate(record.moves)
            if i >= same
        ]
    RecordMove.objects.bulk_create(new, batch_size=500)


def _judge(rows: Sequence[Record], records: Sequence[core.Record], shelf: Shelf) -> None:
    """What the kinds say of the records as they stand, and their words for the search."""
    for row, record in zip(rows, records, strict=True):
        row.findings = judged(record, shelf)
        row.worst = worst_of(row.findings)
    Record.objects.bulk_update(rows, ["findings", "worst"], batch_size=500)
    texts = [record_search.text_of(record, shelf.get(record.kind)) for record in records]
    record_search.index(list(zip(rows, texts, strict=True)))


def judge_anew(row: Record) -> None:
    """What a record rests on has changed, and with it what its kind says of it."""
    row.findings = judged(told(row), shelf_of(row.college))
    row.worst = worst_of(row.findings)
    row.save(update_fields=["findings", "worst"])


def _unwritable(person: Person, row: Record) -> Exception:
    if row.withdrawn_at is not None:
        return OutOfOrderError(_("“%(row)s”已撤下，要改请先恢复。") % {"row": row})
    if not row.is_editable:
        return OutOfOrderError(
            _("“%(row)s”现在是“%(stage)s”，不能再改；要改请先退回。") % {"row": row, "stage": row.get_stage_display()}
        )
    return NotAllowedError(_("%(name)s不负责“%(row)s”，只能查看。") % {"name": person.name, "row": row})


def _held(row: Record) -> Record:
    """The row as it stands now, locked until the transaction ends."""
    return locked().get(pk=row.pk)


def locked() -> QuerySet[Record]:
    """Rows to be changed, with what is asked of them."""
    return Record.objects.select_for_update(of=("self",)).select_related(
        "college", "unit__college", "person", "changed_by"
    )


def day_of(text: str) -> date | None:
    """A day as forms send it; raises RefusedError with a sentence."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RefusedError(_("“%(text)s”不是日期，请写成 2024-03-05 这样。") % {"text": text}) from error
