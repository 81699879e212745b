"""The Excel 问题清单: every finding a row, with columns for who puts it right, how, and until when."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.checks.present.order import FAMILIES, groups, place
from taizhang.checks.result import Result
from taizhang.core.finding import Finding, Severity

STATES = ("待整改", "整改中", "已整改", "无需整改")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
_TALLEST = 400.0  # points; Excel takes 409
_FONT = "等线"
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="D9E2EC")
_TINT = {Severity.ERROR: "F8D7DA", Severity.WARNING: "FFF3CD", Severity.INFO: "DCEBFA"}


class _Column(NamedTuple):
    name: str
    width: float
    centred: bool = False


_COLUMNS = (
    _Column("序号", 6, centred=True), _Column("文件", 16), _Column("表", 9), _Column("行", 22), _Column("位置", 12),
    _Column("原文", 22), _Column("问题", 40), _Column("应为", 15), _Column("级别", 7, centred=True), _Column("规则", 9, centred=True),
    _Column("责任单位", 12), _Column("整改措施", 20), _Column("整改期限", 12, centred=True), _Column("状态", 10, centred=True),
)  # fmt: skip
_SEVERITY, _DEADLINE, _STATE = 9, 13, 14


class Treatment(NamedTuple):
    """What is being done about a finding: by whom, how, until when, and one of `STATES`."""

    person: str = ""
    measure: str = ""
    due: date | None = None
    state: str = ""


# Of each finding, by its file and fingerprint.
Treatments = Mapping[tuple[str, str], Treatment]


def workbook(result: Result, *, at: datetime, treatments: Treatments = MappingProxyType({})) -> bytes:
    """The list and its summary as an Excel file, dated `at`; columns of treatment are left to fill in where none is."""
    book = Workbook()
    book.properties.creator = "台账"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has no sheet")
    sheet.title = "问题清单"
    _list(sheet, result, treatments)
    _summary(book.create_sheet("汇总"), result, at)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _list(sheet: Worksheet, result: Result, treatments: Treatments) -> None:
    findings = [placed.finding for group in groups(result) for placed in group.findings]
    _header(sheet, 1, [column.name for column in _COLUMNS])
    for number, finding in enumerate(findings, 1):
        treated = treatments.get((finding.source.file, finding.fingerprint), Treatment())
        values: list[str | int | date | None] = [number, *_row(finding), *(part or None for part in treated)]
        for index, (value, column) in enumerate(zip(values, _COLUMNS, strict=True), 1):
            cell = sheet.cell(number + 1, index)
            _write(cell, value)
            cell.alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="center" if column.centred else "left"
            )
        sheet.row_dimensions[number + 1].height = _height(values)
        sheet.cell(number + 1, _SEVERITY).fill = PatternFill("solid", fgColor=_TINT[finding.severity])
        sheet.cell(number + 1, _DEADLINE).number_format = "yyyy-mm-dd"
    last = max(len(findings) + 1, 2)
    for index, column in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{last}"
    sheet.print_title_rows = "1:1"
    _paper(sheet)
    _choices(sheet, last)


def _height(values: Sequence[object]) -> float:
    """A height in points at which the fullest cell shows all its lines: not every program finds it by itself."""
    lines = [
        sum(ceil(_breadth(line) / (column.width - 0.8)) or 1 for line in str(value).splitlines() or [""])
        for value, column in zip(values, _COLUMNS, strict=True)
        if value is not None
    ]
    return min(14.0 * max(lines) + 3, _TALLEST)


def _breadth(text: str) -> int:
    """How many digits' breadth a text takes: two for each character beyond Latin."""
    return sum(2 if character > "\u2000" else 1 for character in text)


def _row(finding: Finding) -> list[str | None]:
    return [
        finding.source.file,
        finding.table,
        finding.row,
        place(finding.source),
        finding.text,
        finding.message,
        finding.expected,
        finding.severity.chinese,
        finding.code,
    ]


