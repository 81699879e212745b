"""Who sees which units, people and history, and who keeps them."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import Whoever, standing, under
from taizhang.web.ledger.models import Change, Person, RoleName, Unit


def visible_units(person: Whoever) -> QuerySet[Unit]:
    """The units of the person's own college or province, to choose from; what is in them is another question."""
    own = standing(person)
    colleges = {role.unit.college_id for role in own.roles if role.unit.college_id}
    return Unit.objects.filter(
        Q(college__in=colleges) | under(own.units(RoleName.PROVINCE), "path") | Q(pk__in=[r.unit_id for r in own.roles])
    )


def kept_units(person: Whoever) -> QuerySet[Unit]:
    """The units that the person may add to, rename and close."""
    return Unit.objects.filter(under(standing(person).units(RoleName.ADMIN), "path"))


def kept_people(person: Whoever) -> QuerySet[Person]:
    """The people whose accounts the person keeps."""
    return Person.objects.filter(under(standing(person).units(RoleName.ADMIN), "home__path"))


def colleagues(person: Whoever) -> QuerySet[Person]:
    """The people of the person's own college: to be named as responsible, to be lent a role, to be given a finding."""
    homes = [unit.pk for unit in _colleges(person)]
    return Person.objects.filter(home__in=homes, is_active=True)


def _colleges(person: Whoever) -> list[Unit]:
    return list(
        {role.unit.college_id: role.unit.college for role in standing(person).roles if role.unit.college}.values()
    )


def colleges_of_work(person: Whoever) -> list[int]:
    """The colleges that the person works in, by id; judging from outside or above is not working in."""
    return [
        role.unit.college_id
        for role in standing(person).roles
        if role.unit.college_id and role.name not in {RoleName.EXPERT, RoleName.PROVINCE}
    ]


def visible_changes(person: Whoever) -> QuerySet[Change]:
    """The whole history of a college is for its office and its administrators; an item's own is on the item."""
    return Change.objects.filter(keeps_history(person, "college__path"))


def keeps_history(person: Whoever, path: str) -> Q:
    """Rows of the colleges whose whole history the person may see, reached by the path of a unit."""
    return under(standing(person).units(RoleName.OFFICE, RoleName.ADMIN), path)
