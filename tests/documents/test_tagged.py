"""Tables written as HTML are read with their spans, and what stands around them is not lost."""

import pytest

from taizhang.documents.blocks import Fragment, Paragraph, Role
from taizhang.documents.tagged import tagged


def grids(blocks: list[Paragraph | Fragment]) -> list[list[list[str | None]]]:
    return [[[c and c.text for c in row] for row in block.grid] for block in blocks if isinstance(block, Fragment)]


def test_spans_cover_places_in_both_ways() -> None:
    text = (
        "<table><tr><th rowspan=2>单位</th><th colspan=2>2023年</th></tr><tr><th>班次</th><th>人次</th></tr>"
        "<tr><td>机电</td><td>3</td><td>40</td></tr></table>"
    )
    (table,) = tagged([text], "a.md", 5)
    assert isinstance(table, Fragment)
    assert grids([table]) == [[["单位", "2023年", None], [None, "班次", "人次"], ["机电", "3", "40"]]]
    assert table.header == 2 and table.source.line == 5


def test_words_around_and_captions_stay() -> None:
    lines = ["<p>前文</p><table><caption>表1 数量</caption>", "<tr><td>甲&lt;5</td><td>乙<br>丙</td></tr></table>后文"]
    blocks = tagged(lines, "a.md", 1)
    assert [(b.text, b.role) for b in blocks if isinstance(b, Paragraph)] == [
        ("前文", Role.BODY), ("表1 数量", Role.CAPTION), ("后文", Role.BODY),
    ]  # fmt: skip
    assert grids(blocks) == [[["甲<5", "乙\n丙"]]]


def test_what_is_not_closed_ends_with_the_text_and_spans_are_bounded() -> None:
    (table,) = tagged(["<table><td colspan=999999 rowspan=999999>甲<tr><td>乙"], "a.md", 1)
    assert isinstance(table, Fragment)
    assert [len(row) for row in table.grid] == [63, 64]
    assert table.grid[0][0] is not None and table.grid[0][0].rows == 2
    assert tagged(["<table></table>", "</table></td>"], "a.md", 1) == []


def test_a_table_inside_a_cell_gives_it_its_words() -> None:
    blocks = tagged(["<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>2</td></tr></table>"], "a.md", 1)
    assert grids(blocks) == [[["外内", "2"]]]


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<td b="', "</ ", "<![CDATA[", "&#1", "<"])
def test_what_is_no_whole_tag_is_text_however_often_it_comes(piece: str) -> None:
    (table, *_) = tagged([f"<table><tr><td>甲{piece * 20000}"], "a.md", 1)
    assert isinstance(table, Fragment)
    assert table.grid[0][0] is not None and table.grid[0][0].text.startswith("甲")
