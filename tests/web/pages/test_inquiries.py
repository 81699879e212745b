"""The college answers what experts ask; who may stands in test_judging."""

import pytest

from taizhang.web.ledger.workflow import review
from web_assessing import evidence, given
from web_people import unit


@pytest.fixture
def asked(scene):
    given(scene)
    return review.inquire(scene.people.expert, scene.value, "认定文件")


def test_an_answer_with_evidence_reaches_the_expert(scene, as_, asked):
    piece = evidence(scene, "认定文件扫描件")
    as_("reporter").post(f"/inquiries/{asked.pk}/", {"answer": "见附件第 2 页", "evidence": [piece.pk]})
    page = as_("expert").get(f"/judging/items/{scene.value.pk}/").content.decode()
    assert "见附件第 2 页" in page
    assert "认定文件扫描件" in page
    assert "认定文件" not in as_("reporter").get("/inquiries/").content.decode().split("<h1>")[1]
    assert "认定文件" in as_("reporter").get("/inquiries/?state=answered").content.decode()


def test_an_empty_answer_is_refused_and_what_was_ticked_is_kept(scene, as_, asked):
    answer = as_("reporter").post(f"/inquiries/{asked.pk}/", {"answer": " "})
    assert answer.status_code == 422
    assert "请写答复" in answer.content.decode()


def test_evidence_of_another_college_is_no_choice(scene, as_, asked):
    others = evidence(scene, "别家的名单", unit=unit("实训处", "department", scene.elsewhere))
    page = as_("office").get(f"/inquiries/{asked.pk}/").content.decode()
    assert "别家的名单" not in page
    answer = as_("office").post(f"/inquiries/{asked.pk}/", {"answer": "见附件", "evidence": [others.pk]})
    assert answer.status_code == 422
    assert "见附件" in answer.content.decode()


def test_evidence_is_found_by_its_words(scene, as_, asked):
    for number in range(35):
        evidence(scene, f"会议纪要 {number}")
    wanted = evidence(scene, "认定文件扫描件")
    for number in range(35):
        evidence(scene, f"通知 {number}")
    assert wanted.title not in as_("reporter").get(f"/inquiries/{asked.pk}/").content.decode()
    assert wanted.title in as_("reporter").get(f"/inquiries/{asked.pk}/?words=认定").content.decode()


def test_many_questions_cost_no_more_queries(scene, as_, asked, django_assert_num_queries):
    office = as_("office")
    for more in (0, 20):
        for number in range(more):
            review.inquire(scene.people.expert, scene.value, f"名单 {number}")
        with django_assert_num_queries(6):
            office.get("/inquiries/")


def test_the_desk_says_what_experts_and_the_college_wait_for(scene, as_, asked):
    assert "专家要的材料" in as_("reporter").get("/").content.decode()
    assert "专家要的材料" not in as_("colleague").get("/").content.decode()
    assert "有 1 轮交给您评审" in as_("expert").get("/").content.decode()
