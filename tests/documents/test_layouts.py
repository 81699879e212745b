"""The same report in any layout is read as the same report."""

from pathlib import Path

import pytest

from layouts import LONG_REPORT, REPORT, TABLES, heard, read_text, text_of, told, word_of
from pdf_setting import Setting, pdf_of
from taizhang.checks import check
from taizhang.documents import read
from taizhang.intake.facts import facts
from taizhang.profiles import load


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


@pytest.mark.parametrize(("columns", "wide"), [(1, True), (2, True), (2, False), (3, True)])
@pytest.mark.parametrize("heads_over", [False, True], ids=["heads in columns", "heads over columns"])
def test_a_report_printed_in_columns_is_read_column_by_column(tmp_path: Path, columns, wide, heads_over) -> None:
    for indent in (False, True):
        for filler in (0, 7, 20):  # so that columns and pages end elsewhere
            setting = Setting(columns, wide, heads_over, repeat=filler == 20, indent=indent, filler=filler)
            document = read(pdf_of(tmp_path / "报告.pdf", LONG_REPORT, setting))
            assert heard(document) == told(LONG_REPORT), setting
            assert not document.leftovers


@pytest.mark.parametrize(("style", "columns"), [("across", 1), ("across", 2), ("three", 1)])
def test_tables_without_rulings_downward_are_read_over_columns_and_pages(tmp_path: Path, style, columns) -> None:
    for filler in (0, 7, 20, 27):
        setting = Setting(columns, style=style, filler=filler)
        assert heard(read(pdf_of(tmp_path / "报告.pdf", LONG_REPORT, setting))) == told(LONG_REPORT), setting


@pytest.mark.parametrize("style", ["bare", "shaded", "down"])
def test_tables_that_no_ruling_across_shows_are_told(tmp_path: Path, style) -> None:
    document = read(pdf_of(tmp_path / "报告.pdf", LONG_REPORT, Setting(style=style)))
    if heard(document) != told(LONG_REPORT):
        assert {left.source.page for left in document.leftovers if "对齐成列" in left.reason}
        assert sum("这个表题旁没有读到表格" in left.reason for left in document.leftovers) == 4


def test_columns_change_no_fact_and_no_finding(tmp_path: Path) -> None:
    word_of(tmp_path, blocks=LONG_REPORT)
    paths = [tmp_path / "报告.docx"]
    paths += [pdf_of(tmp_path / f"{columns}.pdf", LONG_REPORT, Setting(columns)) for columns in (1, 2, 3)]
    stated, found = [], []
    for path in paths:
        document = read(path)
        stated.append([(fact.subject, fact.quantity, fact.period) for fact in facts(document, load("generic"))])
        found.append([(each.code, each.message, each.text) for each in check([document]).findings])
    assert stated[0]
    assert found[0]
    assert all(each == stated[0] for each in stated)
    assert all(each == found[0] for each in found)
