"""What is owed, by whom and by when: the same question asked by lists, by the desk and by reminders."""

from datetime import date

from django.db.models import Q

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, RoleName, Round, Stage

# Whose turn it is at a stage, and the deadline of that layer.
NEXT_STEP = (
    (Q(stage__in=(Stage.DRAFT, Stage.RETURNED)), "due_person"),
    (Q(stage=Stage.SUBMITTED), "due_department"),
    (Q(stage=Stage.DEPARTMENT, team__isnull=False), "due_team"),
    (Q(stage=Stage.DEPARTMENT, team=None) | Q(stage__in=(Stage.TEAM, Stage.APPROVED)), "due_school"),
)


def late(round_: Round, day: date) -> Q:
    """Items of a round whose next step is overdue on a day."""
    found = Q(pk__in=())
    for stages, deadline in NEXT_STEP:
        if getattr(round_, deadline) < day:
            found |= stages
    return found & Q(round=round_)


def waiting(person: Person) -> Q:
    """Items whose next approval is this person's to give: as `access.may_approve` says of one, for a list."""
    own = access.standing(person)
    found = Q(pk__in=())
    for unit in own.units(RoleName.LEAD):
        found |= Q(stage=Stage.SUBMITTED, unit__path__startswith=unit.path)
        found |= Q(stage=Stage.DEPARTMENT, team__path__startswith=unit.path)
    for unit in own.units(RoleName.OFFICE):
        school = Q(stage=Stage.DEPARTMENT, team=None) | Q(stage=Stage.TEAM)
        found |= school & Q(round__programme__college__path__startswith=unit.path)
    return found & Q(round__closed_at=None)


def to_fill(person: Person) -> Q:
    """Items that this person is to fill: named for it, or a reporter of a unit whose item names nobody."""
    own = access.standing(person)
    found = Q(person=person)
    for unit in own.units(RoleName.REPORTER):
        found |= Q(person=None, unit__path__startswith=unit.path)
    return found & Q(stage__in=(Stage.DRAFT, Stage.RETURNED), round__closed_at=None)
