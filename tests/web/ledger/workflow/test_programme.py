"""Verbs of the plan that the pages do not reach."""

import pytest

from taizhang.web.ledger.models import Stage
from taizhang.web.ledger.workflow import programme
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError


def test_only_the_office_keeps_the_plan(scene):
    for role in ("reporter", "lead", "admin", "expert", "province", "outsider"):
        with pytest.raises(NotAllowedError):
            programme.keep_version(getattr(scene.people, role), scene.programme, "版")


def test_what_is_locked_is_not_dropped(scene):
    scene.round.entries.update(stage=Stage.LOCKED)
    with pytest.raises(OutOfOrderError):
        programme.drop(scene.people.office, scene.points[0], "调整")


def test_entries_not_handed_in_follow_the_unit_of_their_point(scene):
    point, entry = scene.points[0], scene.entries[0]
    programme.keep_point(scene.people.office, scene.programme, point, 1, {"unit": scene.training, "person": None})
    entry.refresh_from_db()
    assert entry.unit == scene.training


def test_a_changed_indicator_keeps_its_place_among_those_of_its_group(scene):
    owner, office = scene.programme, scene.people.office
    fields = {"name": "教材", "category": "quantity", "measure": "本", "unit": scene.teaching}
    added = [
        programme.keep_indicator(office, owner, None, 0, {**fields, "code": code}) for code in ("1.1.10", "1.1.9", "")
    ]
    for row in added:
        programme.keep_indicator(office, owner, row, row.version, {"measure": "册"})
    shown = owner.indicators.filter(pk__in=[row.pk for row in added]).values_list("code", flat=True)
    assert list(shown) == ["1.1.9", "1.1.10", ""]
