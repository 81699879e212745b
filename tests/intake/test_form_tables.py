from decimal import Decimal

import pytest

from form_files import COLLEGE, HEAD, MINISTRY, PROVINCE, placed, write, write_sheets
from taizhang.checks import check
from taizhang.documents import read
from taizhang.intake.form_tables import FormWords, forms
from taizhang.intake.forms import Direction, Form, Forms, points
from taizhang.profiles import load

LAYOUTS = {"ministry": MINISTRY, "province": PROVINCE, "college": COLLEGE}
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
@pytest.mark.parametrize("layout", ["ministry", "province"])
def test_the_funds_block_is_found_above_the_indicators(layout, kind, tmp_path):
    form = form_in(write(tmp_path / f"form{kind}", LAYOUTS[layout]))
    row = form.fund_total
    assert row is not None and form.project is not None
    assert form.project.text == "双师队伍建设"
    assert [value.text for value in (row.budget, row.adjusted, row.executed, row.weight, row.rate, row.score)] == [
        "500", "520", "494", "10", "95%", "9.5",
    ]  # fmt: skip
    assert [fund.is_total for fund in form.funds].count(True) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_right_form_has_no_error_and_no_warning(layout, kind, tmp_path):
    result = check([read(write(tmp_path / f"form{kind}", LAYOUTS[layout]))])
    assert [f"{f.code} {f.text}" for f in result.findings if f.severity != "info"] == []


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
