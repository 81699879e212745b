"""The roles that a person has today, and rows of units told by them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from taizhang.web.ledger.models import Person, Role, RoleName, Unit

Whoever = Person | AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles on a day, as the prefixes of the unit tree in which they hold."""

    person: Person
    day: date
    roles: tuple[Role, ...]

    def units(self, *names: RoleName) -> tuple[Unit, ...]:
        """The units in which the person has one of these roles."""
        return tuple(role.unit for role in self.roles if role.name in names)

    def holds(self, *names: RoleName) -> bool:
        """Whether the person has one of these roles anywhere."""
        return any(role.name in names for role in self.roles)

    def reaches(self, unit: Unit, *names: RoleName) -> bool:
        """Whether the person has one of these roles in the unit or above it."""
        return any(unit.path.startswith(above.path) for above in self.units(*names))


def standing(person: Whoever, day: date | None = None) -> Standing:
    """The roles that hold today. Kept on the person for as long as the object lives: one request."""
    if not isinstance(person, Person) or not person.is_active:
        return Standing(Person(), day or timezone.localdate(), ())
    day = day or timezone.localdate()
    kept: Standing | None = getattr(person, "_standing", None)
    if kept is None or kept.day != day:
        roles = person.roles.filter(_holds(day), _still_lent(day), unit__is_active=True).select_related(
            "unit", "unit__college", "lent_by"
        )
        kept = Standing(person, day, tuple(roles))
        person._standing = kept  # type: ignore[attr-defined]  # noqa: SLF001 - a note pinned to the person for one request
    return kept


def _holds(day: date) -> Q:
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))


def _still_lent(day: date) -> Q:
    """A lent role ends when its lender leaves or no longer has it, whatever day was agreed."""
    lenders = Role.objects.filter(
        _holds(day),
        person=OuterRef("lent_by"),
        person__is_active=True,
        unit=OuterRef("unit"),
        name=OuterRef("name"),
        lent_by=None,
    )
    return Q(lent_by=None) | Q(Exists(lenders))


def on_behalf(person: Whoever, units: Iterable[Unit | None], *names: RoleName) -> Person | None:
    """Who lent the person what they act by, where they do not act by a role of their own."""
    reaching = [
        role
        for role in standing(person).roles
        if role.name in names and any(unit and unit.path.startswith(role.unit.path) for unit in units)
    ]
    if not reaching or any(role.lent_by_id is None for role in reaching):
        return None
    return reaching[0].lent_by


def under(units: Iterable[Unit], path: str) -> Q:
    """Rows whose unit, reached by `path`, is one of the units or below them; nothing where there are none."""
    return reduce(or_, (Q(**{f"{path}__startswith": unit.path}) for unit in units), Q(pk__in=()))


def of_units(units: Iterable[Unit], field: str) -> Q:
    """As `_under`, told without a join: the database looks up a few units and walks the long table in its own order."""
    return Q(**{f"{field}__in": Unit.objects.filter(under(units, "path")).order_by().values("pk")})


LEAD = RoleName.LEAD
OFFICE = RoleName.OFFICE
WORKERS = (RoleName.REPORTER, RoleName.LEAD)
ABOVE = RoleName.PROVINCE
