"""Full lines of words are running text; figures, short lines and rows that begin together are not."""

import pytest

from pdf_files import Canvas, first_page, write_pdf
from taizhang.documents.pdf.elements import elements_of
from taizhang.documents.pdf.sides import Side, is_rowwise, stands_beside

FULL = "学校围绕园区企业的用人需求，调整专业布局"


def side(folder, texts, x=72, pitches=(15,)):
    canvas, y = Canvas(), 100.0
    for number, text in enumerate(texts):
        canvas.say(x, y, text, 9)
        y += pitches[number % len(pitches)]
    return Side.of(elements_of(first_page(write_pdf(folder / "a.pdf", canvas)).runs, [], []))


@pytest.mark.parametrize(
    ("texts", "runs_on"),
    [
        ([FULL] * 4, True),
        ([FULL] * 3 + ["完成。"], True),
        ([FULL] * 2, False),
        (["12345678901234567890123456789012345678"] * 5, False),
        ([FULL, *(["合计", "小计"] * 4)], False),
        (["学校围绕园区企业的用人需求调整专业布局"] * 5, False),
    ],
)
def test_full_lines_of_words_are_running_text(tmp_path, texts, runs_on):
    assert side(tmp_path, texts).runs_on() is runs_on


def test_rows_begin_at_one_height_on_both_sides(tmp_path):
    rows = [side(tmp_path, [FULL] * 9, x, (15, 15, 30)) for x in (72, 300)]
    assert is_rowwise(*rows, 9)
    apart = side(tmp_path, [FULL] * 9, 300, (15, 15, 15, 30))
    assert not is_rowwise(rows[0], apart, 9)


def test_a_short_column_stands_beside_running_text(tmp_path):
    text = side(tmp_path, [FULL] * 9)
    assert stands_beside(text, side(tmp_path, [FULL, "完成。"], 300))
    assert not stands_beside(text, side(tmp_path, ["98%", "97%"], 300, (60,)))
