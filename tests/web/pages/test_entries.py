"""The list of items, and the page of one."""

from datetime import timedelta

import pytest

from taizhang.web.ledger.models import Entry, Point, Round, Stage
from taizhang.web.ledger.workflow import entries as verbs

SEES = {"reporter": 2, "colleague": 1, "lead": 2, "team_lead": 3, "office": 3, "admin": 0, "expert": 0, "province": 0,
        "outsider": 0, "nobody": 0}  # fmt: skip


@pytest.mark.parametrize("role", SEES)
def test_a_list_shows_each_role_its_own(scene, as_, role):
    page = as_(role).get("/entries/")
    assert page.status_code == 200
    assert page.content.decode().count("<tr data-href") == SEES[role]


@pytest.mark.parametrize("role", SEES)
def test_a_page_is_for_those_who_see_the_item(scene, as_, role):
    mine = {"reporter": 200, "lead": 200, "team_lead": 200, "office": 200}
    assert as_(role).get(f"/entries/{scene.entries[0].pk}/").status_code == mine.get(role, 404)


def test_an_empty_list_says_what_to_do(scene, as_):
    assert "放宽" in as_("reporter").get("/entries/?year=2025").content.decode()
    scene.round.entries.all().delete()
    scene.round.delete()
    assert "还没有填报轮次" in as_("office").get("/entries/").content.decode()


def test_an_htmx_request_gets_the_part_that_the_full_page_holds(scene, as_):
    browser = as_("office")
    part = browser.get("/entries/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count("<tr data-href") == 3


def more(scene, count, year=2025):
    points = Point.objects.bulk_create(
        Point(programme=scene.programme, task=scene.task, year=year, ordinal=n, plan=f"建设 {n}", unit=scene.teaching)
        for n in range(1, count + 1)
    )
    Entry.objects.bulk_create(
        Entry(round=scene.round, point=point, unit=scene.teaching, team=scene.team, person=scene.people.reporter,
              position=f"001-{year}-{point.ordinal:04}")
        for point in points
    )  # fmt: skip


def test_a_long_list_is_paged_and_asks_no_more_questions_than_a_short_one(
    scene, as_, django_assert_max_num_queries, client
):
    browser = as_("office")
    with django_assert_max_num_queries(14):
        browser.get("/entries/")
    more(scene, 120)
    with django_assert_max_num_queries(14):
        first = browser.get("/entries/").content.decode()
    assert first.count("<tr data-href") == 50
    assert "共 123 项" in first
    assert browser.get("/entries/?page=3").content.decode().count("<tr data-href") == 23


def test_a_page_asks_no_more_questions_in_a_long_round(scene, as_, django_assert_max_num_queries):
    browser = as_("reporter")
    for year in (2025, 2026):
        with django_assert_max_num_queries(16):
            browser.get(f"/entries/{scene.value.pk}/")
        more(scene, 60, year)


def test_the_page_of_an_indicator_shows_targets_and_one_of_a_point_its_plan(scene, as_):
    browser = as_("reporter")
    value = browser.get(f"/entries/{scene.value.pk}/").content.decode()
    assert "省级在线课程" in value and "期满目标" in value and "单位：门" in value
    assert "新建校级课程 6 门" in browser.get(f"/entries/{scene.entries[0].pk}/").content.decode()


def test_what_was_told_in_the_round_before_is_offered_and_not_copied(scene, as_):
    before = Round.objects.create(
        programme=scene.programme, period=scene.periods["year"], name="2024 年度填报", opened_by=scene.people.office,
        opened_at=scene.round.opened_at - timedelta(days=300), due_person="2025-01-01", due_department="2025-01-02",
        due_team="2025-01-03", due_school="2025-01-04",
    )  # fmt: skip
    told = Entry.objects.create(round=before, indicator=scene.indicator, unit=scene.teaching, text="4", number=4)
    browser = as_("reporter")
    page = browser.get(f"/entries/{scene.value.pk}/").content.decode()
    assert "2024 年度填报" in page
    assert 'name="text" inputmode="decimal" autocomplete="off" value=""' in page
    carried = browser.get(f"/entries/{scene.value.pk}/?from={told.pk}").content.decode()
    assert 'autocomplete="off" value="4"' in carried
    assert "保存后才算数" in carried
    scene.value.refresh_from_db()
    assert scene.value.text == ""
    strange = browser.get(f"/entries/{scene.value.pk}/?from={scene.entries[1].pk}").content.decode()
    assert "保存后才算数" not in strange


def test_what_another_unit_told_in_the_round_before_stays_theirs(scene, as_):
    before = Round.objects.create(
        programme=scene.programme, period=scene.periods["year"], name="2024 年度填报", opened_by=scene.people.office,
        opened_at=scene.round.opened_at - timedelta(days=300), due_person="2025-01-01", due_department="2025-01-02",
        due_team="2025-01-03", due_school="2025-01-04",
    )  # fmt: skip
    Entry.objects.create(round=before, indicator=scene.indicator, unit=scene.training, text="4", number=4)
    address = f"/entries/{scene.value.pk}/"
    assert "2024 年度填报" not in as_("reporter").get(address).content.decode()
    assert "2024 年度填报" in as_("office").get(address).content.decode()


def test_who_may_not_fill_reads_and_is_offered_no_form(scene, as_):
    page = as_("team_lead").get(f"/entries/{scene.value.pk}/").content.decode()
    assert "/save/" not in page
    assert "填报内容" in page


def test_the_way_of_an_item_shows_where_it_is_and_why_it_came_back(scene, as_):
    entry = verbs.save(scene.people.reporter, scene.entries[0], 1, {"text": "新建 6 门"})
    verbs.return_for_revision(scene.people.lead, verbs.submit(scene.people.reporter, entry), "缺课程名单")
    page = as_("reporter").get(f"/entries/{entry.pk}/").content.decode()
    assert 'aria-current="step"><b>已退回' in page
    assert "缺课程名单" in page
    assert "<b>何芳</b> 退回" in page


def test_an_item_without_a_team_has_no_step_of_a_team(scene, as_):
    scene.round.entries.filter(pk=scene.value.pk).update(team=None, stage=Stage.DEPARTMENT)
    page = as_("reporter").get(f"/entries/{scene.value.pk}/").content.decode()
    assert "建设组已审" not in page
