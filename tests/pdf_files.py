"""Small PDF files drawn by hand, for the tests of what reads and marks PDF files."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2.raw as pdfium

from taizhang.documents.blocks import Cell, Draft, Fragment, Paragraph
from taizhang.documents.pdf.file import opened
from taizhang.documents.pdf.page import Page, page_text, read_page
from taizhang.documents.pdf.reader import read_pdf

WIDTH, HEIGHT = 595, 842


class Canvas:
    """One page; x to the right and y downward from its upper left corner. `turn` draws all of it turned."""

    def __init__(self, turn: int = 0, rotate: int = 0) -> None:
        self.turn, self.rotate = turn, rotate
        self.marks: list[str] = []

    def text(self, x: float, y: float, words: str, size: float = 10, slant: float = 0) -> "Canvas":
        """Latin words with their baseline at y."""
        a, b = math.cos(slant), math.sin(slant)
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"{a:.4f} {b:.4f} {-b:.4f} {a:.4f} {x} {HEIGHT - y}"
        self.marks.append(f"BT /F {size} Tf {place} Tm ({escaped}) Tj ET")
        return self

    def say(self, x: float, y: float, words: str, size: float = 10) -> "Canvas":
        """Chinese words with their baseline at y; letters and digits are half as wide as characters."""
        self.marks.append(
            f"BT /G {size} Tf 1 0 0 1 {x:.2f} {HEIGHT - y:.2f} Tm <{words.encode('utf-16-be').hex()}> Tj ET"
        )
        return self

    def stroke(self, x0: float, y0: float, x1: float, y1: float, *, dash: str = "[] 0") -> "Canvas":
        """A ruling drawn with a pen."""
        self.marks.append(f"{dash} d 0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0) -> "Canvas":
        """A filled box: a ruling if it is thin."""
        self.marks.append(f"{grey} g {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f 0 g")
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> "Canvas":
        """The outline of a box."""
        self.marks.append(f"0.5 w {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re S")
        return self

    def lattice(self, xs: Sequence[float], ys: Sequence[float]) -> "Canvas":
        """All rulings of a table without merged cells."""
        for y in ys:
            self.stroke(xs[0], y, xs[-1], y)
        for x in xs:
            self.stroke(x, ys[0], x, ys[-1])
        return self

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Iterable[Iterable[str]]) -> "Canvas":
        """A table with one line of text in each cell."""
        self.lattice(xs, ys)
        for top, texts in zip(ys, rows, strict=False):
            for left, words in zip(xs, texts, strict=False):
                if words:
                    self.text(left + 4, top + 13, words)
        return self

    def stream(self) -> bytes:
        """The page's content."""
        turns = ("1 0 0 1 0 0", f"0 1 -1 0 {HEIGHT} 0", f"-1 0 0 -1 {WIDTH} {HEIGHT}", f"0 -1 1 0 0 {WIDTH}")
        return f"q {turns[self.turn]} cm\n{chr(10).join(self.marks)}\nQ".encode("latin-1")


_CHINESE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 907 500] /FontDescriptor 6 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
    (
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 880 /StemV 80 >>"
    ),
)
_BEFORE = 3 + len(_CHINESE)  # objects before the pages


def pdf_bytes(pages: Sequence[Canvas]) -> bytes:
    """The file."""
    kids = " ".join(f"{_BEFORE + 1 + 2 * number} 0 R" for number in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
        *(each.encode() for each in _CHINESE),
    ]
    for number, page in enumerate(pages):
        box = (WIDTH, HEIGHT) if page.turn % 2 == 0 else (HEIGHT, WIDTH)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Rotate {page.rotate} "
            f"/Resources << /Font << /F 3 0 R /G 4 0 R >> >> /Contents {_BEFORE + 2 + 2 * number} 0 R >>".encode()
        )
        content = page.stream()
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def write_pdf(path: Path, *pages: Canvas) -> Path:
    """A file with these pages."""
    path.write_bytes(pdf_bytes(pages))
    return path


def first_page(path: Path) -> Page:
    """The first page of a file, taken apart."""
    with opened(path) as document:
        page = read_page(document, 0)
    assert page is not None
    return page


def texts(path: Path) -> list[str]:
    """The characters of each page as pdfium counts them."""
    found = []
    with opened(path) as document:
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            text = pdfium.FPDFText_LoadPage(page)
            found.append(page_text(text))
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
    return found


def read(path: Path) -> Draft:
    """The draft of a file, every place in it checked: the characters told are the characters that stand there."""
    draft = read_pdf(path)
    pages = texts(path)
    for item in written(draft):
        for position, char in enumerate(item.text):
            if not char.isspace():
                source = item.at(position, position + 1)
                assert source.page is not None
                assert pages[source.page - 1][source.start : source.end] == char
    return draft


def written(draft: Draft) -> list[Cell | Paragraph]:
    """Everything with text in a draft."""
    found: list[Cell | Paragraph] = []
    for block in draft.blocks:
        if isinstance(block, Fragment):
            found += [cell for row in block.grid for cell in row if cell is not None]
        elif isinstance(block, Paragraph):
            found.append(block)
    return found


def grid_of(draft: Draft, number: int = 0) -> list[list[str | None]]:
    """The texts of the n-th fragment of a draft."""
    fragment = [block for block in draft.blocks if isinstance(block, Fragment)][number]
    return [[None if cell is None else cell.text for cell in row] for row in fragment.grid]
