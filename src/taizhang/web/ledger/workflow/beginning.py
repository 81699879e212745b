"""The very beginning of a ledger: the first unit and its administrator, who can do all the rest on the pages."""

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.web.ledger.models import Person, Role, RoleName, Unit, UnitKind
from taizhang.web.ledger.ordering import person_key
from taizhang.web.ledger.ordering import sort_key as key_of
from taizhang.web.ledger.workflow.people import Invitation, let_in, plain_username
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError


def establish(college: str, username: str, name: str, province: str = "") -> tuple[Person, Invitation]:
    """A college, under a province where one is named, with an administrator; into an empty ledger only."""
    college, province, name = college.strip(), province.strip(), name.strip()
    if not college or not name:
        raise RefusedError(_("请写明学校和管理员的姓名。"))
    with transaction.atomic():
        if Unit.objects.exists():
            raise OutOfOrderError(_("台账里已有单位；以后的单位和人员由管理员在网页上添加。"))
        above = _unit(province, UnitKind.PROVINCE, None) if province else None
        unit = _unit(college, UnitKind.COLLEGE, above)
        person = Person(
            username=plain_username(username),
            name=name,
            sort_key=person_key(name),
            home=unit,
            password=Person.unusable(),
        )
        person.save()
        for where in filter(None, (above, unit)):
            Role.objects.create(person=person, unit=where, name=RoleName.ADMIN)
        return person, let_in(None, person)


def _unit(name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    unit = Unit.objects.create(name=name, kind=kind, parent=parent, sort_key=key_of(name))
    if kind == UnitKind.COLLEGE:
        unit.college = unit
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save()
    return unit
