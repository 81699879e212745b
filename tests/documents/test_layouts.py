"""The same report in any layout is read as the same report."""

from pathlib import Path

import pytest

from layouts import REPORT, TABLES, heard, read_text, text_of, told, word_of


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("marked", [False, True], ids=["text", "Markdown"])
def test_tables_in_text_are_read_however_they_are_drawn(tmp_path: Path, table, marked) -> None:
    assert heard(read_text(tmp_path, text_of(table, marked=marked))) == told(REPORT)


@pytest.mark.parametrize(
    "caption",
    [
        "表{number}：{caption}", "表 {number}　{caption}", "**表{number} {caption}**", "（表{number}）{caption}",
        "{caption}（表{number}）", "<center>表{number} {caption}</center>",
    ],
)  # fmt: skip
def test_captions_are_known_in_every_form(tmp_path: Path, caption) -> None:
    assert heard(read_text(tmp_path, text_of(caption=caption))) == told(REPORT)


def test_captions_stand_below_their_tables_too(tmp_path: Path) -> None:
    assert heard(read_text(tmp_path, text_of(below=True))) == told(REPORT)


@pytest.mark.parametrize("name", ["tabs", "pipes", "spaces"])
@pytest.mark.parametrize("wrapped", [0, 30], ids=["whole", "wrapped"])
def test_a_page_may_end_anywhere(tmp_path: Path, name, wrapped) -> None:
    for page in range(8, 20):
        document = read_text(tmp_path, text_of(TABLES[name], wrapped=wrapped, page=page))
        assert heard(document) == told(REPORT), f"a page of {page} lines"


def test_every_word_of_every_layout_has_its_place(tmp_path: Path) -> None:
    for name, table in TABLES.items():
        lines = text_of(table).split("\n")
        for each in read_text(tmp_path, "\n".join(lines)).tables:
            for cell in (cell for row in each.rows for cell in row):
                for position, char in enumerate(cell.text):
                    place = cell.at(position, position + 1)
                    assert place.line is not None, name
                    assert char in ("\n", " ", lines[place.line - 1][place.start]), name


@pytest.mark.parametrize("heads", ["styles", "typed", "counted"])
@pytest.mark.parametrize("caption", ["above", "below", "inside", "box"])
@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_word_files_are_read_however_they_are_set(tmp_path: Path, heads, caption, cut) -> None:
    for line_ends in (False, True):
        assert heard(word_of(tmp_path, heads=heads, caption=caption, cut=cut, line_ends=line_ends)) == told(REPORT)
