"""The sample reports: always the same bytes, right where they claim to be right, wrong only where they say so."""

import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from samples.make import chengjiang, yunling
from samples.make.__main__ import CLEAN, DEMO, FOLDER, INDICATORS, generated
from samples.make.arithmetic import breaches, checked, number
from samples.make.book import Figure
from samples.make.content import Heading, Para, Report, Table
from samples.make.truth import plain, truth_of

from taizhang.core.finding import Kind, Severity

FILES = generated()
SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


def spoken(report: Report) -> str:
    """All prose, headings and captions."""
    texts = [block.text for block in report.blocks if isinstance(block, Para | Heading)]
    return plain("\n".join([*texts, *(table.label for table in report.tables)]))


def printed(report: Report, table: str | None, row: str | None) -> str:
    """What a report prints at a place: a row, a year's task point, a table with its caption, or the prose."""
    if table is None:
        return spoken(report)
    found = [candidate for candidate in report.tables if candidate.number == table]
    assert found, f"no table {table}"
    lines = [line for candidate in found for line in candidate.rows]
    if row is None:
        return plain("\n".join("\n".join(line) for line in lines) + "".join(item.label for item in found))
    if re.fullmatch(r"202\d[①-⑩]", row):
        return plain("\n".join(part for line in lines for part in task_point(found[0], line, row)))
    chosen = [line for line in lines if any(row in cell for cell in line)]
    assert chosen, f"no row {row} in table {table}"
    return plain("\n".join("\n".join(line) for line in chosen))


def task_point(table: Table, line: tuple[str, ...], row: str) -> tuple[str, ...]:
    """The cells of a line that belong to a year's task point, in either college's layout."""
    year, mark = row[:4], row[4]
    if table.header[0][0] == "年度":
        return line if line[0].startswith(year) and line[1] == mark else ()
    order = table.rows.index(line)
    return line[2 + 2 * (year == "2023") :][:2] if "①②③④⑤⑥".index(mark) == order else ()


def figure(name: str) -> Figure:
    """A figure of the clean college by its name."""
    return next(item for area in chengjiang.SCHOOL for item in area.figures if item.name == name)


@pytest.mark.parametrize("name", FILES)
def test_committed_file_is_what_the_generator_makes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == FILES[name]


def test_generator_makes_the_same_bytes_twice() -> None:
    assert generated() == FILES


def test_clean_report_breaks_no_relation() -> None:
    report = chengjiang.report()
    assert breaches(report) == []
    assert checked(report) >= 80
    assert 80 <= len(report.tables) <= 90


def test_demo_breaks_only_the_relations_that_were_planted() -> None:
    found = {(breach.table, breach.printed) for breach in breaches(yunling.report())}
    assert found == {
        ("4-3", "100%"),
        ("4-3", "104%"),
        ("4-4", "100%"),
        ("4-11", "3786"),
        ("5-1", "100%"),
        ("5-2", "2968.4"),
        ("5-3", "912.4"),
    }


@pytest.mark.parametrize(("college", "name"), [(yunling, "yunling_truth.txt"), (chengjiang, "chengjiang_truth.txt")])
def test_every_place_of_the_truth_prints_its_words(college: object, name: str) -> None:
    report = chengjiang.report() if college is chengjiang else yunling.report()
    truth = truth_of(name)
    places = [(item.table, item.row, item.text) for item in truth.faults]
    places += [(item.table, item.row, item.text) for item in (*truth.consequences, *truth.traps)]
    for table, row, text in places:
        assert plain(text) in printed(report, table, row), text


def test_truth_has_enough_of_everything() -> None:
    demo, clean = truth_of("yunling_truth.txt"), truth_of("chengjiang_truth.txt")
    assert 25 <= len(demo.faults) <= 35
    assert len(demo.traps) >= 15
    assert clean.faults == ()
    assert len(clean.traps) >= 20
    assert {fault.kind for fault in demo.faults} <= set(Kind)
    assert {fault.severity for fault in demo.faults} <= set(Severity)


