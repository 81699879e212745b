"""What a person sees in each cell of an Excel workbook: formats applied, nothing arranged yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries

from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.source import Source
from taizhang.documents.blocks import Leftover
from taizhang.documents.digits import apart
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.package import Package
from taizhang.documents.xlsx.number_format import UnknownFormatError, builtin_code, show_number, show_text

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_DOCTYPES = ["<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")]
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_DIGIT = re.compile("[0-9]")
_NEGATIVE = re.compile("[-−－(（▲△负]")
_STRUCK = "画了删除线的内容，按删去处理，没有读入。"
_NEAR = 20  # so many empty rows may stand in a drawn table; further ones are not looked at


class Span(NamedTuple):
    """A rectangle of places, all four ends included, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int


class _Words(NamedTuple):
    """The words of a string item, and those of it that are struck out."""

    text: str
    struck: str


_NO_WORDS = _Words("", "")


@dataclass(slots=True)
class Sheet:
    """One visible worksheet: `cells` by (row, column), without the empty ones.

    `ruled` are empty rows near content that are drawn with borders: part of a table, not the gap between two.
    `frozen` is how many rows stay on the screen, which is how authors mark their header.
    """

    title: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ruled: set[int] = field(default_factory=set)
    frozen: int = 0


def address(row: int, column: int) -> str:
    """“B12” for row 12, column 2."""
    return f"{get_column_letter(column)}{row}"


