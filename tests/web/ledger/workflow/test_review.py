"""Assessing: who may do it, in what order, and that nothing of it is lost or seen by the wrong house."""

import pytest

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Change, Inquiry, Judgement, Stage, Verdict
from taizhang.web.ledger.workflow import review
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError
from web_assessing import evidence, given, lock, yesterday
from web_people import person, unit


def test_the_province_gives_a_round_and_the_expert_is_told(scene):
    given(scene)
    assert "云岭" in scene.people.expert.notices.get().text
    assert set(access.assessed_entries(scene.people.expert)) == {scene.entries[0], scene.value}


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "outsider", "nobody"])
def test_only_the_province_and_the_office_give_a_round(scene, role):
    with pytest.raises(NotAllowedError):
        review.assign(getattr(scene.people, role), scene.round, scene.people.expert, None)


def test_the_office_does_not_give_the_round_to_an_expert_of_the_province(scene):
    with pytest.raises(RefusedError, match="不是可以安排的专家"):
        review.assign(scene.people.office, scene.round, scene.people.expert, None)


def test_the_office_gives_it_to_its_own_reviewers(scene):
    own = person("neishen", "安宁", scene.college, ("expert", scene.college))
    lock(scene.entries[0])
    review.assign(scene.people.office, scene.round, own, None)
    assert list(access.assessed_entries(own)) == [scene.entries[0]]


def test_a_day_in_the_past_is_refused(scene):
    with pytest.raises(RefusedError, match="已经过去"):
        given(scene, yesterday())


def test_an_assignment_ends_and_can_be_given_again(scene):
    first = given(scene)
    review.end_assignment(scene.people.province, first)
    assert not access.assessed_entries(scene.people.expert).exists()
    with pytest.raises(OutOfOrderError):
        review.end_assignment(scene.people.province, first)
    assert given(scene).pk == first.pk
    assert access.assessed_entries(scene.people.expert).count() == 2


def test_the_college_does_not_end_what_the_province_gave(scene):
    with pytest.raises(NotAllowedError):
        review.end_assignment(scene.people.office, given(scene))


def test_an_assignment_past_its_day_shows_nothing(scene):
    row = given(scene)
    row.until = yesterday()
    row.save()
    assert not access.assessed_entries(scene.people.expert).exists()


def test_a_changed_mind_is_one_row_and_two_changes_in_the_house_of_the_expert(scene):
    given(scene)
    expert = scene.people.expert
    review.judge(expert, scene.value, Verdict.SETTLED)
    review.judge(expert, scene.value, Verdict.ON_SITE, "数字偏高")
    row = review.judge(expert, scene.value, Verdict.ON_SITE, "数字偏高")
    assert Judgement.objects.count() == 1
    told = list(history.of(row).order_by("number"))
    assert [(change.college, change.after["verdict"]) for change in told] == [
        (scene.province, "settled"),
        (scene.province, "on_site"),
    ]
    assert told[1].before["verdict"] == "settled"
    assert list(history.breaks(scene.province)) == []
    assert not access.visible_changes(scene.people.office).filter(thing="judgement").exists()


def test_what_is_not_locked_is_not_judged_nor_asked_about(scene):
    given(scene)
    for step in (lambda e: review.judge(scene.people.expert, e, "settled"),
                 lambda e: review.inquire(scene.people.expert, e, "名单")):  # fmt: skip
        with pytest.raises(NotAllowedError):
            step(scene.entries[1])


@pytest.mark.parametrize(("verdict", "note"), [("", ""), ("perhaps", ""), ("settled", "长" * 2001)])
def test_a_verdict_that_is_none_is_refused(scene, verdict, note):
    given(scene)
    with pytest.raises(RefusedError):
        review.judge(scene.people.expert, scene.value, verdict, note)


def test_a_question_reaches_those_who_can_answer_and_the_answer_the_expert(scene):
    given(scene)
    people = scene.people
    asked = review.inquire(people.expert, scene.value, "认定文件")
    for role in ("reporter", "lead", "office"):
        assert "认定文件" in getattr(people, role).notices.get().text
    assert not people.colleague.notices.exists()
    piece = evidence(scene, "认定文件扫描件")
    assert piece not in access.visible_evidence(people.expert)
    review.answer(people.reporter, asked, "见附件", [piece])
    assert piece in access.visible_evidence(people.expert)
    assert "答复" in people.expert.notices.first().text
    assert Change.objects.filter(thing="inquiry", college=scene.college).count() == 2


@pytest.mark.parametrize("role", ["colleague", "team_lead", "admin", "expert", "province", "outsider", "nobody"])
def test_only_the_unit_and_the_office_answer(scene, role):
    given(scene)
    asked = review.inquire(scene.people.expert, scene.value, "认定文件")
    with pytest.raises(NotAllowedError):
        review.answer(getattr(scene.people, role), asked, "见附件")


def test_an_answer_says_something_and_only_with_own_evidence(scene):
    given(scene)
    asked = review.inquire(scene.people.expert, scene.value, "认定文件")
    with pytest.raises(RefusedError, match="请写答复"):
        review.answer(scene.people.reporter, asked, "  ")
    with pytest.raises(RefusedError, match="请写明"):
        review.inquire(scene.people.expert, scene.value, " ")
    others = evidence(scene, "别家的", unit=unit("实训处", "department", scene.elsewhere))
    with pytest.raises(RefusedError, match="不能用"):
        review.answer(scene.people.office, asked, "", [others])
    assert Inquiry.objects.get().answered_at is None


def test_a_draw_can_be_repeated_and_keeps_how_it_was_made(scene):
    given(scene)
    first = review.draw_sample(scene.people.expert, scene.round, 1, 42)
    again = review.draw_sample(scene.people.expert, scene.round, 1, 42)
    assert [each.entry_id for each in first.items.all()] == [each.entry_id for each in again.items.all()]
    assert (first.seed, first.method["name"], first.method["items"]) == (42, "weighted-by-risk-1", 2)
    whole = review.draw_sample(scene.people.province, scene.round, 50, 7)
    reasons = {each.entry_id: each.reasons for each in whole.items.all()}
    assert reasons[scene.value.pk] == ["没有佐证", "完成度 233.33%，远超目标"]


def test_a_draw_is_refused_without_items_or_out_of_bounds(scene):
    people = scene.people
    with pytest.raises(OutOfOrderError):
        review.draw_sample(people.province, scene.round, 5, 1)
    given(scene)
    for size, seed in ((0, 1), (501, 1), (5, -1), (5, 2**63)):
        with pytest.raises(RefusedError):
            review.draw_sample(people.expert, scene.round, size, seed)
    with pytest.raises(NotAllowedError):
        review.draw_sample(people.reporter, scene.round, 5, 1)


def test_the_college_does_not_see_what_the_province_drew(scene):
    given(scene)
    theirs = review.draw_sample(scene.people.expert, scene.round, 2, 1)
    own = review.draw_sample(scene.people.office, scene.round, 2, 1)
    assert list(access.visible_samples(scene.people.office)) == [own]
    assert list(access.visible_samples(scene.people.province)) == [theirs]


def test_an_item_opened_again_is_gone_from_the_desk_and_its_verdict_kept(scene):
    given(scene)
    review.judge(scene.people.expert, scene.value, "settled")
    scene.value.stage = Stage.APPROVED
    scene.value.save()
    assert not access.visible_judgements(scene.people.expert).exists()
    assert Judgement.objects.exists()
