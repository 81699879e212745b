"""Filling in and reviewing: save, submit, approve, return, lock, reopen, see a change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.judging import judged, worst_of
from taizhang.web.ledger.models import Entry, Person, Stage, Unit
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.stepping import Track
from taizhang.web.ledger.workflow.steps import (
    approving,
    locking,
    returning,
    seeing,
    submitting,
    unfillable,
    withdrawing,
)
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from taizhang.web.ledger.workflow.typed import FIELDS, as_told, understood


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
            who = row.changed_by.name if row.changed_by else _("别人")
            raise StaleError(
                _("%(who)s刚刚保存过这一项，下面是两份内容，请选定后再保存。") % {"who": who}, row, dict(typed)
            )
        return _written(person, row, values)


def _written(person: Person, row: Entry, values: Mapping[str, Any], reason: str = "") -> Entry:
    """Write what is new, judged anew; what has a reason is a correction. Called inside the transaction in which the row is locked."""
    before = history.written(row, *FIELDS)
    for name, value in values.items():
        setattr(row, name, value)
    after = history.written(row, *FIELDS)
    if after == before:
        return row
    row.version += 1
    row.altered = row.altered or bool(reason)
    row.changed_at, row.changed_by = timezone.now(), person
    row.findings = judged(row)
    row.worst = worst_of(row.findings)
    row.save()
    history.record(
        _college(row), person, "correct" if reason else "save", row, before=before, after=after, reason=reason
    )
    if reason:
        tell(row.person, f"“{row}”审后被{person.name}改动：{reason}", f"/entries/{row.pk}/")
    return row


def submit(person: Person, entry: Entry, seen: int | None = None) -> Entry:
    """Hand in what was seen; refused where the office lets a rule block it."""
    return TRACK.take(submitting(seen), person, entry)


def approve(person: Person, entry: Entry, seen: int | None = None) -> Entry:
    """Give the next approval: the department's, then the team's where there is one, then the school's."""
    return TRACK.take(approving(seen), person, entry)


def return_for_revision(person: Person, entry: Entry, reason: str) -> Entry:
    """Send back to be mended, with a reason; the reporter gets a notice."""
    return TRACK.take(returning(reason), person, entry)


def withdraw(person: Person, entry: Entry) -> Entry:
    """Take back what was handed in, as long as nobody has approved it."""
    return TRACK.take(withdrawing(), person, entry)


def lock(person: Person, entry: Entry) -> Entry:
    """Fix for good what the school has approved; its evidence can no longer be withdrawn."""
    return TRACK.take(locking(), person, entry)


def see_alteration(person: Person, entry: Entry) -> Entry:
    """Confirm that a change after approval was seen; reports are free again."""
    return TRACK.take(seeing(), person, entry)


def correct(person: Person, entry: Entry, version: int, typed: Mapping[str, str], reason: str) -> Entry:
    """The office changes an approved value, with a reason; the item is marked until someone has seen it."""
    values = understood(typed)
    if not reason.strip():
        raise RefusedError(_("改动已审的数据要写明理由。"))
    with transaction.atomic():
        row = _held(entry)
        if not access.may_manage(person, row.round.programme):
            raise NotAllowedError(_("只有双高办能改动已审的数据。"))
        if row.stage not in {Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED} or not row.round.is_open:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，不能这样改动。") % {"row": row, "stage": row.get_stage_display()}
            )
        if row.version != version:
            raise StaleError(_("这一项刚刚被改过，请看过新内容再改。"), row, dict(typed))
        return _written(person, row, as_told(row, values, typed), reason.strip())


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


TRACK: Track[Entry] = Track(
    locked=_locked, college=_college, told=lambda row: row.person or row.changed_by, page="/entries/{}/"
)
each = TRACK.each
