"""Reading a Word file: its paragraphs, declared headings and tables in order, with tracked changes accepted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Draft, Fragment, Heading, Leftover, Paragraph, Piece, Role
from taizhang.documents.docx.bound import bound
from taizhang.documents.docx.imprint import imprint_of
from taizhang.documents.docx.index import Index
from taizhang.documents.docx.styles import Numbering, Style, Styles, list_place, whole
from taizhang.documents.docx.table import TCPR, Grid
from taizhang.documents.docx.text import (
    ALTERNATE,
    DELETED,
    ID,
    OUTLINE,
    PSTYLE,
    SDT,
    TRANSPARENT,
    VAL,
    Content,
    P,
    T,
    W,
    alternative,
    is_unfilled,
    printed,
)
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.package import Package, parse

TBL = f"{W}tbl"
_PPR, _RPR = f"{W}pPr", f"{W}rPr"
_ALT_CHUNK = f"{W}altChunk"
_EQUATION_CODE = re.compile(r"=\s*EQ\b", re.IGNORECASE)
_CONTENTS_CODE = re.compile(r"=\s*TOC\b")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class Parts(NamedTuple):
    """The parts of a Word file that hold its words.

    `roots` are the document, then the footnotes and the endnotes where there are any. `notes` finds a footnote or
    endnote by its part and id.
    """

    main: str
    roots: list[etree._Element]
    notes: dict[tuple[str, str], etree._Element]
    related: dict[str, str]
    styles: Styles
    strict: bool


def open_parts(package: Package) -> Parts:
    """The parts of a Word file that hold its words, parsed."""
    main = package.main(".docx", "word")
    related = {link.kind: link.target for link in reversed(package.relationships(main)) if link.target in package}
    data = package.read(main)
    roots = [_parse(data, package.file)]
    notes: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnotes", "endnotes"):
        if kind in related:
            root = _parse(package.read(related[kind]), package.file)
            roots.append(root)
            notes.update(
                {(kind, note.get(ID, "")): note for note in root if note.get(f"{W}type", "normal") == "normal"}
            )
    styles = Styles(_parse(package.read(related["styles"]), package.file) if "styles" in related else None)
    return Parts(main, roots, notes, related, styles, _STRICT in data[:8192])


def read_docx(path: Path) -> Draft:
    """Read a Word file."""
    with Package.open(path) as package:
        parts = open_parts(package)
        lists = _parse(package.read(parts.related["numbering"]), package.file) if "numbering" in parts.related else None
        kept = imprint_of(package)
    reader = _Reader(path.name, parts, Numbering(lists))
    reader.read()
    figures = [] if kept is None else bound(path.name, parts.roots, kept[1], parts.styles.look)
    lost = 0 if kept is None or figures else len(kept[1].figures)
    return Draft(path.name, "docx", reader.blocks, reader.leftovers, figures, lost)


def _parse(data: bytes, file: str) -> etree._Element:
    """Parse a part; the strict variant of the format differs, for reading, only in the name of its namespace."""
    if _STRICT in data[:8192]:
        data = data.replace(_STRICT, W.strip("{}").encode())
    return parse(data, file)


_new = tuple.__new__


class _Properties(NamedTuple):
    """What a paragraph's properties come to; `removed` tells that its mark is deleted, so that the next one joins."""

    style: Style
    level: int | None
    list: str | None
    list_level: int | None
    removed: bool = False


