"""The form of a record: made from the declaration, saved deliberately, never losing what was typed."""

from dataclasses import replace

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Record, Stage
from taizhang.web.ledger.recorded import told
from taizhang.web.ledger.workflow import records
from web_records import entered, record

pytestmark = pytest.mark.django_db
ENTER = reverse("record-enter", args=["training_programme"])


def typed(**more):
    return {
        "title": "茶园管护培训班", "state": "held", "period": "2024-04", "period_basis": "stated", "place": "松岭村",
        "org": "云岭职业技术学院", "measure-name": ["人数", "到账额"], "measure-value": ["３６", ""], "measure-unit": ["人", "万元"],
        "measure-qualifier": ["约", ""], "measure-cumulative": ["", ""], "measure-base_period": ["", ""],
        "partner-name": ["松岭茶叶合作社", ""], "partner-role": ["参与", ""], "tags": "社区教育、双百行动",
        "field-theme": "茶园管护", "field-is_paid": "no", "field-trainees": ["农民", "村干部"], "text": "培训 36 人", **more,
    }  # fmt: skip


def test_every_kind_has_its_form(as_):
    page = as_("reporter").get(reverse("record-kinds"))
    keys = {each.key for _group, kinds in page.context["groups"] for each in kinds}
    assert len(keys) >= 50
    for key in sorted(keys)[::10]:
        assert as_("reporter").get(reverse("record-enter", args=[key])).status_code == 200


def test_what_was_typed_becomes_a_record(as_):
    answer = as_("reporter").post(ENTER, typed())
    row = Record.objects.get()
    assert answer["Location"] == reverse("record", args=[row.pk])
    content = told(row)
    assert content.fields == {"theme": "茶园管护", "trainees": ("农民", "村干部"), "is_paid": False}
    assert [(each.name, each.value, each.qualifier) for each in content.measures] == [("人数", 36, "约")]
    assert content.tags == ("社区教育", "双百行动")
    assert (row.unit.name, row.stage) == ("教务处", Stage.DRAFT)


def test_an_untouched_form_changes_nothing(as_, scene):
    row = entered(scene)
    page = as_("reporter").get(reverse("record-edit", args=[row.pk]))
    form = page.context["form"]
    body = {
        **form.values, "version": row.version, "unit": row.unit_id,
        **{each.name: each.value for each in form.questions if each.value},
        **{f"measure-{name}": [getattr(each, name) for each in form.measures] for name in ("name", "value", "unit", "qualifier", "cumulative", "base_period")},
        "partner-name": [each.name for each in form.partners], "partner-role": [each.role for each in form.partners],
    }  # fmt: skip
    body["field-is_paid"] = "no"
    assert as_("reporter").post(reverse("record-edit", args=[row.pk]), body).status_code == 302
    after = Record.objects.get(pk=row.pk)
    assert told(after) == told(row)
    assert after.version == 1


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"title": ""}, "title"),
        ({"start": "2024-13-01"}, "start"),
        ({"start": "2024-05-02", "end": "2024-05-01"}, "end"),
        ({"measure-value": ["三十六", ""]}, "measure-0"),
        ({"state": "no_such"}, "state"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_stays(as_, wrong, name):
    page = as_("reporter").post(ENTER, typed(**wrong))
    assert page.status_code == 422
    assert name in page.context["form"].faults
    assert "松岭茶叶合作社" in page.content.decode()
    assert not Record.objects.exists()


def test_the_same_thing_is_saved_twice_only_deliberately(as_, scene):
    first = entered(scene, title="茶园管护培训班", period="2024-04", start=None, end=None, state="held")
    page = as_("reporter").post(ENTER, typed())
    assert page.status_code == 422
    assert [each.record for each in page.context["similar"]] == [first]
    assert "仍要保存" in page.content.decode()
    assert Record.objects.count() == 1
    assert as_("reporter").post(ENTER, typed(anyway="1")).status_code == 302
    assert Record.objects.count() == 2


@pytest.mark.parametrize("role", ["admin", "expert", "province", "nobody"])
def test_who_enters_nothing_is_refused(as_, role):
    assert as_(role).get(ENTER).status_code == 403
    assert as_(role).get(reverse("record-kinds")).status_code == 403
    assert as_(role).post(ENTER, typed()).status_code == 403


def test_a_kind_that_is_not_there_is_not_found(as_):
    assert as_("reporter").get(reverse("record-enter", args=["no_such"])).status_code == 404


def test_two_at_once_see_both_and_lose_nothing(as_, scene):
    row = entered(scene)
    records.save(scene.people.lead, row, 1, replace(told(row), title="甲的标题"))
    page = as_("reporter").post(reverse("record-edit", args=[row.pk]), typed(version="1"))
    text = page.content.decode()
    assert page.status_code == 409
    assert "甲的标题" in text
    assert 'value="茶园管护培训班"' in text
    assert page.context["version"] == 2
    assert as_("reporter").post(reverse("record-edit", args=[row.pk]), typed(version="2")).status_code == 302
    assert Record.objects.get().title == "茶园管护培训班"


def test_a_confirmed_record_is_the_office_s_to_correct(as_, scene):
    row = entered(scene)
    Record.objects.update(stage=Stage.APPROVED)
    edit = reverse("record-edit", args=[row.pk])
    assert as_("reporter").get(edit).status_code == 403
    assert as_("outsider").get(edit).status_code == 404
    assert as_("office").get(edit).status_code == 200
    assert as_("office").post(edit, typed(version="1")).status_code == 400
    assert as_("office").post(edit, typed(version="1", why="笔误")).status_code == 302
    assert Record.objects.get().altered


def test_a_state_moves_on_its_page(as_, scene):
    row = entered(scene)
    move = reverse("record-move", args=[row.pk])
    assert as_("reporter").post(move, {"version": "1", "state": "planned"}).status_code == 400
    assert as_("reporter").post(move, {"version": "1", "state": "settled", "on": "2023年"}).status_code == 400
    assert as_("reporter").post(move, {"version": "1", "state": "settled", "on": "2023-06-01"}).status_code == 302
    assert as_("colleague").post(move, {"version": "2", "state": "archived"}).status_code == 404
    assert Record.objects.get().state == "settled"


def test_what_is_typed_is_shown_as_text(as_, scene):
    row = record(scene, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in as_("reporter").get(reverse("record", args=[row.pk])).content.decode()
