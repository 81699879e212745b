"""The form of a formula: choices of the kind, a sentence at each change, and what was chosen is never lost."""

from urllib.parse import urlencode

import pytest
from lxml.html import fromstring

from taizhang.web.ledger.models import IndicatorFormula
from web_figures import formula, trained

CHOSEN = {
    "method": "derived", "kind": "training_programme", "operation": "sum", "measure": "培训量", "unit": "人日", "seen": "0"
}  # fmt: skip


@pytest.fixture
def where(scene):
    scene.indicator.measure = "人日"
    scene.indicator.save()
    return f"/indicators/{scene.indicator.pk}/formula/"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("office", 200), ("reporter", 403), ("lead", 403), ("team_lead", 403), ("colleague", 404), ("admin", 404),
        ("expert", 404), ("province", 404), ("outsider", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_only_the_office_chooses(as_, where, role, status):
    assert as_(role).get(where).status_code == status
    kept = as_(role).post(where, CHOSEN)
    assert kept.status_code == (302 if status == 200 else status)


def test_an_empty_form_offers_the_kinds(as_, where):
    page = as_("office").get(where).content.decode()
    assert "培训项目" in page
    assert "还没有选记录类型" in page


def test_a_choice_is_read_out_with_its_value_today(scene, as_, where):
    trained(scene, 230)
    answer = as_("office").get(where, CHOSEN, HTTP_HX_REQUEST="true")
    page = answer.content.decode()
    assert "<html" not in page
    assert "把“培训量”相加（人日）" in page
    assert "230<small>人日</small>" in page
    assert "计入 1 条记录，未计入 0 条" in page
    assert not IndicatorFormula.objects.exists()


def test_another_kind_gets_choices_of_its_own(as_, where):
    page = as_("office").get(where, CHOSEN | {"kind": "award"}, HTTP_HX_REQUEST="true").content.decode()
    assert "培训量" not in page
    assert "荣誉与奖项" in page
    distinct = as_("office").get(where, CHOSEN | {"operation": "distinct"}, HTTP_HX_REQUEST="true").content.decode()
    assert "按合作单位去重后计数" in distinct


def test_what_was_chosen_is_kept(scene, as_, where):
    told = CHOSEN | {
        "departments": [str(scene.training.pk)], "states": ["held"], "tags": "社区教育，双百行动", "level": "省级", "since": "2024",
        "field": "form", "values": "线上", "dated_by": "state", "weight": "12.5", "exactly": "1",
    }  # fmt: skip
    answer = as_("office").post(where, told)
    assert answer.status_code == 302
    row = IndicatorFormula.objects.get()
    assert row.formula == {
        "basis": "cumulative", "dated_by": "state",
        "part": {
            "operation": "sum", "kinds": ["training_programme"], "measure": "培训量", "unit": "人日", "level": "省级",
            "exactly": True, "states": ["held"], "departments": [str(scene.training.pk)], "tags": ["社区教育", "双百行动"],
            "where": {"form": ["线上"]}, "since": 2024,
        },
    }  # fmt: skip
    assert str(row.weight.normalize()) == "12.5"
    page = as_("office").get(where).content.decode()
    assert "责任部门为继续教育学院，标签为社区教育或双百行动，培训形式为线上" in page


def test_a_ratio_has_two_sides(scene, as_, where):
    scene.indicator.measure = "%"
    scene.indicator.save()
    told = {
        "method": "derived", "kind": "award", "operation": "count", "ratio": "1", "ratio_unit": "%", "d-kind": "award",
        "d-operation": "count", "seen": "0",
    }  # fmt: skip
    page = as_("office").get(where, told, HTTP_HX_REQUEST="true").content.decode()
    assert "乘以 100%" in page
    assert as_("office").post(where, told).status_code == 302
    assert IndicatorFormula.objects.get().formula["divisor"]["kinds"] == ["award"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": ""}, "还没有选记录类型"),
        ({"unit": "人次"}, "不能换算成“人次”"),
        ({"method": "manual"}, "手工填报要写明理由"),
        ({"weight": "很多"}, "不是数字"),
        ({"operation": "guess"}, "公式没有写完整"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_lost(as_, where, told, said):
    answer = as_("office").post(where, CHOSEN | {"tags": "社区教育"} | told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "kind" in told or "社区教育" in page
    assert not IndicatorFormula.objects.exists()


def test_someone_elses_change_is_not_overwritten(scene, as_, where):
    formula(scene)
    answer = as_("office").post(where, CHOSEN)
    assert answer.status_code == 409
    assert "刚刚被改过" in answer.content.decode()


def test_a_value_typed_by_hand_says_why(scene, as_, where):
    answer = as_("office").post(where, {"method": "manual", "reason": "省里统计", "seen": "0"}, follow=True)
    assert "手工填报，理由：省里统计" in answer.content.decode()
    page = as_("office").get(where).content.decode()
    assert 'value="省里统计"' in page


WHOLE = (
    {"basis": "cumulative", "part": {"operation": "count", "kinds": ["award", "course"], "level": "省级", "tags": ["标志性成果", "双百行动"]}},
    {"basis": "per_year", "part": {
        "operation": "sum", "kinds": ["training_programme"], "measure": "培训量", "unit": "万人日", "states": ["held", "settled"],
        "where": {"form": ["线上"], "trainees": ["农民", "村干部"]}, "since": 2024, "until": 2025}},
    {"basis": "point_in_time", "part": {"operation": "distinct", "kinds": ["agreement", "base"], "over": "partner", "level": "市级", "exactly": True}},
    {"basis": "cumulative", "dated_by": "state", "unit": "%", "part": {"operation": "count", "kinds": ["award", "ip"]},
     "divisor": {"operation": "count", "kinds": ["award", "ip", "course"], "tags": ["双百行动"]}},
)  # fmt: skip


def as_sent(page):
    """What a browser without a script would send: the form's fields as they stand on the page."""
    form = fromstring(page).find_class("formula")[0]
    return [(name, value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"]


@pytest.mark.parametrize("told", WHOLE)
def test_the_form_loses_nothing_that_a_formula_can_say(scene, as_, where, told):
    measure = {"sum": "万人日", "distinct": "家"}.get(told["part"]["operation"], "%" if "divisor" in told else "项")
    kept = formula(scene, told, measure)
    assert kept.formula == told
    page = as_("office").get(where).content.decode()
    sent = as_sent(page)
    answer = as_("office").post(where, urlencode(sent), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302, as_said(answer)
    again = IndicatorFormula.objects.get()
    assert (again.formula, again.version) == (told, 2)


def as_said(answer):
    return fromstring(answer.content.decode()).text_content()


def test_another_basis_is_the_indicators_too(scene, as_, where):
    answer = as_("office").get(where, CHOSEN | {"basis": "per_year"}, HTTP_HX_REQUEST="true").content.decode()
    assert "每一年分别计" in answer and "指标现在的口径是“累计”" in answer
    scene.indicator.refresh_from_db()
    assert scene.indicator.basis == "cumulative"
    assert as_("office").post(where, CHOSEN | {"basis": "per_year"}).status_code == 302
    scene.indicator.refresh_from_db()
    assert scene.indicator.basis == "per_year"
    assert as_("office").post(where, CHOSEN | {"basis": "nonsense", "seen": "1"}).status_code == 302
    scene.indicator.refresh_from_db()
    assert scene.indicator.basis == "per_year"


def test_several_kinds_offer_what_they_have_in_common(as_, where):
    told = CHOSEN | {"kind": ["award", "course"], "operation": "count", "measure": "", "unit": ""}
    page = as_("office").get(where, told, HTTP_HX_REQUEST="true").content.decode()
    assert "“荣誉与奖项”、“课程" in page
    assert page.count('name="kind"') == 3
