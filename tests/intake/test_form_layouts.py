from decimal import Decimal

import docx
import pytest

from form_files import COLLEGE, HEAD, placed, write
from taizhang.documents import read
from taizhang.intake.form_layouts import apart, said_beside, turned
from taizhang.intake.form_tables import forms
from taizhang.intake.form_words import FormWords
from taizhang.intake.forms import Form, points
from taizhang.intake.plans import value_at
from taizhang.profiles import load

WORDS = FormWords(load().sections["scoring"])
UPRIGHT = [
    [*HEAD, "偏差原因"],
    ["产出指标", "数量指标", "培训教师", "≥300人次", "310人次", "40", "40", ""],
    ["产出指标", "质量指标", "双师型教师占比", "≥80%", "76%", "30", "28.5", "引进推迟"],
    ["满意度指标", "服务对象", "教师满意度", "≥90%", "95%", "30", "30", ""],
    ["合计", "", "", "", "", "100", "98.5", ""],
]
TURNED = [list(column) for column in zip(*UPRIGHT, strict=True)]
BESIDE = [
    ["一级指标", "三级指标", "年度指标值（分值）", "实际完成值（得分）", "偏差原因"],
    ["产出指标", "培训教师", "≥300人次（40分）", "310人次（40分）", ""],
    ["产出指标", "双师型教师占比", "≥80%（30分）", "76%（28.5分）", "引进推迟"],
    ["满意度指标", "教师满意度", "≥90%（30分）", "95%（30分）", ""],
    ["总分", "", "100分", "98.5分", ""],
]


def form_of(path) -> Form:
    (form,) = forms(read(path).tables, WORDS).forms
    return form


def rows_of(form: Form) -> list[tuple[object, ...]]:
    return [
        (i.name, i.target and i.target.quantity and i.target.quantity.value, i.actual and i.actual.text,
         points(i.weight), points(i.score), i.reason and i.reason.text)
        for i in form.indicators
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [".docx", ".xlsx", ".txt"])
@pytest.mark.parametrize("layout", ["turned", "beside"])
def test_a_form_says_the_same_however_it_is_laid_out(layout, kind, tmp_path):
    upright = form_of(write(tmp_path / f"upright{kind}", UPRIGHT))
    other = form_of(write(tmp_path / f"other{kind}", {"turned": TURNED, "beside": BESIDE}[layout]))
    assert rows_of(other) == rows_of(upright)
    assert [points(v) for v in (other.total.score, other.total.weight)] == [Decimal("98.5"), 100]


def test_what_stands_in_a_turned_form_is_found_where_it_is_printed(tmp_path):
    path = write(tmp_path / "turned.xlsx", TURNED)
    score = form_of(path).indicators[1].score
    assert score is not None and score.text == "28.5"
    assert score.at().cell == "C7"


def test_points_beside_a_value_are_found_at_their_own_characters(tmp_path):
    score = form_of(write(tmp_path / "beside.docx", BESIDE)).indicators[1].score
    assert score is not None
    place = score.at()
    assert "76%（28.5分）"[place.start : place.end] == "28.5分"


def test_other_tables_are_not_turned(tmp_path):
    upright = write(tmp_path / "college.docx", COLLEGE)
    assert placed(COLLEGE)
    assert [turned(table, WORDS.role) for table in read(upright).tables] == [None]


@pytest.mark.parametrize(
    ("head", "role"),
    [("年度指标值（分值）", "weight"), ("实际完成值(得分)", "score"), ("实际完成值（B）", None), ("得分", None), ("完成值（万元）", None)],
)  # fmt: skip
def test_a_header_says_what_stands_in_brackets(head, role):
    assert said_beside(head) == role


def test_a_value_without_points_is_left_as_it_is(tmp_path):
    (table,) = read(write(tmp_path / "a.txt", [["目标", "甲"], ["约300人（含兼职）", "乙"], ["3", "丙"]])).tables
    value = value_at(table, table.header, 0)
    assert apart(value) == (value, value)


WEIGHTED_LABELS = [
    ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
    ["年度绩效目标1（60分）", "数量指标", "培训教师（30分）", "≥300人次", "310人次", "30"],
    ["年度绩效目标1（60分）", "质量指标", "双师型教师占比（30分）", "≥80%", "76%", "28.5"],
    ["年度绩效目标2（40分）", "满意度指标", "教师满意度（40分）", "≥90%", "95%", "40"],
    ["总分", "", "", "", "", "98.5"],
]
LISTED = [
    ["序号", "项目名称", "一级指标", "三级指标", "指标值", "完成值", "分值", "得分", "扣分原因"],
    ["1", "河道清淤", "产出指标", "清淤长度", "≥26公里", "26.8公里", "60", "60", ""],
    ["2", "河道清淤", "满意度指标", "群众满意度", "≥90%", "92%", "40", "40", ""],
    ["", "小计", "", "", "", "", "100", "100", ""],
    ["3", "水库加固", "产出指标", "加固水库", "≥6座", "5座", "60", "50", "推迟"],
    ["4", "水库加固", "满意度指标", "群众满意度", "≥90%", "91%", "40", "40", ""],
    ["", "小计", "", "", "", "", "100", "90", ""],
]


def test_points_behind_the_name_of_an_indicator_are_its_weight(tmp_path):
    form = form_of(write(tmp_path / "labels.docx", WEIGHTED_LABELS))
    assert [(i.name, points(i.weight), points(i.score)) for i in form.indicators] == [
        ("培训教师", 30, 30), ("双师型教师占比", 30, Decimal("28.5")), ("教师满意度", 40, 40),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [".docx", ".xlsx", ".txt"])
def test_a_list_of_several_projects_is_a_form_for_each(kind, tmp_path):
    found = forms(read(write(tmp_path / f"list{kind}", LISTED)).tables, WORDS).forms
    assert [(f.project.text, [i.name for i in f.indicators], points(f.total.score)) for f in found] == [
        ("河道清淤", ["清淤长度", "群众满意度"], 100), ("水库加固", ["加固水库", "群众满意度"], 90),
    ]  # fmt: skip


def torn(tmp_path, *parts: list[list[str]]) -> list[Form]:
    document = docx.Document()
    for number, rows in enumerate(parts, 1):
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        document.add_paragraph(f"第{number}页 共{len(parts)}页")
    document.save(str(tmp_path / "torn.docx"))
    return list(forms(read(tmp_path / "torn.docx").tables, WORDS).forms)


def test_a_form_torn_over_pages_into_tables_is_one_again(tmp_path):
    rest = [UPRIGHT[0], ["", *UPRIGHT[2][1:]], *UPRIGHT[3:]]
    (form,) = torn(tmp_path, UPRIGHT[:2], rest)
    assert rows_of(form) == rows_of(form_of(write(tmp_path / "whole.docx", UPRIGHT)))
    assert [i.levels[0].label.text for i in form.indicators] == ["产出指标", "产出指标", "满意度指标"]


def test_two_whole_forms_below_each_other_stay_two(tmp_path):
    assert len(torn(tmp_path, UPRIGHT, UPRIGHT)) == 2
    assert len(torn(tmp_path, UPRIGHT[:-1], UPRIGHT)) == 2  # together more than a hundred points
