"""Who sees which parts of the plan, and who manages it."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.given import given, judged
from taizhang.web.ledger.access.organisation import colleges_of_work
from taizhang.web.ledger.access.standing import WORKERS, Standing, Whoever, of_units, standing, under
from taizhang.web.ledger.models import Indicator, Point, Programme, RoleName, Round, Task


def visible_programmes(person: Whoever) -> QuerySet[Programme]:
    """Of the own college, or below the province, or of a round given to judge."""
    own = standing(person)
    colleges = [role.unit.college_id for role in own.roles if role.name not in {RoleName.EXPERT, RoleName.PROVINCE}]
    return Programme.objects.filter(
        Q(college__in=[pk for pk in colleges if pk])
        | under(own.units(RoleName.PROVINCE), "college__path")
        | Q(pk__in=given(own).values("round__programme"))
    )


def visible_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds of visible programmes; of an expert, those given."""
    own = standing(person)
    return Round.objects.filter(
        Q(programme__in=visible_programmes(person).filter(college__in=colleges_of_work(person)))
        | under(own.units(RoleName.PROVINCE), "programme__college__path")
        | Q(pk__in=given(own).values("round"))
    )


def visible_tasks(person: Whoever) -> QuerySet[Task]:
    """All tasks of visible programmes for the office and above; of others those that have something of theirs."""
    own = standing(person)
    mine = under(own.units(*WORKERS), "unit__path") | under(own.units(RoleName.LEAD), "team__path")
    points = visible_points(person).values("task")
    indicators = visible_indicators(person).values("task")
    return Task.objects.filter(
        _of_office(own, "programme__college__path") | mine | Q(pk__in=points) | Q(pk__in=indicators)
    )


def visible_points(person: Whoever) -> QuerySet[Point]:
    """Task points of the own units and teams; all of the college for the office; of an expert, those to judge."""
    own = standing(person)
    return Point.objects.filter(_planned(own) | Q(pk__in=judged(own).values("point")))


def visible_indicators(person: Whoever) -> QuerySet[Indicator]:
    """As `visible_points`."""
    own = standing(person)
    return Indicator.objects.filter(_planned(own) | Q(pk__in=judged(own).values("indicator")))


def _planned(own: Standing) -> Q:
    programmes = Programme.objects.filter(_of_office(own, "college__path")).order_by()
    tasks = Task.objects.filter(of_units(own.units(RoleName.LEAD), "team")).order_by()
    return (
        Q(programme__in=programmes.values("pk"))
        | of_units(own.units(*WORKERS), "unit")
        | Q(task__in=tasks.values("pk"))
    )


def _of_office(own: Standing, path: str) -> Q:
    return under(own.units(RoleName.OFFICE, RoleName.PROVINCE), path)


def may_manage(person: Whoever, programme: Programme) -> bool:
    """Whether the person keeps the plan, opens rounds, approves for the school and locks: the office."""
    return standing(person).reaches(programme.college, RoleName.OFFICE)
