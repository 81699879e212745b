"""A role is lent by its holder, to a colleague, for a time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Role
from taizhang.web.ledger.workflow import delegation
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError


@pytest.fixture
def lent(scene):
    today = timezone.localdate()
    role = scene.people.lead.roles.get()
    return delegation.lend(scene.people.lead, role, scene.people.colleague, today, today + timedelta(days=3))


def test_lending_again_moves_the_days(scene, lent):
    lead = Person.objects.get(pk=scene.people.lead.pk)
    until = timezone.localdate() + timedelta(days=30)
    delegation.lend(lead, lead.roles.get(), scene.people.colleague, timezone.localdate(), until)
    assert Role.objects.get(pk=lent.pk).until == until


def test_a_borrowed_role_is_not_lent_on(scene, lent):
    assert lent not in delegation.lendable(Person.objects.get(pk=scene.people.colleague.pk))


def test_the_administrator_may_end_it_and_an_outsider_may_not(scene, lent):
    for who in (scene.people.outsider, scene.people.office):
        with pytest.raises(NotAllowedError):
            delegation.revoke(who, lent)
    delegation.revoke(scene.people.admin, lent)
    assert not Role.objects.filter(pk=lent.pk).exists()


@pytest.mark.parametrize("to", ["lead", "outsider", "expert"])
def test_it_is_lent_to_a_colleague(scene, to):
    role, today = scene.people.lead.roles.get(), timezone.localdate()
    with pytest.raises(RefusedError, match="同事"):
        delegation.lend(scene.people.lead, role, getattr(scene.people, to), today, today)


def test_who_has_the_role_needs_no_loan(scene):
    Role.objects.create(person=scene.people.colleague, unit=scene.teaching, name="lead")
    today = timezone.localdate()
    with pytest.raises(RefusedError, match="不用委托"):
        delegation.lend(scene.people.lead, scene.people.lead.roles.get(), scene.people.colleague, today, today)


def test_acting_by_ones_own_role_is_on_nobodys_behalf(scene, lent):
    colleague = Person.objects.get(pk=scene.people.colleague.pk)
    assert access.on_behalf(colleague, [scene.teaching], access.LEAD) == scene.people.lead
    assert access.on_behalf(colleague, [scene.training], *access.WORKERS) is None
    assert access.on_behalf(scene.people.lead, [scene.teaching], access.LEAD) is None
    assert access.on_behalf(colleague, [None], access.LEAD) is None


def test_before_its_first_day_a_loan_is_nothing(scene):
    role = scene.people.lead.roles.get()
    first = timezone.localdate() + timedelta(days=2)
    delegation.lend(scene.people.lead, role, scene.people.colleague, first, first)
    assert isinstance(first, date)
    assert len(access.standing(Person.objects.get(pk=scene.people.colleague.pk)).roles) == 1


def test_the_history_is_chinese_whatever_the_actor_reads(scene):
    role, today = scene.people.lead.roles.get(), timezone.localdate()
    with translation.override("en"):
        delegation.lend(scene.people.lead, role, scene.people.colleague, today, today)
    change = scene.college.changes.first()
    assert (change.label, change.after["role"]) == ("教务处 负责人", "教务处 负责人")
