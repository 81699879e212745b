"""Two halves of a table that a page break cut are told to be one, in the same columns, with whole labels."""

import pytest

from pdf_files import Canvas, grid_of, read, write_pdf
from taizhang.documents.blocks import Fragment

XS = [72, 130, 300, 500]


def halves(path):
    return [block for block in read(path).blocks if isinstance(block, Fragment)]


def test_a_table_that_goes_on_says_so(tmp_path):
    first = Canvas().table(XS, [700, 720, 740], [["a", "b", "c"], ["1", "2", "3"]])
    second = Canvas().table(XS, [72, 92], [["4", "5", "6"]])
    assert [part.continues for part in halves(write_pdf(tmp_path / "a.pdf", first, second))] == [False, True]


@pytest.mark.parametrize("between", ["a paragraph", "other columns", "the middle of the page"])
def test_another_table_does_not_go_on(tmp_path, between):
    top = 300 if between == "the middle of the page" else 700
    first = Canvas().table(XS, [top, top + 20, top + 40], [["a", "b", "c"], ["1", "2", "3"]])
    second = Canvas().table(XS if between != "other columns" else [72, 180, 210, 500], [102, 122], [["4", "5", "6"]])
    if between == "a paragraph":
        second.text(72, 80, "Another matter is told of here.")
    assert not any(part.continues for part in halves(write_pdf(tmp_path / "a.pdf", first, second)))


def test_both_halves_have_the_same_columns(tmp_path):
    first = Canvas().table(XS, [700, 720, 740], [["a", "b", "c"], ["1", "2", "3"]])
    second = Canvas().table([72, 300, 500], [72, 92], [["sum", "6"]])
    path = write_pdf(tmp_path / "a.pdf", first, second)
    assert grid_of(read(path), 1) == [["sum", None, "6"]]
    assert halves(path)[1].grid[0][0].columns == 2


def cut_label(upper, lower):
    """A label column whose merged cell a page break cut after two rows."""
    first = Canvas().lattice(XS, [680, 700]).text(76, 693, "Task").text(140, 693, "Point").text(310, 693, "Done")
    second = Canvas()
    for canvas, top, lines, rows in ((first, 700, upper, 1), (second, 72, lower, 3)):
        bottom = top + 30 * rows
        for x in XS:
            canvas.stroke(x, top, x, bottom)
        canvas.stroke(XS[0], top, XS[-1], top).stroke(XS[0], bottom, XS[-1], bottom)
        for row in range(rows):
            canvas.stroke(XS[1], top + 30 * row, XS[-1], top + 30 * row)
            canvas.text(140, top + 30 * row + 18, f"point {top}{row}").text(310, top + 30 * row + 18, "100%")
        middle = top + (bottom - top) / 2 - 12 * len(lines) / 2
        for number, words in enumerate(lines):
            canvas.text(76, middle + 10 + 12 * number, words)
    return first, second


def test_a_label_that_fills_its_cell_goes_on_below(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", *cut_label(["growth and", "learning of"], ["pupils"]))
    assert grid_of(read(path), 0)[1][0] == "growth and learning of pupils"
    assert grid_of(read(path), 1)[0][0] == ""


def test_a_label_with_room_left_is_whole(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", *cut_label(["growth"], ["pupils"]))
    assert [grid_of(read(path), number)[1 - number][0] for number in (0, 1)] == ["growth", "pupils"]


def test_a_label_that_fell_to_the_next_page_comes_back(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", *cut_label([], ["pupils"]))
    assert [grid_of(read(path), number)[1 - number][0] for number in (0, 1)] == ["pupils", ""]


def torn(first, second):
    """A table of two columns of 100 and 120 points, cut by a page break: the words of its last and its next row."""
    xs, pages = [72, 172, 292], (Canvas(), Canvas())
    pages[0].lattice(xs, [700, 716, 716 + 14 * max(map(len, first))])
    pages[1].lattice(xs, [72, 72 + 14 * max(map(len, second))])
    for x, word in zip(xs, ("任务", "情况"), strict=False):
        pages[0].say(x, 712, word)
    for canvas, top, cells in zip(pages, (716, 72), (first, second), strict=True):
        for x, cell in zip(xs, cells, strict=False):
            for number, words in enumerate(cell):
                canvas.say(x, top + 10 + 14 * number, words)
    return pages


@pytest.mark.parametrize(
    ("first", "second", "is_torn"),
    [
        ((["建设校内外实训基地若"], ["与园区企业共同制定培养方"]), (["干"], ["案"]), True),
        ((["建设校内外实训基地若"], ["共同制定培养方案"]), (["干"], ["另外一件事"]), False),
        ((["建设校内外实训基地若"], ["与园区企业共同制定培养方"]), (["2.另一项"], ["案"]), False),
        ((["建设校内外实训基地若"], ["12"]), (["干"], ["案"]), False),
        ((["建设校内外实训基地若"], ["与园区企业共同制定培养方"]), (["干"], ["95%"]), False),
    ],
)
def test_a_row_whose_lines_have_no_room_left_goes_on_below(tmp_path, first, second, is_torn):
    path = write_pdf(tmp_path / "a.pdf", *torn(first, second))
    assert [part.torn for part in halves(path)] == [False, is_torn]
