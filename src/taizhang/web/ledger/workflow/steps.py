"""The steps that an item takes: for each, whether it is the time and the person may, and what it changes."""

from django.utils.translation import gettext as _

from taizhang.web.ledger import access, derived
from taizhang.web.ledger.models import Entry, Person, Stage
from taizhang.web.ledger.workflow.stepping import Step, Values
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError


def submitting(seen: int | None = None) -> Step[Entry]:
    """Hand in what was filled."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_fill(person, row):
            raise unfillable(person, row)
        if not row.text.strip() and row.number is None:
            raise RefusedError(_("“%(row)s”还没有填写，不能提交。") % {"row": row})
        _not_unlike_records(row)
        _not_blocked(row, "submit")
        return {"stage": Stage.SUBMITTED, "returned_because": ""}

    return Step(verb="submit", makes=makes, seen=seen)


def approving(seen: int | None = None) -> Step[Entry]:
    """The next approval: the department's, the team's where there is one, the school's."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_approve(person, row):
            raise _unreviewable(row)
        _not_blocked(row, "approve")
        if row.stage == Stage.SUBMITTED:
            return {"stage": Stage.DEPARTMENT}
        return {"stage": Stage.TEAM if row.stage == Stage.DEPARTMENT and row.team_id else Stage.APPROVED}

    return Step(verb="approve", makes=makes, seen=seen)


def returning(reason: str) -> Step[Entry]:
    """Send back, with a reason."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("请写明退回的理由。"))

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_return(person, row):
            raise _unreviewable(row)
        return {"stage": Stage.RETURNED, "returned_because": reason}

    return Step(verb="return", makes=makes, reason=reason, notice="“{item}”被{who}退回：{reason}")


def withdrawing() -> Step[Entry]:
    """Take back what nobody has approved yet."""

    def makes(person: Person, row: Entry) -> Values:
        if row.stage != Stage.SUBMITTED or not row.round.is_open:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，不能撤回。") % {"row": row, "stage": row.get_stage_display()}
            )
        if not access.standing(person).reaches(row.unit, *access.WORKERS):
            raise NotAllowedError(_("只有填报单位能撤回。"))
        return {"stage": Stage.DRAFT}

    return Step(verb="withdraw", makes=makes)


def locking() -> Step[Entry]:
    """Fix for good what the school approved."""

    def makes(person: Person, row: Entry) -> Values:
        if not access.may_manage(person, row.round.programme):
            raise NotAllowedError(_("只有双高办能锁定。"))
        if row.stage != Stage.APPROVED:
            raise OutOfOrderError(
                _("“%(row)s”现在是“%(stage)s”，学校审过才能锁定。") % {"row": row, "stage": row.get_stage_display()}
            )
        if row.altered:
            raise OutOfOrderError(_("“%(row)s”审后有改动，请先确认改动。") % {"row": row})
        _not_blocked(row, "lock")
        return {"stage": Stage.LOCKED}

    return Step(verb="lock", makes=makes)


def seeing() -> Step[Entry]:
    """Confirm that a change after approval was seen."""

    def makes(person: Person, row: Entry) -> Values:
        office = access.may_manage(person, row.round.programme)
        if not office and not access.standing(person).reaches(row.unit, access.LEAD):
            raise NotAllowedError(_("只有负责人或双高办能确认改动。"))
        if not row.altered:
            raise OutOfOrderError(_("没有待确认的改动。"))
        return {"altered": False}

    return Step(verb="see", makes=makes)


def _not_unlike_records(row: Entry) -> None:
    """A value that is made of records is typed otherwise only with a reason."""
    if row.number is None or row.reason.strip():
        return
    records = derived.offered(row)
    if records is not None and not records.agrees(row.number):
        told = f"{records.text} {records.unit}".strip() if records.value is not None else _("算不出来")
        raise RefusedError(
            _("“%(row)s”填的是 %(strip)s，由业务记录算得的是 %(told)s；两者不同，请在“原因”里写明。")
            % {"row": row, "strip": row.text.strip(), "told": told}
        )


def _not_blocked(row: Entry, step: str) -> None:
    """Refuse where the office lets a finding stop this step: “TGT” for its errors, “TGT:warning” for doubts as well."""
    for rule in row.round.programme.blocking.get(step, ()):
        family, _colon, from_severity = str(rule).partition(":")
        grave = {"error", "warning"} if from_severity == "warning" else {"error"}
        for finding in row.findings:
            if finding["severity"] in grave and finding["code"].startswith(family):
                raise RefusedError(
                    _("“%(row)s”：%(message)s（双高办规定此类问题未解决不能继续）")
                    % {"row": row, "message": finding["message"]}
                )


def unfillable(person: Person, row: Entry) -> Exception:
    """Why the person cannot type into the item."""
    if not row.round.is_open:
        return OutOfOrderError(_("“%(round)s”已经结束，不能再填。") % {"round": row.round})
    if not row.is_editable:
        return OutOfOrderError(
            _("“%(row)s”现在是“%(stage)s”，不能再改；要改请先退回。") % {"row": row, "stage": row.get_stage_display()}
        )
    return NotAllowedError(_("%(name)s不负责“%(row)s”，只能查看。") % {"name": person.name, "row": row})


def _unreviewable(row: Entry) -> Exception:
    if not row.round.is_open:
        return OutOfOrderError(_("“%(round)s”已经结束，不能再审。") % {"round": row.round})
    if row.stage in {Stage.DRAFT, Stage.RETURNED, Stage.LOCKED}:
        return OutOfOrderError(
            _("“%(row)s”现在是“%(stage)s”，不在待审。") % {"row": row, "stage": row.get_stage_display()}
        )
    return NotAllowedError(_("“%(row)s”现在是“%(stage)s”，不由您审。") % {"row": row, "stage": row.get_stage_display()})
