from decimal import Decimal

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.quantities import number, quantities
from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.documents.blocks import Paragraph, Piece
from taizhang.documents.digits import apart, joined, raised
from taizhang.profiles import load

SPACES = [" ", "\u00a0", "\u2009", "\u202f"]
CATALOGUE = load().catalogue


def grouped(figure: int, space: str) -> str:
    return f"{figure:,}".replace(",", space)


def paragraph(text: str) -> Paragraph:
    found = Paragraph(text, (Piece(0, Source("a.txt", line=1, start=0)),))
    joined(found)
    return found


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=4),
    st.sampled_from(SPACES),
    st.sampled_from(["万元", " 人次", "%"]),
)
def test_parted_figures_read_as_if_written_together_and_keep_their_place(figures, space, unit):
    printed = "，".join(f"投入资金{grouped(figure, space)}{unit}" for figure in figures)
    together = "，".join(f"投入资金{figure}{unit}" for figure in figures)
    found = paragraph(printed)
    assert found.text == together
    told = quantities(found.text, CATALOGUE)
    assert [quantity.value for quantity in told] == figures
    for quantity, figure in zip(told, figures, strict=True):
        place = found.at(quantity.start, quantity.end)
        assert printed[place.start : place.end].startswith(grouped(figure, space))


@pytest.mark.parametrize(
    "text",
    [
        "见表2 100人以上的企业", "1 200人参加", "2022年 120人参加", "电话 010 123人", "5月12 120人", "附件3 500份", "比分2 100",
        "第2 100人", "建设 2 个、100 个", "代码 A12 345个",
    ],
)  # fmt: skip
def test_numbers_that_only_stand_side_by_side_stay_apart(text):
    assert paragraph(text).text == text


@given(st.integers(10, 10**6), st.sampled_from("\u00ad\u200b\u200e\u200f\u2060\ufeff\u202c"), st.integers(1, 3))
def test_what_has_no_width_parts_no_figure(figure, sign, times):
    digits = str(figure)
    printed = f"到款{digits[0]}{sign * times}{digits[1:]}万元"
    found = paragraph(printed)
    assert found.text == f"到款{digits}万元"
    place = found.at(2, 2 + len(digits))
    assert printed[place.start : place.end].startswith(digits[0])
    assert found.at(len(found.text) - 1, len(found.text)).end == len(printed)


@given(st.integers(11, 10**6), st.integers(1, 99), st.sampled_from(["", " "]))
def test_the_mark_of_a_note_is_no_part_of_the_figure(figure, mark, space):
    for written in (raised(str(mark)), f"[{mark}]", raised(f"[{mark}]"), raised(f"{mark},9"), raised("①")):
        found = paragraph(f"现有教师 {figure}{written}{space}人，都有资格证。")
        assert found.text == f"现有教师 {figure}{space}人，都有资格证。"
        place = found.at(found.text.index("人"), found.text.index("人") + 1)
        assert place.start == len(f"现有教师 {figure}{written}{space}")


@pytest.mark.parametrize(
    "text", ["面积 100 m²", "约 10⁴ 人次", "1.2×10³ 件", "见文献[2]", "2024[1]1 号", "x²+3", "[3]人"]
)
def test_what_is_no_mark_behind_a_figure_stays(text):
    assert paragraph(text).text == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["86", "^2", " 人"], "86 人"),
        (["95%", "^1", "。"], "95%。"),
        (["到款 1200", "^[", "^3", "^]", " 万元"], "到款 1200 万元"),
        (["教师", "^[2]", "86 人"], "教师86 人"),
        (["教师", "^2", "86 人"], "教师²86 人"),
        (["约 10", "^4", " 人次"], "约 10⁴ 人次"),
        (["面积 120 m", "^2", "，"], "面积 120 m2，"),
        (["中期目标值 ", "^1"], "中期目标值 1"),
        (["第 3", "^rd", " 期"], "第 3rd 期"),
    ],
)
def test_what_is_printed_raised_is_told_apart_from_the_figure_that_it_touches(parts, text):
    told = apart([(part.lstrip("^"), part.startswith("^")) for part in parts])
    assert [len(each) for each in told] == [len(part.lstrip("^")) for part in parts]
    assert paragraph("".join(told)).text == text


def test_a_word_file_tells_the_figure_where_it_is_printed(tmp_path):
    document = docx.Document()
    document.add_paragraph("预算总资金18 189.5万元，其中学校自筹12 129万元。")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("项目", "金额", "实训", "2 100"), strict=True):
        cell.text = text
    document.save(tmp_path / "a.docx")
    report = read(tmp_path / "a.docx")
    (told, _) = quantities(next(report.paragraphs).text, CATALOGUE)
    assert told.value == Decimal("18189.5")
    assert number(report.tables[0].rows[1][1].text) is not None
    assert report.tables[0].rows[1][1].text == "2100"
