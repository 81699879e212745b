"""What is exported reads back as it was, prints, and can do no harm where it is opened."""

import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from taizhang.web.ledger.sheets import Column, Kind, Sheet, export, read, template

STATES = (("built", "建成"), ("accepted", "验收"))
SHEET = Sheet(
    name="任务点",
    columns=(
        Column(key="code", header="编号", required=True, help="如 1-1。"),
        Column(key="text", header="完成情况", width=40),
        Column(key="number", header="实现值", kind=Kind.NUMBER),
        Column(key="day", header="完成日期", kind=Kind.DATE, help="以验收单为准。"),
        Column(key="state", header="状态", kind=Kind.CHOICE, choices=STATES),
    ),
    notes=("一行一个任务点。",),
)

# What XML can hold; a carriage return comes back as the line break that it is.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60)
risky = st.builds("".join, st.tuples(st.sampled_from("=+-@\t'"), texts))
rows = st.fixed_dictionaries(
    {
        "code": st.from_regex(r"[1-9]-[1-9]", fullmatch=True),
        "text": (texts | risky).map(lambda text: text if text.strip() else ""),
        "number": st.none() | st.decimals(-(10**11), 10**11, places=3, allow_nan=False),
        "day": st.none() | st.dates(date(1950, 1, 1), date(2099, 12, 31)),
        "state": st.none() | st.sampled_from([value for value, _ in STATES]),
    }
)


@given(st.lists(rows, max_size=8))
def test_what_is_exported_reads_back_the_same(told):
    for written in (export, template):
        filled = read(SHEET, written(SHEET, told))
        assert filled.faults == [] and filled.remarks == []
        assert [row.values for row in filled.rows] == told


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "'quoted"])
def test_no_text_becomes_a_formula(text):
    content = export(SHEET, [{"code": text, "text": text}])
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type) == (text, "s")
    assert page["A2"].quotePrefix == (text[0] != "'")
    xml = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f[ >]", xml)


def test_an_export_prints_on_a_page_and_keeps_its_header(tmp_path):
    page = load_workbook(BytesIO(export(SHEET, [{"code": "1-1", "text": "已建成课程六门。" * 20}]))).worksheets[0]
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("任务点", "A2", "A1:E2")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.print_title_rows == "$1:$1"
    assert page.column_dimensions["B"].width == 40
    assert page.row_dimensions[2].height > 100


def test_values_are_written_as_what_they_are():
    when = datetime(2026, 3, 1, 4, 5, tzinfo=UTC)
    told = {"code": when, "text": True, "number": Decimal("12345678901234567.5"), "day": None, "state": "gone"}
    page = load_workbook(BytesIO(export(SHEET, [told]))).worksheets[0]
    assert [cell.value for cell in page[2]] == ["2026-03-01 12:05:00", "是", "12345678901234567.5", None, "gone"]


def test_a_text_too_long_for_a_cell_says_so():
    page = load_workbook(BytesIO(export(SHEET, [{"code": "1", "text": "长" * 40_000}]))).worksheets[0]
    assert len(page["B2"].value) == 32_767
    assert "全文 40000 字" in page["B2"].value


def test_a_template_says_how_and_offers_the_choices():
    book = load_workbook(BytesIO(template(SHEET)))
    assert book.sheetnames == ["任务点", "填写说明", "选项"]
    said = {row[0].value: row[1].value for row in book["填写说明"].iter_rows(min_row=2)}
    assert said["编号"].startswith("必填") and "如 1-1" in said["编号"]
    assert "建成、验收" in said["状态"]
    assert "一行一个任务点" in book["填写说明"]["B1"].value
    rules = {str(rule.sqref): rule for rule in book["任务点"].data_validations.dataValidation}
    assert rules["E2:E2000"].formula1 == "'选项'!$A$2:$A$3"
    assert rules["D2:D2000"].prompt == "以验收单为准。"
    assert [cell.value for cell in book["选项"]["A"]] == ["状态", "建成", "验收"]


def test_rows_may_be_things_with_attributes_and_columns_may_ask():
    sheet = Sheet(
        name="甲", columns=(Column(key="year", header="年"), Column(key="x", header="月", value=lambda day: day.month))
    )
    filled = read(sheet, export(sheet, [date(2026, 5, 1)]))
    assert filled.rows[0].values == {"year": "2026", "x": "5"}
