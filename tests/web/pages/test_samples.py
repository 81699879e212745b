"""Samples on the page and as Excel; who sees them stands in test_judging."""

from io import BytesIO

from openpyxl import load_workbook

from taizhang.web.ledger.models import Sample
from taizhang.web.ledger.workflow import review
from web_assessing import given


def test_a_draw_is_made_kept_and_shown_with_its_reasons(scene, as_):
    given(scene)
    answer = as_("expert").post(f"/judging/{scene.round.pk}/samples/", {"size": 5, "seed": 9}, follow=True)
    page = answer.content.decode()
    assert "随机种子 9" in page
    assert "没有佐证" in page
    assert Sample.objects.get().items.count() == 2


def test_a_seed_is_found_by_chance_where_none_is_typed(scene, as_):
    given(scene)
    as_("expert").post(f"/judging/{scene.round.pk}/samples/", {"size": 5, "seed": ""})
    assert Sample.objects.get().seed >= 0


def test_a_size_out_of_bounds_is_refused_with_a_sentence(scene, as_):
    given(scene)
    answer = as_("expert").post(f"/judging/{scene.round.pk}/samples/", {"size": 0, "seed": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert not Sample.objects.exists()


def test_a_round_without_locked_items_says_so(scene, as_):
    answer = as_("province").post(f"/judging/{scene.round.pk}/samples/", {"size": 5})
    assert answer.status_code == 422
    assert "还没有锁定的填报项" in answer.content.decode()


def test_the_list_is_given_as_excel(scene, as_):
    given(scene)
    drawn = review.draw_sample(scene.people.expert, scene.round, 5, 1)
    answer = as_("expert").get(f"/judging/samples/{drawn.pk}/sheet/")
    page = load_workbook(BytesIO(answer.content)).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "责任单位", "核查项", "计划或指标")
    assert {row[2] for row in rows[1:]} == {"1 2024①", "1.1.1 省级在线课程"}
    assert {row[4] for row in rows[1:]} == {"14门", "建成校级课程 6 门"}
