"""Filling in and reviewing: save, submit, approve, return, lock, reopen, see a change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone

from taizhang.web.ledger import access, history
from taizhang.web.ledger.judging import judged
from taizhang.web.ledger.models import Entry, Notice, Person, Stage
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
            raise _unfillable(person, row)
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
    with transaction.atomic():
        row = _held(entry)
        if not access.may_fill(person, row):
            raise _unfillable(person, row)
        _as_seen(row, seen)
        if not row.text.strip() and row.number is None:
            raise RefusedError(f"“{row}”还没有填写，不能提交。")
        _not_blocked(row, "submit")
        return _moved(person, row, Stage.SUBMITTED, "submit", returned_because="")


def approve(person: Person, entry: Entry, seen: int | None = None) -> Entry:
    """Give the next approval: the department's, then the team's where there is one, then the school's."""
    with transaction.atomic():
        row = _held(entry)
        if not access.may_approve(person, row):
            raise _unreviewable(row)
        _as_seen(row, seen)
        _not_blocked(row, "approve")
        if row.stage == Stage.SUBMITTED:
            following = Stage.DEPARTMENT
        elif row.stage == Stage.DEPARTMENT and row.team_id:
            following = Stage.TEAM
        else:
            following = Stage.APPROVED
        return _moved(person, row, following, "approve")


def return_for_revision(person: Person, entry: Entry, reason: str) -> Entry:
    """Send back to be mended, with a reason; the reporter gets a notice."""
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写明退回的理由。")
    with transaction.atomic():
        row = _held(entry)
        if not access.may_return(person, row):
            raise _unreviewable(row)
        row = _moved(person, row, Stage.RETURNED, "return", reason=reason, returned_because=reason)
        tell(row.person or row.changed_by, f"“{row}”被{person.name}退回：{reason}", f"/entries/{row.pk}/")
        return row


def withdraw(person: Person, entry: Entry) -> Entry:
    """Take back what was handed in, as long as nobody has approved it."""
    with transaction.atomic():
        row = _held(entry)
        own = access.standing(person)
        if row.stage != Stage.SUBMITTED or not row.round.is_open:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不能撤回。")
        if not own.reaches(row.unit, *access.WORKERS):
            raise NotAllowedError("只有填报单位能撤回。")
        return _moved(person, row, Stage.DRAFT, "withdraw")


def lock(person: Person, entry: Entry) -> Entry:
    """Fix for good what the school has approved; its evidence can no longer be withdrawn."""
    with transaction.atomic():
        row = _held(entry)
        if not access.may_manage(person, row.round.programme):
            raise NotAllowedError("只有双高办能锁定。")
        if row.stage != Stage.APPROVED:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，学校审过才能锁定。")
        if row.altered:
            raise OutOfOrderError(f"“{row}”审后有改动，请先确认改动。")
        _not_blocked(row, "lock")
        return _moved(person, row, Stage.LOCKED, "lock")


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


def see_alteration(person: Person, entry: Entry) -> Entry:
    """Confirm that a change after approval was seen; reports are free again."""
    with transaction.atomic():
        row = _held(entry)
        if not (
            access.may_manage(person, row.round.programme) or access.standing(person).reaches(row.unit, access.LEAD)
        ):
            raise NotAllowedError("只有负责人或双高办能确认改动。")
        if not row.altered:
            raise OutOfOrderError("没有待确认的改动。")
        row.altered = False
        row.save(update_fields=["altered"])
        history.record(_college(row), person, "see", row, before={"altered": True}, after={"altered": False})
        return row


def each(step, person: Person, entries: Iterable[Entry], *more: str) -> Tally:  # type: ignore[no-untyped-def]  # noqa: ANN001 - any verb above
    """Take one step for many items, each on its own: what is refused for one does not hold back the others."""
    tally = Tally()
    waiting = iter(entries)
    while together := list(islice(waiting, _TOGETHER)):
        with transaction.atomic():
            for entry in together:
                try:
                    tally.done.append(step(person, entry, *more))
                except (NotAllowedError, OutOfOrderError, RefusedError, StaleError) as refusal:
                    tally.refused.append((entry, str(refusal)))
    return tally


def tell(person: Person | None, text: str, link: str = "") -> None:
    """Lay a line on someone's desk."""
    if person is not None:
        Notice.objects.create(person=person, text=text[:300], link=link, made_at=timezone.now())


def _as_seen(row: Entry, seen: int | None) -> None:
    """Nobody puts their name to a text they have not seen: what changed in between is looked at first."""
    if seen is not None and row.version != seen:
        raise StaleError(f"“{row}”刚刚被改过，请看过新内容再办。", row, {})


def _held(entry: Entry) -> Entry:
    """The row as it stands now, locked until the transaction ends."""
    return (
        Entry.objects.select_for_update(of=("self",))
        .select_related("round__programme__college", "unit", "team", "person", "changed_by", "point__task", "indicator")
        .get(pk=entry.pk)
    )


def _college(row: Entry):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a Unit
    return row.round.programme.college


def _moved(person: Person, row: Entry, stage: Stage, verb: str, reason: str = "", **changes: str) -> Entry:
    before = {"stage": row.stage}
    row.stage = stage
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["stage", *changes])
    history.record(_college(row), person, verb, row, before=before, after={"stage": row.stage}, reason=reason)
    return row


def _not_blocked(row: Entry, step: str) -> None:
    """Refuse where the office lets a finding stop this step."""
    families = tuple(row.round.programme.blocking.get(step, ()))
    stopping = [each for each in row.findings if each["severity"] == "error" and each["code"].startswith(families)]
    if families and stopping:
        raise RefusedError(f"“{row}”：{stopping[0]['message']}（双高办规定此类问题未解决不能继续）")


def _unfillable(person: Person, row: Entry) -> Exception:
    if not row.round.is_open:
        return OutOfOrderError(f"“{row.round}”已经结束，不能再填。")
    if not row.is_editable:
        return OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不能再改；要改请先退回。")
    return NotAllowedError(f"{person.name}不负责“{row}”，只能查看。")


def _unreviewable(row: Entry) -> Exception:
    if not row.round.is_open:
        return OutOfOrderError(f"“{row.round}”已经结束，不能再审。")
    if row.stage in {Stage.DRAFT, Stage.RETURNED, Stage.LOCKED}:
        return OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不在待审。")
    return NotAllowedError(f"“{row}”现在是“{row.get_stage_display()}”，不由您审。")
