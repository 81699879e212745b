"""Three rulings and aligned columns make a table; rulings around prose do not."""

import pytest

from pdf_files import HEIGHT, Canvas, grid_of, read, write_pdf
from taizhang.documents import read as read_document
from taizhang.documents.blocks import Fragment

XS = [80, 200, 320]


def three_lines(rows, header=1, pitch=16):
    canvas = Canvas()
    for number, row in enumerate(rows):
        for x, words in zip(XS, row, strict=False):
            if words:
                canvas.text(x, 113 + pitch * number, words)
    for y in (100, 102 + pitch * header, 106 + pitch * len(rows)):
        canvas.stroke(72, y, 500, y)
    return canvas


def fragments(path):
    return [block for block in read(path).blocks if isinstance(block, Fragment)]


def test_three_rulings_make_a_table(tmp_path):
    rows = [["Group", "Share", "Note"], ["Pupils", "97.5%", "up"], ["Staff", "96.0%", "as before"]]
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", three_lines(rows)))) == rows


def test_an_empty_cell_stays_in_its_column(tmp_path):
    rows = [["Group", "Share", "Note"], ["Pupils", "97.5%", ""], ["Staff", "96.0%", "as before"]]
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", three_lines(rows))))[1] == ["Pupils", "97.5%", ""]


def test_wrapped_text_in_the_middle_of_its_cell_stays_one_cell(tmp_path):
    canvas = Canvas().text(80, 113, "Group").text(200, 113, "Share").text(320, 113, "Note")
    for number, words in enumerate(["one two three", "four five six", "seven"]):
        canvas.text(320, 133 + 12 * number, words)
    canvas.text(80, 145, "Pupils").text(200, 145, "97.5%")
    canvas.text(80, 171, "Staff").text(200, 171, "96.0%").text(320, 171, "as before")
    for y in (100, 118, 178):
        canvas.stroke(72, y, 500, y)
    grid = grid_of(read(write_pdf(tmp_path / "a.pdf", canvas)))
    assert grid[1:] == [["Pupils", "97.5%", "one two three four five six seven"], ["Staff", "96.0%", "as before"]]


def test_wrapped_text_from_the_top_of_its_cell_stays_one_cell(tmp_path):
    rows = [["Group", "Share", "Note"], ["Pupils", "97.5%", "one"], ["", "", "two"], ["Staff", "96.0%", "as before"]]
    grid = grid_of(read(write_pdf(tmp_path / "a.pdf", three_lines(rows, pitch=12))))
    assert grid[1:] == [["Pupils", "97.5%", "one two"], ["Staff", "96.0%", "as before"]]


def test_a_title_over_two_columns_spans_them(tmp_path):
    canvas = three_lines(
        [["", "", ""], ["Group", "Plan", "Done"], ["Pupils", "12", "13"], ["Staff", "7", "7"]], header=2
    )
    canvas.text(230, 113, "In the year 2024 and after")
    path = write_pdf(tmp_path / "a.pdf", canvas)
    first = fragments(path)[0].grid[0]
    assert first[0].text == "Group"
    assert first[0].rows == 2
    assert (first[1].text, first[1].columns) == ("In the year 2024 and after", 2)


def test_a_ruling_for_each_row_makes_a_table(tmp_path):
    rows = [["Group", "Share"], ["Pupils", "97.5%"], ["Staff", "96.0%"], ["Parents", "95.0%"]]
    canvas = three_lines(rows, pitch=20)
    for number in range(2, 4):
        canvas.stroke(72, 102 + 20 * number, 500, 102 + 20 * number)
    assert grid_of(read(write_pdf(tmp_path / "a.pdf", canvas))) == rows


def test_prose_between_rulings_is_no_table(tmp_path):
    canvas = Canvas()
    for number in range(8):
        canvas.text(
            72, 113 + 14 * number, "Words of a paragraph that goes on and on until the margin of the page ends it."
        )
    for y in (100, 130, 230):
        canvas.stroke(72, y, 500, y)
    assert not fragments(write_pdf(tmp_path / "a.pdf", canvas))


def test_two_rulings_around_a_list_are_no_table(tmp_path):
    canvas = Canvas().text(72, 120, "1.").text(92, 120, "First").text(72, 140, "2.").text(92, 140, "Second")
    canvas.stroke(72, 100, 500, 100).stroke(72, 160, 500, 160)
    assert not fragments(write_pdf(tmp_path / "a.pdf", canvas))


