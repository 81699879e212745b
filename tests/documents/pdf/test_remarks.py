"""A note lies on the exact words of a copy; the original is not touched."""

import ctypes
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from pdf_files import Canvas, texts, write_pdf
from taizhang.core.errors import UsageError
from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.documents.notes import Note
from taizhang.documents.pdf.file import opened
from taizhang.documents.pdf.remarks import annotate

SAMPLE = Path(__file__).resolve().parents[2] / "samples/report.pdf"


def value(annotation, key):
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[:-2].decode("utf-16-le")


def marked(path, number):
    """Of each annotation on a page: the words under its quads, its text, its author."""
    found = []
    with opened(path) as document:
        page = pdfium.FPDF_LoadPage(document, number - 1)
        text = pdfium.FPDFText_LoadPage(page)
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            words = ""
            for place in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
                quad = pdfium.FS_QUADPOINTSF()
                pdfium.FPDFAnnot_GetAttachmentPoints(annotation, place, quad)
                buffer = (ctypes.c_ushort * 500)()
                count = pdfium.FPDFText_GetBoundedText(text, quad.x1, quad.y1, quad.x4, quad.y4, buffer, 500)
                words += bytes(buffer)[: 2 * count].decode("utf-16-le").rstrip("\0")
            found.append((words.strip(), value(annotation, b"Contents"), value(annotation, b"T")))
            pdfium.FPDFPage_CloseAnnot(annotation)
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    return found


def test_notes_lie_on_the_exact_words(tmp_path):
    table = next(table for table in read(SAMPLE).tables if table.number == "2-1")
    places = [table.at(3, 1), table.at(3, 0), table.at(2, 2, 0, 3)]
    notes = [Note(source=place, text=f"合计不等于各项之和，第 {n} 处 😀") for n, place in enumerate(places)]
    out = tmp_path / "批注.pdf"
    assert annotate(SAMPLE, out, notes, at=datetime(2025, 3, 1, 8, 30, tzinfo=UTC)) == 3
    assert places[0].page is not None
    found = marked(out, places[0].page)
    assert [words for words, *_ in found] == ["1,800", "合计", "760"]
    assert [(text, author) for _, text, author in found] == [(note.text, "台账检查") for note in notes]


def test_the_original_is_untouched_and_the_copy_reads_the_same(tmp_path):
    before = SAMPLE.read_bytes()
    out = tmp_path / "a.pdf"
    annotate(SAMPLE, out, [Note(source=read(SAMPLE).tables[0].at(2, 1), text="请核对")])
    assert SAMPLE.read_bytes() == before
    assert texts(out) == texts(SAMPLE)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize("turn", range(4))
def test_turned_pages_are_marked_in_one_box_a_line(tmp_path, turn):
    path = write_pdf(tmp_path / "a.pdf", Canvas(turn).text(72, 100, "Budget of 320").text(72, 120, "and more"))
    start = texts(path)[0].index("320")
    annotate(path, tmp_path / "b.pdf", [Note(source=Source("a.pdf", page=1, start=start, end=start + 3), text="注")])
    assert [words for words, *_ in marked(tmp_path / "b.pdf", 1)] == ["320"]


def test_a_note_on_no_words_stands_in_the_corner(tmp_path):
    annotate(SAMPLE, tmp_path / "b.pdf", [Note(source=Source("report.pdf", page=2), text="缺少表格")])
    assert marked(tmp_path / "b.pdf", 2) == [("", "缺少表格", "台账检查")]


def test_notes_never_go_into_the_original(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", Canvas().text(72, 100, "Budget"))
    with pytest.raises(UsageError, match="原文件"):
        annotate(path, path, [])
    with pytest.raises(UsageError, match="没有第 9 页"):
        annotate(path, tmp_path / "b.pdf", [Note(source=Source("a.pdf", page=9, start=0, end=1), text="注")])
    with pytest.raises(UsageError, match="写不了"):
        annotate(path, tmp_path / "none" / "b.pdf", [])
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]
