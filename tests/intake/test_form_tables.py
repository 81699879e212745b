from decimal import Decimal

import pytest

from form_files import (
    COLLEGE,
    EXPECTED,
    HEAD,
    LABELLED,
    MINISTRY,
    PROVINCE,
    TRANSFERRED,
    WHOLE_UNIT,
    placed,
    write,
    write_sheets,
    write_torn,
)
from taizhang.checks import check
from taizhang.documents import read
from taizhang.intake.form_tables import forms
from taizhang.intake.form_words import FormWords
from taizhang.intake.forms import Direction, Form, Forms, points, points_of_money
from taizhang.profiles import load

LAYOUTS = {
    "ministry": MINISTRY, "province": PROVINCE, "college": COLLEGE, "labelled": LABELLED, "whole unit": WHOLE_UNIT,
}  # fmt: skip
OTHERS = {"transferred": TRANSFERRED, "expected": EXPECTED}  # without scores, or with others
KINDS = [".docx", ".xlsx", ".txt"]


def forms_in(path) -> Forms:
    return forms(read(path).tables, FormWords(load().sections["scoring"]))


def form_in(path) -> Form:
    (form,) = forms_in(path).forms
    return form


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_weights_and_scores_are_read_alike_from_every_layout_and_file(layout, kind, tmp_path):
    form = form_in(write(tmp_path / f"form{kind}", LAYOUTS[layout]))
    rows = [(i.name, points(i.weight), points(i.score)) for i in form.indicators][:5]
    assert rows == [
        ("培训教师", 20, 20), ("引进博士", 10, 8), ("双师型教师占比", 20, 20), ("教学能力", 30, 28), ("教师满意度", 10, 10),
    ]  # fmt: skip
    assert form.total is not None
    assert (points(form.total.weight), points(form.total.score)) == (100, Decimal("95.5"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", ["ministry", "province", "labelled"])
def test_the_funds_block_is_found_above_the_indicators(layout, kind, tmp_path):
    form = form_in(write(tmp_path / f"form{kind}", LAYOUTS[layout]))
    row = form.fund_total
    assert row is not None and form.project is not None
    assert form.project.text == "双师队伍建设"
    assert [points_of_money(v) for v in (row.budget, row.adjusted, row.executed, row.weight, row.rate, row.score)] == [
        500, 520, 494, 10, 95, Decimal("9.5"),
    ]  # fmt: skip
    assert [fund.is_total for fund in form.funds].count(True) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", [*LAYOUTS, *OTHERS])
def test_a_right_form_has_no_error_and_no_warning(layout, kind, tmp_path):
    result = check([read(write(tmp_path / f"form{kind}", (LAYOUTS | OTHERS)[layout]))])
    assert [f"{f.code} {f.text}" for f in result.findings if f.severity != "info"] == []


# Of which layout, what is written instead of what, and what tells it.
BROKEN = [
    ("ministry", "82%", "78%", "SCO008"), ("ministry", "95%", "97%", "SCO001"), ("ministry", "受编制所限", "", "SCO009"),
    ("ministry", "418", "438", "SCO015"), ("province", "82", "78", "SCO008"), ("province", "95.5", "96.5", "SCO010"),
    ("college", "82%", "78%", "SCO008"), ("college", "95.5", "96.5", "SCO010"),
    ("labelled", "82", "78", "SCO008"), ("labelled", "82", "78", "SCO009"), ("labelled", "受编制所限", "", "SCO009"),
    ("labelled", "95.00%", "97.00%", "SCO001"), ("labelled", "418.00", "438.00", "SCO015"),
    ("labelled", "9.5", "8", "SCO002"), ("labelled", "95.5", "96.5", "SCO010"),
    ("transferred", "82%", "78%", "SCO009"), ("transferred", "受编制所限", "无", "SCO009"),
    ("transferred", "95%", "97%", "SCO001"), ("transferred", "418", "438", "SCO015"),
    ("expected", "82%", "78%", "SCO008"), ("expected", "82%", "78%", "SCO009"), ("expected", "96", "98", "SCO010"),
    ("whole unit", "82%", "78%", "SCO008"), ("whole unit", "95%", "97%", "SCO001"),
    ("whole unit", "9.5", "8", "SCO002"), ("whole unit", "95.5", "96.5", "SCO010"),
]  # fmt: skip


def rewritten(layout, old, new):
    """The layout with the first cell that says `old` saying `new`."""
    rows = [[cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in cells] for cells in layout]
    row, column = next((r, c) for r, cells in enumerate(rows) for c, cell in enumerate(cells) if cell[0] == old)
    rows[row][column] = (new, *rows[row][column][1:])
    return rows


@pytest.mark.parametrize(("layout", "old", "new", "code"), BROKEN)
def test_what_is_broken_in_a_form_is_found_in_every_layout(layout, old, new, code, tmp_path):
    broken = write(tmp_path / "form.xlsx", rewritten((LAYOUTS | OTHERS)[layout], old, new))
    assert code in {finding.code for finding in check([read(broken)]).findings if finding.severity != "info"}


@pytest.mark.parametrize("layout", ["labelled", "whole unit", "expected"])
def test_rows_that_lost_the_labels_merged_over_them_are_read_all_the_same(layout, tmp_path):
    whole, torn = (
        form_in(writing(tmp_path / f"{number}.txt", (LAYOUTS | OTHERS)[layout]))
        for number, writing in enumerate((write, write_torn))
    )
    assert [row(i) for i in torn.indicators] == [row(i) for i in whole.indicators]
    assert [amounts(f) for f in torn.funds] == [amounts(f) for f in whole.funds]


def row(item):
    """What is told of an indicator."""
    return (
        item.name,
        points(item.weight),
        points(item.score),
        points_of_money(item.target),
        points_of_money(item.actual),
    )


def amounts(row):
    """What is told of a row of funds."""
    values = (row.budget, row.adjusted, row.executed, row.weight, row.rate, row.score)
    return row.is_total, *map(points_of_money, values)


def test_levels_hold_for_the_rows_that_their_cells_are_merged_over(tmp_path):
    rows = form_in(write(tmp_path / "form.docx", MINISTRY)).indicators
    assert [row.levels[0].weight for row in rows if row.levels[0]] == [50, 50, 50, 30, 10]
    assert rows[0].levels[1] is rows[1].levels[1] is not rows[2].levels[1]


def test_the_weight_behind_a_level_is_the_level_s(tmp_path):
    row = form_in(write(tmp_path / "form.docx", COLLEGE)).indicators[2]
    assert row.levels[0] is not None and row.levels[1] is not None
    assert (row.levels[0].weight, row.levels[1].weight, points(row.weight)) == (50, 20, 20)


def test_direction_comes_from_the_sign_wherever_it_stands(tmp_path):
    ministry = form_in(write(tmp_path / "a.docx", MINISTRY)).indicators
    province = form_in(write(tmp_path / "b.xlsx", PROVINCE)).indicators
    assert [row.direction for row in ministry] == [row.direction for row in province]
    assert ministry[3].direction is Direction.QUALITATIVE


def test_a_weight_merged_over_two_rows_counts_once(tmp_path):
    rows = form_in(
        write(tmp_path / "form.docx", [list(HEAD), ["产出", "数量", "课程", "4", "4", ("20", 1, 2), ("20", 1, 2)],
                                       ["产出", "数量", "教材", "2", "1"], ["产出", "质量", "优良率", "90%", "91%", "80", "80"]])
    ).indicators  # fmt: skip
    assert [(row.name, row.shared, row.weight is None) for row in rows] == [
        ("课程", True, False), ("教材", True, True), ("优良率", False, False),
    ]  # fmt: skip


def test_a_workbook_has_a_form_on_each_sheet_and_a_summary(tmp_path):
    heads = ["序号", "项目名称", "全年预算数", "全年执行数", "自评得分", "等级"]
    book = write_sheets(
        tmp_path / "book.xlsx",
        {"汇总": placed([heads, ["1", "双师队伍建设", "520", "494", "96.5", "优"]]), "表一": placed(MINISTRY)},
    )
    found = forms_in(book)
    assert len(found.forms) == 1
    assert [(row.project.text, row.score and row.score.text) for row in found.summary] == [("双师队伍建设", "96.5")]
    (told,) = check([read(book)], select=["SCO012"]).findings
    assert (told.printed, told.expected, told.source.sheet, told.source.cell) == ("96.5", "95.5", "汇总", "E2")


def test_an_indicator_table_without_scores_is_no_form(tmp_path):
    layout = [["三级指标", "中期目标值", "中期实现值", "完成率"], ["课程（门）", "4", "4", "100%"]]
    assert forms_in(write(tmp_path / "table.docx", layout)).forms == ()