class _Reader:
    """One reading of one file, from top to bottom."""

    def __init__(self, file: str, parts: Parts, numbering: Numbering) -> None:
        self.blocks: list[Heading | Paragraph | Fragment] = []
        self.leftovers: list[Leftover] = []
        self._file = file
        self._parts = parts
        self._styles = styles = parts.styles
        self._numbering = numbering
        index = Index(parts.roots, lambda identifier: styles[identifier].list is not None, styles.look)
        self._numbers, self._texts, self._marked = index.numbers, index.texts, index.marked
        self._plain: dict[str | None, _Properties] = {}
        self._boxes: list[etree._Element] = []
        self._notes: list[tuple[str, str]] = []
        self._seen_notes: set[tuple[str, str]] = set()
        self._fields: list[bool] = []  # the open complex fields, True for a table of contents
        self._open_contents = 0
        self._in_gallery = False
        self._size = 0  # of all tables
        self._depth = 0  # of tables around the present place

    def read(self) -> None:
        """Read the whole body."""
        for body in self._parts.roots[0].iterchildren(f"{W}body"):
            for group, properties in self._groups(body):
                was_contents = self._open_contents > 0
                text, pieces = self._text(group, properties)
                if text and not text.isspace():
                    self._body_block(text, pieces, properties, was_contents=was_contents)
                if self._boxes or self._notes:
                    self._add_asides()

    def _body_block(self, text: str, pieces: tuple[Piece, ...], properties: _Properties, *, was_contents: bool) -> None:
        role = properties.style.role
        if role is Role.CONTENTS:
            self.blocks.append(Paragraph(text, pieces, role))
        elif properties.level is not None and not self._in_gallery:
            # A contents field that was never closed must not swallow the report.
            self._close_fields()
            self.blocks.append(Heading(text, pieces, properties.level))
        elif was_contents or self._open_contents:
            self.blocks.append(Paragraph(text, pieces, Role.CONTENTS))
        else:
            self.blocks.append(Paragraph(text, pieces, role or Role.BODY))

    def _add_asides(self) -> None:
        """Add the text boxes and notes that were anchored in what was just added."""
        boxes, notes = self._boxes, self._notes
        self._boxes, self._notes = [], []
        for box in boxes:
            self._add_story(box, Role.TEXTBOX)
        for key in notes:
            note = self._parts.notes.get(key)
            if note is not None and key not in self._seen_notes:
                self._seen_notes.add(key)
                self._add_story(note, Role.FOOTNOTE)

    def _add_story(self, node: etree._Element, role: Role) -> None:
        for group, properties in self._groups(node):
            text, pieces = self._text(group, properties)
            if text and not text.isspace():
                self.blocks.append(Paragraph(text, pieces, role))
            if self._boxes or self._notes:
                self._add_asides()

    def _groups(self, node: etree._Element) -> Iterator[tuple[list[etree._Element], _Properties]]:
        """The paragraphs of a body, cell, note or text box, those joined by a deleted mark together; reads tables."""
        joined: list[etree._Element] = []
        properties: _Properties | None = None
        for child in self._blocks_of(node):
            if child.tag == P:
                properties = self._describe(child)
                joined.append(child)
                if not properties.removed:
                    yield joined, properties
                    joined = []
            else:
                if joined and properties is not None:
                    yield joined, properties
                    joined = []
                self._add_table(child)
        if joined and properties is not None:
            yield joined, properties

    def _blocks_of(self, node: etree._Element) -> Iterator[etree._Element]:
        for child in node:
            tag = child.tag
            if tag in (P, TBL):
                yield child
            elif tag in TRANSPARENT:
                if tag == SDT and _is_contents_gallery(child):
                    self._in_gallery = True
                    self._open_contents += 1
                    yield from self._blocks_of(child)
                    self._in_gallery = False
                    self._open_contents = max(self._open_contents - 1, 0)
                elif tag == SDT and is_unfilled(child):
                    self._leave_prompt("".join(map(printed, child.iter(T))), next(child.iter(P), None))
                else:
                    yield from self._blocks_of(child)
            elif tag == ALTERNATE:
                yield from self._blocks_of(alternative(child))
            elif tag == _ALT_CHUNK:
                self._leave("", "嵌入的另一份文件没有读取，请在 Word 中打开后重新保存。", Source(self._file))

    def _describe(self, paragraph: etree._Element) -> _Properties:
        element = paragraph[0] if len(paragraph) else None
        if element is None or element.tag != _PPR:
            return self._plain.get(None) or self._plain_properties(None)
        style = next(element.iterchildren(PSTYLE), None)
        identifier = None if style is None else style.get(VAL)
        properties = self._plain.get(identifier) or self._plain_properties(identifier)
        return self._special(element, properties) if paragraph in self._marked else properties

    def _special(self, element: etree._Element, properties: _Properties) -> _Properties:
        """What the paragraph's own outline level, list and deleted mark make of its style's properties."""
        for child in element.iterchildren(OUTLINE, _RPR):
            if child.tag == OUTLINE:
                level = whole(child.get(VAL), 9) + 1
                properties = properties._replace(level=level if level <= 9 else None)
            elif any(mark.tag in DELETED for mark in child):
                properties = properties._replace(removed=True)
        number, level_ = list_place(element)
        return properties._replace(
            list=properties.list if number is None else number,
            list_level=properties.list_level if level_ is None else level_,
        )

    def _plain_properties(self, identifier: str | None) -> _Properties:
        style = self._styles[identifier]
        properties = _Properties(style, style.level, style.list, style.list_level)
        self._plain[identifier] = properties
        return properties

    def _text(self, group: list[etree._Element], properties: _Properties) -> tuple[str, tuple[Piece, ...]]:
        """The text of one paragraph as printed, its number included, and where each stretch of it stands."""
        text = ""
        pieces: list[Piece] = []
        if properties.list is not None:
            text = self._numbering.label(properties.list, properties.list_level, properties.style.id)
            if text:
                pieces.append(Piece(0, self._place(group[0])))
        numbers = len(pieces)
        for paragraph in group:
            words = self._texts.get(paragraph)
            if words is None:
                content = Content(paragraph, self._styles.look)
                words = content.text
                self._keep_objects(content, paragraph)
            if words:
                pieces.append(Piece(len(text), self._place(paragraph)))
                text += words
        if len(pieces) == numbers:
            pieces.append(Piece(len(text), self._place(group[0])))
        return text, tuple(pieces)

    def _keep_objects(self, content: Content, paragraph: etree._Element) -> None:
        self._boxes.extend(content.boxes)
        self._notes.extend(content.notes)
        for formula in content.formulas:
            self._leave(formula, "公式没有读取。", self._place(paragraph))
        for words in content.hidden:
            self._leave(words, "隐藏的文字，Word 中看不见，没有读。", self._place(paragraph))
        for words in content.struck:
            self._leave(words, "画了删除线的文字，按删去处理，没有读。", self._place(paragraph))
        for words in content.prompts:
            self._leave_prompt(words, paragraph)
        for mark in filter(_EQUATION_CODE.match, content.fields):
            self._leave(mark[1:].strip(), "公式域（EQ）没有读取。", self._place(paragraph))
        for mark in content.fields:
            if mark == "begin":
                self._fields.append(False)
            elif mark == "end":
                if self._fields and self._fields.pop():
                    self._open_contents -= 1
            elif self._fields and not self._fields[-1] and _CONTENTS_CODE.match(mark):
                self._fields[-1] = True
                self._open_contents += 1

    def _leave_prompt(self, words: str, paragraph: etree._Element | None) -> None:
        if words.strip():
            self._leave(words, "内容控件还没有填写，这是其中的提示，没有读。", self._place(paragraph))

    def _close_fields(self) -> None:
        self._fields.clear()
        self._open_contents = 1 if self._in_gallery else 0

    def _add_table(self, table: etree._Element) -> None:
        """Add a table; the tables, text boxes and notes inside it follow it."""
        self._close_fields()
        first = next(table.iter(P), None)
        place = self._place(first) if first is not None else Source(self._file)
        grid = Grid(place, self._marked, self._cell, self._leave_covered)
        fragment = Fragment(grid.rows, place._replace(start=None), nested=self._depth > 0)
        self.blocks.append(fragment)
        self._depth += 1
        grid.fill(table)
        self._size += grid.size
        refuse_beyond(self._file, cells=self._size)
        fragment.header = grid.header
        self._depth -= 1

    def _cell(self, element: etree._Element, span: int) -> Cell:
        if len(element) == 2 and element[0].tag == TCPR:
            paragraph = element[1]
            plain = self._texts.get(paragraph)
            if plain is not None and paragraph not in self._marked:
                return Cell(plain, (_new(Piece, (0, self._place(paragraph))),), 1, span)
        texts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for group, properties in self._groups(element):
            text, own = self._text(group, properties)
            pieces += [Piece(start + length, source) for start, source in own]
            length += len(text) + 1
            texts.append(text)
            if self._boxes or self._notes:
                self._add_asides()
        place = self._place(next(element.iter(P), None))
        while len(texts) > 1 and not texts[-1]:  # empty lines below the words, or below a table in the cell
            texts.pop()
        return Cell("\n".join(texts), tuple(pieces) or (Piece(0, place),), 1, span)

    def _leave_covered(self, element: etree._Element, origin: Cell) -> None:
        """Keep words that Word does not show because a merged cell covers them."""
        for paragraph in element.iter(P):
            text = self._texts[paragraph] if paragraph in self._texts else Content(paragraph, self._styles.look).text
            if text and not text.isspace() and text not in origin.text:
                self._leave(text, "合并单元格遮住的文字，Word 中看不见。", self._place(paragraph))

    def _place(self, paragraph: etree._Element | None) -> Source:
        number = None if paragraph is None else self._numbers[paragraph]
        # What Source(…) does, without the price of its keywords: there is one for each paragraph of the report.
        return _new(Source, (self._file, None, None, number, None, None, None, None, None, 0, None))

    def _leave(self, text: str, reason: str, place: Source) -> None:
        self.leftovers.append(Leftover(text, reason, place))


def _is_contents_gallery(control: etree._Element) -> bool:
    properties = control.find(f"{W}sdtPr")
    gallery = None if properties is None else properties.find(f"{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == "Table of Contents"
