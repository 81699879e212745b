"""The steps that an item takes: for each, whether it is the time and the person may, and what it changes.

A step is a value, so that it is taken for one item or for five hundred in the same way: each is asked by itself,
what is refused is told, and the rest is written in a few statements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from taizhang.web.ledger import access, derived, history
from taizhang.web.ledger.models import Entry, Notice, Person, Stage
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

Values = Mapping[str, str | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: its verb in the history, what it makes of an item (or raises), and a notice to whoever filled it in.

    `seen` is the version that the person has before them, where the step answers for a text.
    """

    verb: str
    makes: Callable[[Person, Entry], Values]
    seen: int | None = None
    reason: str = ""
    notice: str = ""

    def taken(self, person: Person, row: Entry) -> Values:
        """What changes; raises where it may not, or not now. Nobody puts their name to a text they have not seen."""
        values = self.makes(person, row)
        if self.seen is not None and row.version != self.seen:
            raise StaleError(f"“{row}”刚刚被改过，请看过新内容再办。", row, {})
        return values


def write(person: Person, step: Step, taken: Sequence[tuple[Entry, Values]]) -> None:
    """Write what was taken, with the history. Call inside the transaction in which the rows are locked."""
    if not taken:
        return
    steps: list[history.Step] = []
    for row, values in taken:
        told = [name for name in values if name != "returned_because"]  # the reason stands in the history as such
        before = history.written(row, *told)
        for name, value in values.items():
            setattr(row, name, value)
        steps.append((row, before, history.written(row, *told)))
    fields = sorted({name for _row, values in taken for name in values})
    Entry.objects.bulk_update([row for row, _values in taken], fields, batch_size=200)
    history.record_steps(taken[0][0].round.programme.college, person, step.verb, steps, step.reason)
    for row, _values in taken if step.notice else ():
        said = step.notice.format(item=row, who=person.name, reason=step.reason)
        tell(row.person or row.changed_by, said, f"/entries/{row.pk}/")


def tell(person: Person | None, text: str, link: str = "") -> None:
    """Lay a line on someone's desk."""
    if person is not None:
        Notice.objects.create(person=person, text=text[:300], link=link, made_at=timezone.now())


def submitting(seen: int | None = None) -> Step:
    """Hand in what was filled."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_fill(person, row):
            raise unfillable(person, row)
        if not row.text.strip() and row.number is None:
            raise RefusedError(f"“{row}”还没有填写，不能提交。")
        _not_unlike_records(row)
        _not_blocked(row, "submit")
        return {"stage": Stage.SUBMITTED, "returned_because": ""}

    return Step(verb="submit", makes=makes, seen=seen)


def approving(seen: int | None = None) -> Step:
    """The next approval: the department's, the team's where there is one, the school's."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_approve(person, row):
            raise _unreviewable(row)
        _not_blocked(row, "approve")
        if row.stage == Stage.SUBMITTED:
            return {"stage": Stage.DEPARTMENT}
        return {"stage": Stage.TEAM if row.stage == Stage.DEPARTMENT and row.team_id else Stage.APPROVED}

    return Step(verb="approve", makes=makes, seen=seen)


def returning(reason: str) -> Step:
    """Send back, with a reason."""
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写明退回的理由。")

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_return(person, row):
            raise _unreviewable(row)
        return {"stage": Stage.RETURNED, "returned_because": reason}

    return Step(verb="return", makes=makes, reason=reason, notice="“{item}”被{who}退回：{reason}")


def withdrawing() -> Step:
    """Take back what nobody has approved yet."""

    def makes(person: Person, row: Entry) -> Values:
        if row.stage != Stage.SUBMITTED or not row.round.is_open:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，不能撤回。")
        if not access.standing(person).reaches(row.unit, *access.WORKERS):
            raise NotAllowedError("只有填报单位能撤回。")
        return {"stage": Stage.DRAFT}

    return Step(verb="withdraw", makes=makes)


def locking() -> Step:
    """Fix for good what the school approved."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_manage(person, row.round.programme):
            raise NotAllowedError("只有双高办能锁定。")
        if row.stage != Stage.APPROVED:
            raise OutOfOrderError(f"“{row}”现在是“{row.get_stage_display()}”，学校审过才能锁定。")
        if row.altered:
            raise OutOfOrderError(f"“{row}”审后有改动，请先确认改动。")
        _not_blocked(row, "lock")
        return {"stage": Stage.LOCKED}

    return Step(verb="lock", makes=makes)


def seeing() -> Step:
    """Confirm that a change after approval was seen."""

    def makes(person: Person, row: Entry) -> Values:
        office = access.may_manage(person, row.round.programme)
        if not office and not access.standing(person).reaches(row.unit, access.LEAD):
            raise NotAllowedError("只有负责人或双高办能确认改动。")
        if not row.altered:
            raise OutOfOrderError("没有待确认的改动。")
        return {"altered": False}

    return Step(verb="see", makes=makes)


def _not_unlike_records(row: Entry) -> None:
    """A value that is made of records is typed otherwise only with a reason."""
    if row.number is None or row.reason.strip():
        return
    records = derived.offered(row)
    if records is not None and not records.agrees(row.number):
        told = f"{records.text} {records.unit}".strip() if records.value is not None else "算不出来"
        raise RefusedError(f"“{row}”填的是 {row.text.strip()}，由业务记录算得的是 {told}；两者不同，请在“原因”里写明。")


def _not_blocked(row: Entry, step: str) -> None:
    """Refuse where the office lets a finding stop this step: “TGT” for its errors, “TGT:warning” for doubts as well."""
    for rule in row.round.programme.blocking.get(step, ()):
        family, _colon, from_severity = str(rule).partition(":")
        grave = {"error", "warning"} if from_severity == "warning" else {"error"}
        for finding in row.findings:
            if finding["severity"] in grave and finding["code"].startswith(family):
                raise RefusedError(f"“{row}”：{finding['message']}（双高办规定此类问题未解决不能继续）")


def unfillable(person: Person, row: Entry) -> Exception:
    """Why the person cannot type into the item."""
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
