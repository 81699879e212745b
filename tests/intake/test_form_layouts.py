from decimal import Decimal

import pytest

from form_files import COLLEGE, HEAD, placed, write
from taizhang.documents import read
from taizhang.intake.form_layouts import apart, said_beside, turned
from taizhang.intake.form_tables import FormWords, forms
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
