"""A Word file as hurried offices make it: one style for all, pictures for captions, merged cells, tracked changes."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from samples.make.content import Block, Heading, Para, Report, Table, Title, covered
from samples.make.sealed import sealed

_CHANGE = re.compile(r"\{-(.*?)-\}|\{\+(.*?)\+\}")
_WHO = 'w:id="9" w:author="审稿人" w:date="2024-03-15T09:00:00Z"'


def dreadful_of(report: Report) -> bytes:
    """The report as such a Word file, the same bytes each time."""
    document: Any = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.name, "", ""
    for block in report.blocks:
        for xml in _elements(block):
            document.element.body.sectPr.addprevious(parse_xml(xml))
    buffer = BytesIO()
    document.save(buffer)
    return sealed(buffer.getvalue())


def _run(text: str, deleted: bool = False) -> str:
    tag = "w:delText" if deleted else "w:t"
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def _small(text: str) -> list[str]:
    return [_run(text[start : start + 7]) for start in range(0, len(text), 7)]


def _runs(text: str) -> str:
    """The text in small runs, as it looks after many hands, with its tracked changes."""
    out: list[str] = []
    last = 0
    for found in _CHANGE.finditer(text):
        out.extend(_small(text[last : found.start()]))
        if found[1] is not None:
            out.append(f"<w:del {_WHO}>{_run(found[1], deleted=True)}</w:del>")
        else:
            out.append(f"<w:ins {_WHO}>{_run(found[2])}</w:ins>")
        last = found.end()
    return "".join([*out, *_small(text[last:])])


def _paragraph(text: str = "", centred: bool = False) -> str:
    middle = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    return f"<w:p {nsdecls('w')}>{middle}{_runs(text)}</w:p>"


def _elements(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield from (_paragraph(line, centred=True) for line in (block.college, *block.lines, block.month))
        case Heading() | Para():
            yield _paragraph(block.text)
        case Table():
            yield _paragraph()
            if block.label:
                yield _paragraph(block.label)
            yield _table(block)
            yield _paragraph()
        case _:
            return


def _table(table: Table) -> str:
    hidden = covered(table)
    grid = (*table.header, *table.rows)
    widths = "".join(f'<w:gridCol w:w="{900 + 90 * width}"/>' for width in table.widths)
    rows = []
    for r, row in enumerate(grid):
        cells = []
        c = 0
        while c < len(row):
            anchor = hidden.get((r, c))
            above = anchor is not None and anchor[0] < r
            across = 1
            while (r, c + across) in hidden and hidden[r, c + across] == (anchor or (r, c)) and c + across < len(row):
                across += 1
            below = any(place[0] > r and other == (r, c) for place, other in hidden.items())
            merge = "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>' if below else ""
            span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            text = "" if above else row[c]
            lines = "".join(_paragraph(line) for line in text.split("\n"))
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{lines}</w:tc>")
            c += across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    style = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl {nsdecls('w')}>{style}<w:tblGrid>{widths}</w:tblGrid>{''.join(rows)}</w:tbl>"
