"""Every tool that is measured, as a function from a file to the grids of its tables; imports count as cold time."""

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Grid = list[list[str]]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse(path: Path) -> list[Grid]:
    """Unzip, parse, and step over every element without looking at it."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for _ in root.iter():
        pass
    return []


def floor(path: Path) -> list[Grid]:
    """The least a reader of Word files must do: one plain walk that takes every paragraph's style and text, every cell.

    No places, no lists, notes, boxes, tracked changes, captions, joining: right on an intact file and on no other.
    """
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    grids, paragraphs = [], []
    for block in body:
        if block.tag == W + "tbl":
            grids.append(_walked(block))
        elif block.tag == W + "p":
            style = block.find(f"{W}pPr/{W}pStyle")
            text = "".join(t.text or "" for t in block.iter(W + "t"))
            paragraphs.append((None if style is None else style.get(W + "val"), text))
    return grids


def _walked(table: Any) -> Grid:
    grid: Grid = []
    for row in table.iterfind(W + "tr"):
        cells: list[str] = []
        for cell in row.iterfind(W + "tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            text = "".join(t.text or "" for t in cell.iter(W + "t"))
            if merge is not None and merge.get(W + "val") != "restart" and grid and len(cells) < len(grid[-1]):
                text = grid[-1][len(cells)]
            cells += [text] * (1 if span is None else int(span.get(W + "val")))
        grid.append(cells)
    return grid


def taizhang_read(path: Path) -> list[Grid]:
    """Read into a Document: everything that `taizhang read` knows of tables."""
    from taizhang.documents import read

    return [[list(t.columns), *([cell.text for cell in row] for row in t.body)] for t in read(path).tables]


def taizhang_check(path: Path) -> list[Grid]:
    """Read and check with all rules."""
    from taizhang.checks import check_files

    return [[list(t.columns)] for document in check_files([path]).documents for t in document.tables]


def python_docx(path: Path) -> list[Grid]:
    """The documented walk: every paragraph's style and text, every row's cells."""
    import docx
    from docx.table import Table

    grids, paragraphs = [], []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            grids.append([[cell.text for cell in row.cells] for row in block.rows])
        else:
            paragraphs.append((block.style.name if block.style else None, block.text))
    return grids


def pandoc(path: Path) -> list[Grid]:
    """Pandoc's own tree, as JSON."""
    tree = json.loads(subprocess.run(["pandoc", "-t", "json", str(path)], check=True, capture_output=True).stdout)
    return [_pandoc_grid(block["c"]) for block in tree["blocks"] if block["t"] == "Table"]


def _pandoc_grid(table: list[Any]) -> Grid:
    head, bodies, foot = table[3], table[4], table[5]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    cells = ([(_pandoc_text(c[4]), c[2], c[3]) for c in row[1]] for row in rows)
    return _filled(len(table[2]), list(cells))


def _pandoc_text(blocks: list[Any]) -> str:
    words = re.findall(r"\{\"t\": \"Str\", \"c\": (\"(?:[^\"\\]|\\.)*\")\}", json.dumps(blocks))
    return "".join(json.loads(word) for word in words)


def _filled(width: int, rows: list[list[tuple[str, int, int]]]) -> Grid:
    """A grid from rows of (text, rows covered, columns covered), merged areas filled."""
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for r, row in enumerate(rows):
        for text, down, across in row:
            left = next((c for c, value in enumerate(grid[r]) if value is None), None)
            for y in range(r, min(r + down, len(rows))):
                for x in range(left or 0, min((left or 0) + across, width)):
                    grid[y][x] = text
    return [[value or "" for value in row] for row in grid]


def docling(path: Path) -> list[Grid]:
    """Docling's Word backend, called directly: the converter around it does not import without torch."""
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    source = InputDocument(
        path_or_stream=path, format=InputFormat.DOCX, backend=MsWordDocumentBackend, filename=path.name
    )
    return [[[c.text for c in row] for row in table.data.grid] for table in source._backend.convert().tables]  # noqa: SLF001 (the backend has no public way in)


def markitdown(path: Path) -> list[Grid]:
    """Markdown with pipe tables."""
    from markitdown import MarkItDown

    return list(_pipe_tables(MarkItDown().convert(str(path)).text_content))


def _pipe_tables(text: str) -> Iterator[Grid]:
    for block in re.findall(r"(?:^\|.*\|[ ]*$\n?)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        yield [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def pdfplumber(path: Path) -> list[Grid]:
    """Pdfplumber's tables, with its default settings, page by page."""
    import pdfplumber as library

    with library.open(path) as document:
        return [
            [[cell or "" for cell in row] for row in table]
            for page in document.pages
            for table in page.extract_tables()
        ]


def camelot(path: Path) -> list[Grid]:
    """Camelot by rulings, text copied into merged cells: its best setting on such reports."""
    import camelot as library

    tables = library.read_pdf(str(path), pages="all", flavor="lattice", copy_text=["v", "h"])
    return [[[str(cell) for cell in row] for row in table.df.to_numpy().tolist()] for table in tables]


Reader = Callable[[Path], list[Grid]]
OURS: dict[str, Reader] = {
    "parse": parse,
    "floor": floor,
    "taizhang read": taizhang_read,
    "taizhang read + check": taizhang_check,
}
PEERS: dict[str, Reader] = {
    "python-docx": python_docx,
    "pandoc": pandoc,
    "docling": docling,
    "markitdown": markitdown,
    "pdfplumber": pdfplumber,
    "camelot": camelot,
}
WORD = ["parse", "floor", "taizhang read", "taizhang read + check", "python-docx", "pandoc", "docling", "markitdown"]
PDF = ["taizhang read", "taizhang read + check", "pdfplumber", "camelot", "markitdown"]
