"""Who sees warnings, who handles and closes them, and who says where they begin and whom they are told."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import LEAD, OFFICE, WORKERS, Whoever, of_units, standing, under
from taizhang.web.ledger.models import Forewarning, Gauging, Messenger, Subject, Unit


def visible_forewarnings(person: Whoever) -> QuerySet[Forewarning]:
    """Those of the own units and the units below them; all of the college for the office."""
    own = standing(person)
    return Forewarning.objects.filter(_of_offices(person) | of_units(own.units(*WORKERS), "unit"))


def _of_offices(person: Whoever) -> Q:
    return Q(college__in=Unit.objects.filter(under(standing(person).units(OFFICE), "path")).order_by().values("pk"))


def visible_gaugings(person: Whoever) -> QuerySet[Gauging]:
    """What was measured of them."""
    return Gauging.objects.filter(subject__in=_subjects(person).order_by().values("pk"))


def _subjects(person: Whoever) -> QuerySet[Subject]:
    """What is diagnosed of the own units; all of the college for the office."""
    return Subject.objects.filter(_of_offices(person) | of_units(standing(person).units(*WORKERS), "unit"))


def visible_messengers(person: Whoever) -> QuerySet[Messenger]:
    """Where the own office has its digest sent."""
    return Messenger.objects.filter(_of_offices(person))


def may_watch(person: Whoever, college: Unit) -> bool:
    """Whether the person sets thresholds, bars and messengers of the college: the office."""
    return standing(person).reaches(college, OFFICE)


def may_handle(person: Whoever, forewarning: Forewarning) -> bool:
    """Whether the person writes what is done about it: the unit's people, and the office."""
    return standing(person).reaches(forewarning.unit, *WORKERS, OFFICE)


def may_close(person: Whoever, forewarning: Forewarning) -> bool:
    """Whether the person closes it: the office; below red also the lead of the unit."""
    own = standing(person)
    return own.reaches(forewarning.college, OFFICE) or (forewarning.reach < 3 and own.reaches(forewarning.unit, LEAD))
