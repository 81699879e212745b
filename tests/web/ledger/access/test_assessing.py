"""Who assesses what, and who answers."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Stage

ROLES = (
    "reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_the_province_assesses_what_is_locked_below_it(scene, role):
    person = getattr(scene.people, role)
    assert not access.assessed_entries(person).exists()
    scene.round.entries.update(stage=Stage.LOCKED)
    assert access.assessed_entries(person).count() == (3 if role == "province" else 0)
    assert access.rounds_below(person).exists() == (role == "province")
    assert access.given_rounds(person).exists() == (role in {"province", "office"})
    assert access.may_assign(person, scene.round) == (role in {"province", "office"})


def test_an_expert_assesses_the_locked_items_of_the_round_given(scene):
    expert = scene.people.expert
    scene.round.assignments.create(expert=expert, given_by=scene.people.province, given_at=scene.round.opened_at)
    assert access.assessed_entries(expert).count() == 0
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    assert list(access.assessed_entries(expert)) == [scene.entries[0]]
    assert access.may_judge(expert, scene.entries[0])
    assert not access.may_judge(expert, scene.entries[1])
    assert not access.visible_entries(expert).exists()
    scene.round.assignments.update(ended_at=scene.round.opened_at)
    assert access.assessed_entries(expert).count() == 0


def test_each_house_names_its_own_experts(scene):
    assert list(access.experts_for(scene.people.province, scene.round)) == [scene.people.expert]
    assert not access.experts_for(scene.people.office, scene.round).exists()
