"""Steps of one record and of many, and the filters kept under a name."""

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Record, SavedView, Stage
from web_records import entered, record

pytestmark = pytest.mark.django_db


def step(verb, row):
    return reverse(f"record-{verb}", args=[row.pk])


def test_a_record_goes_its_way(as_, scene):
    row = entered(scene)
    for role, verb, stage in (
        ("reporter", "submit", Stage.SUBMITTED), ("lead", "confirm", Stage.DEPARTMENT), ("office", "confirm", Stage.APPROVED),
        ("office", "lock", Stage.LOCKED),
    ):  # fmt: skip
        assert as_(role).post(step(verb, row), {"version": row.version}).status_code == 302
        row.refresh_from_db()
        assert row.stage == stage


def test_what_is_refused_is_said(as_, scene):
    row = record(scene, stage=Stage.SUBMITTED)
    assert as_("reporter").post(step("confirm", row)).status_code == 403
    assert as_("lead").post(step("return", row), {"reason": " "}).status_code == 400
    page = as_("lead").post(step("confirm", row), {"version": "9"})
    assert page.status_code == 409
    assert "刚刚被改过" in page.content.decode()
    assert as_("outsider").post(step("confirm", row)).status_code == 404
    assert as_("lead").get(step("confirm", row)).status_code == 405


def test_many_at_once_and_what_was_refused(as_, scene):
    rows = [record(scene, stage=Stage.SUBMITTED), record(scene)]
    page = as_("lead").post(reverse("record-steps"), {"verb": "confirm", "record": [f"{row.pk}.1" for row in rows]})
    assert len(page.context["tally"].done) == len(page.context["tally"].refused) == 1
    other = record(scene, unit=scene.training, stage=Stage.SUBMITTED)
    as_("lead").post(reverse("record-steps"), {"verb": "confirm", "record": [f"{other.pk}.1"]})
    assert Record.objects.get(pk=other.pk).stage == Stage.SUBMITTED


@pytest.mark.parametrize("body", [{"verb": "confirm"}, {"verb": "no_such"}, {"verb": "return", "reason": ""}])
def test_nothing_ticked_nothing_done(as_, scene, body):
    row = record(scene, stage=Stage.SUBMITTED)
    body = {**body, "record": [f"{row.pk}.1", "x.y"]} if body["verb"] == "return" else body
    assert as_("lead").post(reverse("record-steps"), body).status_code == 302
    assert Record.objects.get().stage == Stage.SUBMITTED


def test_filters_are_kept_under_a_name(as_, scene):
    client = as_("reporter")
    client.post(reverse("record-view-keep"), {"name": "获奖", "query": "kind=award&page=3&evil=1"})
    view = SavedView.objects.get(page="records")
    assert view.query == "kind=award"
    assert "获奖" in client.get(reverse("records")).content.decode()
    assert as_("lead").post(reverse("record-view-drop", args=[view.pk])).status_code == 404
    client.post(reverse("record-view-keep"), {"name": " ", "query": ""})
    client.post(reverse("record-view-drop", args=[view.pk]))
    assert not SavedView.objects.filter(page="records").exists()
