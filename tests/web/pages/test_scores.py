"""The page of the projected grade: its working, what would change it, and what is still owed."""

import pytest
from django.utils import timezone

from taizhang.web.ledger.models import Appraisal, Entry, Supposition


def page_of(scene, as_, **asked):
    return as_("office").get(f"/programmes/{scene.programme.pk}/scores/", asked).content.decode()


def test_what_gives_most_comes_first_and_says_how(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(number=3, text="3")
    page = page_of(scene, as_)
    assert "学校 50 分 × 100% = 50 分" in page
    assert "离“中”还差 10 分" in page
    assert "没有达到目标，完成度 50%：50 分中得 25 分" in page
    assert "要写明偏差原因和改进措施" in page
    assert "借用财预〔2020〕10号自评表" in page


@pytest.fixture
def national(scene):
    scene.programme.profile = "national"
    scene.programme.save()
    Entry.objects.filter(pk=scene.value.pk).update(number=6, text="6")


SAID = {"fails": "偏离建设方案的目标", "note-偏离建设方案的目标": "省厅通报", "management-0": "17", "seen": "0"}


def test_what_nobody_can_compute_is_kept_and_counts(scene, as_, national):
    answer = as_("office").post(f"/rounds/{scene.round.pk}/appraisal/", SAID, follow=True)
    assert "已保存，预测按它算" in answer.content.decode()
    page = page_of(scene, as_)
    assert "偏离建设方案的目标，直接评为“差”" in page
    assert "“管理与执行”得分 17 低于 18 分" in page
    assert 'value="省厅通报"' in page


@pytest.mark.parametrize(
    ("told", "said"),
    [({"management-0": "很多"}, "不是数字"), ({"management-0": "101"}, "0 到 100"), ({"fails": "别的"}, "没有这种"), ({"seen": "7"}, "刚刚被改过")],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(scene, as_, national, told, said):
    answer = as_("office").post(f"/rounds/{scene.round.pk}/appraisal/", SAID | told, follow=True)
    assert said in answer.content.decode()
    assert not Appraisal.objects.exists()


def test_a_supposition_shows_what_would_be_and_changes_nothing(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(number=3, text="3")
    page = page_of(scene, as_, **{"if": scene.value.pk})
    assert "增加 50 分" in page and "学校 100 分 × 100% = 100 分" in page
    assert "学校 50 分 × 100% = 50 分" in page
    office = as_("office")
    kept = office.post(f"/rounds/{scene.round.pk}/suppose/", {"if": scene.value.pk, "name": "补上课程"}, follow=True)
    assert "补上课程" in kept.content.decode()
    again = office.post(f"/rounds/{scene.round.pk}/suppose/", {"if": scene.value.pk, "name": "补上课程"}, follow=True)
    assert "已经有名为" in again.content.decode()
    assert "请先假设" in office.post(f"/rounds/{scene.round.pk}/suppose/", {"name": "空"}, follow=True).content.decode()
    scene.value.refresh_from_db()
    assert scene.value.number == 3
    row = Supposition.objects.get()
    office.post(f"/suppositions/{row.pk}/drop/")
    assert not Supposition.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("reporter", 404), ("province", 404), ("outsider", 404), ("nobody", 404)])
def test_only_the_office_says_so(scene, as_, role, status):
    row = Supposition.objects.create(
        round=scene.round, name="a", entries=[], made_at=timezone.now(), made_by=scene.people.office
    )
    for where in (
        f"/rounds/{scene.round.pk}/appraisal/",
        f"/rounds/{scene.round.pk}/suppose/",
        f"/suppositions/{row.pk}/drop/",
    ):
        assert as_(role).post(where, SAID).status_code == status
    assert Supposition.objects.exists() and not Appraisal.objects.exists()


def test_a_round_is_chosen_and_without_one_the_page_says_so(scene, as_):
    assert "2025 年中期填报" in page_of(scene, as_, round=scene.round.pk)
    Entry.objects.all().delete()
    scene.round.delete()
    assert "还没有填报轮次" in page_of(scene, as_)


def test_a_typed_value_is_reckoned_with_and_kept(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(number=3, text="3")
    asked = {f"to-{scene.value.pk}": "４.5 门", "round": scene.round.pk}
    page = page_of(scene, as_, **asked)
    assert "学校 75 分 × 100% = 75 分" in page and "增加 25 分" in page and "没有达到目标，完成度 75%" in page
    as_("office").post(f"/rounds/{scene.round.pk}/suppose/", asked | {"name": "四门半"})
    assert Supposition.objects.get().values == {str(scene.value.pk): "4.5"}
    assert f"to-{scene.value.pk}=4.5" in page_of(scene, as_)


def test_what_is_no_number_is_told_at_its_place_and_nothing_typed_is_lost(scene, as_):
    asked = {f"to-{scene.value.pk}": "很多", "round": scene.round.pk}
    page = page_of(scene, as_, **asked)
    assert "“很多”不是数字，请只填数字。" in page and 'value="很多"' in page and "保存假设" not in page
    answer = as_("office").post(f"/rounds/{scene.round.pk}/suppose/", asked | {"name": "a"}, follow=True)
    assert "“很多”不是数字" in answer.content.decode() and not Supposition.objects.exists()


def test_a_qualitative_indicator_is_supposed_by_its_share(scene, as_):
    scene.indicator.qualitative = True
    scene.indicator.save()
    Entry.objects.filter(pk=scene.value.pk).update(number=None, text="在推进")
    assert "学校 70 分 × 100% = 70 分" in page_of(scene, as_, **{f"to-{scene.value.pk}": "70%"})
    assert "“101”不是 0 到 100 之间的得分率" in page_of(scene, as_, **{f"to-{scene.value.pk}": "101"})


def test_fields_that_nobody_filled_in_leave_the_address(scene, as_):
    answer = as_("office").get(f"/programmes/{scene.programme.pk}/scores/", {"to-1": "", "to-2": "3", "find": ""})
    assert answer.url == f"/programmes/{scene.programme.pk}/scores/?to-2=3#supposed"


def test_an_indicator_with_the_full_score_is_found_by_its_name(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(number=6, text="6")
    box = f'name="to-{scene.value.pk}"'
    assert box not in page_of(scene, as_)
    assert box in page_of(scene, as_, find=scene.indicator.name[:2])
    assert "没有名称里有“没有这项”的其他指标" in page_of(scene, as_, find="没有这项")
