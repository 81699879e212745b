"""Write a report as a Word file, the way an office worker's file looks inside."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from samples.make.content import LEFT, Block, Contents, Heading, Para, Report, Table, Title, Turn, covered
from samples.make.sealed import sealed

FONTS = {"仿宋_GB2312": "仿宋", "方正小标宋简体": "宋体", "楷体_GB2312": "楷体"}
"""Fonts of official documents and what to take where they are missing."""

PAGE_WIDTH = 8900
WIDE_WIDTH = 13800


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _pieces(text: str) -> Iterator[str]:
    """The text cut into runs: Word cuts words in two where somebody once stopped typing."""
    seed = crc32(text.encode())
    if seed % 4 or len(text) < 3:
        yield text
        return
    start = 0
    while start < len(text):
        step = 2 + seed % 5 + start % 3
        yield text[start : start + step]
        start += step


def _runs(text: str, properties: str = "") -> str:
    out = []
    for part in re.split(r"(\[\^\d\])", text):
        call = re.fullmatch(r"\[\^(\d)\]", part)
        if call:
            note = f'<w:footnoteReference w:id="{int(call[1]) + 1}"/>'
            out.append(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{note}</w:r>')
        elif part:
            out.extend(_run(piece, properties) for piece in _pieces(part))
    return "".join(out)


def _field(code: str, shown: str, properties: str = "") -> str:
    kinds = ("begin", "separate", "end")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    text = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return begin + text + middle + _run(shown, properties) + end


def _paragraph(body: str, style: str = "Normal", properties: str = "") -> str:
    return f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{body}</w:p>'


def _is_short(table: Table, column: int) -> bool:
    """Whether a column holds only short entries, which stand in the middle."""
    return max(len(row[column]) for row in table.rows) <= 9


def _cell(table: Table, row: int, column: int, span: tuple[int, int], width: int) -> str:
    down, across = span
    grid = (*table.header, *table.rows)
    text = grid[row][column]
    head = row < len(table.header)
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if across > 1:
        properties += f'<w:gridSpan w:val="{across}"/>'
    if down > 1:
        properties += '<w:vMerge w:val="restart"/>'
    if head:
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="E7EDF5"/>'
    properties += '<w:vAlign w:val="center"/>'
    bold = '<w:rFonts w:eastAsia="黑体"/>' if head else ""
    centre = '<w:jc w:val="center"/>' if head or _is_short(table, column) else ""
    lines = "".join(_paragraph(_runs(line, bold), "TableText", centre) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def _spans(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), (top, left) in covered(table).items():
        down, across = spans.get((top, left), (1, 1))
        spans[top, left] = (max(down, row - top + 1), max(across, column - left + 1))
    return spans


def _row(table: Table, row: int, widths: list[int]) -> str:
    hidden, spans = covered(table), _spans(table)
    cells = []
    for column in range(len(widths)):
        anchor = hidden.get((row, column))
        if anchor is None:
            span = spans.get((row, column), (1, 1))
            cells.append(_cell(table, row, column, span, sum(widths[column : column + span[1]])))
        elif anchor[0] != row and anchor[1] == column:
            across = spans[anchor][1]
            wide = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            size = f'<w:tcW w:w="{sum(widths[column : column + across])}" w:type="dxa"/>'
            cells.append(f"<w:tc><w:tcPr>{size}{wide}<w:vMerge/></w:tcPr>{_paragraph('', 'TableText')}</w:tc>")
    repeat = "<w:trPr><w:tblHeader/></w:trPr>" if row < len(table.header) else ""
    return f"<w:tr>{repeat}{''.join(cells)}</w:tr>"


def _table(table: Table, rows: range, breadth: int) -> str:
    unit = breadth / sum(table.widths)
    widths = [round(width * unit) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    top = len(table.header)
    body = "".join(_row(table, row, widths) for row in (*range(top), *(top + row for row in rows)))
    style = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
    sides = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    style += f"<w:tblCellMar>{sides}</w:tblCellMar>"
    return f"<w:tbl {nsdecls('w')}><w:tblPr>{style}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _caption(table: Table, fields: bool) -> str:
    centre = '<w:keepNext/><w:jc w:val="center"/>' if not table.below else '<w:jc w:val="center"/>'
    if table.plain:
        return _paragraph(_runs(table.label), "TableText", centre)
    number = re.fullmatch(r"(表 \d+\.)(\d+)(.*)", table.label)
    if fields and number:
        chapter = number[1].removeprefix("表 ").rstrip(".")
        body = _run(number[1]) + _field(f"SEQ 表{chapter} \\* ARABIC", number[2]) + _runs(number[3])
        return _paragraph(body, "Caption", centre)
    return _paragraph(_runs(table.label), "Caption", centre)


def _title(title: Title) -> Iterator[str]:
    yield from (_paragraph("", "Normal") for _ in range(4))
    middle = '<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="center"/>'
    yield from (_paragraph(_runs(line), "Title", middle) for line in title.lines)
    yield from (_paragraph("", "Normal") for _ in range(14))
    centre = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
    for line in (title.college, title.month):
        yield _paragraph(_run(line, '<w:rFonts w:eastAsia="楷体_GB2312"/><w:sz w:val="32"/>'), "Normal", centre)
    yield _paragraph('<w:r><w:br w:type="page"/></w:r>')


def _contents(report: Report, contents: Contents) -> Iterator[str]:
    heads = [block for block in report.blocks if isinstance(block, Heading) and block.level <= 2]
    yield _paragraph(_run("目　　录"), "ContentsTitle")
    kinds = ("begin", "separate", "end")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    opening = begin + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>' + middle
    for index, head in enumerate(heads):
        page = str(contents.pages[index]) if index < len(contents.pages) else ""
        body = _run(head.text) + "<w:r><w:tab/></w:r>" + _run(page)
        last = end if index == len(heads) - 1 else ""
        yield _paragraph((opening if index == 0 else "") + body + last, f"TOC{head.level}")
    if not report.chapters_on_new_pages:
        yield _paragraph('<w:r><w:br w:type="page"/></w:r>')


def _elements(report: Report, block: Block, breadth: int) -> Iterator[str]:
    match block:
        case Title():
            yield from _title(block)
        case Contents():
            yield from _contents(report, block)
        case Heading():
            yield _paragraph(_runs(block.text), f"Heading{block.level}")
        case Para():
            yield _paragraph(_runs(block.text))
        case Table():
            if not block.below:
                yield _caption(block, report.fields)
            cut = block.cut or len(block.rows)
            yield _table(block, range(cut), breadth)
            if block.cut is not None:
                yield _paragraph(_runs(f"续表 {block.number}"), "Caption", '<w:keepNext/><w:jc w:val="right"/>')
                yield _table(block, range(cut, len(block.rows)), breadth)
            yield _caption(block, report.fields) if block.below else _paragraph("", "TableText")
            if block.remark:
                yield _paragraph(_runs(block.remark), "TableText")
        case _:
            return


def _footnotes(document: Any, notes: tuple[str, ...]) -> None:
    ends = "".join(
        f'<w:footnote w:type="{kind}" w:id="{index}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for index, (kind, mark) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
        )
    )
    own = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    body = "".join(
        f'<w:footnote w:id="{index + 2}"><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>{own}{_run(" " + note)}</w:p>'
        "</w:footnote>"
        for index, note in enumerate(notes)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{ends}{body}</w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _font(style: Any, latin: str, asian: str, size: float, bold: bool = False) -> None:
    style.font.name = latin
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "Theme" in str(name)]:
        del fonts.attrib[name]
    for kind, value in (("w:ascii", latin), ("w:hAnsi", latin), ("w:eastAsia", asian)):
        fonts.set(qn(kind), value)


def _styles(document: Any) -> None:
    styles = document.styles
    for name, parent in (("TableText", "Normal"), ("ContentsTitle", "Normal"), ("TOC1", "Normal"), ("TOC2", "Normal")):
        shown = {"TOC1": "toc 1", "TOC2": "toc 2"}.get(name, name)
        styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
                f'<w:basedOn w:val="{parent}"/></w:style>'
            )
        )
    for name, asian, size, bold in (
        ("Normal", "仿宋_GB2312", 14, False),
        ("Title", "方正小标宋简体", 26, False),
        ("Heading 1", "黑体", 16, False),
        ("Heading 2", "楷体_GB2312", 15, True),
        ("Heading 3", "仿宋_GB2312", 14, True),
        ("Caption", "黑体", 10.5, False),
        ("TableText", "宋体", 10, False),
        ("ContentsTitle", "黑体", 18, False),
        ("toc 1", "黑体", 12, False),
        ("toc 2", "仿宋_GB2312", 12, False),
    ):
        _font(styles[name], "Times New Roman", asian, size, bold)
    _spacing(styles)


def _spacing(styles: Any) -> None:
    for name, indent, line, before, after in (
        ("Normal", 28, 24, 0, 0),
        ("Title", 0, 42, 6, 6),
        ("Heading 1", 0, 28, 14, 6),
        ("Heading 2", 0, 26, 10, 4),
        ("Heading 3", 0, 24, 6, 3),
        ("Caption", 0, 16, 6, 4),
        ("TableText", 0, 14, 2, 2),
        ("ContentsTitle", 0, 30, 6, 12),
        ("toc 1", 0, 22, 3, 0),
        ("toc 2", 0, 20, 0, 0),
    ):
        form = styles[name].paragraph_format
        form.first_line_indent = Pt(indent)
        form.line_spacing = Pt(line)
        form.space_before, form.space_after = Pt(before), Pt(after)
    styles["Title"].paragraph_format.alignment = styles["ContentsTitle"].paragraph_format.alignment = 1
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    styles["toc 2"].paragraph_format.left_indent = Pt(18)
    for name in ("toc 1", "toc 2"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(Cm(15.6), 2, 1)


def _paper(section: Any, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.7)


def _furniture(document: Any, running: str) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    centre = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
    for place, body in (
        (section.header, _run(running, '<w:sz w:val="18"/>')),
        (section.footer, _run("— ") + _field("PAGE", "1") + _run(" —")),
    ):
        old = place.paragraphs[0]._p
        old.addprevious(parse_xml(_paragraph(body, "TableText", centre)))
        old.getparent().remove(old)


def _fallbacks(document: Any) -> None:
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            names = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                for name, other in FONTS.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", names.encode() + b"</w:fonts>")


def word_of(report: Report) -> bytes:
    """The whole report as a Word file, the same bytes each time."""
    document: Any = docx.Document()
    _styles(document)
    document.styles["Heading 1"].paragraph_format.page_break_before = report.chapters_on_new_pages
    _paper(document.sections[0], False)
    _furniture(document, report.running)
    _fallbacks(document)
    if report.footnotes:
        _footnotes(document, report.footnotes)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.name, "", ""
    breadth = PAGE_WIDTH
    for block in report.blocks:
        if isinstance(block, Turn):
            section = document.add_section()
            section.different_first_page_header_footer = False
            _paper(section, block.landscape)
            breadth = WIDE_WIDTH if block.landscape else PAGE_WIDTH
        for xml in _elements(report, block, breadth):
            document.element.body.sectPr.addprevious(parse_xml(xml))
    buffer = BytesIO()
    document.save(buffer)
    return sealed(buffer.getvalue())


__all__ = ["LEFT", "word_of"]