class Spreadsheet:
    """An opened workbook; `sheets()` yields the visible worksheets and fills `leftovers` with what is not shown."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.leftovers: list[Leftover] = []
        self._package = Package.open(path)
        main = self._package.main(".xlsx", "xl")
        self._links = {link.id: link for link in self._package.relationships(main)}
        self._strings = self._read_strings()
        self._formats, self._bordered, self._struck = self._read_styles()
        book = self._package.xml(main)
        self._epoch_1904 = any(e.get("date1904") in {"1", "true"} for e in book.iterfind("{*}workbookPr"))
        self._listed = [
            (
                e.get("name") or "",
                e.get("state") or "visible",
                e.get(f"{{{_OFFICE}}}id") or e.get(f"{{{_OFFICE_STRICT}}}id"),
            )
            for e in book.iterfind("{*}sheets/{*}sheet")
        ]
        if not self._listed:
            raise UnreadableDocumentError(
                f"{self.file} 里没有工作表，可能已损坏，请用 Excel 或 WPS 打开后另存一份再试。"
            )

    @property
    def visible_titles(self) -> list[str]:
        """The titles of the sheets that a person sees."""
        return [title for title, state, _ in self._listed if state == "visible"]

    def sheets(self) -> Iterator[Sheet]:
        """The visible worksheets in order."""
        for title, state, identifier in self._listed:
            link = self._links.get(identifier or "")
            if link is None or link.kind != "worksheet" or link.target not in self._package:
                self._put_aside(title, "不是普通的工作表（如图表页），没有读入。", Source(self.file, sheet=title))
                continue
            sheet = self._read_sheet(title, link.target)
            if state != "visible":
                reason = f"隐藏的工作表，没有读入；其中有内容的单元格 {len(sheet.cells)} 个。"
                self.leftovers = [left for left in self.leftovers if left.source.sheet != title]
                self._put_aside(title, reason, Source(self.file, sheet=title))
                continue
            yield sheet

    def _put_aside(self, text: str, reason: str, source: Source) -> None:
        self.leftovers.append(Leftover(text, reason, source))

    def _damaged(self, title: str) -> UnreadableDocumentError:
        return UnreadableDocumentError(
            f"{self.file} 已损坏：工作表“{title}”读不出来，请用 Excel 或 WPS 打开后另存一份再试。"
        )

    def _related(self, kind: str) -> str | None:
        targets = (link.target for link in self._links.values() if link.kind == kind)
        return next((target for target in targets if target in self._package), None)

    def _read_strings(self) -> list[_Words]:
        name = self._related("sharedStrings")
        return [_rich_text(item) for item in self._package.xml(name).iterfind("{*}si")] if name else []

    def _read_styles(self) -> tuple[list[str], set[str], set[str]]:
        """The format code of each cell style by its number; the styles (as written) that draw a border; those that
        strike the text out.
        """
        name = self._related("styles")
        if not name:
            return [], set(), set()
        root = self._package.xml(name)
        own = {_whole(e.get("numFmtId")): e.get("formatCode") or "" for e in root.iterfind("{*}numFmts/{*}numFmt")}
        borders = [any(side.get("style") for side in e) for e in root.iterfind("{*}borders/{*}border")]
        fonts = [_is_struck(e) for e in root.iterfind("{*}fonts/{*}font")]
        formats, bordered, struck = [], set(), set()
        for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            code = _whole(style.get("numFmtId"))
            formats.append(own.get(code) or builtin_code(code))
            border = _whole(style.get("borderId"))
            if border < len(borders) and borders[border]:
                bordered.add(str(number))
            font = _whole(style.get("fontId"))
            if font < len(fonts) and fonts[font]:
                struck.add(str(number))
        return formats, bordered, struck

    def _read_sheet(self, title: str, name: str) -> Sheet:
        sheet = Sheet(title)
        tags = ("{*}row", "{*}mergeCell", "{*}col", "{*}pane")
        data = self._package.read(name)
        if any(mark in data for mark in _DOCTYPES):
            raise UnreadableDocumentError(f"{self.file} 的内部带有文档类型声明，可能含有恶意内容，没有打开。")
        stream = BytesIO(data)
        row = last = 0
        try:
            for _, element in etree.iterparse(
                stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            ):
                tag = etree.QName(element).localname
                if tag == "row":
                    row = _whole(element.get("r")) or row + 1
                    found = self._read_row(sheet, element, row)
                    if (found or row - last <= _NEAR) and _is_hidden(element, "ht"):
                        sheet.hidden_rows.add(row)
                    if found:
                        last = row
                    elif row - last <= _NEAR and any(cell.get("s") in self._bordered for cell in element):
                        sheet.ruled.add(row)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                elif tag == "mergeCell":
                    sheet.merges.extend(_span(element.get("ref") or ""))
                elif tag == "pane" and element.get("state") in {"frozen", "frozenSplit"}:
                    sheet.frozen = _whole((element.get("ySplit") or "").partition(".")[0])
                elif tag == "col" and _is_hidden(element, "width"):
                    first, end = _whole(element.get("min")), min(_whole(element.get("max")), _LAST_COLUMN)
                    # The file format lists columns in order; a forged file may hide all of them again and again.
                    first = max(first, end + 1 if len(sheet.hidden_columns) >= _LAST_COLUMN else 0)
                    sheet.hidden_columns.update(range(first, end + 1))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(title) from error
        return sheet

    def _read_row(self, sheet: Sheet, element: etree._Element, row: int) -> bool:
        """Take the row's cells in; True when there is any content."""
        if not 1 <= row <= _LAST_ROW:
            raise ValueError(row)
        column, found = 0, False
        for cell in element:
            reference = cell.get("r")
            column = _column(reference) if reference else column + 1
            if not len(cell):
                continue
            shown = self._shown(cell, sheet.title, row, column)
            if cell.get("s") in self._struck and shown:
                self._put_aside(shown, _STRUCK, self._at(sheet.title, row, column))
                continue
            if shown and not shown.isspace():
                sheet.cells[row, column] = shown
                found = True
        refuse_beyond(self.file, cells=len(sheet.cells))
        return found

    def _shown(self, cell: etree._Element, title: str, row: int, column: int) -> str:
        value = formula = None
        inline = _NO_WORDS
        for child in cell:
            tag = str(child.tag).rpartition("}")[2]
            if tag == "v":
                value = child.text
            elif tag == "f":
                formula = child.text or ""
            elif tag == "is":
                inline = _rich_text(child)
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return self._said(inline, title, row, column)
        if not value:
            if formula is not None and kind != "str":
                reason = "公式没有保存计算结果，按空单元格处理：请用 Excel 或 WPS 打开并保存后再读。"
                self._put_aside(f"={formula}", reason, self._at(title, row, column))
            return ""
        code = self._code(cell.get("s"))
        match kind:
            case "s":
                return show_text(self._said(self._string(value), title, row, column), code)
            case "b":
                return "是" if value.strip() in {"1", "true"} else "否"
            case "e":
                self._put_aside(value, "单元格里是错误值，不是数据。", self._at(title, row, column))
                return value
            case "n":
                return self._number(value, code, title, row, column)
            case _:
                return show_text(value, code) if kind == "str" else value

    def _at(self, title: str, row: int, column: int) -> Source:
        return Source(self.file, sheet=title, cell=address(row, column), start=0)

    def _code(self, style: str | None) -> str:
        number = _whole(style)
        return self._formats[number] if number < len(self._formats) else "General"

    def _said(self, words: _Words, title: str, row: int, column: int) -> str:
        if words.struck:
            self._put_aside(words.struck, _STRUCK, self._at(title, row, column))
        return words.text

    def _string(self, value: str) -> _Words:
        number = int(value)
        if not 0 <= number < len(self._strings):
            raise ValueError(value)
        return self._strings[number]

    def _number(self, value: str, code: str, title: str, row: int, column: int) -> str:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            self._put_aside(value, "单元格声明是数字，内容却不是，按原样保留。", self._at(title, row, column))
            return value
        try:
            shown = show_number(number, code, epoch_1904=self._epoch_1904)
        except UnknownFormatError:
            reason = f"没有认出数字格式“{code[:60]}”，按存储的数字保留。"
            self._put_aside(value, reason, self._at(title, row, column))
            return value
        if (lost := _lost(number, shown)) is not None:
            self._put_aside(value, lost, self._at(title, row, column))
        return shown


