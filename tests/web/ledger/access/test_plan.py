"""Who sees the plan: one table; and who manages it."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Stage

SEEN = {  # role: (programmes, rounds, tasks, points, indicators)
    "reporter": (1, 1, 1, 1, 1),
    "colleague": (1, 1, 1, 1, 0),
    "lead": (1, 1, 1, 1, 1),
    "team_lead": (1, 1, 1, 2, 1),
    "office": (1, 1, 1, 2, 1),
    "admin": (1, 1, 0, 0, 0),
    "expert": (0, 0, 0, 0, 0),
    "province": (1, 1, 1, 2, 1),
    "outsider": (0, 0, 0, 0, 0),
    "nobody": (0, 0, 0, 0, 0),
}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_what_it_may(scene, role):
    person = getattr(scene.people, role)
    assert SEEN[role] == (
        access.visible_programmes(person).count(),
        access.visible_rounds(person).count(),
        access.visible_tasks(person).count(),
        access.visible_points(person).count(),
        access.visible_indicators(person).count(),
    )
    assert access.may_manage(person, scene.programme) == (role == "office")


def test_an_expert_sees_the_points_of_the_locked_items_of_the_round_given(scene):
    expert = scene.people.expert
    scene.round.assignments.create(expert=expert, given_by=scene.people.province, given_at=scene.round.opened_at)
    assert list(access.visible_rounds(expert)) == [scene.round]
    assert not access.visible_points(expert).exists()
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    assert list(access.visible_points(expert)) == [scene.entries[0].point]
