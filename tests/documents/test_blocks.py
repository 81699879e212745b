from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Piece, Table, place_of


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
def test_a_place_never_leaves_the_piece_it_begins_in(lengths: list[int], data: st.DataObject) -> None:
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    text = "字" * sum(lengths)
    pieces = tuple(Piece(start, Source("a", n + 1, start=100 * n)) for n, start in enumerate(starts))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    place = place_of(text, pieces, start, end)
    line = place.line - 1
    assert starts[line] <= start < starts[line] + lengths[line]
    assert place.start == 100 * line + start - starts[line]
    assert place.end - place.start <= min(end, starts[line] + lengths[line]) - start


def test_a_cell_points_at_itself_when_asked_for_all_of_it() -> None:
    cell = Cell("完成", (Piece(0, Source("a", 4, start=7)),))
    assert (cell.at().start, cell.at().end) == (7, 9)


def test_what_joins_two_pieces_stands_in_neither() -> None:
    pieces = (Piece(0, Source("a", 1, start=0)), Piece(4, Source("a", 2, start=0)))
    assert place_of("cat dog", pieces, 0, 7).end == 3
    assert place_of("cat dog", pieces, 3, 4).end == place_of("cat dog", pieces, 3, 4).start == 3


def test_a_table_is_named_the_same_without_its_cells() -> None:
    known = {"number": "3", "caption": "成果", "unit": "项", "section": ("一、成效",), "columns": ("名称",), "index": 2}
    table = Table([[Cell("名称", ())], [Cell("课程", ())]], 1, Source("a", 4), **known)
    named = table.named()
    assert named == replace(table, rows=[])
    assert (named.name, named.body) == (table.name, [])
