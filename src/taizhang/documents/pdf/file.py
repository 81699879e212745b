"""Opening a PDF file, or saying in one sentence why it cannot be read."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2.raw as pdfium

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.pdf.page import PDFIUM, Page, TooMuchError, read_page

MOST_BYTES = 512 * 1024 * 1024
MOST_PAGES = 3000
MOST_BOOKMARKS = 5000

_HEAD = 1024  # bytes within which a PDF says that it is one
_TAIL = 2048  # bytes within which a whole PDF says that it ends
_DEEPEST = 12  # bookmarks under bookmarks
_FEW = 5  # visible characters: a page with fewer and a picture over it is a scan
_SCANNED = 0.6  # of the pages: then the file is a scan, whatever its cover holds
_UNKNOWN = 0.5  # of the characters have no meaning: the text cannot be read


@contextmanager
def opened(path: Path) -> Iterator[pdfium.FPDF_DOCUMENT]:
    """The pdfium document handle of a file, closed at the end; pdfium is held meanwhile."""
    _refuse_by_bytes(path)
    with PDFIUM:
        handle = pdfium.FPDF_LoadDocument((str(path) + "\0").encode(), None)
        if not handle:
            raise _why_not(path, pdfium.FPDF_GetLastError())
        try:
            if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(handle) and not _ends(path):
                raise _damaged(path)
            yield handle
        finally:
            pdfium.FPDF_CloseDocument(handle)


def _refuse_by_bytes(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocumentError(f"“{path.name}”是空文件，请重新导出或重新下载。")
    if size > MOST_BYTES:
        raise UnreadableDocumentError(f"“{path.name}”超过 {MOST_BYTES // 1024 // 1024} MB，请拆分后再读。")
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(_HEAD):
            raise UnreadableDocumentError(f"“{path.name}”不是 PDF 文件，请确认文件没有改错扩展名。")


def _ends(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-min(_TAIL, path.stat().st_size), 2)
        return b"%%EOF" in stream.read()


def _why_not(path: Path, code: int) -> UnreadableDocumentError:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableDocumentError(f"“{path.name}”有密码，请去掉密码后另存一份再读。")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableDocumentError(f"“{path.name}”用了不支持的加密方式，请去掉加密后另存一份再读。")
    return _damaged(path)


def _damaged(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(f"“{path.name}”已损坏或不完整，请重新导出或重新下载。")


def read_pages(path: Path, document: pdfium.FPDF_DOCUMENT) -> list[Page]:
    """All pages of an open document; refuses what has no text to read."""
    count = pdfium.FPDF_GetPageCount(document)
    if count <= 0:
        raise _damaged(path)
    if count > MOST_PAGES:
        raise UnreadableDocumentError(f"“{path.name}”有 {count} 页，超过 {MOST_PAGES} 页，请拆分后再读。")
    pages = []
    for index in range(count):
        try:
            page = read_page(document, index)
        except TooMuchError as error:
            raise UnreadableDocumentError(
                f"“{path.name}”第 {index + 1} 页的内容多得不正常，读不了，请重新导出后再试。"
            ) from error
        if page is None:
            raise UnreadableDocumentError(f"“{path.name}”第 {index + 1} 页已损坏，请重新导出或重新下载。")
        pages.append(page)
    _refuse_without_text(path, pages)
    return pages


def is_scanned(page: Page) -> bool:
    """Whether a page is a picture without text."""
    return page.pictured and sum(len(run.text) for run in page.runs) < _FEW


def _refuse_without_text(path: Path, pages: list[Page]) -> None:
    characters = sum(len(run.text) for page in pages for run in page.runs)
    if sum(map(is_scanned, pages)) > _SCANNED * len(pages):
        raise UnreadableDocumentError(
            f"“{path.name}”是扫描件，没有文字层，请用可以选中文字的 PDF 或 Word 原文件，或先做文字识别（OCR）。"
        )
    if not characters:
        raise UnreadableDocumentError(
            f"“{path.name}”里没有文字（可能是扫描件，没有文字层），请用可以选中文字的 PDF 或 Word 原文件。"
        )
    if sum(page.unknown for page in pages) > _UNKNOWN * characters:
        raise UnreadableDocumentError(
            f"“{path.name}”的字体没有带文字编码，读出来是乱码，请用 Word 原文件或重新导出 PDF。"
        )


def bookmarks(document: pdfium.FPDF_DOCUMENT) -> Iterator[tuple[int, str, int]]:
    """The page (from 1), the title and the level (from 1) of each bookmark."""
    seen = 0
    stack = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while stack and seen < MOST_BOOKMARKS:
        mark, level = stack.pop()
        if not mark:
            continue
        seen += 1
        length = pdfium.FPDFBookmark_GetTitle(mark, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFBookmark_GetTitle(mark, buffer, length)
        target = pdfium.FPDFBookmark_GetDest(document, mark)
        page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
        yield page + 1, buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace"), level
        stack.append((pdfium.FPDFBookmark_GetNextSibling(document, mark), level))
        if level < _DEEPEST:
            stack.append((pdfium.FPDFBookmark_GetFirstChild(document, mark), level + 1))
