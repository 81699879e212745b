"""The steps of a record: handed in, confirmed by the lead and by the office, locked; sent back, opened again, withdrawn."""

from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Record, Stage
from taizhang.web.ledger.workflow.records import CONFIRMED, locked
from taizhang.web.ledger.workflow.stepping import Step, Track, Values
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

TRACK: Track[Record] = Track(
    locked=locked, college=lambda row: row.college, told=lambda row: row.person or row.made_by, page="/records/{}/"
)
take, each = TRACK.take, TRACK.each


def submitting(seen: int | None = None) -> Step[Record]:
    """Hand in a draft; refused where its kind finds an error in it."""

    def makes(person: Person, row: Record) -> Values:
        if not access.may_record(person, row):
            raise _refusal(row, _("%(name)s不负责“%(row)s”，不能提交。") % {"name": person.name, "row": row})
        wrong = next((each for each in row.findings if each["severity"] == "error"), None)
        if wrong is not None:
            raise RefusedError(f"“{row}”：{wrong['message']}")
        return {"stage": Stage.SUBMITTED, "returned_because": ""}

    return Step(verb="submit", makes=makes, seen=seen)


def confirming(seen: int | None = None) -> Step[Record]:
    """The next confirmation: the lead's of the unit, then the office's."""

    def makes(person: Person, row: Record) -> Values:
        if not access.may_confirm(person, row):
            raise _refusal(
                row, _("“%(row)s”现在是“%(stage)s”，不由您确认。") % {"row": row, "stage": row.get_stage_display()}
            )
        return {"stage": Stage.DEPARTMENT if row.stage == Stage.SUBMITTED else Stage.APPROVED}

    return Step(verb="approve", makes=makes, seen=seen)


def returning(reason: str) -> Step[Record]:
    """Send back, with a reason: who may give the next confirmation, and the office before it locks."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("请写明退回的理由。"))

    def makes(person: Person, row: Record) -> Values:
        taken_back = row.stage == Stage.APPROVED and access.may_keep_records(person, row.college)
        if not taken_back and not access.may_confirm(person, row):
            raise _refusal(
                row, _("“%(row)s”现在是“%(stage)s”，不由您退回。") % {"row": row, "stage": row.get_stage_display()}
            )
        return {"stage": Stage.RETURNED, "returned_because": reason, "altered": False}

    return Step(verb="return", makes=makes, reason=reason, notice="“{item}”被{who}退回：{reason}")


def taking_back() -> Step[Record]:
    """Take back what nobody has confirmed yet."""

    def makes(person: Person, row: Record) -> Values:
        if row.stage != Stage.SUBMITTED:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，不能撤回。") % {"row": row, "stage": row.get_stage_display()}
            )
        if not access.standing(person).reaches(row.unit, *access.WORKERS):
            raise NotAllowedError(_("只有填写的部门能撤回。"))
        return {"stage": Stage.DRAFT}

    return Step(verb="withdraw", makes=makes)


def locking() -> Step[Record]:
    """Fix what the office confirmed."""

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, _("只有双高办能锁定。"))
        if row.stage != Stage.APPROVED or row.withdrawn_at is not None:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，双高办确认过才能锁定。") % {"row": row, "stage": row.get_stage_display()}
            )
        if row.altered:
            raise OutOfOrderError(_("“%(row)s”确认后有改动，请先确认改动。") % {"row": row})
        return {"stage": Stage.LOCKED}

    return Step(verb="lock", makes=makes)


def reopening(reason: str) -> Step[Record]:
    """Open what was locked, with a reason: what was approved in one year is accepted in another."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("请写明重新开放的理由。"))

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, _("只有双高办能重新开放。"))
        if row.stage != Stage.LOCKED:
            raise OutOfOrderError(_("“%(row)s”没有锁定。") % {"row": row})
        return {"stage": Stage.APPROVED}

    return Step(verb="reopen", makes=makes, reason=reason)


def seeing(seen: int | None = None) -> Step[Record]:
    """The office confirms a change that came after confirmation."""

    def makes(person: Person, row: Record) -> Values:
        _office(person, row, _("只有双高办能确认改动。"))
        if not row.altered:
            raise OutOfOrderError(_("没有待确认的改动。"))
        return {"altered": False}

    return Step(verb="see", makes=makes, seen=seen)


def dropping(reason: str) -> Step[Record]:
    """Take a record out of use, with a reason: a draft by its unit, a confirmed one by the office; a locked one by nobody."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("请写明撤下的理由。"))

    def makes(person: Person, row: Record) -> Values:
        if row.stage == Stage.LOCKED:
            raise OutOfOrderError(_("“%(row)s”已锁定，请先重新开放。") % {"row": row})
        if row.withdrawn_at is not None:
            raise OutOfOrderError(_("“%(row)s”已撤下。") % {"row": row})
        office = access.may_keep_records(person, row.college)
        if not office and (row.stage in CONFIRMED or not access.may_record(person, row)):
            raise _refusal(row, _("“%(row)s”不由您撤下。") % {"row": row})
        return {"withdrawn_at": timezone.now()}

    return Step(verb="drop", makes=makes, reason=reason)


def restoring() -> Step[Record]:
    """Bring a withdrawn record back into use."""

    def makes(person: Person, row: Record) -> Values:
        if row.withdrawn_at is None:
            raise OutOfOrderError(_("“%(row)s”没有撤下。") % {"row": row})
        if not access.standing(person).reaches(row.unit, *access.WORKERS, access.OFFICE):
            raise NotAllowedError(_("“%(row)s”不由您恢复。") % {"row": row})
        return {"withdrawn_at": None}

    return Step(verb="restore", makes=makes)


def _office(person: Person, row: Record, refusal: str) -> None:
    if not access.may_keep_records(person, row.college):
        raise NotAllowedError(refusal)


def _refusal(row: Record, sentence: str) -> Exception:
    if row.withdrawn_at is not None:
        return OutOfOrderError(_("“%(row)s”已撤下。") % {"row": row})
    if row.stage in {Stage.APPROVED, Stage.LOCKED}:
        return OutOfOrderError(_("“%(row)s”现在是“%(stage)s”。") % {"row": row, "stage": row.get_stage_display()})
    return NotAllowedError(sentence)