@pytest.mark.parametrize(
    ("name", "year", "table", "row", "column"),
    [
        ("横向技术服务合同额", 0, "5.5", 0, 1),
        ("横向技术服务合同额", 1, "5.5", 1, 1),
        ("横向技术服务到款额", 0, "5.5", 0, 2),
        ("横向技术服务到款额", 1, "5.5", 1, 2),
        ("社会培训到账额", 0, "6.1", 3, 2),
        ("社会培训到账额", 1, "6.1", 3, 3),
        ("横向技术服务合同额", 1, "6.1", 4, 3),
        ("横向技术服务到款额", 1, "6.1", 5, 3),
        ("双师型教师占专业课教师比例", 0, "6.1", 6, 2),
        ("双师型教师占专业课教师比例", 1, "6.1", 6, 3),
        ("专业与区域产业匹配度", 1, "6.1", 8, 3),
        ("省级技能竞赛获奖", 1, "6.4", 3, 1),
        ("社会培训", 1, "6.5", 5, 2),
        ("社会培训量", 1, "6.5", 5, 3),
        ("社会培训到账额", 1, "6.5", 5, 4),
        ("职教帮扶培训量", 1, "6.6", 3, 4),
        ("境外合作院校", 1, "6.7", 3, 1),
        ("预算执行率", 1, "5.1", 4, 5),
        ("社会培训到账额", 1, "3.28", 3, 4),
        ("横向技术服务到款额", 1, "3.28", 6, 4),
    ],
)
def test_a_figure_is_the_same_wherever_it_stands(name: str, year: int, table: str, row: int, column: int) -> None:
    cell = next(item for item in chengjiang.report().tables if item.number == table).rows[row][column]
    assert number(cell) == Decimal(figure(name).done[year])


def test_word_files_open_and_hold_every_table() -> None:
    for name, report in ((DEMO, yunling.report()), (CLEAN, chengjiang.report())):
        document = docx.Document(io.BytesIO(FILES[f"{name}.docx"]))
        cuts = sum(table.cut is not None for table in report.tables)
        assert len(document.tables) == len(report.tables) + cuts
        first = document.tables[0]
        assert [cell.text for cell in first.rows[-1].cells][-1] == report.tables[0].rows[-1][-1]


def test_workbook_holds_the_printed_numbers_and_a_hidden_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FILES[f"{INDICATORS}.xlsx"]))
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == ["计量单位字典"]
    sheet = book.worksheets[0]
    assert sheet["E4"].value == 21
    assert (sheet["F4"].value, sheet["F4"].number_format) == (1, "0%")
    assert "C2:D2" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_text_repeats_headers_where_a_page_cuts_a_table() -> None:
    lines = FILES[f"{CLEAN}.txt"].decode().splitlines()
    report = chengjiang.report()
    headers = ["\t".join(table.header[-1]) for table in report.tables if len(table.header) == 1]
    assert sum(line in headers for line in lines) > len(headers) + 15
    assert max(len(line) for line in lines if "\t" not in line and not line.startswith(("表", "¹", "²"))) <= 42


def test_archives_carry_one_constant_date() -> None:
    for name, data in FILES.items():
        if name.endswith(("docx", "xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert {info.date_time for info in archive.infolist()} == {(2024, 3, 15, 9, 0, 0)}


def test_samples_stay_small_and_their_truth_is_valid_json() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < 2_000_000
    for name, data in FILES.items():
        if name.endswith("json"):
            assert set(json.loads(data)) == {"file", "findings", "consequences", "traps"}


def test_no_words_of_real_reports() -> None:
    if not SEEDS.is_dir():
        pytest.skip("缺少相邻的 shared/seeds 目录，无法与真实报告比对")
    real = re.sub(r"\s+", "", "".join(file.read_text(encoding="utf-8") for file in SEEDS.glob("*.txt")))
    runs = {real[start : start + 18] for start in range(len(real) - 17)}
    sources = [
        file.read_text(encoding="utf-8")
        for file in (FOLDER / "make").rglob("*")
        if file.suffix in (".py", ".txt", ".yaml")
    ]
    for text in (*sources, FILES[f"{CLEAN}.txt"].decode(), FILES[f"truth/{DEMO}.json"].decode()):
        flat = re.sub(r"\s+", "", text)
        shared = {flat[start : start + 18] for start in range(len(flat) - 17)} & runs
        assert not {run for run in shared if sum("一" <= letter <= "鿿" for letter in run) >= 10}
