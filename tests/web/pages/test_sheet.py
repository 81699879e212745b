"""Excel in answers and uploads."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from taizhang.web.ledger.sheets import Column, Sheet, export
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages import sheet

FORM = Sheet(name="人员", columns=(Column(key="name", header="姓名", required=True),))


def test_an_answer_is_saved_under_its_chinese_name_and_not_sniffed():
    response = sheet.answer(b"PK", "人员名单 2026/3")
    assert response["Content-Type"] == sheet.XLSX
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''人员名单 2026-3.xlsx"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; x=\r\n', "..", "", "\u202exslx.人员", "CON\x00"])
def test_no_name_escapes_its_folder_or_its_header(name):
    safe = sheet.safe_name(name)
    assert safe and not set(safe) & set('\\/:*?"<>|\r\n\x00\u202e') and not safe.startswith(".")


def test_an_upload_is_read_and_a_missing_one_gets_a_sentence():
    file = SimpleUploadedFile("名单.xlsx", export(FORM, [{"name": "林晓"}]))
    request = RequestFactory().post("/", {"file": file})
    assert [row.text("name") for row in sheet.uploaded(request, FORM).rows] == ["林晓"]
    with pytest.raises(RefusedError, match="请选择"):
        sheet.uploaded(RequestFactory().post("/"), FORM)


def test_a_preview_comes_back_only_to_whom_it_was_shown(scene):
    text = sheet.held(scene.people.admin, "people", [{"name": "林晓"}])
    assert sheet.held_again(scene.people.admin, "people", text) == [{"name": "林晓"}]
    for person, purpose, told in (
        (scene.people.office, "people", text),
        (scene.people.admin, "units", text),
        (scene.people.admin, "people", text[:-1]),
    ):
        with pytest.raises(RefusedError, match="重新上传"):
            sheet.held_again(person, purpose, told)
