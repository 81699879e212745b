"""A grid is what its rulings enclose; each word stands in one cell."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pdf_files import Canvas, grid_of, read, write_pdf
from taizhang.documents.blocks import Fragment, Paragraph, Role

XS, YS = [72, 200, 300, 500], [100, 120, 140, 160]
ROWS = [["Item", "Target", "Done"], ["Courses", "12", "13"], ["Books", "7", "7"]]


def test_each_word_stands_in_its_cell(tmp_path):
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", Canvas().table(XS, YS, ROWS)))) == ROWS


def test_thin_boxes_for_rulings_are_as_good(tmp_path):
    canvas = Canvas()
    for y in YS:
        canvas.fill(XS[0], y - 0.3, XS[-1], y + 0.3)
    for x in XS:
        canvas.fill(x - 0.3, YS[0], x + 0.3, YS[-1])
    for top, row in zip(YS, ROWS, strict=False):
        for left, words in zip(XS, row, strict=False):
            canvas.text(left + 4, top + 13, words)
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", canvas))) == ROWS


@pytest.mark.parametrize("missing", ["left", "right", "both"])
def test_a_table_may_be_open_at_the_sides(tmp_path, missing):
    canvas = Canvas()
    for y in YS:
        canvas.stroke(XS[0], y, XS[-1], y)
    for x in XS[missing in ("left", "both") : len(XS) - (missing in ("right", "both"))]:
        canvas.stroke(x, YS[0], x, YS[-1])
    for top, row in zip(YS, ROWS, strict=False):
        for left, words in zip(XS, row, strict=False):
            canvas.text(left + 4, top + 13, words)
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", canvas))) == ROWS


def test_one_run_over_a_border_is_cut_at_the_border(tmp_path):
    words = "wwwwwwwwww wwwwwwwwww"
    canvas = (
        Canvas().lattice([72, 147.5, 300], [100, 120, 140]).text(74, 113, words).text(74, 133, "x").text(160, 133, "y")
    )
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", canvas)))[0] == words.split()


def test_lines_of_a_cell_are_joined_with_a_space_between_latin_words(tmp_path):
    canvas = Canvas().lattice([72, 150, 300], [100, 140, 160]).text(76, 112, "smart").text(76, 124, "factory")
    canvas.text(160, 112, "1,").text(160, 124, "200").text(76, 152, "x").text(160, 152, "2022-").text(180, 152, "2023")
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", canvas)))[0][0] == "smart factory"


@st.composite
def partitions(draw):
    """A grid of at most 4 × 4 with merged cells: each place and the place that owns it."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    owner = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = 1
            limit = draw(st.integers(1, 2))
            while wide < limit and column + wide < columns and (row, column + wide) not in owner:
                wide += 1
            tall = min(draw(st.integers(1, 2)), rows - row)
            for r in range(row, row + tall):
                for c in range(column, column + wide):
                    owner[r, c] = (row, column)
    return rows, columns, owner


@settings(max_examples=40, deadline=None)
@given(partitions())
def test_merged_cells_are_found_as_they_are_drawn(tmp_path_factory, drawn):
    rows, columns, owner = drawn
    assume(len(set(owner.values())) > 1)
    canvas = Canvas()
    for (row, column), mine in owner.items():
        x, y = 72 + 60 * column, 100 + 20 * row
        if owner.get((row, column - 1)) != mine:
            canvas.stroke(x, y, x, y + 20)
        if owner.get((row - 1, column)) != mine:
            canvas.stroke(x, y, x + 60, y)
        if mine == (row, column):
            canvas.text(x + 4, y + 13, f"r{row}c{column}")
    canvas.stroke(72 + 60 * columns, 100, 72 + 60 * columns, 100 + 20 * rows)
    canvas.stroke(72, 100 + 20 * rows, 72 + 60 * columns, 100 + 20 * rows)
    path = write_pdf(tmp_path_factory.mktemp("grid") / "a.pdf", canvas)
    fragment = next(block for block in read(path).blocks if isinstance(block, Fragment))
    cells = {cell.text: cell for row in fragment.grid for cell in row if cell is not None}
    assert set(cells) == {f"r{row}c{column}" for row, column in owner.values()}
    area = sum(cell.rows * cell.columns for cell in cells.values())
    assert area == len(fragment.grid) * len(fragment.grid[0])


def test_a_frame_around_text_is_no_table(tmp_path):
    canvas = Canvas().frame(72, 100, 400, 140).text(80, 115, "Note of the office:").text(80, 128, "figures are final.")
    blocks = read(write_pdf(tmp_path / "a.pdf", canvas)).blocks
    assert [(type(block), block.role) for block in blocks if isinstance(block, Paragraph)] == [
        (Paragraph, Role.TEXTBOX)
    ]


def test_a_table_in_a_cell_is_nested(tmp_path):
    canvas = Canvas().table([72, 200, 520], [100, 300, 320], [["Outer", ""], ["last", "row"]])
    canvas.table([250, 300, 350], [150, 170, 190], [["a", "b"], ["c", "d"]])
    fragments = [block for block in read(write_pdf(tmp_path / "a.pdf", canvas)).blocks if isinstance(block, Fragment)]
    assert sorted((fragment.nested, len(fragment.grid)) for fragment in fragments) == [(False, 2), (True, 2)]


def test_an_underlined_word_is_no_table(tmp_path):
    canvas = (
        Canvas().text(72, 100, "Important").stroke(72, 102, 120, 102).text(72, 120, "and not").stroke(72, 122, 120, 122)
    )
    assert not any(isinstance(block, Fragment) for block in read(write_pdf(tmp_path / "a.pdf", canvas)).blocks)
