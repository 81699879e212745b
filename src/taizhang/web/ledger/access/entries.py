"""Who reads what was filled in, and who fills, approves and returns it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.plan import may_manage
from taizhang.web.ledger.access.standing import WORKERS, Whoever, of_units, standing, under
from taizhang.web.ledger.models import Entry, RoleName, Round, Stage, Unit


def visible_entries(person: Whoever) -> QuerySet[Entry]:
    """What the people of the college may read of what was filled in, with its drafts, reasons and history.

    Experts and the province begin with `assessed_entries` and have pages of their own, which show none of that.
    """
    own = standing(person)
    rows = (
        of_colleges(own.units(RoleName.OFFICE))
        | of_units(own.units(*WORKERS), "unit")
        | of_units(own.units(RoleName.LEAD), "team")
    )
    return Entry.objects.filter(rows)


def of_colleges(units: Iterable[Unit]) -> Q:
    """Items of the rounds of colleges that are these units or lie below them, told without a join."""
    return Q(round__in=Round.objects.filter(under(units, "programme__college__path")).order_by().values("pk"))


def may_fill(person: Whoever, entry: Entry) -> bool:
    """Whether the person may type into the item at this stage."""
    own = standing(person)
    return (
        entry.is_editable
        and entry.round.is_open
        and (own.reaches(entry.unit, RoleName.REPORTER, RoleName.LEAD) or may_manage(person, entry.round.programme))
    )


def may_approve(person: Whoever, entry: Entry) -> bool:
    """Whether the next approval is the person's to give: department, then team if there is one, then school."""
    if not entry.round.is_open:
        return False
    own = standing(person)
    if entry.stage == Stage.SUBMITTED:
        return own.reaches(entry.unit, RoleName.LEAD)
    if entry.stage == Stage.DEPARTMENT and entry.team is not None:
        return own.reaches(entry.team, RoleName.LEAD)
    if entry.stage in {Stage.DEPARTMENT, Stage.TEAM}:
        return may_manage(person, entry.round.programme)
    return False


def may_return(person: Whoever, entry: Entry) -> bool:
    """Who may give the next approval may refuse it; the office may also take back what it approved, before it locks."""
    if may_approve(person, entry):
        return True
    return entry.round.is_open and entry.stage == Stage.APPROVED and may_manage(person, entry.round.programme)
