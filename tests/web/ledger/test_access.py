"""Who sees what: one table."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Stage

SEEN = {  # role: (programmes, points, indicators, entries before locking, entries after, those to assess)
    "reporter": (1, 1, 1, 2, 2, 0),
    "colleague": (1, 1, 0, 1, 1, 0),
    "lead": (1, 1, 1, 2, 2, 0),
    "team_lead": (1, 2, 1, 3, 3, 0),
    "office": (1, 2, 1, 3, 3, 0),
    "admin": (1, 0, 0, 0, 0, 0),
    "expert": (0, 0, 0, 0, 0, 0),
    "province": (1, 2, 1, 0, 0, 3),
    "outsider": (0, 0, 0, 0, 0, 0),
    "nobody": (0, 0, 0, 0, 0, 0),
}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_what_it_may(scene, role):
    person = getattr(scene.people, role)
    seen = [
        access.visible_programmes(person).count(),
        access.visible_points(person).count(),
        access.visible_indicators(person).count(),
        access.visible_entries(person).count(),
    ]
    assert not access.assessed_entries(person).exists()
    scene.round.entries.update(stage=Stage.LOCKED)
    locked = access.visible_entries(person).count(), access.assessed_entries(person).count()
    assert (*seen, *locked) == SEEN[role]


def test_an_expert_sees_the_locked_items_of_the_round_given(scene):
    expert = scene.people.expert
    scene.round.assignments.create(expert=expert, given_by=scene.people.province, given_at=scene.round.opened_at)
    assert access.assessed_entries(expert).count() == 0
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    assert list(access.assessed_entries(expert)) == [scene.entries[0]]
    assert access.visible_points(expert).count() == 1
    assert not access.visible_entries(expert).exists()
    scene.round.assignments.update(ended_at=scene.round.opened_at)
    assert access.assessed_entries(expert).count() == 0
