"""Write the indicator tables of a report as an Excel workbook, the way a department keeps them."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from samples.make.content import Table
from samples.make.sealed import sealed

LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)
SHADE = PatternFill("solid", fgColor="E7EDF5")
HEADER = (
    ("类型", "三级指标", "目标值", "目标值", "完成情况", "完成情况"),
    ("类型", "三级指标", "期满目标值", "中期目标值", "中期实现值", "中期完成度"),
)
UNITS = ("个", "项", "门", "本", "件", "人", "人次", "人日", "万人日", "万元", "家", "所", "支", "份", "场/年", "%")
WIDTHS = (12, 38, 14, 14, 20, 14)


def _value(text: str) -> tuple[str | Decimal, str]:
    """A cell's value and number format: numbers are numbers, rates are fractions shown as per cent."""
    body = text.removesuffix("%")
    if not body.replace(".", "", 1).isdigit():
        return text, "@"
    decimals = "0" * len(body.partition(".")[2])
    shape = f"0.{decimals}" if decimals else "0"
    return (Decimal(body) / 100, f"{shape}%") if text.endswith("%") else (Decimal(body), shape)


def _merge_equal(sheet: Worksheet, first: int, last: int, column: int) -> None:
    """Merge runs of equal neighbours in a column."""
    start = first
    for row in range(first + 1, last + 2):
        if row > last or sheet.cell(row, column).value != sheet.cell(start, column).value:
            if row - start > 1:
                sheet.merge_cells(start_row=start, end_row=row - 1, start_column=column, end_column=column)
            start = row


def _put(sheet: Worksheet, table: Table, top: int) -> int:
    """Write a table from row `top` on; the row after it."""
    sheet.cell(top, 1, table.label).font = Font(name="黑体", size=12, bold=True)
    sheet.cell(top, 1).alignment = CENTRE
    sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=6)
    for offset, names in enumerate(HEADER):
        for column, name in enumerate(names, 1):
            cell = sheet.cell(top + 1 + offset, column, name)
            cell.alignment, cell.border, cell.fill, cell.font = CENTRE, BOX, SHADE, Font(name="黑体", size=11)
    for span in ((1, 2, 1, 1), (1, 2, 2, 2), (1, 1, 3, 4), (1, 1, 5, 6)):
        start, end, left, right = span
        sheet.merge_cells(start_row=top + start, end_row=top + end, start_column=left, end_column=right)
    first = top + 3
    for row, texts in enumerate(table.rows, first):
        for column, text in enumerate(texts, 1):
            value, shape = _value(text)
            entry = sheet.cell(row, column, value)
            entry.number_format, entry.border, entry.font = shape, BOX, Font(name="宋体", size=11)
            entry.alignment = LEFT if column == 2 else CENTRE
    last = first + len(table.rows) - 1
    _merge_equal(sheet, first, last, 1)
    if table.remark:
        sheet.cell(last + 1, 1, table.remark)
        sheet.merge_cells(start_row=last + 1, end_row=last + 1, start_column=1, end_column=6)
        last += 1
    return last + 2


def workbook_of(sheets: Iterable[tuple[str, tuple[Table, ...]]], note: str) -> bytes:
    """One sheet for each name, its tables below each other and the note under them; a hidden sheet of units."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, tables in sheets:
        sheet = book.create_sheet(name)
        for column, width in enumerate(WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        top = 1
        for table in tables:
            top = _put(sheet, table, top)
        sheet.cell(top, 1, f"说明：{note}")
    units = book.create_sheet("计量单位字典")
    units.sheet_state = "hidden"
    for row, unit in enumerate(("计量单位", *UNITS), 1):
        units.cell(row, 1, unit)
    book.properties.creator, book.properties.title = "云岭职业技术学院", "中期绩效指标"
    buffer = BytesIO()
    book.save(buffer)
    return sealed(buffer.getvalue())
