"""What is owed and what waits, asked of a list as of one item."""

from datetime import date, timedelta

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, Stage
from taizhang.web.ledger.owed import late, waiting


@pytest.mark.parametrize("role", ["reporter", "lead", "team_lead", "office", "admin", "province", "outsider", "nobody"])
@pytest.mark.parametrize("stage", Stage.values)
def test_what_waits_for_a_person_is_what_the_person_may_approve(scene, role, stage):
    scene.round.entries.update(stage=stage)
    person = getattr(scene.people, role)
    one_by_one = {entry.pk for entry in Entry.objects.all() if access.may_approve(person, entry)}
    assert set(Entry.objects.filter(waiting(person)).values_list("pk", flat=True)) == one_by_one


def test_nothing_waits_in_a_closed_round(scene):
    scene.round.entries.update(stage=Stage.SUBMITTED)
    scene.round.closed_at = scene.round.opened_at
    scene.round.save()
    assert not Entry.objects.filter(waiting(scene.people.lead)).exists()


@pytest.mark.parametrize("stage", Stage.values)
def test_an_item_is_late_on_the_day_after_its_next_step_was_due(scene, stage):
    scene.round.entries.update(stage=stage)
    entry = Entry.objects.get(pk=scene.value.pk)
    if entry.due is None:
        assert not Entry.objects.filter(late(scene.round, date(2100, 1, 1))).exists()
        return
    assert not Entry.objects.filter(late(scene.round, entry.due)).exists()
    assert Entry.objects.filter(late(scene.round, entry.due + timedelta(days=1))).count() == 3
