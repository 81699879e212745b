"""Who sees and keeps units, people and history."""

import pytest

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Change

ROLES = (
    "reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_and_keeps_what_it_may(scene, role):
    person = getattr(scene.people, role)
    works = role not in {"expert", "province", "outsider", "nobody"}
    assert access.visible_units(person).filter(pk=scene.teaching.pk).exists() == (works or role == "province")
    assert access.colleagues(person).filter(pk=scene.people.reporter.pk).exists() == works
    assert (scene.college.pk in access.colleges_of_work(person)) == works
    assert access.kept_units(person).exists() == (role == "admin")
    assert access.kept_people(person).exists() == (role == "admin")


@pytest.mark.parametrize("role", ROLES)
def test_the_whole_history_is_for_the_office_and_the_administrator(scene, role):
    history.record(scene.college, scene.people.office, "open", scene.round, after={"name": "中期"})
    assert Change.objects.count() == 1
    assert access.visible_changes(getattr(scene.people, role)).exists() == (role in {"office", "admin"})
