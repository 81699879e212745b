"""A printed report reads as its author wrote it: paragraphs whole, tables as they stand, each word with its place."""

import json
from pathlib import Path

import pytest

from pdf_files import Canvas, read, write_pdf
from taizhang.documents import read as read_document
from taizhang.documents.blocks import Fragment, Heading, Paragraph, Role

SAMPLE = Path(__file__).resolve().parents[2] / "samples/report.pdf"
SHARED = Path(__file__).resolve().parents[3] / "../shared"
FULL = "Words of a paragraph that goes on and on until the margin of the page ends it, and"


def bodies(path):
    return [block.text for block in read(path).blocks if isinstance(block, Paragraph) and block.role is Role.BODY]


@pytest.fixture(scope="module")
def report():
    return read_document(SAMPLE)


@pytest.fixture(scope="module")
def tables(report):
    return {table.number: table for table in report.tables}


def lines(canvas, y, count, end="the end."):
    """A paragraph of full lines, indented, with a short last one."""
    canvas.text(92, y, FULL[4:], 11)
    for number in range(1, count):
        canvas.text(72, y + 16 * number, FULL, 11)
    return canvas.text(72, y + 16 * count, end, 11)


def test_full_lines_make_one_paragraph_and_an_indent_begins_another(tmp_path):
    canvas = lines(lines(lines(Canvas(), 100, 3), 164, 2), 212, 4)
    assert [text.count("margin") for text in bodies(write_pdf(tmp_path / "a.pdf", canvas))] == [3, 2, 4]


def test_a_paragraph_goes_on_over_a_page_break_and_its_header(tmp_path):
    first, second, third = (
        Canvas().text(250, 50, "Report of the year", 9).text(290, 810, str(number), 9) for number in (1, 2, 3)
    )
    first.text(92, 732, FULL[4:], 11).text(72, 748, FULL, 11)
    lines(second.text(72, 100, FULL, 11).text(72, 116, "so it ends.", 11), 132, 3)
    lines(third, 100, 3)
    texts = bodies(write_pdf(tmp_path / "a.pdf", first, second, third))
    assert [text.count("margin") for text in texts] == [3, 3, 3]
    assert texts[0].endswith("and so it ends.")


def test_titles_stay_apart(tmp_path):
    canvas = Canvas().text(72, 100, "One matter", 16).text(72, 130, "Another matter", 13)
    assert bodies(write_pdf(tmp_path / "a.pdf", lines(canvas, 160, 3)))[:2] == ["One matter", "Another matter"]


def test_the_sample_has_its_headings_and_whole_paragraphs(report):
    headings = [(block.text, block.level) for block in report.blocks if isinstance(block, Heading)]
    assert [text for text, _ in headings] == ["一、总体情况", "二、资金与成果"]
    prose = [paragraph.text for paragraph in report.paragraphs]
    assert sum(text.startswith("云岭职业技术学院坚持") and text.endswith("68.2%。") for text in prose) == len(prose) - 1


def test_the_sample_has_its_tables_with_their_captions(tables):
    assert {number: table.caption for number, table in tables.items()} == {
        "1-1": "人才培养任务完成情况表", "1-2": "满意度调查结果", "2-1": "资金到位情况", "2-2": "标志性成果",
        "2-3": "下一年度计划", "2-4": "各学院培训情况",
    }  # fmt: skip
    assert tables["2-1"].unit == "万元"


def test_a_table_over_pages_is_whole_and_its_labels_stand_in_every_row(tables):
    table = tables["1-1"]
    assert table.columns == ("任务", "指标", "年度/目标", "年度/实现", "完成说明", "完成率")
    rows = [[cell.text for cell in row] for row in table.body]
    assert [row[1] for row in rows] == [f"1.{number} 精品在线课程（门）" for number in range(1, 25)]
    assert [row[2] for row in rows] == [str(2 * number) for number in range(1, 25)]
    assert [row[0] for row in rows] == (
        4 * ["课程资源建设与应用推广"] + 15 * ["产教融合协同育人平台建设"] + 5 * ["教学质量"]
    )
    assert rows[8][4].replace(" ", "") == "①制定第9批课程建设方案并组织论证；②与云岭职教集团共建实训基地9个"


def test_a_table_with_three_rulings_and_wrapped_cells_has_its_rows(tables):
    rows = [[cell.text for cell in row] for row in tables["1-2"].body]
    assert [row[:3] for row in rows] == [
        ["1", "在校生", "97.5%"], ["2", "毕业生", "96.1%"], ["3", "用人单位", "95.8%"],
    ]  # fmt: skip
    assert [row[3][-2:] for row in rows] == ["以上", "持平", "清单"]


def test_a_table_with_rulings_across_only_goes_on_over_pages(tables):
    late = "因实训设备采购延期，已调整到下一季度实施，并按规定在质量管理部门完成备案手续"
    rows = [[cell.text for cell in row] for row in tables["2-4"].body]
    assert tables["2-4"].fragments > 1
    assert rows == [[f"第{n}学院", str(37 * n), f"{1.5 * n:.2f}", "按期完成" if n % 3 else late] for n in range(1, 37)]


def test_tables_open_at_the_sides_and_with_one_column_are_tables(tables):
    assert [cell.text for cell in tables["2-1"].body[-1]] == ["合计", "1,800", "1,760.5"]
    assert [row[0].text[:2] for row in tables["2-2"].body] == ["1.", "2.", "3."]


def test_every_place_in_the_sample_is_right():
    assert any(isinstance(block, Fragment) for block in read(SAMPLE).blocks)


@pytest.mark.parametrize("name", ["report.pdf", "report-noto.pdf"])
def test_the_large_report_is_read_as_it_was_made(name):
    if not (SHARED / "fixtures" / name).exists():
        pytest.skip("../shared with the large report is not beside this clone")
    truth = json.loads((SHARED / "fixtures/truth.json").read_text(encoding="utf-8"))["tables"]
    document = read_document(SHARED / "fixtures" / name)
    assert [table.number for table in document.tables] == [table["id"].split("#")[0] for table in truth]
    right = total = 0
    for table, gold in zip(document.tables, truth, strict=True):
        grid = [["".join(cell.text.split()) for cell in row] for row in table.rows]
        for row, gold_row in zip(grid, gold["grid"], strict=False):
            right += sum(ours == "".join(theirs.split()) for ours, theirs in zip(row, gold_row, strict=False))
        total += sum(map(len, gold["grid"]))
    assert right / total > 0.99