def _lost(number: Decimal, shown: str) -> str | None:
    """What the way in which a number is shown keeps from whoever reads it."""
    if number and not shown.strip():
        return "单元格里有数，数字格式却让它不显示，没有读入。"
    if number < 0 and _DIGIT.search(shown) and _NEGATIVE.search(shown) is None:
        return "单元格里是负数，数字格式却不显示负号（多为红字），按显示的数读。"
    return None


def _rich_text(element: etree._Element) -> _Words:
    """The words of a string item, its runs joined, phonetic hints left out, marks raised behind a figure as such."""
    parts = [(e.text or "", False) for e in element.iterfind("{*}t")]
    struck = ""
    for run in element.iterfind("{*}r"):
        text = "".join(e.text or "" for e in run.iterfind("{*}t"))
        looks = run.find("{*}rPr")
        if looks is not None and _is_struck(looks):
            struck += text
            continue
        marks = () if looks is None else looks.iterfind("{*}vertAlign")
        parts.append((text, any(mark.get("val") == "superscript" for mark in marks)))
    return _Words("".join(apart(parts)).replace("_x000D_", "").replace("\r\n", "\n"), struck)


def _is_struck(looks: etree._Element) -> bool:
    """Whether the looks of a run or a cell strike it out."""
    return any(mark.get("val") not in {"0", "false"} for mark in looks.iterfind("{*}strike"))


def _is_hidden(element: etree._Element, size: str) -> bool:
    return element.get("hidden") in {"1", "true"} or element.get(size) == "0"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= _LAST_COLUMN:
        raise ValueError(reference)
    return number


def _span(reference: str) -> list[Span]:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return []
    if left is None or top is None or right is None or bottom is None or (left, top) == (right, bottom):
        return []
    return [Span(left, top, right, bottom)]
