"""The rounds: how far they have come, and the office's forms."""

from datetime import date

import pytest

from taizhang.web.ledger.models import Entry, Point, Round, Stage, Task

DAYS = {
    "due_person": "2027-01-01",
    "due_department": "2027-01-05",
    "due_team": "2027-01-08",
    "due_school": "2027-01-20",
}
SEES = {"reporter": 200, "colleague": 200, "lead": 200, "team_lead": 200, "office": 200, "admin": 200, "province": 200,
        "expert": 404, "outsider": 404, "nobody": 404}  # fmt: skip


@pytest.mark.parametrize("role", SEES)
def test_who_sees_a_round_and_who_steers_it(scene, as_, role):
    browser, address = as_(role), f"/rounds/{scene.round.pk}/"
    assert browser.get("/rounds/").status_code == 200
    assert browser.get(address).status_code == SEES[role]
    form = f"/programmes/{scene.programme.pk}/rounds/open/"
    refused = 403 if SEES[role] == 200 else 404
    assert browser.get(form).status_code == (200 if role == "office" else refused)
    for verb, data in (("deadlines", {**DAYS, "reason": "节假日"}), ("extend", {}), ("close", {})):
        assert browser.post(f"{address}{verb}/", data).status_code == (302 if role == "office" else refused)
    reopened = browser.post(f"{address}reopen/", {"reason": "补报"}).status_code
    assert reopened == (302 if role == "office" else refused)


def test_a_round_is_opened_with_all_that_is_planned_and_everyone_is_told(scene, as_):
    answer = as_("office").post(
        f"/programmes/{scene.programme.pk}/rounds/open/",
        {"name": "再报一轮", "period": scene.periods["mid"].pk, "tasks": [scene.task.pk], **DAYS},
    )
    made = Round.objects.get(name="再报一轮")
    assert answer.headers["Location"] == f"/rounds/{made.pk}/"
    assert made.entries.count() == 3
    assert "再报一轮" in scene.people.reporter.notices.get().text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"due_person": "2027-02-01"}, "不能早于"), ({"name": "2025 年中期填报"}, "已经有"), ({"name": ""}, "name"),
     ({"due_team": "昨天"}, "昨天"), ({"period": "999"}, "期间")],
)  # fmt: skip
def test_a_wrong_form_is_refused_and_nothing_typed_is_lost(scene, as_, wrong, sentence):
    form = {"name": "再报一轮", "period": scene.periods["mid"].pk, **DAYS, **wrong}
    answer = as_("office").post(f"/programmes/{scene.programme.pk}/rounds/open/", form)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "2027-01-20" in answer.content.decode()
    assert scene.programme.rounds.count() == 1


def test_the_days_are_put_off_with_a_reason(scene, as_):
    browser, address = as_("office"), f"/rounds/{scene.round.pk}/deadlines/"
    assert browser.post(address, DAYS).status_code == 400
    answer = browser.post(address, {**DAYS, "due_school": "2026-01-01", "reason": "节假日"})
    assert answer.status_code == 400 and "不能早于" in answer.content.decode()
    browser.post(address, {**DAYS, "reason": "节假日"})
    scene.round.refresh_from_db()
    assert scene.round.due_school == date(2027, 1, 20)


def test_what_is_planned_later_is_brought_in_and_a_closed_round_takes_nothing(scene, as_):
    Point.objects.create(
        programme=scene.programme, task=scene.task, year=2025, ordinal=1, plan="甲", unit=scene.teaching
    )
    browser, address = as_("office"), f"/rounds/{scene.round.pk}/"
    assert "补入 1 项" in browser.post(f"{address}extend/", follow=True).content.decode()
    browser.post(f"{address}close/")
    assert browser.post(f"{address}extend/").status_code == 400
    assert browser.post(f"{address}reopen/", {"reason": ""}).status_code == 400


def test_progress_counts_what_the_person_sees_and_leads_to_the_list(scene, as_):
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    page = as_("office").get(f"/rounds/{scene.round.pk}/").content.decode()
    assert f"/entries/?round={scene.round.pk}&amp;unit={scene.teaching.pk}&amp;stage=60-locked" in page
    assert "<b>3</b>" in page and "33%" in page
    assert "继续教育学院" not in as_("reporter").get(f"/rounds/{scene.round.pk}/").content.decode()


def test_the_pages_ask_no_more_questions_of_a_large_round(scene, as_, django_assert_max_num_queries):
    browser = as_("office")
    for year in (2023, 2025):
        with django_assert_max_num_queries(16):
            browser.get(f"/rounds/{scene.round.pk}/")
        with django_assert_max_num_queries(10):
            browser.get("/rounds/")
        points = Point.objects.bulk_create(
            Point(programme=scene.programme, task=scene.task, year=year, ordinal=n, plan="建", unit=scene.teaching)
            for n in range(1, 80)
        )
        Entry.objects.bulk_create(Entry(round=scene.round, point=point, unit=scene.teaching) for point in points)


def test_without_a_round_the_page_says_what_to_do(scene, as_):
    scene.round.entries.all().delete()
    scene.round.delete()
    assert "开启一轮" in as_("office").get("/rounds/").content.decode()


def test_a_round_of_very_many_tasks_says_how_many_it_leaves_out(scene, as_, monkeypatch):
    task = Task.objects.create(
        programme=scene.programme, code="2", name="建设基地", unit=scene.teaching, position="002"
    )
    point = Point.objects.create(
        programme=scene.programme, task=task, year=2024, ordinal=1, plan="新建基地 1 个", unit=scene.teaching
    )
    Entry.objects.create(round=scene.round, point=point, unit=scene.teaching, position="002")
    address = f"/rounds/{scene.round.pk}/"
    assert "没有列出" not in as_("office").get(address).content.decode()
    monkeypatch.setattr("taizhang.web.pages.rounds._MOST_TASKS", 1)
    page = as_("office").get(address).content.decode()
    assert "还有 1 个任务没有列出" in page and "深化教学改革" in page and "建设基地" not in page
