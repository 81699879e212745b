"""A link lets in once, for a time, and only whom it was given to."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from taizhang.web.ledger.workflow import people
from web_people import PASSWORD


@pytest.fixture
def link(scene):
    given = people.invite(scene.people.admin, scene.people.reporter)
    return f"/activate/{given.who}/{given.token}/"


NEW = {"new": "feihong-2026-ta", "again": "feihong-2026-ta"}


def test_a_link_works_once(scene, link):
    assert Client().get(link).status_code == 200
    assert Client().post(link, NEW).headers["Location"] == "/login/"
    for method in ("get", "post"):
        answer = getattr(Client(), method)(link, NEW)
        assert answer.status_code == 410
        assert "向管理员要一个新的" in answer.content.decode()
    assert Client().post("/login/", {"username": "baogao", "password": NEW["new"]}).status_code == 302


def test_a_newer_link_ends_the_older_and_all_sessions(scene, as_, link):
    browser = as_("reporter")
    people.invite(scene.people.admin, scene.people.reporter)
    assert Client().get(link).status_code == 410
    assert browser.get("/").status_code == 302


def test_a_link_expires(scene, link, monkeypatch):
    later = datetime.now() + timedelta(days=3, minutes=1)  # noqa: DTZ005 - as Django's own clock of tokens
    monkeypatch.setattr(people.LINKS, "_now", lambda: later)
    assert Client().get(link).status_code == 410


def test_a_link_of_a_closed_account_is_worth_nothing(scene, link):
    people.close_account(scene.people.admin, scene.people.reporter)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "address", ["/activate/x/y/", "/activate/MQ/abc-123/", "/activate/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b/"]
)
def test_a_forged_link_is_worth_nothing(scene, address):
    assert Client().get(address).status_code == 410


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"new": "a", "again": "b"}, "两次填的密码不一样"),
        ({"new": "short1", "again": "short1"}, "10"),
        ({"new": "8674309172635", "again": "8674309172635"}, "数字"),
        ({"new": "password1234", "again": "password1234"}, "常见"),
        ({"new": "x" * 201, "again": "x" * 201}, "太长"),
    ],
)
def test_a_weak_password_is_refused_in_plain_chinese_and_the_link_still_works(scene, link, typed, words):
    answer = Client().post(link, typed, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Client().get(link).status_code == 200


def test_a_link_opens_a_door_that_the_throttle_had_closed(scene, link):
    browser = Client()
    for _ in range(5):
        browser.post("/login/", {"username": "baogao", "password": "wrong"})
    assert browser.post("/login/", {"username": "baogao", "password": PASSWORD}).status_code == 429
    browser.post(link, NEW)
    assert browser.post("/login/", {"username": "baogao", "password": NEW["new"]}).status_code == 302
