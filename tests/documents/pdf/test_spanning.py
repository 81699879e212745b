"""Short headings and captions that belong to all columns are told from those of the left one."""

from pdf_files import Canvas, first_page, write_pdf
from taizhang.documents.pdf.elements import elements_of, height
from taizhang.documents.pdf.lines import Line
from taizhang.documents.pdf.spanning import cut, peeled

GUTTER = 300.0
FULL = "学校围绕园区企业的用人需求调整专业布局"


def band(folder, *placed):
    """Elements of lines placed as (x, y, text)."""
    canvas = Canvas()
    for x, y, text in placed:
        canvas.say(x, y, text, 9)
    return sorted(elements_of(first_page(write_pdf(folder / "a.pdf", canvas)).runs, [], []), key=height)


def texts(elements):
    return [element.text for element in elements if isinstance(element, Line)]


def both(top, count=3):
    return [(x, top + 15 * number, FULL) for number in range(count) for x in (72, GUTTER)]


def test_a_heading_above_both_columns_is_peeled_off(tmp_path):
    above, _, _ = peeled(band(tmp_path, (72, 100, "一、总体情况"), *both(120)), GUTTER, followed=False)
    assert texts(above) == ["一、总体情况"]


def test_a_heading_of_the_left_column_stays(tmp_path):
    lines = [(72, 100, "一、总体情况"), (GUTTER, 98, FULL), *both(120)]
    above, _, _ = peeled(band(tmp_path, *lines), GUTTER, followed=False)
    assert not above


def test_a_caption_below_columns_goes_with_the_table_that_follows(tmp_path):
    lines = [*both(100), (72, 160, "表1 资金情况"), (GUTTER + 100, 160, "单位：万元")]
    assert texts(peeled(band(tmp_path, *lines), GUTTER, followed=True)[2]) == ["表1 资金情况", "单位：万元"]
    assert not peeled(band(tmp_path, *lines), GUTTER, followed=False)[2]


def test_columns_are_cut_at_a_heading_between_them(tmp_path):
    lines = [*both(100), (72, 155, "二、资金情况"), *both(175)]
    assert [len(part) for part in cut(band(tmp_path, *lines), GUTTER)] == [6, 1, 6]
    beside = [*both(100), (72, 155, "二、资金情况"), (GUTTER, 150, FULL), *both(175)]
    assert len(cut(band(tmp_path, *beside), GUTTER)) == 1
