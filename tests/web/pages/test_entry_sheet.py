"""Excel out, filled in offline, and in again: all of it or nothing."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from taizhang.web.ledger.models import Entry, Stage
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.pages import entry_sheet


@pytest.fixture
def book(scene, as_):
    """The reporter's list as it was downloaded."""
    return load_workbook(BytesIO(as_("reporter").get("/entries/export/").content))


def places(book):
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows(max_row=10) if any("内部编号" in str(cell.value) for cell in row))
    columns = {str(cell.value).rstrip(" *＊"): cell.column for cell in header if cell.value}
    rows = {}
    for row in page.iter_rows(min_row=header[0].row + 1):
        found = row[columns["内部编号"] - 1].value
        if str(found).isdecimal():
            rows[int(found)] = row[0].row
    return page, columns, rows


def fill(book, entry, **cells):
    page, columns, rows = places(book)
    names = {"text": "完成情况或实现值", "rate": "完成度", "state": "状态", "pk": "内部编号"}
    for name, value in cells.items():
        page.cell(rows[entry.pk], columns[names[name]]).value = value


def send(browser, book):
    content = BytesIO()
    book.save(content)
    return browser.post(
        "/entries/import/", {"file": SimpleUploadedFile("填报项.xlsx", content.getvalue())}, follow=True
    )


def test_a_list_goes_out_as_the_person_sees_it(scene, book):
    _page, _columns, rows = places(book)
    assert set(rows) == {scene.entries[0].pk, scene.value.pk}


def test_a_list_that_is_too_long_is_never_cut_off(scene, as_, monkeypatch):
    monkeypatch.setattr(entry_sheet, "MOST", 1)
    assert "什么都没有导出" in as_("reporter").get("/entries/export/", follow=True).content.decode()


def test_what_was_filled_in_offline_comes_in(scene, as_, book):
    fill(book, scene.entries[0], text="新建校级课程 6 门，均已开课。", rate="100%", state="建成")
    fill(book, scene.value, text=7)
    page = send(as_("reporter"), book).content.decode()
    assert "导入了 2 项" in page
    one, other = Entry.objects.get(pk=scene.entries[0].pk), Entry.objects.get(pk=scene.value.pk)
    assert (one.text, one.rate, one.state) == ("新建校级课程 6 门，均已开课。", "100%", "built")
    assert (other.text, other.number) == ("7", 7)


def test_a_file_without_changes_changes_nothing(scene, as_, book):
    assert "没有改动" in send(as_("reporter"), book).content.decode()
    assert not Entry.objects.exclude(version=1).exists()


def test_one_wrong_row_and_nothing_comes_in(scene, as_, book):
    verbs.save(scene.people.lead, scene.value, 1, {"text": "5"})
    fill(book, scene.entries[0], text="新建 6 门")
    fill(book, scene.value, text=7)
    answer = send(as_("reporter"), book)
    assert answer.status_code == 422
    assert "重新导出" in answer.content.decode() and "行" in answer.content.decode()
    assert Entry.objects.get(pk=scene.entries[0].pk).text == ""


def test_items_of_others_and_items_out_of_time_are_refused_by_row(scene, as_, book):
    fill(book, scene.value, pk=scene.entries[1].pk)
    assert "不在您的职责范围" in send(as_("reporter"), book).content.decode()
    Entry.objects.update(stage=Stage.SUBMITTED)
    fresh = load_workbook(BytesIO(as_("reporter").get("/entries/export/").content))
    fill(fresh, scene.value, text=9)
    assert "不能再改" in send(as_("reporter"), fresh).content.decode()


def test_what_is_no_workbook_is_refused_with_a_sentence(scene, as_):
    answer = as_("reporter").post("/entries/import/", {"file": SimpleUploadedFile("表.xlsx", b"not a workbook")})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert as_("reporter").post("/entries/import/").status_code == 422
