"""People and units from Excel: seen before it is done, all or nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.web.ledger.models import Change, Person, Role, Unit
from taizhang.web.ledger.sheets import export, read
from taizhang.web.ledger.workflow import roster


def upload(browser, what, sheet, rows):
    file = SimpleUploadedFile("名单.xlsx", export(sheet, rows))
    return browser.post(f"/{what}/import/", {"file": file})


def confirm(browser, what, page):
    held = re.search(r'name="held" value="([^"]+)"', page.content.decode())[1]
    return browser.post(f"/{what}/import/", {"held": held})


PEOPLE = [
    {"username": "zhangsan", "name": "张三", "unit": "教务处", "role": "reporter", "phone": "0871-1"},
    {"username": "zhangsan", "name": "张三", "unit": "提质建设组", "role": "lead"},
    {"username": "baogao", "name": "林晓", "phone": "13900000000"},
]


def test_a_preview_shows_what_will_be_done_and_does_nothing(scene, as_):
    page = upload(as_("admin"), "people", roster.PEOPLE, PEOPLE)
    text = page.content.decode()
    assert "4 处改动" in text
    assert all(word in text for word in ("新增人员", "授予角色", "修改人员", "（空） → 13900000000"))
    assert not Person.objects.filter(username="zhangsan").exists()
    assert not Change.objects.exists()


def test_a_confirmed_import_is_done_once_and_again_finds_nothing_to_do(scene, as_):
    browser = as_("admin")
    page = upload(browser, "people", roster.PEOPLE, PEOPLE)
    assert confirm(browser, "people", page).headers["Location"] == "/people/"
    made = Person.objects.get(username="zhangsan")
    assert set(made.roles.values_list("unit__name", "name")) == {("教务处", "reporter"), ("提质建设组", "lead")}
    assert Person.objects.get(username="baogao").phone == "13900000000"
    assert "没有要改的" in upload(browser, "people", roster.PEOPLE, PEOPLE).content.decode()


def test_one_wrong_row_stops_all_of_them_before_and_after_the_preview(scene, as_):
    browser = as_("admin")
    wrong = [*PEOPLE, {"username": "lisi", "name": "李四", "unit": "没有这个处", "role": "lead"}]
    page = upload(browser, "people", roster.PEOPLE, wrong)
    assert page.status_code == 422
    assert "“人员”第 5 行：没有“没有这个处”这个单位" in page.content.decode()
    assert 'name="held"' not in page.content.decode()
    good = upload(browser, "people", roster.PEOPLE, PEOPLE)
    Unit.objects.filter(pk=scene.team.pk).update(name="别的组")  # meanwhile
    refused = confirm(browser, "people", good)
    assert refused.status_code == 422
    assert not Person.objects.filter(username="zhangsan").exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"username": "waixiao", "name": "石远"}], "已有人用"),
        ([{"username": "张三", "name": "张三"}], "登录名用小写字母"),
        ([{"username": "zs", "name": "张三", "role": "lead"}], "要么都填"),
        ([{"username": "zs", "name": "张三", "role": "office", "unit": "教务处"}], "没有“双高办”这个角色"),
        ([{"username": "zs", "name": "张三", "home": "望海职业学院"}], "没有“望海职业学院”这所学校"),
        ([{"username": "zs", "name": "张三"}, {"username": "ZS", "name": "张山"}], "与第 2 行写的不同"),
        ([{"username": "baogao", "name": "林晓", "home": "别处"}], "没有“别处”这所学校"),
        ([{"username": "", "name": "张三"}], "必填"),
        ([], "没有可导入的行"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_by_row(scene, as_, rows, words):
    page = upload(as_("admin"), "people", roster.PEOPLE, rows)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert not Change.objects.exists()


def test_an_export_taken_in_again_changes_nothing(scene, as_):
    browser = as_("admin")
    for what in ("people", "units"):
        content = browser.get(f"/{what}/?format=xlsx").content
        page = browser.post(f"/{what}/import/", {"file": SimpleUploadedFile("x.xlsx", content)})
        assert "没有要改的" in page.content.decode(), what


def test_units_come_with_their_parents_in_any_order(scene, as_):
    browser = as_("admin")
    rows = [
        {"name": "数控教研室", "kind": "specialty", "parent": "机电学院"},
        {"name": "机电学院", "kind": "department"},
        {"name": "教务处", "kind": "department", "code": "JW"},
    ]
    page = upload(browser, "units", roster.UNITS, rows)
    assert "3 处改动" in page.content.decode()
    assert confirm(browser, "units", page).status_code == 302
    made = Unit.objects.get(name="数控教研室")
    assert made.parent.name == "机电学院" and made.path.startswith(scene.college.path)
    assert Unit.objects.get(pk=scene.teaching.pk).code == "JW"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"name": "甲室", "kind": "department", "parent": "没有的院"}], "没有“没有的院”这个单位"),
        ([{"name": "甲室", "kind": "college"}], "下面不能设学校"),
        ([{"name": "教务处", "kind": "team"}], "不能用导入改类别"),
    ],
)
def test_a_unit_that_cannot_be_stops_all(scene, as_, rows, words):
    page = upload(as_("admin"), "units", roster.UNITS, [{"name": "新处", "kind": "department"}, *rows])
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert not Unit.objects.filter(name="新处").exists()


def test_namesakes_are_told_apart_by_their_path(scene, as_):
    for parent in (scene.teaching, scene.training):
        made = Unit.objects.create(name="办公室", kind="department", parent=parent, college=scene.college)
        Unit.objects.filter(pk=made.pk).update(path=f"{parent.path}{made.pk}/")
    row = {"username": "zs", "name": "张三", "role": "lead"}
    page = upload(as_("admin"), "people", roster.PEOPLE, [{**row, "unit": "办公室"}])
    assert "有 2 个" in page.content.decode()
    browser = as_("admin")
    page = upload(browser, "people", roster.PEOPLE, [{**row, "unit": "继续教育学院/办公室"}])
    confirm(browser, "people", page)
    assert Role.objects.get(person__username="zs").unit.parent == scene.training


def test_templates_are_given_and_a_file_that_is_none_gets_a_sentence(scene, as_):
    browser = as_("admin")
    for what, sheet in (("people", roster.PEOPLE), ("units", roster.UNITS)):
        answer = browser.get(f"/{what}/template/")
        assert read(sheet, answer.content).rows == []
        page = browser.post(f"/{what}/import/", {"file": SimpleUploadedFile("x.xlsx", b"hello")})
        assert (page.status_code, "不是 Word 或 Excel 文件" in page.content.decode()) == (422, True)
        assert "请选择" in browser.post(f"/{what}/import/").content.decode()
        assert "重新上传" in browser.post(f"/{what}/import/", {"held": "x"}).content.decode()