def _choices(sheet: Worksheet, last: int) -> None:
    """The states a person may choose, a date for the deadline, and what is put right turned grey."""
    state, deadline = get_column_letter(_STATE), get_column_letter(_DEADLINE)
    states = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    states.errorTitle, states.error = "状态", f"请从下拉框中选择：{'、'.join(STATES)}。"
    states.showErrorMessage = True
    dates = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    dates.errorTitle, dates.error = "整改期限", "请填写日期，如 2026-12-31。"
    dates.showErrorMessage = True
    sheet.add_data_validation(states)
    sheet.add_data_validation(dates)
    states.add(f"{state}2:{state}{last}")
    dates.add(f"{deadline}2:{deadline}{last}")
    grey = DifferentialStyle(font=Font(color="999999"))
    done = Rule(type="expression", dxf=grey, formula=[f'${state}2="{STATES[2]}"'])
    sheet.conditional_formatting.add(f"A2:{state}{last}", done)


def _summary(sheet: Worksheet, result: Result, at: datetime) -> None:
    _header(sheet, 1, ["类别", *(severity.chinese for severity in Severity), "合计"])
    letters = list(dict.fromkeys([*FAMILIES, *(finding.code[:3] for finding in result.findings)]))
    line = 1
    for family in letters:
        counts = [_count(result.findings, severity, family) for severity in Severity]
        if sum(counts):
            line += 1
            _line(sheet, line, [f"{family} {FAMILIES.get(family, '')}".strip(), *counts, sum(counts)])
    totals = [result.count(severity) for severity in Severity]
    line += 1
    _line(sheet, line, ["合计", *totals, sum(totals)], bold=True)
    remarks = [
        f"检查日期：{at:%Y-%m-%d}",
        f"检查的文件：{'、'.join(result.files)}",
        *([f"口径配置：{result.profile}"] if result.profile else []),
        result.coverage.sentence(),
        *result.remarks(),
        *(f"没有读成 {file}：{reason}" for file, reason in result.unreadable),
        *(f"规则 {code} 出错，没有查完：{reason}" for code, reason in result.crashed),
    ]
    for offset, remark in enumerate(remarks, line + 2):
        sheet.merge_cells(start_row=offset, start_column=1, end_row=offset, end_column=5)
        cell = sheet.cell(offset, 1)
        _write(cell, remark, framed=False)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[offset].height = 16.0 * ceil(_breadth(remark) / 70)
    for index, width in enumerate((26, 12, 12, 12, 12), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _paper(sheet)


def _count(findings: Sequence[Finding], severity: Severity, family: str) -> int:
    return sum(finding.severity is severity and finding.code[:3] == family for finding in findings)


def _line(sheet: Worksheet, line: int, values: Sequence[str | int], *, bold: bool = False) -> None:
    for index, value in enumerate(values, 1):
        cell = sheet.cell(line, index)
        _write(cell, value)
        cell.font = Font(name=_FONT, size=10, bold=bold)
        cell.alignment = Alignment(horizontal="left" if index == 1 else "center")


def _header(sheet: Worksheet, line: int, names: Sequence[str]) -> None:
    for index, name in enumerate(names, 1):
        cell = sheet.cell(line, index)
        _write(cell, name)
        cell.font, cell.fill = Font(name=_FONT, size=10, bold=True), _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _write(cell: Cell | MergedCell, value: str | int | date | None, *, framed: bool = True) -> None:
    """Put a value into a cell; a text stays a text, whatever sign it begins with."""
    if isinstance(cell, MergedCell):
        return
    cell.font = Font(name=_FONT, size=10)
    if framed:
        cell.border = _BORDER
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}
    else:
        cell.value = value


def _paper(sheet: Worksheet) -> None:
    """A4 landscape, as wide as the page, with page numbers."""
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", 9
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "台账检查 · 问题清单", "第 &P 页，共 &N 页"
    sheet.HeaderFooter.oddFooter = footer
