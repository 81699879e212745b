"""Submitting and reviewing, one by one and many at once."""

import pytest

from taizhang.web.ledger.models import Entry, Stage
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.ledger.workflow.steps import approving

ROLES = ("reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody")
# verb: the stage it is taken at, and the roles for which it is done; who sees the item and may not is told so.
MAY = {
    "submit": (Stage.DRAFT, {"reporter", "lead", "office"}),
    "withdraw": (Stage.SUBMITTED, {"reporter", "lead"}),
    "approve": (Stage.SUBMITTED, {"lead"}),
    "return": (Stage.SUBMITTED, {"lead"}),
    "lock": (Stage.APPROVED, {"office"}),
    "see": (Stage.APPROVED, {"lead", "office"}),
    "correct": (Stage.APPROVED, {"office"}),
}
SEES = {"reporter", "lead", "team_lead", "office"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MAY)
def test_who_may_take_which_step(scene, as_, role, verb):
    stage, may = MAY[verb]
    scene.round.entries.update(stage=stage, text="新建 6 门", altered=verb == "see")
    answer = as_(role).post(
        f"/entries/{scene.entries[0].pk}/{verb}/",
        {"version": "1", "reason": "缺名单", "why": "统计口径有误", "text": "新建 7 门"},
    )
    assert answer.status_code == (302 if role in may else 403 if role in SEES else 404)
    scene.entries[0].refresh_from_db()
    moved = (scene.entries[0].stage, scene.entries[0].altered, scene.entries[0].text)
    assert (moved != (stage, verb == "see", "新建 6 门")) == (role in may)


@pytest.mark.parametrize("verb", ["submit", "approve", "return", "lock", "see", "correct", "withdraw", "save"])
def test_a_step_is_a_post(scene, as_, verb):
    assert as_("office").get(f"/entries/{scene.value.pk}/{verb}/").status_code == 405


def test_a_return_without_a_reason_is_refused_on_the_page(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    answer = as_("lead").post(f"/entries/{scene.value.pk}/return/", {"reason": " "})
    assert answer.status_code == 400
    assert "请写明退回的理由" in answer.content.decode()


def test_what_was_not_seen_is_not_approved(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6", version=3)
    answer = as_("lead").post(f"/entries/{scene.value.pk}/approve/", {"version": "2"})
    assert answer.status_code == 409
    assert "刚刚被改过" in answer.content.decode()


def test_a_correction_is_marked_and_keeps_its_words_when_refused(scene, as_):
    scene.round.entries.update(stage=Stage.APPROVED, text="6")
    browser = as_("office")
    answer = browser.post(f"/entries/{scene.value.pk}/correct/", {"version": "1", "text": "7", "why": ""})
    assert answer.status_code == 400
    assert 'value="7"' in answer.content.decode()
    browser.post(f"/entries/{scene.value.pk}/correct/", {"version": "1", "text": "7", "why": "口径"})
    scene.value.refresh_from_db()
    assert (scene.value.text, scene.value.altered) == ("7", True)
    clash = browser.post(f"/entries/{scene.value.pk}/correct/", {"version": "1", "text": "8", "why": "口径"})
    assert clash.status_code == 409
    assert 'name="why" value="口径"' in clash.content.decode()


def test_after_an_approval_the_next_item_is_shown_but_no_other_site(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    there = f"/entries/{scene.entries[1].pk}/"
    answer = as_("lead").post(f"/entries/{scene.entries[0].pk}/approve/", {"version": "1", "back": there})
    assert answer.headers["Location"] == there
    answer = as_("lead").post(f"/entries/{scene.value.pk}/approve/", {"version": "1", "back": "https://example.org/"})
    assert answer.headers["Location"] == f"/entries/{scene.value.pk}/"


def test_many_are_approved_at_once_and_each_refusal_is_told(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    scene.round.entries.filter(pk=scene.value.pk).update(version=2)
    chosen = [f"{scene.entries[0].pk}.1", f"{scene.value.pk}.1", f"{scene.entries[1].pk}.1", "x.1", "999.1"]
    page = as_("lead").post("/entries/steps/", {"verb": "approve", "entry": chosen}).content.decode()
    assert "通过了 1 项" in page and "1 项没有办成" in page and "刚刚被改过" in page
    stages = dict(Entry.objects.values_list("pk", "stage"))
    assert stages[scene.entries[0].pk] == Stage.DEPARTMENT
    assert stages[scene.entries[1].pk] == Stage.SUBMITTED


def test_all_that_fit_are_those_of_the_filters_that_wait_for_this_person(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    page = as_("lead").post("/entries/steps/?kind=point", {"verb": "approve", "all": "1"}).content.decode()
    assert "通过了 1 项" in page
    scene.value.refresh_from_db()
    assert scene.value.stage == Stage.SUBMITTED


@pytest.mark.parametrize(
    ("form", "sentence"), [({"verb": "delete", "entry": "1.1"}, "请选择要办的事"), ({"verb": "approve"}, "还没有选中")]
)
def test_a_form_that_asks_for_nothing_is_told_so(scene, as_, form, sentence):
    assert sentence in as_("lead").post("/entries/steps/", form, follow=True).content.decode()


def test_a_submission_is_undone_for_all_that_were_just_submitted(scene, as_):
    scene.round.entries.update(text="6")
    browser = as_("reporter")
    page = browser.post("/entries/steps/", {"verb": "submit", "entry": [f"{scene.value.pk}.1"]}).content.decode()
    assert "撤回刚才提交的" in page
    browser.post("/entries/steps/", {"verb": "withdraw", "entry": [scene.value.pk]})
    scene.value.refresh_from_db()
    assert scene.value.stage == Stage.DRAFT


def test_a_return_for_many_carries_the_reason(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    as_("lead").post("/entries/steps/", {"verb": "return", "entry": [f"{scene.value.pk}.1"], "reason": "缺佐证"})
    scene.value.refresh_from_db()
    assert (scene.value.stage, scene.value.returned_because) == (Stage.RETURNED, "缺佐证")


def test_the_questions_asked_for_many_are_no_more_than_for_few(scene, django_assert_max_num_queries):
    scene.round.entries.update(stage=Stage.SUBMITTED, text="6")
    rows = list(Entry.objects.filter(unit=scene.teaching))
    with django_assert_max_num_queries(12):
        verbs.each(approving(), scene.people.lead, rows)
