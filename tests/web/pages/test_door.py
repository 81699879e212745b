"""Coming in and going out."""

from django.test import Client

from web_people import PASSWORD


def test_a_person_comes_in_and_goes_out(scene):
    browser = Client()
    answer = browser.post("/login/", {"username": "BaoGao", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "林晓" in browser.get("/").content.decode()
    browser.post("/logout/")
    assert browser.get("/").status_code == 302


def test_five_wrong_passwords_close_the_door_for_that_name_only(scene):
    browser = Client()
    for _ in range(5):
        answer = browser.post("/login/", {"username": "baogao", "password": "wrong"})
    assert answer.status_code == 429
    assert "十五分钟" in answer.content.decode()
    assert browser.post("/login/", {"username": "baogao", "password": PASSWORD}).status_code == 429
    assert browser.post("/login/", {"username": "fuze", "password": PASSWORD}).status_code == 302


def test_a_form_without_its_token_is_refused_with_a_sentence(scene):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/login/", {"username": "baogao", "password": PASSWORD})
    assert answer.status_code == 403
    assert "刷新" in answer.content.decode()
