"""A report as an Excel workbook: a sheet for each chapter, its tables below each other."""

import re
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from samples.make.content import Heading, Para, Report, Table, covered
from samples.make.sealed import sealed

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="center", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def workbook_of(report: Report) -> bytes:
    """The workbook, the same bytes each time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet | None = None
    top = 1
    for block in report.blocks:
        if isinstance(block, Heading):
            sheet, top = book.create_sheet(block.text), 1
        elif sheet is not None and isinstance(block, Table):
            top = _put(sheet, block, top)
        elif sheet is not None and isinstance(block, Para):
            sheet.cell(top, 1, block.text)
            top += 2
    book.properties.creator, book.properties.title = "", report.name
    buffer = BytesIO()
    book.save(buffer)
    return sealed(buffer.getvalue())


def _put(sheet: Worksheet, table: Table, top: int) -> int:
    """Write a table from row `top` on; the row after it."""
    width = len(table.widths)
    sheet.cell(top, 1, table.label).font = Font(name="黑体", size=14, bold=True)
    sheet.cell(top, 1).alignment = _MIDDLE
    sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=width)
    hidden = covered(table)
    first = top + 1
    for r, row in enumerate((*table.header, *table.rows)):
        for c, text in enumerate(row):
            cell = sheet.cell(first + r, c + 1)
            cell.border, cell.alignment = _BOX, _MIDDLE if len(text) < 9 else _WRAP
            if (r, c) not in hidden:
                cell.value, cell.number_format = _value(text)
    for (above, left), (below, right) in _spans(hidden).items():
        sheet.merge_cells(
            start_row=first + above, end_row=first + below, start_column=left + 1, end_column=right + 1
        )  # fmt: skip
    for column, breadth in enumerate(table.widths, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(sheet.column_dimensions[letter].width or 0, breadth * 1.8)
    last = first + len(table.header) + len(table.rows)
    if table.remark:
        sheet.cell(last, 1, table.remark)
        sheet.merge_cells(start_row=last, end_row=last, start_column=1, end_column=width)
        last += 1
    return last + 1


def _spans(hidden: dict[tuple[int, int], tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell that covers others, the last row and column it covers."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), anchor in hidden.items():
        down, across = spans.get(anchor, anchor)
        spans[anchor] = (max(down, row), max(across, column))
    return spans


def _value(text: str) -> tuple[str | Decimal | None, str]:
    """A cell's value and number format: numbers are numbers, rates are fractions shown as per cent."""
    found = re.fullmatch(r"(-?\d+)(\.\d+)?(%?)", text)
    if not found or (text[0] == "0" and found[1] != "0"):
        return text or None, "General"
    places = len(found[2] or "") - 1
    shape = f"0.{'0' * places}" if places > 0 else "0"
    number = Decimal(found[1] + (found[2] or ""))
    return (number / 100, f"{shape}%") if found[3] else (number, shape if places > 0 else "General")