def across(rows, top=100, *, short=(), last=True, pitch=24, first=True):
    """A table with a ruling under each row; those under the rows in `short` leave the first column out."""
    canvas = Canvas()
    if first:
        canvas.stroke(72, top, 500, top)
    for number, row in enumerate(rows):
        for x, words in zip(XS, row, strict=True):
            if words:
                canvas.text(x, top + 14 + pitch * number, words)
        if last or number + 1 < len(rows):
            y = top + pitch * (number + 1)
            canvas.stroke(190 if number in short else 72, y, 500, y)
    return canvas


def filled(path):
    return [[[cell.text for cell in row] for row in table.rows] for table in read_document(path).tables]


def test_rulings_that_stop_short_leave_a_cell_merged_downward(tmp_path):
    rows = [["Kind", "Aim", "Share"], ["Output", "courses", "100%"], ["", "books", "95%"], ["Effect", "trust", "98%"]]
    assert filled(write_pdf(tmp_path / "a.pdf", across(rows, short=(1,)))) == [
        [
            ["Kind", "Aim", "Share"],
            ["Output", "courses", "100%"],
            ["Output", "books", "95%"],
            ["Effect", "trust", "98%"],
        ]
    ]


def test_a_title_that_stands_over_its_first_column_spans_those_with_titles_below(tmp_path):
    canvas = three_lines(
        [["Unit", "2024", ""], ["", "classes", "persons"], ["East", "12", "130"], ["West", "7", "70"]], header=2
    )
    (table,) = read_document(write_pdf(tmp_path / "a.pdf", canvas)).tables
    assert table.columns == ("Unit", "2024/classes", "2024/persons")
    assert [[cell.text for cell in row] for row in table.body] == [["East", "12", "130"], ["West", "7", "70"]]


def test_figures_tell_the_rows_where_labels_are_merged_and_cells_are_long(tmp_path):
    canvas = three_lines(
        [
            ["Kind", "Share", "Told"], ["Out", "100%", "one of"], ["put", "", "three"],
            ["", "95%", "two of"], ["", "", "three"],
        ], pitch=14,
    )  # fmt: skip
    (table,) = read_document(write_pdf(tmp_path / "a.pdf", canvas)).tables
    assert [[cell.text for cell in row] for row in table.body] == [
        ["Out put", "100%", "one of three"], ["Out put", "95%", "two of three"],
    ]  # fmt: skip


@pytest.mark.parametrize("rest", [2, 3, 5])
def test_a_table_ruled_across_goes_on_over_a_page(tmp_path, rest):
    rows = [["Kind", "Told", "Share"], *([f"Kind {n}", "done", f"{n}%"] for n in range(11, 20))]
    pages = [
        across(rows[:-rest], top=HEIGHT - 24 * (10 - rest) - 60),
        across(rows[-rest:], top=80, short=(0,) if rest == 3 else ()),
    ]
    (table,) = filled(write_pdf(tmp_path / "a.pdf", *pages))
    assert table[0] == rows[0]
    assert [row[2] for row in table] == [row[2] for row in rows]


def test_two_tables_with_a_caption_between_are_two(tmp_path):
    rows = [["Group", "Share", "Note"], ["Pupils", "97.5%", "up"], ["Staff", "96.0%", "as before"]]
    canvas = three_lines(rows).say(220, 185, "表2 各单位情况", 9)
    for number, row in enumerate([["Unit", "Plan", "Done"], ["East", "12", "13"], ["West", "7", "7"]]):
        for x, words in zip((80, 240, 400), row, strict=True):
            canvas.text(x, 213 + 16 * number, words)
    for y in (200, 218, 254):
        canvas.stroke(72, y, 500, y)
    assert filled(write_pdf(tmp_path / "a.pdf", canvas)) == [
        rows,
        [["Unit", "Plan", "Done"], ["East", "12", "13"], ["West", "7", "7"]],
    ]


def test_cells_left_empty_at_the_end_of_rows_join_no_columns(tmp_path):
    rows = [["Group", "Share", "Note"], ["Pupils", "97.5%", ""], ["Staff", "96.0%", "as before"]]
    canvas = across(rows)
    assert filled(write_pdf(tmp_path / "a.pdf", canvas)) == [rows]
