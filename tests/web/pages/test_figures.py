"""The page of a figure: from the value down to the evidence, and never the content of records one may not see."""

import pytest

from taizhang.web.ledger.models import Method
from taizhang.web.ledger.workflow import record_evidence, record_steps
from web_figures import CLASSES, confirmed, formula, trained

ROLES = {
    "reporter": 200, "lead": 200, "team_lead": 200, "office": 200, "colleague": 404, "admin": 404, "expert": 404,
    "province": 404, "outsider": 404, "nobody": 404,
}  # fmt: skip


def page_of(scene, as_, role="office", period="end"):
    address = f"/indicators/{scene.indicator.pk}/figure/?period={scene.periods[period].pk}"
    return as_(role).get(address).content.decode()


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_follow_a_figure(scene, as_, role, status):
    formula(scene)
    trained(scene)
    assert as_(role).get(f"/indicators/{scene.indicator.pk}/figure/").status_code == status


def test_without_a_formula_the_page_says_what_to_do(scene, as_):
    assert "还没有定这个指标的数从哪里来" in page_of(scene, as_)
    formula(scene, method=Method.MANUAL, reason="省里统计")
    assert "理由：省里统计" in page_of(scene, as_, "reporter")


def test_a_figure_opens_down_to_the_evidence(scene, as_, kept):
    formula(scene)
    row, piece = trained(scene, 230, is_handed_in=False), kept()
    record_evidence.cite(scene.people.reporter, row, piece, "3-5")
    record_steps.take(record_steps.submitting(), scene.people.reporter, row)
    trained(scene, 40, state="planned")
    trained(scene, 7, is_handed_in=False)
    page = page_of(scene, as_, "reporter")
    assert '<p class="figure-value">230<small>人日</small>' in page
    assert "把“培训量”相加（人日）" in page
    assert f'<a href="/records/{row.pk}/">' in page
    assert f'<a href="/evidence/{piece.pk}/?page=3">' in page
    assert "状态是“计划中”，还不算做成" in page
    assert "其中 1 条记录学校还没有确认" in page
    assert "另有 1 条记录还没有提交，不计入" in page


def test_what_was_confirmed_is_not_called_open(scene, as_):
    formula(scene)
    confirmed(scene, trained(scene))
    assert "还没有确认" not in page_of(scene, as_)


def test_records_of_others_are_numbers_and_nothing_else(scene, as_):
    formula(scene)
    trained(scene, 230)
    trained(scene, 70, unit=scene.training, title="继教学院的培训班")
    trained(scene, 5, unit=scene.training, title="还在计划的班", state="planned")
    office, reporter = page_of(scene, as_), page_of(scene, as_, "reporter")
    assert "继教学院的培训班" in office
    assert "还在计划的班" in office
    assert "300<small>" in reporter
    assert "继教学院的培训班" not in reporter
    assert "还在计划的班" not in reporter
    assert "其他部门的 1 条，合计 70，您不能查看内容" in reporter
    assert "其他部门的 1 条，您不能查看内容" in reporter


def test_each_period_has_its_value_and_its_distance_to_the_target(scene, as_):
    formula(scene)
    trained(scene, 3, year=2024)
    trained(scene, 4, year=2026)
    mid, end = page_of(scene, as_, period="mid"), page_of(scene, as_, period="end")
    assert '<p class="figure-value">3<small>' in mid
    assert "3 ÷ 6 = 50%" in mid
    assert '<p class="figure-value">7<small>' in end
    assert "没有达到" in end
    assert "这一期没有目标值" in page_of(scene, as_, period="year")


def test_a_yearly_target_is_of_every_year(scene, as_):
    formula(scene)
    scene.indicator.basis = "per_year"
    scene.indicator.save()
    trained(scene, 9, year=2025)
    assert "取完成度最低的一年（2023 年）" in page_of(scene, as_, period="mid")


def test_a_ratio_shows_both_sides(scene, as_):
    trained(scene)
    formula(scene, CLASSES | {"divisor": {"operation": "count", "kinds": ["award"]}}, measure="%")
    page = page_of(scene, as_)
    assert "分子" in page
    assert "不能算：分母没有数或为 0" in page


def test_the_number_of_questions_does_not_grow_with_the_records(scene, as_, django_assert_max_num_queries):
    formula(scene)
    office, counts, where = as_("office"), [], f"/indicators/{scene.indicator.pk}/figure/"
    for number in range(4):
        trained(scene, number + 1)
        office.get(where)  # the records of the kind are read once after each change
        with django_assert_max_num_queries(30) as asked:
            office.get(where)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_the_item_offers_what_the_records_say(scene, as_):
    formula(scene)
    trained(scene, 230)
    where = f"/entries/{scene.value.pk}/"
    page = as_("reporter").get(where).content.decode()
    assert "由 1 条业务记录算得 230 人日" in page
    filled = as_("reporter").get(f"{where}?from=records").content.decode()
    assert 'name="text" inputmode="decimal" autocomplete="off" value="230"' in filled
    trained(scene, 70)
    assert "由 2 条业务记录算得 300 人日" in as_("reporter").get(where).content.decode()


def test_a_value_unlike_the_records_needs_a_reason(scene, as_):
    formula(scene)
    trained(scene, 230)
    where, reporter = f"/entries/{scene.value.pk}/save/", as_("reporter")
    scene.value.refresh_from_db()
    refused = reporter.post(where, {"version": scene.value.version, "text": "250", "then": "submit"})
    assert refused.status_code == 400
    assert "由业务记录算得的是 230 人日；两者不同" in refused.content.decode()
    scene.value.refresh_from_db()
    assert (scene.value.text, scene.value.stage) == ("250", "10-draft")
    told = {"version": scene.value.version, "text": "250", "reason": "另有两期记录未录入", "then": "submit"}
    assert reporter.post(where, told).status_code == 302


def test_a_value_like_the_records_needs_none(scene, as_):
    formula(scene)
    trained(scene, 230)
    told = {"version": scene.value.version, "text": "230", "then": "submit"}
    assert as_("reporter").post(f"/entries/{scene.value.pk}/save/", told).status_code == 302


def test_the_indicator_leads_to_its_figure(scene, as_):
    page = as_("reporter").get(f"/indicators/{scene.indicator.pk}/").content.decode()
    assert f"/indicators/{scene.indicator.pk}/figure/" in page
    assert (
        f"/indicators/{scene.indicator.pk}/figure/"
        not in as_("province").get(f"/indicators/{scene.indicator.pk}/").content.decode()
    )
