"""The Excel list: every finding a row, texts stay texts, and it prints on A4 across."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from taizhang.checks.present.xlsx import STATES, Treatment, workbook
from taizhang.checks.result import Coverage, Result
from taizhang.core.finding import Finding, Kind, Severity
from taizhang.core.source import Source

DAY = datetime(2026, 11, 22, tzinfo=UTC)
NAMES = [
    "序号",
    "文件",
    "表",
    "行",
    "位置",
    "原文",
    "问题",
    "应为",
    "级别",
    "规则",
    "责任单位",
    "整改措施",
    "整改期限",
    "状态",
]


def opened(result: Result) -> Workbook:
    return load_workbook(BytesIO(workbook(result, at=DAY)))


def one(text: str) -> Result:
    finding = Finding(
        code="TGT001", kind=Kind.OTHER, severity=Severity.ERROR, message=text, source=Source("甲.md", line=1), text=text,
        row=text, expected=text,
    )  # fmt: skip
    coverage = Coverage(numbers=1, read=1, linked=0, checked=1)
    return Result(files=("甲.md",), documents=(), findings=(finding,), coverage=coverage)


def test_every_finding_is_a_row_in_the_order_of_the_report(result: Result) -> None:
    rows = list(opened(result)["问题清单"].values)
    assert list(rows[0]) == NAMES
    assert [row[0] for row in rows[1:]] == list(range(1, len(result.findings) + 1))
    assert sorted((row[9], row[6]) for row in rows[1:]) == sorted((f.code, f.message) for f in result.findings)
    assert all(row[10:] == (None, None, None, None) for row in rows[1:])


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
    | st.sampled_from(["=1+1", "+7", "-3", "@a"])
)
def test_a_text_is_never_a_formula_and_comes_back(text: str) -> None:
    row = opened(one(text))["问题清单"][2]
    assert {cell.data_type for cell in row[1:10]} <= {"s", "n"}
    told = row[6].value
    if text.isprintable():
        assert told == text


def test_people_find_filters_choices_and_a_standing_header(result: Result) -> None:
    sheet = opened(result)["问题清单"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:N{len(result.findings) + 1}"
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert lists[0].formula1 == f'"{",".join(STATES)}"'
    assert str(lists[0].sqref) == f"N2:N{len(result.findings) + 1}"


def test_it_prints_on_a4_across(result: Result) -> None:
    for sheet in opened(result):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_the_summary_counts_by_family_and_tells_the_coverage(result: Result) -> None:
    troubled = replace(result, unreadable=(("坏.docx", "坏.docx 已损坏。"),))
    rows = list(opened(troubled)["汇总"].values)
    totals = next(row for row in rows if row[0] == "合计")
    assert totals[1:] == (3, 2, 1, 6)
    assert [sum(row[n] for row in rows[1:] if row[0] and row[0][:3].isupper()) for n in (1, 2, 3, 4)] == [3, 2, 1, 6]
    words = [row[0] for row in rows if row[0]]
    assert result.coverage.sentence() in words
    assert any("坏.docx 已损坏" in word for word in words)


def test_a_clean_report_gives_an_empty_list(clean: Result) -> None:
    assert opened(clean)["问题清单"].max_row == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine")
def test_another_program_reads_the_same_rows(result: Result, tmp_path: Path) -> None:
    (tmp_path / "清单.xlsx").write_bytes(workbook(result, at=DAY))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):9,34,76"
    done = subprocess.run(
        ["soffice", home, "--headless", "--convert-to", form, "--outdir", tmp_path, tmp_path / "清单.xlsx"],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    written = tmp_path / "清单.csv"
    if not written.exists():
        pytest.skip(f"LibreOffice converted nothing: {done.stderr.decode(errors='replace')[:80]}")
    text = written.read_text(encoding="utf-8")
    assert all(finding.message in text for finding in result.findings)


def test_what_is_being_done_about_a_finding_stands_in_its_row(result: Result) -> None:
    finding = result.findings[0]
    treated = {(finding.source.file, finding.fingerprint): Treatment("教务处 林晓", "补名单", DAY.date(), "整改中")}
    page = load_workbook(BytesIO(workbook(result, at=DAY, treatments=treated))).active
    rows = [[cell.value for cell in row][10:] for row in page.iter_rows(min_row=2)]
    assert rows.count([None] * 4) == len(result.findings) - 1
    assert ["教务处 林晓", "补名单", datetime(2026, 11, 22), "整改中"] in rows  # noqa: DTZ001 - as Excel keeps it
