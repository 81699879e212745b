"""Writing remarks into a copy of a PDF file, each as a highlight on the exact words; nothing else is changed."""

import ctypes
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pypdfium2.raw as pdfium

from taizhang.core.errors import UnreadableDocumentError, UsageError
from taizhang.documents.notes import Note
from taizhang.documents.pdf.file import opened
from taizhang.documents.writing import whole

_YELLOW = (255, 214, 51, 255)
_SIGN = 18.0  # points: the size of the sign that stands for a remark on no words in particular

Rect = tuple[float, float, float, float]  # left, bottom, right, top, as the file counts


def annotate(original: Path, out: Path, notes: Sequence[Note], *, at: datetime | None = None) -> int:
    """Write a copy of `original` to `out` with every note as an annotation dated `at`; the number written.

    The note's source is what `read_pdf` told: a page, and characters of its text. A note without characters
    becomes a sign in the corner of its page.
    """
    if out.exists() and original.exists() and out.samefile(original):
        raise UsageError(f"批注不能写进原文件“{original.name}”，请另给一个输出文件名。")
    by_page: dict[int, list[Note]] = {}
    for note in notes:
        by_page.setdefault(note.source.page or 1, []).append(note)
    with opened(original) as document:
        count = pdfium.FPDF_GetPageCount(document)
        for number, group in by_page.items():
            if number > count:
                raise UsageError(
                    f"“{original.name}”只有 {count} 页，没有第 {number} 页：检查之后文件改过，请重新检查。"
                )
            _annotate_page(document, original.name, number, group, at)
        with whole(out) as stream:
            _write(document, stream)
    return len(notes)


def _annotate_page(
    document: pdfium.FPDF_DOCUMENT, file: str, number: int, notes: Sequence[Note], at: datetime | None
) -> None:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise UnreadableDocumentError(f"“{file}”第 {number} 页已损坏，写不了批注。")
    try:
        text = pdfium.FPDFText_LoadPage(page)
        try:
            for order, note in enumerate(notes):
                _add(page, note, _rects(text, note), order, at)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _rects(text: pdfium.FPDF_TEXTPAGE, note: Note) -> list[Rect]:
    """The boxes around the note's characters, those of one line made one."""
    start, end = note.source.start, note.source.end
    if start is None or end is None:
        return []
    box = pdfium.FS_RECTF()
    rects: list[Rect] = []
    for index in range(max(start, 0), min(end, pdfium.FPDFText_CountChars(text))):
        if not pdfium.FPDFText_GetLooseCharBox(text, index, box) or box.right - box.left < 0.01:
            continue
        rect = (box.left, box.bottom, box.right, box.top)
        if rects and _beside(rects[-1], rect):
            last = rects[-1]
            rects[-1] = (
                min(last[0], rect[0]), min(last[1], rect[1]), max(last[2], rect[2]), max(last[3], rect[3]),
            )  # fmt: skip
        else:
            rects.append(rect)
    return rects


def _beside(before: Rect, after: Rect) -> bool:
    """Whether two boxes stand next to each other on one line, which goes across or up the page."""
    for low, high in ((0, 2), (1, 3)):
        other_low, other_high = 1 - low, 5 - high
        size = min(before[other_high] - before[other_low], after[other_high] - after[other_low])
        shared = min(before[other_high], after[other_high]) - max(before[other_low], after[other_low])
        gap = max(before[low], after[low]) - min(before[high], after[high])
        if shared > 0.5 * size and gap < size:
            return True
    return False


def _add(page: pdfium.FPDF_PAGE, note: Note, rects: Sequence[Rect], order: int, at: datetime | None) -> None:
    kind = pdfium.FPDF_ANNOT_HIGHLIGHT if rects else pdfium.FPDF_ANNOT_TEXT
    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    try:
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *_YELLOW)
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        around = rects or [_corner(page, order)]
        left, bottom = min(rect[0] for rect in around), min(rect[1] for rect in around)
        right, top = max(rect[2] for rect in around), max(rect[3] for rect in around)
        pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left=left, bottom=bottom, right=right, top=top))
        for x0, y0, x1, y1 in rects:
            quad = pdfium.FS_QUADPOINTSF(x1=x0, y1=y1, x2=x1, y2=y1, x3=x0, y3=y0, x4=x1, y4=y0)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        words = {"Contents": note.text, "T": note.author}
        if at is not None:
            words["M"] = words["CreationDate"] = _date(at)
        for key, value in words.items():
            pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(value))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _corner(page: pdfium.FPDF_PAGE, order: int) -> Rect:
    """Where the sign of a note without words stands: in the upper left corner, one beside the other."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left = box.left + _SIGN * (1 + order)
    return left, box.top - 2 * _SIGN, left + _SIGN, box.top - _SIGN


def _date(at: datetime) -> str:
    zone = f"{at:%z}"
    return f"D:{at:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def _wide(text: str) -> pdfium.FPDF_WIDESTRING:
    data = text.replace("\0", "").encode("utf-16-le", "replace") + b"\0\0"
    return ctypes.cast(ctypes.create_string_buffer(data, len(data)), pdfium.FPDF_WIDESTRING)


def _write(document: pdfium.FPDF_DOCUMENT, stream: BinaryIO) -> None:
    failed: list[OSError] = []

    def block(_self: pdfium.FPDF_FILEWRITE, data: ctypes.c_void_p, size: int) -> int:
        try:
            stream.write(ctypes.string_at(data, size))
        except OSError as error:
            failed.append(error)
            return 0
        return 1

    writer = pdfium.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = dict(pdfium.FPDF_FILEWRITE._fields_)["WriteBlock"](block)
    saved = pdfium.FPDF_SaveAsCopy(document, writer, pdfium.FPDF_NO_INCREMENTAL)
    if failed:
        raise failed[0]
    if not saved:
        raise OSError("PDF 写出失败")
