"""What was given to judge holds from its giving until its last day or its end."""

from datetime import timedelta

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.access.given import given, judged
from taizhang.web.ledger.models import Stage


@pytest.mark.parametrize(("days", "holds"), [(None, True), (0, True), (1, True), (-1, False)])
def test_what_is_given_holds_through_its_last_day(scene, days, holds):
    own = access.standing(scene.people.expert)
    until = None if days is None else own.day + timedelta(days)
    scene.round.assignments.create(
        expert=own.person, given_by=scene.people.province, given_at=scene.round.opened_at, until=until
    )
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    assert given(own).exists() == holds
    assert list(judged(own)) == ([scene.entries[0]] if holds else [])


def test_nothing_is_given_to_who_is_no_expert(scene):
    lead = scene.people.lead
    scene.round.assignments.create(expert=lead, given_by=scene.people.office, given_at=scene.round.opened_at)
    assert not given(access.standing(lead)).exists()
