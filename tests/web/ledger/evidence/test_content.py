"""What a file is, is told by its bytes; what could carry something out is not taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_files as files
from taizhang.web.ledger.evidence.content import KINDS, clean_name, fitting_name, recognise
from taizhang.web.ledger.workflow.trouble import RefusedError

TAKEN = [
    ("a.pdf", files.pdf(), "application/pdf"),
    ("a.pdf", b"\r\n" + files.pdf(), "application/pdf"),
    ("a.png", files.png(), "image/png"),
    ("a.jpg", files.jpeg(), "image/jpeg"),
    ("a.docx", files.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.xlsx", files.sheet(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("a.ofd", files.zipped(**{"OFD.xml": "<ofd/>"}), "application/ofd"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "application/x-ole-storage"),
    ("a.txt", "会议纪要".encode(), "text/plain"),
    ("a.txt", "会议纪要：通过。".encode("gb18030"), "text/plain"),
    ("a.txt", "BM 是两个字母".encode(), "text/plain"),
    ("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 50, "video/mp4"),
]
REFUSED = [
    ("a.exe", b"MZ\x90\0" + b"\0" * 300, "程序"),
    ("证书.pdf", b"MZ\x90\0" + b"\0" * 300, "程序"),
    ("a.jpg", b"\x7fELF" + b"\0" * 300, "程序"),
    ("a.txt", b"#!/bin/sh\nrm -rf /\n", "程序"),
    ("a.html", b"<html><script>alert(1)</script>", "网页或脚本"),
    ("通知.txt", b"  <!DOCTYPE html><body onload=x()>", "网页或脚本"),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "网页或脚本"),
    ("a.png", b'<?xml version="1.0"?><svg/>', "网页或脚本"),
    ("a.js", b"alert(1)", "网页或脚本"),
    ("a.bat", b"del *.*", "网页或脚本"),
    ("a.zip", files.zipped(a="1"), "压缩包"),
    ("a.docx", files.zipped(a="1"), "压缩包"),
    ("a.rar", b"Rar!\x1a\x07\0", "压缩包"),
    ("a.docx", files.word()[:300], "损坏"),
    ("a.pdf", b"", "空文件"),
    ("a.bin", bytes(range(256)) * 4, "认不出"),
]


@pytest.mark.parametrize(("name", "data", "media_type"), TAKEN, ids=[f"{n}-{m}" for n, _, m in TAKEN])
def test_the_bytes_say_what_it_is(tmp_path, name, data, media_type):
    (tmp_path / "x").write_bytes(data)
    kind = recognise(tmp_path / "x", name)
    assert kind.media_type == media_type
    assert KINDS[media_type] is kind


@pytest.mark.parametrize(("name", "data", "why"), REFUSED, ids=[f"{n}-{w}-{len(d)}" for n, d, w in REFUSED])
def test_what_is_not_taken_is_told_in_a_sentence(tmp_path, name, data, why):
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(RefusedError, match=why) as refusal:
        recognise(tmp_path / "x", name)
    assert name in str(refusal.value)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\通知.pdf", "通知.pdf"),
        ("通知\u202efdp.exe", "通知fdp.exe"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        ("con.txt", "材料con.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("关于公布 2024 年项目的通知.pdf", "关于公布 2024 年项目的通知.pdf"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_cleaned_of_tricks(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name):
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned) <= 124
    assert not set(cleaned) & set('/\\\0\n\r:"<>|?*')
    assert cleaned not in {".", ".."} and not cleaned.startswith(".")
    assert clean_name(cleaned) == cleaned


def test_a_name_tells_the_truth_about_the_bytes(tmp_path):
    assert fitting_name("证书.pdf", KINDS["image/png"]) == "证书.png"
    assert fitting_name("证书.JPEG", KINDS["image/jpeg"]) == "证书.JPEG"
    assert fitting_name("证书", KINDS["application/pdf"]) == "证书.pdf"
