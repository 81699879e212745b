"""Writing a declared sheet: an export that prints on A4, a template to fill in offline."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties

from taizhang.web.ledger.sheets.form import Column, Kind, Sheet

HELP, CHOICES = "填写说明", "选项"
_ROOM = 2000  # rows of a template that know their choices and formats
_LONGEST = 32_767  # characters that Excel takes in a cell
_TALLEST = 400.0  # points; Excel takes 409
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_FONT = Font(name="等线", size=10)
_BOLD = Font(name="等线", size=10, bold=True)
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD, _NEEDED = PatternFill("solid", fgColor="D9E2EC"), PatternFill("solid", fgColor="FBE3D6")
_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "General", Kind.DATE: "yyyy-mm-dd", Kind.CHOICE: "@"}


def export(sheet: Sheet, rows: Iterable[Any]) -> bytes:
    """The rows as an Excel file, which `read` of the same sheet reads back."""
    book = Workbook(write_only=True)
    _table(book, sheet, rows)
    return _bytes(book)


def template(sheet: Sheet, rows: Iterable[Any] = ()) -> bytes:
    """A file to fill in offline: the rows there are, choices to choose from, and a sheet that says how."""
    book = Workbook(write_only=True)
    page = _table(book, sheet, rows, needed=True)
    chosen = [column for column in sheet.columns if column.choices]
    for index, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(index)
        rule = None
        if column.choices:
            place = get_column_letter(chosen.index(column) + 1)
            words = f"'{CHOICES}'!${place}$2:${place}${len(column.choices) + 1}"
            rule = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = _said(column.header, 32), "请从下拉框中选择，可选的词见“选项”。"
        elif column.kind is Kind.DATE:
            rule = DataValidation(
                type="date", operator="greaterThan", formula1="1", allow_blank=True, showErrorMessage=True
            )
            rule.errorTitle, rule.error = _said(column.header, 32), "请填写日期，如 2026-12-31。"
        if rule is not None:
            if column.help:
                rule.showInputMessage = True
                rule.promptTitle, rule.prompt = _said(column.header, 32), _said(column.help, 255)
            page.data_validations.append(rule)
            rule.add(f"{letter}2:{letter}{_ROOM}")
    _table(book, _explained(sheet), [{"header": c.header, "how": _how(c)} for c in sheet.columns])
    if chosen:
        _choices(book, chosen)
    return _bytes(book)


def _table(book: Workbook, sheet: Sheet, rows: Iterable[Any], *, needed: bool = False) -> Any:  # noqa: ANN401 - openpyxl's sheet that is only written
    """A tab with the header frozen, filters, widths, and paper."""
    page: Any = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for index, column in enumerate(sheet.columns, 1):
        dimension = page.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.number_format = _FORMATS[column.kind]
    _paper(page, sheet.name)
    page.row_dimensions[1].height = 24
    page.append([_header(page, column, needed=needed) for column in sheet.columns])
    # Two cells a column, used again for every row: a row is written when it is appended.
    plain = [_cell(page, column) for column in sheet.columns]
    quoted = [_cell(page, column, quoted=True) for column in sheet.columns]
    number = 1
    for number, row in enumerate(rows, 2):
        cells, lines = [], 1
        for column, one, other in zip(sheet.columns, plain, quoted, strict=True):
            value = _written(column.of(row))
            cell = other if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else one
            cell.value = value  # type: ignore[assignment]  # _written gives nothing else
            if isinstance(value, str):
                cell.data_type = "s"
                lines = max(lines, _lines(value, column.width))
            cells.append(cell)
        if lines > 1:
            page.row_dimensions[number].height = min(14.0 * lines + 3, _TALLEST)
        page.append(cells)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(number, 2)}"
    return page


def _written(value: object) -> object:
    """As Excel keeps it; a text stays a text whatever sign it begins with, and a long number keeps its digits."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return value if len(value.normalize().as_tuple().digits) <= 15 else format(value, "f")
    if isinstance(value, datetime):
        return format(timezone.localtime(value) if timezone.is_aware(value) else value, "%Y-%m-%d %H:%M:%S")
    if value is None or isinstance(value, int | float | date):
        return value
    text = _ILLEGAL.sub(" ", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _LONGEST:
        note = f"……（全文 {len(text)} 字，Excel 一格放不下，其余请在网页上看）"
        return text[: _LONGEST - len(note)] + note
    return text


def _lines(text: str, width: float) -> int:
    """How many lines the text takes: each character beyond Latin is as broad as two."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(
        ceil(sum(2 if sign > "\u2000" else 1 for sign in line) / (width - 0.8)) or 1 for line in text.split("\n")
    )


def _cell(page: Any, column: Column, *, quoted: bool = False) -> Cell:  # noqa: ANN401 - as in _table
    cell = WriteOnlyCell(page)
    cell.font, cell.border = _FONT, _BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = _FORMATS[column.kind]
    cell.quotePrefix = quoted
    return cell


def _header(page: Any, column: Column, *, needed: bool) -> Cell:  # noqa: ANN401 - as in _table
    header = _said(column.header, 255)
    cell = WriteOnlyCell(page, header)
    cell.data_type, cell.quotePrefix = "s", header.startswith(_FORMULA_SIGNS)
    cell.font, cell.border = _BOLD, _BORDER
    cell.fill = _NEEDED if needed and column.required else _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _explained(sheet: Sheet) -> Sheet:
    """The sheet that says how to fill in."""
    notes = "\n".join(("底色偏红的列必填；不要改动表头。", *sheet.notes))
    return Sheet(
        name=HELP,
        columns=(
            Column(key="header", header="列", width=20),
            Column(key="how", header=f"怎样填写“{sheet.name}”。{notes}", width=90),
        ),
    )


def _how(column: Column) -> str:
    kinds = {Kind.TEXT: "文字", Kind.NUMBER: "数字，不带单位（85% 填 85 或 85%）", Kind.DATE: "日期，如 2026-12-31"}
    words = "、".join(str(label) for _, label in column.choices[:40])
    more = "……" if len(column.choices) > 40 else ""
    kind = f"从中选一个：{words}{more}" if column.choices else kinds.get(column.kind, "文字")
    return f"{'必填' if column.required else '可不填'}；{kind}。{column.help}"


def _choices(book: Workbook, columns: Sequence[Column]) -> None:
    """The words to choose from, one column each."""
    longest = max(len(column.choices) for column in columns)
    words = [
        {c.key: str(c.choices[i][1]) if i < len(c.choices) else None for c in columns} for i in range(longest)
    ]  # fmt: skip
    _table(
        book, Sheet(name=CHOICES, columns=tuple(Column(key=c.key, header=c.header, width=24) for c in columns)), words
    )


def _said(text: str, longest: int) -> str:
    return _ILLEGAL.sub(" ", text)[:longest]


def _paper(page: Any, name: str) -> None:  # noqa: ANN401 - as in _table
    """A4 landscape, as wide as the page, the header on each, page numbers."""
    setup = page.page_setup
    setup.orientation, setup.paperSize = "landscape", 9
    setup.fitToWidth, setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.6
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = f"台账 · {name}", "第 &P 页，共 &N 页"
    page.HeaderFooter.oddFooter = footer


def _bytes(book: Workbook) -> bytes:
    book.properties.creator = "台账"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
