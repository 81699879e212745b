"""The steps of a record: handed in, confirmed by the lead and by the office, locked; sent back, opened again, withdrawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db import transaction
from django.utils import timezone

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Person, Record, Stage
from taizhang.web.ledger.workflow.records import CONFIRMED, locked
from taizhang.web.ledger.workflow.steps import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

_TOGETHER = 100
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """A step: its verb in the history, what it makes of a record (or raises), and a notice to whoever entered it."""

    verb: str
    makes: Callable[[Person, Record], Values]
    seen: int | None = None
    reason: str = ""
    notice: str = ""

    def taken(self, person: Person, row: Record) -> Values:
        """What changes; raises where it may not, or not now, or where the person has seen an older text."""
        values = self.makes(person, row)
        if self.seen is not None and row.version != self.seen:
            raise StaleError(f"“{row}”刚刚被改过，请看过新内容再办。", row, {})
        return values


@dataclass(slots=True)
class RecordTally:
    """What became of a step taken for many records at once."""

    done: list[Record] = field(default_factory=list)
    refused: list[tuple[Record, str]] = field(default_factory=list)


def take(step: RecordStep, person: Person, row: Record) -> Record:
    """One step of one record."""
    with transaction.atomic():
        held = locked().get(pk=row.pk)
        _write(person, step, [(held, step.taken(person, held))])
        return held


def each(
    step: RecordStep, person: Person, rows: Iterable[Record], seen: Mapping[int, int | None] | None = None
) -> RecordTally:
    """Take one step for many records: what is refused for one does not hold back the others."""
    tally = RecordTally()
    waiting = iter(rows)
    while together := [row.pk for row in islice(waiting, _TOGETHER)]:
        with transaction.atomic():
            taken: list[tuple[Record, Values]] = []
            for row in locked().filter(pk__in=together).order_by("pk"):
                try:
                    taken.append((row, replace(step, seen=(seen or {}).get(row.pk)).taken(person, row)))
                except (NotAllowedError, OutOfOrderError, RefusedError, StaleError) as refusal:
                    tally.refused.append((row, str(refusal)))
            _write(person, step, taken)
        tally.done += [row for row, _values in taken]
    return tally


def _write(person: Person, step: RecordStep, taken: Sequence[tuple[Record, Values]]) -> None:
    if not taken:
        return
    steps: list[history.Step] = []
    for row, values in taken:
        named = [name for name in values if name != "returned_because"]  # the reason stands in the history as such
        before = history.written(row, *named)
        for name, value in values.items():
            setattr(row, name, value)
        steps.append((row, before, history.written(row, *named)))
    fields = sorted({name for _row, values in taken for name in values})
    Record.objects.bulk_update([row for row, _values in taken], fields, batch_size=200)
    history.record_steps(taken[0][0].college, person, step.verb, steps, step.reason)
    for row, _values in taken if step.notice else ():
        said = step.notice.format(item=row, who=person.name, reason=step.reason)
        tell(row.person or row.made_by, said, f"/records/{row.pk}/")


def submitting(seen: int | None = None) -> RecordStep:
    """Hand in a draft; refused where its kind finds an error in it."""

    def makes(person: Person, row: Record) -> Values:
        if not access.may_record(person, row):
            raise _refusal(row, f"{person.name}不负责“{row}”，不能提交。")
        wrong = next((each for each in row.findings if each["severity"] == "error"), None)
        if wrong is not None:
            raise RefusedError(f"“{row}”：{wrong['message']}")
        return {"stage": Stage.SUBMITTED, "returned_because": ""}

    return RecordStep(verb="submit", makes=makes, seen=seen)


def confirming(seen: int | None = None) -> RecordStep:
    """The next confirmation: the lead's of the unit, then the office's."""

    def makes(person: Person, row: Record) -> Values:
        if not access.may_confirm(person, row):
            raise _refusal(row, f"“{row}”现在是“{row.get_stage_display()}”，不由您确认。")
        return {"stage": Stage.DEPARTMENT if row.stage == Stage.SUBMITTED else Stage.APPROVED}

    return RecordStep(verb="approve", makes=makes, seen=seen)


def returning(reason: str) -> RecordStep:
    """Send back, with a reason: who may give the next confirmation, and the office before it locks."""
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写明退回的理由。")

    def makes(person: Person, row: Record) -> Values:
        taken_back = row.stage == Stage.APPROVED and access.may_keep_records(person, row.college)
        if not taken_back and not access.may_confirm(person, row):
            raise _refusal(row, f"“{row}”现在是“{row.get_stage_display()}”，不由您退回。")
        return {"stage": Stage.RETURNED, "returned_because": reason, "altered": False}

    return RecordStep(verb="return", makes=makes, reason=reason, notice="“{item}”被{who}退回：{reason}")


def taking_back() -> RecordStep:
    """Take back what nobody has confirmed yet."""

    def makes(person: Person, row: Record) -> Values:
        if row.stage != Stage.SUBMITTED:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不能撤回。")
        if not access.standing(person).reaches(row.unit, *access.WORKERS):
            raise NotAllowedError("只有填写的部门能撤回。")
        return {"stage": Stage.DRAFT}

    return RecordStep(verb="withdraw", makes=makes)


def locking() -> RecordStep:
    """Fix what the office confirmed."""

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, "锁定")
        if row.stage != Stage.APPROVED or row.withdrawn_at is not None:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，双高办确认过才能锁定。")
        if row.altered:
            raise OutOfOrderError(f"“{row}”确认后有改动，请先确认改动。")
        return {"stage": Stage.LOCKED}

    return RecordStep(verb="lock", makes=makes)


def reopening(reason: str) -> RecordStep:
    """Open what was locked, with a reason: what was approved in one year is accepted in another."""
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写明重新开放的理由。")

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, "重新开放")
        if row.stage != Stage.LOCKED:
            raise OutOfOrderError(f"“{row}”没有锁定。")
        return {"stage": Stage.APPROVED}

    return RecordStep(verb="reopen", makes=makes, reason=reason)


def seeing(seen: int | None = None) -> RecordStep:
    """The office confirms a change that came after confirmation."""

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, "确认改动")
        if not row.altered:
            raise OutOfOrderError("没有待确认的改动。")
        return {"altered": False}

    return RecordStep(verb="see", makes=makes, seen=seen)


def dropping(reason: str) -> RecordStep:
    """Take a record out of use, with a reason: a draft by its unit, a confirmed one by the office; a locked one by nobody."""
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写明撤下的理由。")

    def makes(person: Person, row: Record) -> Values:
        if row.withdrawn_at is not None or row.stage == Stage.LOCKED:
            raise OutOfOrderError(f"“{row}”{'已锁定，请先重新开放' if row.stage == Stage.LOCKED else '已撤下'}。")
        office = access.may_keep_records(person, row.college)
        if not office and (row.stage in CONFIRMED or not access.may_record(person, row)):
            raise _refusal(row, f"“{row}”不由您撤下。")
        return {"withdrawn_at": timezone.now()}

    return RecordStep(verb="drop", makes=makes, reason=reason)


def restoring() -> RecordStep:
    """Bring a withdrawn record back into use."""

    def makes(person: Person, row: Record) -> Values:
        if row.withdrawn_at is None:
            raise OutOfOrderError(f"“{row}”没有撤下。")
        if not access.standing(person).reaches(row.unit, *access.WORKERS, access.OFFICE):
            raise NotAllowedError(f"“{row}”不由您恢复。")
        return {"withdrawn_at": None}

    return RecordStep(verb="restore", makes=makes)


def _office(person: Person, row: Record, what: str) -> None:
    if not access.may_keep_records(person, row.college):
        raise NotAllowedError(f"只有双高办能{what}。")


def _refusal(row: Record, sentence: str) -> Exception:
    if row.withdrawn_at is not None:
        return OutOfOrderError(f"“{row}”已撤下。")
    if row.stage in {Stage.APPROVED, Stage.LOCKED}:
        return OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”。")
    return NotAllowedError(sentence)
