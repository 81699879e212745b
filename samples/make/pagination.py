"""Where a word processor puts the headings: the page numbers of the table of contents, and the PDF itself."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from samples.make.content import Heading, Report

FIRST_PAGE = 2
"""Pages before this one (counted from 0) are the cover and the contents."""


def pdf_of(word: bytes) -> bytes:
    """The Word file as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        sys.exit("没有找到 soffice：要生成 PDF，请先安装 LibreOffice。")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(word)
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)  # our own command on our own file
        return source.with_suffix(".pdf").read_bytes()


def pages_of(report: Report, pdf: bytes) -> tuple[int, ...]:
    """The page of each heading of levels 1 and 2, in order."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    found, page = [], FIRST_PAGE
    for block in report.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            words = re.sub(r"\s+", "", block.text)
            page = next(index for index in range(page, len(pages)) if words in pages[index])
            found.append(page + 1)
    return tuple(found)
