"""Filling in and reviewing: save, submit, approve, return, lock, reopen, see a change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from taizhang.web.ledger import access, history
from taizhang.web.ledger.judging import judged
from taizhang.web.ledger.models import Entry, Person, Stage, Unit
from taizhang.web.ledger.workflow.steps import (
    Step,
    Values,
    approving,
    locking,
    returning,
    seeing,
    submitting,
    tell,
    unfillable,
    withdrawing,
    write,
)
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from taizhang.web.ledger.workflow.typed import FIELDS, as_told, understood

_TOGETHER = 100  # items whose steps are written in one go: few enough that others' saves wait for a moment only


@dataclass(slots=True)
class Tally:
    """What became of a step taken for many items at once."""

    done: list[Entry] = field(default_factory=list)
    refused: list[tuple[Entry, str]] = field(default_factory=list)


def save(person: Person, entry: Entry, version: int, typed: Mapping[str, str]) -> Entry:
    """Keep what was typed. `version` is the one the person saw; raises StaleError where it is no longer the newest."""
    values = understood(typed)
    with transaction.atomic():
        row = _held(entry)
        if not access.may_fill(person, row):
            raise unfillable(person, row)
        values = as_told(row, values, typed)
        if row.version != version:
            # Someone who saved what is there already has lost nothing: a form that was sent twice, for one.
            if all(getattr(row, name) == value for name, value in values.items()):
                return row
            who = row.changed_by.name if row.changed_by else "别人"
            raise StaleError(f"{who}刚刚保存过这一项，下面是两份内容，请选定后再保存。", row, dict(typed))
        before = history.written(row, *FIELDS)
        for name, value in values.items():
            setattr(row, name, value)
        after = history.written(row, *FIELDS)
        if after == before:
            return row
        row.version += 1
        row.changed_at, row.changed_by = timezone.now(), person
        row.findings = judged(row)
        row.worst = worst_of(row.findings)
        row.save()
        history.record(_college(row), person, "save", row, before=before, after=after)
        return row


def worst_of(findings: Iterable[Mapping[str, str]]) -> str:
    """The gravest severity among findings; empty where there are none."""
    order = {"error": 3, "warning": 2, "info": 1}
    return max((each["severity"] for each in findings), key=lambda severity: order.get(severity, 0), default="")


def submit(person: Person, entry: Entry, seen: int | None = None) -> Entry:
    """Hand in what was seen; refused where the office lets a rule block it."""
    return _one(submitting(seen), person, entry)


def approve(person: Person, entry: Entry, seen: int | None = None) -> Entry:
    """Give the next approval: the department's, then the team's where there is one, then the school's."""
    return _one(approving(seen), person, entry)


def return_for_revision(person: Person, entry: Entry, reason: str) -> Entry:
    """Send back to be mended, with a reason; the reporter gets a notice."""
    return _one(returning(reason), person, entry)


def withdraw(person: Person, entry: Entry) -> Entry:
    """Take back what was handed in, as long as nobody has approved it."""
    return _one(withdrawing(), person, entry)


def lock(person: Person, entry: Entry) -> Entry:
    """Fix for good what the school has approved; its evidence can no longer be withdrawn."""
    return _one(locking(), person, entry)


def see_alteration(person: Person, entry: Entry) -> Entry:
    """Confirm that a change after approval was seen; reports are free again."""
    return _one(seeing(), person, entry)


def _one(step: Step, person: Person, entry: Entry) -> Entry:
    """One step of one item."""
    with transaction.atomic():
        row = _held(entry)
        write(person, step, [(row, step.taken(person, row))])
        return row


def correct(person: Person, entry: Entry, version: int, typed: Mapping[str, str], reason: str) -> Entry:
    """The office changes an approved value, with a reason; the item is marked until someone has seen it."""
    values = understood(typed)
    if not reason.strip():
        raise RefusedError("改动已审的数据要写明理由。")
    with transaction.atomic():
        row = _held(entry)
        if not access.may_manage(person, row.round.programme):
            raise NotAllowedError("只有双高办能改动已审的数据。")
        if row.stage not in {Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED} or not row.round.is_open:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不能这样改动。")
        if row.version != version:
            raise StaleError("这一项刚刚被改过，请看过新内容再改。", row, dict(typed))
        values = as_told(row, values, typed)
        before = history.written(row, *FIELDS)
        for name, value in values.items():
            setattr(row, name, value)
        after = history.written(row, *FIELDS)
        if after == before:
            return row
        row.version += 1
        row.altered = True
        row.changed_at, row.changed_by = timezone.now(), person
        row.findings = judged(row)
        row.worst = worst_of(row.findings)
        row.save()
        history.record(_college(row), person, "correct", row, before=before, after=after, reason=reason.strip())
        tell(row.person, f"“{row}”审后被{person.name}改动：{reason.strip()}", f"/entries/{row.pk}/")
        return row


def each(step: Step, person: Person, entries: Iterable[Entry], seen: Mapping[int, int | None] | None = None) -> Tally:
    """Take one step for many items: what is refused for one does not hold back the others.

    `seen` are the versions that were on the person's screen, where the step answers for a text.
    """
    tally = Tally()
    waiting = iter(entries)
    while together := [entry.pk for entry in islice(waiting, _TOGETHER)]:
        with transaction.atomic():
            taken: list[tuple[Entry, Values]] = []
            for row in _locked().filter(pk__in=together).order_by("pk"):
                try:
                    taken.append((row, replace(step, seen=(seen or {}).get(row.pk)).taken(person, row)))
                except (NotAllowedError, OutOfOrderError, RefusedError, StaleError) as refusal:
                    tally.refused.append((row, str(refusal)))
            write(person, step, taken)
        tally.done += [row for row, _values in taken]
    return tally


def _held(entry: Entry) -> Entry:
    """The row as it stands now, locked until the transaction ends."""
    return _locked().get(pk=entry.pk)


def _locked() -> QuerySet[Entry]:
    return Entry.objects.select_for_update(of=("self",)).select_related(
        "round__programme__college", "round__period", "unit", "team", "person", "changed_by", "point__task",
        "indicator",
    )  # fmt: skip


def _college(row: Entry) -> Unit:
    return row.round.programme.college
