"""人员: who keeps accounts, and what keeping them does."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from taizhang.web.ledger.models import Change, Person, Role, RoleName
from taizhang.web.ledger.workflow import people as verbs
from web_people import PASSWORD, person

ROLES = ("reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody")
# Every route of these pages is there for administrators and for nobody else; {person}, {role}, {unit} are of the college.
GETS = (
    "/people/", "/people/add/", "/people/import/", "/people/template/", "/people/{person}/",
    "/units/", "/units/import/", "/units/template/", "/units/{unit}/", "/units/{unit}/add/",
)  # fmt: skip
POSTS = (
    "/people/{person}/change/", "/people/{person}/give/", "/people/{person}/roles/{role}/take/", "/people/{person}/invite/",
    "/people/{person}/expel/", "/people/{person}/close/", "/people/{person}/reopen/", "/units/{unit}/rename/",
    "/units/{unit}/move/", "/units/{unit}/close/", "/units/{unit}/reopen/",
)  # fmt: skip


def addresses(scene, templates):
    reporter = scene.people.reporter
    keys = {"person": reporter.pk, "role": reporter.roles.get().pk, "unit": scene.teaching.pk}
    return [each.format(**keys) for each in templates]


@pytest.mark.parametrize("role", ROLES)
def test_these_pages_are_there_for_administrators_only(scene, as_, role):
    browser = as_(role)
    for address in addresses(scene, GETS):
        assert browser.get(address).status_code == (200 if role == "admin" else 404), address
    if role != "admin":
        for address in addresses(scene, POSTS):
            assert browser.post(address).status_code == 404, address
            assert as_("admin").get(address).status_code == 405, address
    assert Change.objects.count() == 0


def test_an_administrator_knows_nothing_of_another_tree(scene, as_):
    browser, other = as_("admin"), scene.people.outsider
    unit, role = other.roles.first().unit, other.roles.first()
    assert browser.get(f"/people/{other.pk}/").status_code == 404
    assert browser.get(f"/units/{unit.pk}/").status_code == 404
    assert browser.get(f"/units/{scene.province.pk}/").status_code == 404
    assert browser.post(f"/people/{other.pk}/invite/").status_code == 404
    own = scene.people.reporter
    assert browser.post(f"/people/{own.pk}/roles/{role.pk}/take/").status_code == 404
    assert browser.post(f"/people/{own.pk}/give/", {"unit": unit.pk, "name": "lead"}).status_code == 404
    assert "石远" not in browser.get("/people/").content.decode()


def names(page):
    return re.findall(r'<a href="/people/\d+/">(.*?)</a>', page.content.decode())


def test_people_are_listed_by_pinyin_or_by_strokes_and_searched(scene, as_):
    browser = as_("admin")
    for one in Person.objects.all():
        verbs.change_person(one, one, one.name)  # writes nothing: the cast has no sort keys
        Person.objects.filter(pk=one.pk).update(sort_key=verbs.person_key(one.name))
    assert names(browser.get("/people/")) == ["何芳", "林晓", "孟川", "沈毅", "许宁", "于空", "周航"]
    assert names(browser.get("/people/?order=strokes")) == ["于空", "许宁", "何芳", "沈毅", "孟川", "林晓", "周航"]
    assert names(browser.get("/people/?words=芳")) == ["何芳"]
    assert names(browser.get("/people/?words=BAOGAO")) == ["林晓"]
    assert names(browser.get("/people/?role=lead")) == ["何芳", "沈毅"]
    assert names(browser.get(f"/people/?unit={scene.teaching.pk}")) == ["何芳", "林晓"]
    assert names(browser.get("/people/?state=closed")) == []
    assert "放宽条件" in browser.get("/people/?words=没有").content.decode()
    part = browser.get("/people/?words=芳", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "何芳" in part


@pytest.mark.parametrize("order", ["", "strokes"])
def test_a_list_of_any_length_costs_the_same(scene, as_, order, django_assert_max_num_queries):
    browser = as_("admin")
    for total in (3, 60):
        for number in range(total):
            person(f"p{total}x{number}", f"张三{number}", scene.college, (RoleName.REPORTER, scene.teaching))
        with django_assert_max_num_queries(14):
            page = browser.get(f"/people/?order={order}")
    assert len(names(page)) == 50
    assert len(names(browser.get(f"/people/?order={order}&page=2"))) == 20


def test_the_list_is_exported_one_line_a_role(scene, as_):
    answer = as_("admin").get("/people/?format=xlsx&words=林晓")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert rows[0][:5] == ("登录名", "姓名", "所属", "角色所在单位", "角色")
    assert rows[1][:5] == ("baogao", "林晓", "云岭职业技术学院", "教务处", "填报人")


def test_a_person_is_added_let_in_once_and_shut_out(scene, as_):
    admin = as_("admin")
    answer = admin.post("/people/add/", {"username": "XinRen", "name": "新仁", "phone": "010-1234"})
    made = Person.objects.get(username="xinren")
    assert answer.headers["Location"] == f"/people/{made.pk}/"
    assert made.home == scene.college and not made.has_usable_password()
    admin.post(f"/people/{made.pk}/give/", {"unit": scene.teaching.pk, "name": "reporter", "until": "2099-12-31"})
    page = admin.post(f"/people/{made.pk}/invite/")
    assert "no-store" in page["Cache-Control"]
    link = re.search(r'value="(http://testserver/activate/[^"]+)"', page.content.decode())[1]
    assert link not in admin.get(f"/people/{made.pk}/").content.decode()
    stranger = Client()
    assert "新仁" in stranger.get(link).content.decode()
    stranger.post(link, {"new": PASSWORD, "again": PASSWORD})
    assert stranger.post("/login/", {"username": "xinren", "password": PASSWORD}).status_code == 302
    assert stranger.get("/").status_code == 200
    admin.post(f"/people/{made.pk}/close/")
    assert stranger.get("/").status_code == 302
    assert stranger.post("/login/", {"username": "xinren", "password": PASSWORD}).status_code == 200
    admin.post(f"/people/{made.pk}/reopen/")
    assert stranger.post("/login/", {"username": "xinren", "password": PASSWORD}).status_code == 302
    told = list(Change.objects.order_by("number").values_list("verb", flat=True))
    assert told == ["add", "give", "invite", "activate", "close", "reopen"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"username": "林晓", "name": "甲"}, "登录名用小写字母"),
        ({"username": "baogao", "name": "甲"}, "已有人用"),
        ({"username": "x1", "name": ""}, "请填写姓名"),
        ({"username": "x1", "name": "甲", "phone": "打给我"}, "不像电话"),
        ({"username": "x1", "name": "甲", "email": "x@"}, "不是邮箱"),
    ],
)
def test_what_cannot_be_an_account_is_refused_and_nothing_typed_is_lost(scene, as_, typed, words):
    answer = as_("admin").post("/people/add/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert all(f'value="{value}"' in page for value in typed.values() if value)


def test_a_role_has_its_place_and_its_days(scene, as_):
    admin, row = as_("admin"), scene.people.nobody
    give = f"/people/{row.pk}/give/"
    for typed, words in (
        ({"unit": scene.teaching.pk, "name": "office"}, "没有“双高办”这个角色"),
        ({"unit": scene.teaching.pk, "name": "lead", "since": "2026-02-30"}, "日期请写成"),
        ({"unit": scene.teaching.pk, "name": "lead", "since": "2026-03-01", "until": "2026-02-01"}, "晚于"),
    ):
        assert words in admin.post(give, typed).content.decode()
    assert admin.post(give, {"unit": scene.province.pk, "name": "province"}).status_code == 404
    admin.post(give, {"unit": scene.teaching.pk, "name": "lead"})
    admin.post(give, {"unit": scene.team.pk, "name": "lead"})
    assert row.roles.count() == 2
    admin.post(give, {"unit": scene.team.pk, "name": "lead", "until": "2020-01-01"})
    assert row.roles.get(unit=scene.team).until.year == 2020
    assert "已到期" in admin.get(f"/people/{row.pk}/").content.decode()
    role = row.roles.get(unit=scene.teaching)
    admin.post(f"/people/{row.pk}/roles/{role.pk}/take/")
    assert row.roles.count() == 1
    assert "收回角色" in admin.get(f"/people/{row.pk}/").content.decode()


def test_the_last_administrator_stays_one(scene, as_):
    admin, own = scene.people.admin, scene.people.admin.roles.get()
    take = f"/people/{admin.pk}/roles/{own.pk}/take/"
    assert "唯一的管理员" in as_("admin").post(take).content.decode()
    past = {"unit": scene.college.pk, "name": "admin", "until": "2020-01-01"}
    assert "唯一的管理员" in as_("admin").post(f"/people/{admin.pk}/give/", past).content.decode()
    assert "不能停用自己" in as_("admin").post(f"/people/{admin.pk}/close/").content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    gone = Role.objects.create(person=scene.people.lead, unit=scene.college, name=RoleName.ADMIN, until=yesterday)
    assert "唯一的管理员" in as_("admin").post(take).content.decode()
    gone.until = None
    gone.save()
    as_("admin").post(take)
    assert not Role.objects.filter(pk=own.pk).exists()


def test_a_province_keeps_its_colleges_and_founds_them(scene, as_):
    Role.objects.create(person=scene.people.province, unit=scene.province, name=RoleName.ADMIN)
    browser = as_("province")
    answer = browser.post(f"/units/{scene.province.pk}/add/", {"kind": "college", "name": "听涛职业学院"})
    assert answer.status_code == 302
    page = browser.get("/people/").content.decode()
    assert "石远" in page and "林晓" in page
    made = scene.province.children.get(name="听涛职业学院")
    assert made.college == made and made.path == f"{scene.province.path}{made.pk}/"
    browser.post("/people/add/", {"home": made.pk, "username": "tingtao", "name": "海生"})
    admin = Person.objects.get(username="tingtao")
    browser.post(f"/people/{admin.pk}/give/", {"unit": made.pk, "name": "admin"})
    assert admin.roles.get().unit == made


def test_an_administrator_ends_all_sessions_of_a_person(scene, as_):
    reporter = as_("reporter")
    assert reporter.get("/").status_code == 200
    as_("admin").post(f"/people/{scene.people.reporter.pk}/expel/")
    assert reporter.get("/").status_code == 302


def test_a_changed_name_is_in_the_history(scene, as_):
    row = scene.people.reporter
    as_("admin").post(f"/people/{row.pk}/change/", {"name": "林小晓"})
    page = as_("admin").get(f"/people/{row.pk}/").content.decode()
    assert "<del>林晓</del>" in page and "<ins>林小晓</ins>" in page
    assert as_("admin").post(f"/people/{row.pk}/change/", {"name": ""}).status_code == 422
