"""Who reads what was filled in: one table; and who fills and approves it."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Stage

SEEN = {  # role: entries, whether locked or not
    "reporter": 2, "colleague": 1, "lead": 2, "team_lead": 3, "office": 3, "admin": 0, "expert": 0, "province": 0,
    "outsider": 0, "nobody": 0,
}  # fmt: skip
FILLS = {"reporter", "lead", "office"}
APPROVES = {Stage.SUBMITTED: {"lead"}, Stage.DEPARTMENT: {"team_lead"}, Stage.TEAM: {"office"}, Stage.APPROVED: set()}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_what_it_may(scene, role):
    person = getattr(scene.people, role)
    assert access.visible_entries(person).count() == SEEN[role]
    scene.round.entries.update(stage=Stage.LOCKED)
    assert access.visible_entries(person).count() == SEEN[role]


@pytest.mark.parametrize("role", SEEN)
def test_each_role_fills_and_approves_what_it_may(scene, role):
    person, row = getattr(scene.people, role), scene.entries[0]
    assert access.may_fill(person, row) == (role in FILLS)
    for stage, givers in APPROVES.items():
        row.stage = stage
        assert not access.may_fill(person, row)
        assert access.may_approve(person, row) == (role in givers)
        takes_back = stage == Stage.APPROVED and role == "office"
        assert access.may_return(person, row) == (role in givers or takes_back)
    row.round.closed_at = row.round.opened_at
    assert not access.may_return(person, row)
