"""The annex says what the report says, as numbers where they are numbers, and tells of each where it comes from."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from outlines import FUNDS, INDICATORS, ODD, POINTS, REPORT, tables
from taizhang.documents import read
from taizhang.documents.xlsx.number_format import show_number
from taizhang.reports.annex import _number, annex, write
from taizhang.reports.outline import Outline, Table, figures


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(annex(REPORT)))


def test_every_table_is_a_sheet_and_the_first_leads_to_each(book: Workbook) -> None:
    assert book.sheetnames == ["表目录", "表2-1", "表2-2", "表2-3", "数据来源"]
    first = book["表目录"]
    assert first["A1"].value == REPORT.title
    assert [(first.cell(row, 1).value, first.cell(row, 1).hyperlink.location) for row in (3, 4, 5)] == [
        (name, f"'{name}'!A1") for name in ("表2-1", "表2-2", "表2-3")
    ]


def test_figures_are_numbers_that_print_as_the_report_does(book: Workbook) -> None:
    sheet = book["表2-3"]
    cell = sheet["B4"]
    assert (cell.value, cell.number_format) == (1200, "#,##0.00")
    assert (sheet["D5"].value, sheet["D5"].number_format) == (0.9334, "0.00%")
    assert book["表2-1"]["B5"].value == 6


@given(st.decimals(-(10**9), 10**9, places=2).map(str) | st.integers(0, 10**12).map("{:,}".format) | st.sampled_from(
    ["100%", "93.34%", "0", "-5", "0.5%", "1,000.00"]))  # fmt: skip
def test_a_number_is_shown_as_it_was_printed(text: str) -> None:
    found = _number(text)
    if found is None:
        assert text.startswith(("-0.", "0")) or "-" in text
        return
    worth, form = found
    assert isinstance(worth, Decimal)
    assert show_number(worth, form) == text


@pytest.mark.parametrize("text", ["", "007", "1.1.1", "约7", "7门", "1,00", "12345678901234567", "=1+1", "--", "1e5"])
def test_what_is_no_number_stays_text(text: str) -> None:
    assert _number(text) is None


def test_the_annex_is_read_back_by_us(tmp_path: Path) -> None:
    write(REPORT, tmp_path / "附表.xlsx")
    found = [table for table in read(tmp_path / "附表.xlsx").tables if table.number]
    assert [table.number for table in found] == ["2-1", "2-2", "2-3"]
    assert [[cell.text for cell in row] for row in found[2].body] == [
        ["省级财政", "1,200.00", "1,200.00", "100%"],
        ["学校自筹", "300.50", "280.50", "93.34%"],
        ["合计", "1,500.50", "1,480.50", "98.67%"],
    ]
    assert found[0].columns == tuple("/".join(column.path) for column in INDICATORS.columns)


def test_every_bound_figure_of_a_table_is_told_with_its_cell(book: Workbook) -> None:
    sheet = book["数据来源"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    wanted = [each for table in (INDICATORS, POINTS, FUNDS) for each in figures(Outline("", (table,)))]
    assert [row[4] for row in told] == [each.key for each in wanted]
    assert ["表2-1", "C5", "指标 1.1.1.1 2024年实现值", "7", "indicator:1.1.1.1:actual@2024"] in told


def test_a_sheet_is_ready_to_print(book: Workbook) -> None:
    sheet = book["表2-2"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$1:$3"
    assert "第 &P 页" in sheet.oddFooter.center.text


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert annex(REPORT) == annex(REPORT)


@given(tables())
def test_any_table_makes_a_workbook(made: Table) -> None:
    book = load_workbook(io.BytesIO(annex(Outline("报告", (made, made)))))
    assert len(book.sheetnames) == 4


@given(ODD)
def test_no_text_becomes_a_formula(text: str) -> None:
    made = Table(caption="=1+1", columns=INDICATORS.columns[:1], rows=((INDICATORS.rows[0][0],),), unit=f"={text}")
    book = load_workbook(io.BytesIO(annex(Outline("=1", (made,)))))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
