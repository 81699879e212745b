"""Bytes go out to be saved and never to be carried out."""

import pytest

import evidence_files as files
from taizhang.web.ledger.evidence import vault


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_original_is_saved_under_its_name(as_, kept):
    data = files.word("通知")
    piece = kept("关于公布 2024 年项目的通知.docx", data)
    answer = as_("reporter").get(f"/evidence/{piece.pk}/file/")
    assert body(answer) == data
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%85%B3")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ['a".pdf\r\nSet-Cookie: x=1', "../../x.pdf", "a;b.pdf"])
def test_a_tricky_name_makes_no_header_of_its_own(as_, kept, name):
    answer = as_("reporter").get(f"/evidence/{kept(name, files.pdf()).pk}/file/")
    assert answer["Content-Disposition"].startswith("attachment;") and "\n" not in answer["Content-Disposition"]
    assert not answer.cookies


def test_a_page_is_a_picture(as_, kept):
    piece = kept("a.pdf", files.pdf("one"))
    answer = as_("reporter").get(f"/evidence/{piece.pk}/pages/1/")
    assert answer["Content-Type"] == "image/png" and body(answer).startswith(b"\x89PNG")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_page_that_is_not_there_is_not_found(as_, kept):
    piece = kept("a.pdf", files.pdf("one"))
    assert as_("reporter").get(f"/evidence/{piece.pk}/pages/2/").status_code == 404
    assert as_("reporter").get(f"/evidence/{kept().pk}/pages/1/").status_code == 404


def test_a_lost_original_is_told(as_, kept):
    piece = kept()
    vault.place(piece.blob_id).unlink()
    answer = as_("reporter").get(f"/evidence/{piece.pk}/file/")
    assert answer.status_code == 410 and "管理员" in answer.content.decode()
