"""Who sees which records: each role its own, and nobody more."""

import pytest
from django.utils import timezone

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Stage
from web_people import unit
from web_records import record

pytestmark = pytest.mark.django_db

# Who sees the draft of 教务处, the draft of 继续教育学院, and what is locked.
SEES = {
    "reporter": (True, False, True), "colleague": (False, True, False), "lead": (True, False, True),
    "team_lead": (False, False, False), "office": (True, True, True), "admin": (False, False, False),
    "expert": (False, False, False), "province": (False, False, True), "outsider": (False, False, False),
    "nobody": (False, False, False),
}  # fmt: skip


@pytest.mark.parametrize("role", SEES)
def test_each_role_sees_its_own(scene, role):
    rows = (
        record(scene),
        record(scene, unit=scene.training),
        record(scene, title="已锁定的培训班", stage=Stage.LOCKED),
    )
    seen = access.visible_records(getattr(scene.people, role))
    assert tuple(row in seen for row in rows) == SEES[role]


def test_a_unit_sees_what_lies_below_it(scene):
    below = unit("教研室", "department", scene.teaching)
    assert record(scene, unit=below) in access.visible_records(scene.people.reporter)


def test_what_was_withdrawn_is_listed_no_more_but_held(scene):
    row = record(scene, withdrawn_at=timezone.now())
    assert row not in access.visible_records(scene.people.office)
    assert row in access.held_records(scene.people.office)
    assert row not in access.held_records(scene.people.province)


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        (Stage.DRAFT, {"reporter", "lead", "office"}),
        (Stage.RETURNED, {"reporter", "lead", "office"}),
        (Stage.SUBMITTED, set()),
        (Stage.LOCKED, set()),
    ],
)
def test_only_a_draft_is_typed_into_and_only_by_its_own(scene, stage, may):
    row = record(scene, stage=stage)
    assert {role for role in SEES if access.may_record(getattr(scene.people, role), row)} == may


@pytest.mark.parametrize(
    ("stage", "may"), [(Stage.DRAFT, set()), (Stage.SUBMITTED, {"lead"}), (Stage.DEPARTMENT, {"office"}), (Stage.LOCKED, set())]
)  # fmt: skip
def test_each_confirmation_is_one_role_s_to_give(scene, stage, may):
    row = record(scene, stage=stage)
    assert {role for role in SEES if access.may_confirm(getattr(scene.people, role), row)} == may


def test_records_are_entered_for_the_own_units(scene):
    assert set(access.record_units(scene.people.reporter)) == {scene.teaching}
    assert scene.training in access.record_units(scene.people.office)
    assert not access.record_units(scene.people.province).exists()
    assert access.may_keep_records(scene.people.office, scene.college)
    assert not access.may_keep_records(scene.people.outsider, scene.college)


def test_what_was_told_is_never_deleted(scene):
    with pytest.raises(TypeError):
        record(scene).delete()
