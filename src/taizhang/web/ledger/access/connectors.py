"""Who declares what is fetched from other systems, and who sees it: the office of the college, and nobody else."""

from django.db.models import QuerySet

from taizhang.web.ledger.access.standing import OFFICE, Whoever, standing, under
from taizhang.web.ledger.models import Connector, Pull, Unit


def visible_connectors(person: Whoever) -> QuerySet[Connector]:
    """The declared imports of the colleges whose office the person is in."""
    return Connector.objects.filter(under(standing(person).units(OFFICE), "college__path"))


def visible_pulls(person: Whoever) -> QuerySet[Pull]:
    """What was fetched by them."""
    return Pull.objects.filter(under(standing(person).units(OFFICE), "connector__college__path"))


def may_connect(person: Whoever, college: Unit) -> bool:
    """Whether the person declares imports for the college, has them fetched and written."""
    return standing(person).reaches(college, OFFICE)
