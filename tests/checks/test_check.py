from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from taizhang.checks import check, check_files
from taizhang.checks.registry import rules
from taizhang.documents import read

REPORT = """# 一、总体情况

学校绩效指标全部完成，绩效指标完成率为 100%。

表 1 数量指标表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 1.1.1 课程（门） | 40 | 20 | 17 | 100% |
| 1.1.2 教材（本） | 10 | 5 | 9 | 180% |
| 1.1.3 讲座（场） | 20 | 10 | 30 | 100% |
"""


def written(folder: Path, text: str = REPORT, name: str = "a.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_checking_twice_gives_the_same_list(tmp_path: Path) -> None:
    document = read(written(tmp_path))
    assert check([document]).findings == check([document]).findings


@given(st.sets(st.sampled_from(sorted(rules())), max_size=4))
def test_ignoring_a_rule_removes_exactly_its_findings(
    tmp_path_factory: pytest.TempPathFactory, ignored: set[str]
) -> None:
    document = read(written(tmp_path_factory.mktemp("x")))
    every = check([document]).findings
    assert check([document], ignore=sorted(ignored)).findings == tuple(f for f in every if f.code not in ignored)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "b.docx"
    broken.write_bytes(b"PK\x03\x04 cut short")
    seen: list[Path] = []
    result = check_files([broken, written(tmp_path)], on_step=seen.append)
    assert [name for name, _ in result.unreadable] == ["b.docx"]
    assert result.files == ("b.docx", "a.md")
    assert sorted(path.name for path in seen) == ["a.md", "a.md", "b.docx", "b.docx"]
    assert result.findings


def test_findings_stand_in_the_order_of_the_document(tmp_path: Path) -> None:
    lines = [finding.source.line for finding in check([read(written(tmp_path))]).findings]
    assert lines == sorted(lines)


def test_every_finding_points_at_the_words_it_names(tmp_path: Path) -> None:
    lines = REPORT.split("\n")
    for finding in check([read(written(tmp_path))]).findings:
        place = finding.source
        assert lines[place.line - 1][place.start : place.end].strip() == finding.text


def test_coverage_never_claims_more_than_was_read(tmp_path: Path) -> None:
    coverage = check([read(written(tmp_path))]).coverage
    assert 0 < coverage.checked <= coverage.read <= coverage.numbers
    assert coverage.linked <= coverage.checked


def test_per_cents_that_a_spreadsheet_shows_rounded_are_not_told_for_a_wrong_rate(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["三级指标", "中期目标值", "中期实现值", "中期完成度"])
    for row in ((0.165, 0.356, 2.16), (0.165, 0.356, 2.96)):  # shown as 17 %, 36 % and 216 % or 296 %
        sheet.append(["企业教师授课学时占比", *row])
        for cell in sheet[sheet.max_row][1:]:
            cell.number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    told = [finding for finding in check_files([tmp_path / "a.xlsx"]).findings if finding.code == "TGT002"]
    assert [finding.text for finding in told] == ["296%"]
