"""The Excel annex: every table of a report as a sheet, figures as numbers, ready to print; and where each comes from."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.documents.docx.imprint import held
from taizhang.documents.writing import whole
from taizhang.reports.outline import Align, Cell, Figure, Mention, Outline, Run, Table, Words, numbered, targets

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(?:\.(\d{1,8}))?(%)?")
_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; fixed, so that equal outlines give equal bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_LINE = Side(style="thin", color="000000")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TEXT, _BOLD = Font(name="仿宋", size=10.5), Font(name="仿宋", size=10.5, bold=True)
_HEAD, _TITLE = Font(name="黑体", size=10.5), Font(name="黑体", size=14)
_LINK = Font(name="仿宋", size=10.5, color="0563C1", underline="single")
_WIDE, _NARROW = 128.0, 88.0  # characters across a landscape and a portrait page
_TALLEST = 400.0  # points; Excel takes 409
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
_FIRST = "表目录"
_LAST = "数据来源"


_WHOLE = "_style"  # the look as a whole, which has no public name
_LOOKS: WeakKeyDictionary[Workbook, dict[tuple[int, str, str, bool], Any]] = WeakKeyDictionary()


class Traced(NamedTuple):
    """A bound figure and the cell that it stands in."""

    sheet: str
    cell: str
    figure: Figure


def write(outline: Outline, out: Path) -> None:
    """Write the annex to a file, whole or not at all."""
    with whole(out) as stream:
        stream.write(annex(outline))


def annex(outline: Outline) -> bytes:
    """The workbook; the same outline gives the same bytes."""
    book = Workbook()
    book.properties.creator, book.properties.title = "台账", held(outline.title)
    book.properties.created = _DAY
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has no sheet")
    first.title = _FIRST
    traced: list[Traced] = []
    named: list[tuple[str, str]] = []
    words = targets(outline)
    for table, series, number in numbered(outline):
        name = _name(f"{series}{number}", book.sheetnames)
        sheet = book.create_sheet(name)
        traced += _Sheet(sheet, table, f"{series}{number}", words).fill()
        named.append((name, held(table.caption)))
    _contents(first, outline.title, named)
    _sources(book.create_sheet(_LAST), traced)
    buffer = io.BytesIO()
    book.save(buffer)
    return _fixed(buffer)


class _Sheet:
    def __init__(self, sheet: Worksheet, table: Table, number: str, words: dict[str, str]) -> None:
        self.sheet, self.table, self.words = sheet, table, words
        self.name = sheet.title
        self.top = 2 + bool(table.unit)
        self.title = f"{number}　{held(table.caption)}"
        self.width = _WIDE if table.landscape else _NARROW
        whole = sum(column.width for column in table.columns)
        self.widths = [max(self.width * column.width / whole, 6.0) for column in table.columns]

    def fill(self) -> Iterator[Traced]:
        table, sheet = self.table, self.sheet
        self._line(1, self.title, _TITLE, "center")
        sheet.row_dimensions[1].height = 24
        if table.unit:
            self._line(2, held(table.unit), _TEXT, "right")
        for x, width in enumerate(self.widths, 1):
            sheet.column_dimensions[get_column_letter(x)].width = width
        head = Table(caption="", columns=table.columns, rows=tuple(table.header()))
        yield from self._rows(head, self.top, is_head=True)
        yield from self._rows(table, self.top + table.depth, is_head=False)
        for n, note in enumerate(table.notes):
            self._line(self.top + table.depth + len(table.rows) + n, self._said(note), _TEXT, "left")
        self._print()

    def _line(self, row: int, text: str, font: Font, align: str) -> None:
        """A line across all columns."""
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(self.widths))
        self._put(row, 1, text, font, align, None)

    def _rows(self, table: Table, top: int, *, is_head: bool) -> Iterator[Traced]:
        for y, line in enumerate(table.grid()):
            tallest = 1
            for x, place in enumerate(line):
                if place is None:
                    continue
                cell, begins = place
                if not begins:
                    _dress(self.sheet.cell(top + y, x + 1), _TEXT, border=True)
                    continue
                font = _HEAD if is_head else _BOLD if cell.bold or y >= len(table.rows) - table.totals else _TEXT
                align = Align.CENTER if is_head else cell.align or table.columns[x].align
                text = "\n".join(self._said(runs) for runs in cell.paragraphs)
                self._put(top + y, x + 1, text, font, "left" if align is Align.BOTH else align.value, cell)
                if cell.rows * cell.columns > 1:
                    self.sheet.merge_cells(
                        start_row=top + y,
                        end_row=top + y + cell.rows - 1,
                        start_column=x + 1,
                        end_column=x + cell.columns,
                    )
                if cell.rows == 1:
                    tallest = max(tallest, _lines(text, sum(self.widths[x : x + cell.columns])))
                where = f"{get_column_letter(x + 1)}{top + y}"
                yield from (Traced(self.name, where, figure) for figure in _figures(cell))
            self.sheet.row_dimensions[top + y].height = min(tallest * 15.0 + 4, _TALLEST)

    def _put(self, row: int, column: int, text: str, font: Font, align: str, cell: Cell | None) -> None:
        place = self.sheet.cell(row, column)
        number = _number(text) if cell is not None else None
        form = "General"
        if number is None:
            place.value = text[:_LONGEST]
            place.data_type = "s"  # a text that begins with “=” is no formula
        else:
            place.value, form = number
        _dress(place, font, align, form, border=cell is not None)

    def _said(self, runs: Iterable[Run]) -> str:
        return held("".join(_plain(each, self.words) for each in runs))

    def _print(self) -> None:
        sheet, table = self.sheet, self.table
        _fit(sheet, landscape=table.landscape)
        sheet.print_title_rows = f"1:{self.top + table.depth - 1}"
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))
        sheet.freeze_panes = f"A{self.top + table.depth}"


def _fit(sheet: Worksheet, *, landscape: bool = False) -> None:
    """Print on A4, all columns on one page."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _contents(sheet: Worksheet, title: str, named: list[tuple[str, str]]) -> None:
    _fit(sheet)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 74
    _text(sheet, 1, 1, held(title), _TITLE)
    for row, (name, caption) in enumerate(named, 3):
        link = sheet.cell(row, 1, name)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")
        _dress(link, _LINK)
        _text(sheet, row, 2, caption, _TEXT)


