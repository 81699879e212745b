"""Rounds given to experts; who may stands in test_judging."""

from datetime import timedelta

from django.utils import timezone

from taizhang.web.ledger.models import Assignment, Round
from taizhang.web.ledger.workflow import review
from web_assessing import given, yesterday


def test_the_province_gives_a_round_and_takes_it_back(scene, as_):
    day = timezone.localdate() + timedelta(days=9)
    province = as_("province")
    answer = province.post(
        f"/oversight/{scene.round.pk}/", {"expert": scene.people.expert.pk, "until": day}, follow=True
    )
    assert "顾言" in answer.content.decode()
    row = Assignment.objects.get()
    assert row.until == day
    answer = province.post(f"/oversight/assignments/{row.pk}/end/", follow=True)
    assert "已收回" in answer.content.decode()
    assert "这一安排已经收回" in province.post(f"/oversight/assignments/{row.pk}/end/", follow=True).content.decode()


def test_a_day_past_is_refused_and_kept(scene, as_):
    answer = as_("province").post(
        f"/oversight/{scene.round.pk}/", {"expert": scene.people.expert.pk, "until": yesterday()}
    )
    assert answer.status_code == 422
    assert "已经过去" in answer.content.decode()
    assert str(yesterday()) in answer.content.decode()


def test_the_province_sees_each_college_and_how_far_it_is(scene, as_):
    given(scene)
    review.judge(scene.people.expert, scene.value, "settled")
    page = as_("province").get("/oversight/").content.decode()
    assert "云岭职业技术学院" in page
    assert "2 / 3" in page
    assert "1 / 2" in page
    assert "0 / 2" in as_("office").get("/oversight/").content.decode()
    assert "云岭" not in as_("outsider").get("/oversight/").content.decode()


def test_many_rounds_cost_no_more_queries(scene, as_, django_assert_num_queries):
    province = as_("province")
    for more in (0, 20):
        for number in range(more):
            Round.objects.create(
                programme=scene.programme, period=scene.periods["year"], name=f"第 {number} 轮",
                opened_at=timezone.now(), opened_by=scene.people.office, due_person="2026-12-01",
                due_department="2026-12-01", due_team="2026-12-01", due_school="2026-12-01",
            )  # fmt: skip
        with django_assert_num_queries(8):
            province.get("/oversight/")
