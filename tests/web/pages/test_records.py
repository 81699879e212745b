"""The list of records and the page of one."""

import pytest
from django.urls import reverse

from taizhang.web.ledger.models import Record, Stage
from taizhang.web.ledger.workflow import record_steps as steps
from web_records import entered, record

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_one_may_see(as_, scene):
    entered(scene, title="茶艺师培训")
    for role, seen in (
        ("reporter", True),
        ("office", True),
        ("colleague", False),
        ("province", False),
        ("expert", False),
    ):
        page = as_(role).get(reverse("records"))
        assert page.status_code == 200
        assert ("茶艺师培训" in page.content.decode()) is seen


def test_a_list_asks_as_few_questions_for_fifty_as_for_one(as_, scene, django_assert_max_num_queries):
    client = as_("office")

    def asked():
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("records"))
        return len(asked.captured_queries)

    entered(scene)
    few = asked()
    for number in range(60):
        entered(scene, title=f"第 {number} 期")
    assert asked() <= few + 1  # and whether there is a next page


def test_a_page_tells_all_of_a_record(as_, scene):
    row = entered(scene)
    text = as_("reporter").get(reverse("record", args=[row.pk])).content.decode()
    for told in (
        "社区电工安全用电培训班",
        "已举办",
        "青石街道办事处",
        "合作",
        "安全用电",
        "社区居民",
        "签到表",
        "办了一期培训",
        "3.25",
        "变更记录",
    ):
        assert told in text


def test_the_province_sees_what_is_locked_without_its_way_there(as_, scene):
    row = entered(scene)
    page = reverse("record", args=[row.pk])
    assert as_("province").get(page).status_code == 404
    Record.objects.update(stage=Stage.LOCKED, returned_because="先前退回的理由")
    text = as_("province").get(page).content.decode()
    assert "社区电工安全用电培训班" in text
    assert "变更记录" not in text
    assert "林晓" not in text
    assert "办理" not in text
    assert as_("expert").get(page).status_code == 404
    assert as_("outsider").get(page).status_code == 404


def test_what_was_withdrawn_is_on_its_page_and_not_in_lists(as_, scene):
    row = steps.take(steps.dropping("重复"), scene.people.reporter, entered(scene))
    assert "已撤下" in as_("reporter").get(reverse("record", args=[row.pk])).content.decode()
    assert row not in as_("reporter").get(reverse("records")).context["records"]
    assert row in as_("reporter").get(reverse("records"), {"whose": "withdrawn"}).context["records"]
    assert not as_("colleague").get(reverse("records"), {"whose": "withdrawn"}).context["records"]


def test_an_empty_list_says_what_to_do(as_):
    assert "写一条" in as_("reporter").get(reverse("records")).content.decode()


def test_a_part_of_the_page_is_given_to_htmx(as_, scene):
    record(scene)
    page = as_("reporter").get(reverse("records"), headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
