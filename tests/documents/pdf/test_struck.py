"""What a line is drawn through is not read; rulings and underlines strike nothing out."""

import pytest

from pdf_files import Canvas, write_pdf
from taizhang.documents import read


def body(path):
    document = read(path)
    return [block.text for block in document.paragraphs], [left.text for left in document.leftovers]


@pytest.mark.parametrize("height", [2, 3, 5])
def test_words_with_a_line_through_them_are_left_and_told(tmp_path, height):
    canvas = (
        Canvas().text(72, 100, "Teachers").text(120, 100, "8286 persons").stroke(120, 100 - height, 131, 100 - height)
    )
    assert body(write_pdf(tmp_path / "a.pdf", canvas)) == (["Teachers 86 persons"], ["82"])


def test_two_lines_strike_out_as_one_does_and_a_single_digit_is_enough(tmp_path):
    canvas = Canvas().text(72, 100, "Courses").text(120, 100, "12 15")
    canvas.stroke(120, 97, 131.2, 97).stroke(120, 95.5, 131.2, 95.5).text(72, 130, "Bases").text(120, 130, "812", 8)
    canvas.stroke(120, 127.5, 124.4, 127.5)
    assert body(write_pdf(tmp_path / "a.pdf", canvas)) == (["Courses 15", "Bases 12"], ["12", "8"])


def test_underlines_and_rulings_strike_nothing_out(tmp_path):
    canvas = Canvas().text(72, 100, "Teachers 86").stroke(72, 101.5, 130, 101.5)
    canvas.text(72, 140, "Courses 12").stroke(60, 137, 300, 137)
    assert body(write_pdf(tmp_path / "a.pdf", canvas)) == (["Teachers 86", "Courses 12"], [])
