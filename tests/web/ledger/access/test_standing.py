"""Roles hold from a day to a day, and in a unit and all below it."""

from datetime import date

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.access.standing import under
from taizhang.web.ledger.models import Role, RoleName, Unit

pytestmark = pytest.mark.django_db


def test_a_role_reaches_the_units_below_and_no_others(scene):
    office = access.standing(scene.people.office)
    assert office.reaches(scene.teaching, RoleName.OFFICE)
    assert not office.reaches(scene.elsewhere, RoleName.OFFICE)
    assert not office.reaches(scene.teaching, RoleName.LEAD)


def test_a_role_counts_only_in_its_days(scene):
    nobody = scene.people.nobody
    Role.objects.create(
        person=nobody, unit=scene.teaching, name=RoleName.LEAD, since=date(2026, 1, 1), until=date(2026, 6, 30)
    )
    assert [access.standing(nobody, day).holds(RoleName.LEAD) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1))] == [False, True, False]  # fmt: skip


def test_someone_without_a_role_reaches_no_rows(scene):
    found = Unit.objects.filter(under((), "path"))
    assert not found.exists()
    assert access.standing(scene.people.nobody).roles == ()