def _text(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> None:
    """A text as it is: one that begins with “=” is no formula."""
    place = sheet.cell(row, column, text)
    place.data_type = "s"
    _dress(place, font)


def _dress(
    place: Place | MergedCell, font: Font, align: str = "left", form: str = "General", *, border: bool = False
) -> None:
    """Give a cell its look. openpyxl works a look out anew for each cell, half the time of a workbook: it is kept."""
    looks = _LOOKS.setdefault(place.parent.parent, {})  # type: ignore[arg-type]  # every sheet is in a workbook
    key = id(font), align, form, border
    if key not in looks:
        place.font, place.number_format = font, form
        place.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if border:
            place.border = _GRID
        looks[key] = getattr(place, _WHOLE)
    # A copy: to merge cells writes into it.
    setattr(place, _WHOLE, copy(looks[key]))


def _sources(sheet: Worksheet, traced: list[Traced]) -> None:
    _fit(sheet, landscape=True)
    for x, (head, width) in enumerate((("表", 12), ("单元格", 9), ("名称", 36), ("打印", 24), ("台账地址", 48)), 1):
        sheet.column_dimensions[get_column_letter(x)].width = width
        _text(sheet, 1, x, head, _HEAD)
    for y, each in enumerate(traced, 2):
        link = sheet.cell(y, 2, each.cell)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{each.sheet}'!{each.cell}")
        _dress(link, _LINK)
        for x, text in ((1, each.sheet), (3, each.figure.name), (4, each.figure.text), (5, each.figure.key)):
            _text(sheet, y, x, held(text)[:_LONGEST], _TEXT)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{max(len(traced) + 1, 2)}"


def _number(text: str) -> tuple[Decimal, str] | None:
    """A text as a number and the format in which Excel prints it just so; None for what is none."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    places = f".{'0' * len(match[1])}" if match[1] else ""
    form = ("#,##0" if "," in text else "0") + places + (match[2] or "")
    worth = Decimal(text.rstrip("%").replace(",", ""))
    return worth / 100 if match[2] else worth, form


def _plain(run: Run, words: dict[str, str]) -> str:
    if isinstance(run, str):
        return run
    if isinstance(run, Mention):
        return words[run.key]
    return run.text if isinstance(run, Words | Figure) else ""


def _figures(cell: Cell) -> Iterator[Figure]:
    return (each for runs in cell.paragraphs for each in runs if isinstance(each, Figure))


def _lines(text: str, width: float) -> int:
    return sum(
        max(ceil(sum(1.0 if letter < "\u2e80" else 2.0 for letter in line) / (width * 0.9 - 1)), 1)
        for line in text.split("\n")
    )


def _name(wanted: str, taken: Iterable[str]) -> str:
    """A name that Excel takes for a sheet and that no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\']", "-", held(wanted))[:24] or "表"
    names = {each.lower() for each in taken} | {_LAST}
    return next(name for name in (base, *(f"{base}({n})" for n in range(2, 1000))) if name.lower() not in names)


def _fixed(buffer: io.BytesIO) -> bytes:
    """The workbook without the time at which it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, data)
    return out.getvalue()
