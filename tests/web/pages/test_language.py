"""中文 or English."""

from django.test import Client

from taizhang.web.ledger.models import Person

ENGLISH = '<html lang="en">'


def test_a_visitor_keeps_the_choice_in_a_cookie(scene):
    browser = Client()
    answer = browser.post("/language/", {"language": "en", "next": "/login/"})
    assert answer.headers["Location"] == "/login/"
    assert ENGLISH in browser.get("/login/").content.decode()
    browser.post("/language/", {"language": "zh-hans"})
    assert '<html lang="zh-hans">' in browser.get("/login/").content.decode()


def test_a_persons_choice_follows_them_to_another_machine(scene, as_):
    as_("lead").post("/language/", {"language": "en", "next": "/me/"})
    assert Person.objects.get(username="fuze").language == "en"
    assert ENGLISH in as_("lead").get("/").content.decode()
    assert ENGLISH not in as_("reporter").get("/").content.decode()


def test_nobody_is_sent_elsewhere_and_no_language_is_made_up(scene, as_):
    browser = as_("lead")
    for back in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert browser.post("/language/", {"language": "xx", "next": back}).headers["Location"] == "/"
    assert Person.objects.get(username="fuze").language == ""
    assert browser.get("/language/").status_code == 405
