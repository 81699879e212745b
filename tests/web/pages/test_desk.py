"""The first page: what is owed, what waits, what came back."""

import pytest
from django.utils import timezone

from taizhang.web.ledger.models import Entry, Notice, Point, Stage
from taizhang.web.ledger.workflow import entries as verbs


def test_a_stranger_is_sent_to_the_door(scene, client):
    assert client.get("/").headers["Location"] == "/login/?next=/"


@pytest.mark.parametrize(
    ("role", "words"),
    [("reporter", "待我填报"), ("lead", "待我审核"), ("office", "继续教育学院"), ("admin", "您的工作在这里"),
     ("expert", "您的工作在这里"), ("province", "您的工作在这里"), ("nobody", "还没有角色"), ("team_lead", "待我审核")],
)  # fmt: skip
def test_each_role_finds_its_own_work(as_, role, words):
    page = as_(role).get("/")
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_desk_shows_what_is_owed_what_waits_and_what_came_back(scene, as_):
    entry = verbs.save(scene.people.reporter, scene.entries[0], 1, {"text": "新建 6 门"})
    verbs.submit(scene.people.reporter, entry)
    assert entry.code in as_("lead").get("/").content.decode()
    verbs.return_for_revision(scene.people.lead, entry, "缺课程名单")
    page = as_("reporter").get("/").content.decode()
    assert "退回给我的" in page and "缺课程名单" in page
    assert "<b>2</b><span>待我填报" in page


def test_what_is_overdue_is_counted(scene, as_):
    scene.round.due_person = "2020-01-01"
    scene.round.save()
    assert '<b class="late">2</b>' in as_("reporter").get("/").content.decode()


def test_what_was_altered_after_approval_is_to_be_seen(scene, as_):
    scene.round.entries.filter(pk=scene.value.pk).update(stage=Stage.APPROVED, altered=True)
    assert "审后改动待看" in as_("lead").get("/").content.decode()
    assert "审后改动待看" not in as_("reporter").get("/").content.decode()


def test_a_desk_without_a_round_says_so(scene, as_):
    scene.round.closed_at = timezone.now()
    scene.round.save()
    assert "没有进行中的填报" in as_("reporter").get("/").content.decode()
    assert "没有进行中的填报" in as_("office").get("/").content.decode()


def test_notices_are_read_one_by_one_or_all_at_once_and_only_ones_own(scene, as_):
    notices = [
        Notice.objects.create(person=scene.people.reporter, text=text, link=link, made_at=timezone.now())
        for text, link in (("甲", f"/entries/{scene.value.pk}/"), ("乙", "https://example.org/"), ("丙", ""))
    ]
    browser = as_("reporter")
    assert as_("lead").post(f"/notices/{notices[0].pk}/read/").status_code == 404
    assert browser.post(f"/notices/{notices[0].pk}/read/").headers["Location"] == f"/entries/{scene.value.pk}/"
    assert browser.post(f"/notices/{notices[1].pk}/read/").headers["Location"] == "/"
    assert "丙" in browser.get("/").content.decode()
    browser.post("/notices/read/")
    assert "没有未读的消息" in browser.get("/").content.decode()


def test_a_desk_asks_no_more_questions_of_a_large_round(scene, as_, django_assert_max_num_queries):
    browser = as_("office")
    for year in (2023, 2025):
        with django_assert_max_num_queries(26):
            browser.get("/")
        points = Point.objects.bulk_create(
            Point(programme=scene.programme, task=scene.task, year=year, ordinal=n, plan="建", unit=scene.teaching)
            for n in range(1, 80)
        )
        Entry.objects.bulk_create(
            Entry(round=scene.round, point=point, unit=scene.teaching, stage=Stage.SUBMITTED) for point in points
        )
