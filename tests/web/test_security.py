"""What a browser is told and what it is never given: tokens, headers, cookies, redirects, names that are attacks."""

import io

import openpyxl
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from lxml import html

from taizhang.web.ledger.models import Entry, Evidence, Indicator, Person, Point, Programme, Round, Task, Unit
from web_access import addresses, lock_and_give, world
from web_people import PASSWORD

# Begins as a formula, breaks out of an attribute, opens an element with a handler, and calls the template language.
ATTACK = "=1+1'\"><xyz onload=x>{{ 7|add:7 }}"
SECRET = "the-password-of-the-database"  # noqa: S105 - stands in an error that must not be shown
ROLES = ("reporter", "office", "admin", "expert", "province")


@pytest.fixture
def made(scene, vault_folder):
    return world(scene)


def explode(_request):
    raise RuntimeError(SECRET)


urlpatterns = [path("explode/", explode), path("", include("taizhang.web.urls"))]


def pages(made, browser):
    """What every address answers to a plain GET."""
    for _route, text, where in addresses(made):
        if text != "/logout/":
            yield text, browser.get(where)
            yield f"{text}?format=xlsx", browser.get(where, {"format": "xlsx"})


def attacked(made):
    """Everything that people name is named as an attack would."""
    lock_and_give(made)
    for model, *fields in (
        (Unit, "name", "short_name"), (Person, "name"), (Programme, "name"), (Task, "name"), (Round, "name"),
        (Point, "plan"), (Indicator, "name", "measure"), (Entry, "text", "reason", "returned_because"),
        (Evidence, "title", "file_name", "issued_by", "document_number"),
    ):  # fmt: skip
        for row in model.objects.all():
            for field in fields:
                longest = model._meta.get_field(field).max_length or 200
                # Names that must differ differ behind the attack.
                setattr(row, field, f"{ATTACK}{row.pk}"[:longest])
            row.save()
    changes = {"file_name": f"{ATTACK}.docx"[:200]}
    type(made.report).objects.update(**changes)
    type(made.taking).objects.update(file_name=f"{ATTACK}.md"[:200])
    type(made.notice).objects.update(text=ATTACK)
    type(made.inquiry).objects.update(wanted=ATTACK)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_runs_anything_but_our_own_files(made, as_, role):
    attacked(made)
    shown = 0
    for where, answer in pages(made, as_(role)):
        policy = answer.headers["Content-Security-Policy"]
        # What is shown of a foreign file may run nothing at all.
        assert "script-src 'self'" in policy or policy == "default-src 'none'; sandbox", where
        assert "unsafe" not in answer.headers["Content-Security-Policy"], where
        assert answer.headers["X-Frame-Options"] == "DENY", where
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        assert answer.headers["Referrer-Policy"] == "same-origin", where
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            shown += answer.content.count(b"&lt;xyz onload=x&gt;{{ 7|add:7 }}")
            assert list(inline(html.fromstring(answer.content))) == [], where
    assert shown > 3


def is_data(script):
    """A browser runs nothing of a type that is no script; what would end the element early is written otherwise."""
    return script.get("type") == "application/json" and not script.get("src") and "<" not in script.text


def inline(page):
    """Code or style that stands in the page itself, and elements that only an attack would have made."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in {"style", "xyz", "object", "embed", "iframe", "base"}:
            yield element.tag
        is_own = element.get("src", "").startswith("/") and not (element.text or "").strip()
        if element.tag == "script" and not is_own and not is_data(element):
            yield html.tostring(element)
        for name, value in element.items():
            if name.startswith(("on", "hx-on")) or name == "style" or value.strip().lower().startswith("javascript:"):
                yield f"{element.tag} {name}={value}"


@pytest.mark.parametrize("role", ["office", "admin", "province"])
def test_no_excel_file_holds_a_formula(made, as_, role):
    attacked(made)
    found = 0
    for where, answer in pages(made, as_(role)):
        if "spreadsheet" not in answer.headers.get("Content-Type", ""):
            continue
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", f"{where} {cell.coordinate}"
            assert not str(cell.value or "").startswith(("=", "@", "\t", "\r")) or cell.quotePrefix, where
            found += "<xyz" in str(cell.value)
    assert found or role != "office"


def test_no_form_is_taken_without_its_token(made, as_):
    browser = as_("office", enforce_csrf_checks=True)
    for _route, text, where in addresses(made):
        answer = browser.post(where, {"version": 1})
        assert (answer.status_code, "刷新" in answer.content.decode()) == (403, True), text


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(scene):
    browser = Client()
    browser.get("/login/")
    browser.post("/login/", {"username": "baogao", "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert browser.cookies[name]["httponly"]
        assert browser.cookies[name]["samesite"] == "Lax"


def test_a_session_from_before_the_login_is_worth_nothing_after(made):
    browser, other = Client(), Client()
    # A stranger's save gives a session: what an attacker could plant.
    browser.post(f"/entries/{made.entry.pk}/save/", {"text": "……"})
    planted = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/login/", {"username": "baogao", "password": PASSWORD})
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted
    other.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert other.get("/").status_code == 302
    gone = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/logout/")
    other.cookies[settings.SESSION_COOKIE_NAME] = gone
    assert other.get("/").status_code == 302


ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "http:evil.example", " //evil.example"]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_to_another_site(made, as_, wanted):
    answer = Client().post("/login/", {"username": "baogao", "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert as_("reporter").get("/login/", {"next": wanted}).headers["Location"] == "/"
    moved = as_("reporter").post(f"/entries/{made.entry.pk}/submit/", {"back": wanted})
    assert moved.headers["Location"] == f"/entries/{made.entry.pk}/"
    assert as_("reporter").post("/language/", {"language": "zh-hans", "next": wanted}).headers["Location"] == "/"


def test_a_host_that_is_not_ours_is_refused(scene):
    answer = Client().get("/login/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_form_beyond_all_measure_is_refused(made, as_):
    browser = as_("reporter")
    for form in ({"text": "满" * 4_000_000}, {f"field-{number}": "1" for number in range(5001)}):
        answer = browser.post(f"/entries/{made.entry.pk}/save/", form)
        assert (answer.status_code, "太大" in answer.content.decode()) == (400, True)
    made.entry.refresh_from_db()
    assert made.entry.text == "新建校级课程 6 门"


@pytest.mark.parametrize("where", ["/nowhere/", "/entries/999999/", "/programmes/add/", "/explode/"])
def test_an_error_page_says_no_more_than_it_must(made, as_, settings, where):
    settings.ROOT_URLCONF = __name__
    answer: HttpResponse = as_("reporter", raise_request_exception=False).get(where)
    page = answer.content.decode()
    assert answer.status_code in {403, 404, 500}
    assert "<html" in page
    for word in (SECRET, "Traceback", "RuntimeError", "urlpatterns", "Django", "/src/"):
        assert word not in page


def test_what_the_walk_looks_for_it_would_find():
    bad = "<div><p style='x'></p><a onclick='x'></a><script>x</script><a href='JavaScript:x'></a><xyz></xyz>"
    data = "<script type='application/json'>{}</script><script type='application/json'>[\"<b>\"]</script></div>"
    assert len(list(inline(html.fromstring(bad + data)))) == 6
