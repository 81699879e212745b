"""What cannot be read is refused with one sentence that says why."""

import contextlib
from pathlib import Path

import pytest

from pdf_files import Canvas, pdf_bytes, write_pdf
from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.pdf import file
from taizhang.documents.pdf.reader import read_pdf

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
WORDS = Canvas().text(72, 100, "Words of a report")


def refusal(path):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith("。")
    return sentence


def test_a_password_is_told():
    assert "有密码" in refusal(SAMPLES / "locked.pdf")


def test_what_is_no_pdf_is_told(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes("云岭职业技术学院".encode() * 200)
    assert "不是 PDF" in refusal(path)
    path.write_bytes(b"")
    assert "空文件" in refusal(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.98])
def test_a_file_cut_short_is_refused(tmp_path, share):
    whole = (SAMPLES / "report.pdf").read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "不完整" in refusal(path)


def test_a_page_without_words_is_refused(tmp_path):
    assert "没有文字层" in refusal(write_pdf(tmp_path / "a.pdf", Canvas().stroke(72, 100, 300, 100)))


def test_pages_beyond_the_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(file, "MOST_PAGES", 2)
    assert "3 页" in refusal(write_pdf(tmp_path / "a.pdf", WORDS, WORDS, WORDS))


def test_a_page_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("taizhang.documents.pdf.page.MOST_CHARACTERS", 5)
    assert "第 1 页" in refusal(write_pdf(tmp_path / "a.pdf", WORDS))


@pytest.mark.parametrize("seed", range(8))
def test_damaged_bytes_end_in_a_draft_or_a_sentence(tmp_path, seed):
    data = bytearray(pdf_bytes([WORDS, WORDS]))
    for place in range(40 + seed, len(data), 97):
        data[place] = (data[place] * 7 + seed) % 256
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with contextlib.suppress(UnreadableDocumentError):
        read_pdf(path)


def test_a_scan_is_refused():
    scan = Path(__file__).resolve().parents[3] / "../shared/fixtures/scan-150.pdf"
    if not scan.exists():
        pytest.skip("../shared with the scanned report is not beside this clone")
    assert "扫描件" in refusal(scan)
