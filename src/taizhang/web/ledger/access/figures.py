"""Who sees how a figure is made, and who looks after the figures of a whole programme."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import LEAD, OFFICE, WORKERS, Whoever, of_units, standing, under
from taizhang.web.ledger.models import Indicator, Programme, Task


def figured_indicators(person: Whoever) -> QuerySet[Indicator]:
    """Indicators whose making the person may follow: of the own units and teams; all of the college for the office.

    Experts and the province see what was locked, with its evidence, on their own pages, and not how it came about.
    """
    own = standing(person)
    programmes = Programme.objects.filter(under(own.units(OFFICE), "college__path")).order_by()
    tasks = Task.objects.filter(of_units(own.units(LEAD), "team")).order_by()
    return Indicator.objects.filter(
        Q(programme__in=programmes.values("pk"))
        | of_units(own.units(*WORKERS), "unit")
        | Q(task__in=tasks.values("pk"))
    )


def surveyed_programmes(person: Whoever) -> QuerySet[Programme]:
    """Programmes that the person sees as a whole, with scores, funds and landmarks: the office's, and the head's of a college."""
    return Programme.objects.filter(under(standing(person).units(OFFICE, LEAD), "college__path"))
