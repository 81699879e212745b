"""Saving: by hand, by itself, against someone else, and after the session has ended."""

import pytest

from taizhang.web.ledger.models import Stage
from taizhang.web.ledger.workflow import entries as verbs
from web_people import PASSWORD

HTMX = {"HX-Request": "true"}
SAVES = {"reporter": 302, "lead": 302, "office": 302, "team_lead": 403, "colleague": 404, "admin": 404, "expert": 404,
         "province": 404, "outsider": 404, "nobody": 404}  # fmt: skip


def address(entry, verb="save"):
    return f"/entries/{entry.pk}/{verb}/"


@pytest.mark.parametrize("role", SAVES)
def test_who_may_save(scene, as_, role):
    answer = as_(role).post(address(scene.entries[0]), {"version": "1", "text": "新建 6 门"})
    assert answer.status_code == SAVES[role]
    scene.entries[0].refresh_from_db()
    assert bool(scene.entries[0].text) == (SAVES[role] == 302)


def test_a_form_that_saves_itself_is_told_the_hour_and_the_new_version(scene, as_):
    page = as_("reporter").post(address(scene.value), {"version": "1", "text": "5"}, headers=HTMX).content.decode()
    assert "已保存" in page
    assert 'name="version" value="2"' in page
    assert "<html" not in page


def test_save_and_submit_in_one(scene, as_):
    as_("reporter").post(address(scene.value), {"version": "1", "text": "6", "then": "submit"})
    scene.value.refresh_from_db()
    assert (scene.value.text, scene.value.stage) == ("6", Stage.SUBMITTED)


@pytest.mark.parametrize("wrong", [{"state": "done"}, {"rate": "很长" * 20}, {"number": "十几"}])
def test_what_cannot_be_kept_is_refused_and_stands_in_the_form(scene, as_, wrong):
    answer = as_("reporter").post(address(scene.entries[0]), {"version": "1", "text": "写了很久的字", **wrong})
    assert answer.status_code == 400
    assert "写了很久的字" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_what_was_typed_while_another_submitted_is_shown_to_be_copied(scene, as_):
    entry = verbs.save(scene.people.reporter, scene.entries[0], 1, {"text": "甲"})
    verbs.submit(scene.people.reporter, entry)
    answer = as_("reporter").post(address(entry), {"version": "2", "text": "写了很久的字"})
    assert answer.status_code == 409
    assert "写了很久的字" in answer.content.decode()


@pytest.fixture
def clash(scene, as_):
    verbs.save(scene.people.lead, scene.entries[0], 1, {"text": "对方的字", "reason": "对方的理由", "rate": "100%"})
    return as_("reporter")


def test_the_second_to_save_is_shown_both_versions(scene, clash):
    answer = clash.post(address(scene.entries[0]), {"version": "1", "text": "我的字", "reason": "", "rate": "100%"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我的字" in page and "对方的字" in page and "何芳" in page
    assert page.count("两份相同") == 1
    scene.entries[0].refresh_from_db()
    assert scene.entries[0].text == "对方的字"


def test_each_field_is_chosen_by_itself(scene, clash):
    clash.post(
        address(scene.entries[0]),
        {"version": "2", "text": "我的字", "keep-text": "mine", "reason": "我的理由", "keep-reason": "theirs"},
    )
    scene.entries[0].refresh_from_db()
    assert (scene.entries[0].text, scene.entries[0].reason, scene.entries[0].rate) == ("我的字", "对方的理由", "100%")


def test_a_form_that_saves_itself_loses_nothing_in_a_clash(scene, clash):
    page = clash.post(address(scene.entries[0]), {"version": "1", "text": "我的字"}, headers=HTMX).content.decode()
    assert "对照两份内容" in page
    assert 'name="version"' not in page


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_form_without_a_version_overwrites_nothing(scene, as_, version):
    answer = as_("reporter").post(address(scene.value), {"version": version, "text": "5"})
    assert answer.status_code == 409


def test_what_was_typed_after_the_session_ended_is_there_after_login(scene, client):
    answer = client.post(address(scene.entries[0]), {"version": "1", "text": "写了很久的字"})
    door = answer.headers["Location"]
    assert door == f"/login/?next=/entries/{scene.entries[0].pk}/"
    back = client.post(
        "/login/", {"username": "baogao", "password": PASSWORD, "next": f"/entries/{scene.entries[0].pk}/"}, follow=True
    )
    page = back.content.decode()
    assert "写了很久的字" in page and "还没有保存" in page
    scene.entries[0].refresh_from_db()
    assert scene.entries[0].text == ""
    assert "写了很久的字" not in client.get(f"/entries/{scene.entries[0].pk}/").content.decode()


def test_a_form_that_saves_itself_asks_for_login_in_its_place(scene, client):
    page = client.post(address(scene.entries[0]), {"version": "1", "text": "字"}, headers=HTMX).content.decode()
    assert "重新登录" in page


def test_what_was_typed_in_one_item_is_not_shown_in_another(scene, client):
    client.post(address(scene.entries[1]), {"version": "1", "text": "别处的字"})
    client.post("/login/", {"username": "baogao", "password": PASSWORD})
    assert "别处的字" not in client.get(f"/entries/{scene.entries[0].pk}/").content.decode()
