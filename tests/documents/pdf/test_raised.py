"""What is printed small and above the line belongs to the line, and is no part of the figure before it."""

import pytest

from pdf_files import Canvas, write_pdf
from taizhang.documents import read
from taizhang.documents.pdf.lines import lines_of, written
from taizhang.documents.pdf.page import Run
from taizhang.documents.pdf.raised import settled


def run(text, *, x=0.0, y=0.0, start=0, em=10.0):
    wide = [em * (0.5 if char.isascii() else 1) for char in text]
    lefts = [x + sum(wide[:n]) for n in range(len(text))]
    return Run(text, start, x, x + sum(wide), y, em, lefts)


def line(*parts):
    """The text of a line; `^` begins what is raised."""
    runs, x, start = [], 0.0, 0
    for part in parts:
        high = part.startswith("^")
        runs.append(run(part.lstrip("^"), x=x, y=-5 if high else 0, start=start, em=6 if high else 10))
        x, start = runs[-1].x1, start + len(part.lstrip("^"))
    lines = lines_of(settled(runs), 1)
    assert len(lines) == 1
    return written(lines, "甲.pdf")[0]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["约10", "^4", "人次"], "约10⁴人次"),
        (["面积10", "^3", "m", "^2"], "面积10³m2"),
        (["教师86", "^2", "人"], "教师86²人"),
        (["合格率95%", "^1", "，"], "合格率95%¹，"),
        (["120米", "^2", "，"], "120米²，"),
        (["到款", "^2", "万元"], "到款万元"),
        (["教师", "^[2]", "共"], "教师共"),
        (["到款1200", "^1", "^,", "^2", "万元"], "到款1200¹⁾²万元"),
        (["第3", "^rd", "期"], "第3rd期"),
        (["^2", "86人为外聘"], "²86人为外聘"),
        (["^1", "含外聘教师"], "1含外聘教师"),
    ],
)
def test_raised_characters_stay_on_their_line_and_out_of_the_figure(parts, text):
    assert line(*parts) == text


def test_a_line_of_smaller_type_above_is_a_line_of_its_own():
    runs = [run("目标值", y=0, em=12), run("12", x=36, y=-14, em=8), run("13", x=60, y=-4, em=8)]
    assert [each.y for each in settled(runs)] == [0, -14, -4]


def test_a_table_tells_the_figure_without_the_mark_and_ten_with_its_exponent(tmp_path):
    canvas = Canvas().lattice([72, 200, 300, 400], [100, 120, 140, 160])
    for row, words in enumerate((("Item", "Goal", "Done"), ("Staff", "80", "86"), ("Area", "10", "12"))):
        for x, word in zip((76, 204, 304), words, strict=True):
            canvas.text(x, 114 + 20 * row, word)
    canvas.text(315.2, 129, "2", 6).text(215.2, 149, "4", 6)
    table = read(write_pdf(tmp_path / "a.pdf", canvas)).tables[0]
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [["Staff", "80", "86"], ["Area", "10⁴", "12"]]
