import docx
from docx.document import Document as Written
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.blocks import Fragment
from taizhang.documents.docx.reader import read_docx
from word_files import cell, filled, grid, row, table


def merged_table(written: Written, size: tuple[int, int], merges) -> None:
    grid = written.add_table(*size)
    for r in range(size[0]):
        for c in range(size[1]):
            grid.cell(r, c).text = f"{r}-{c}"
    for (r, c), (down, across) in merges:
        first = grid.cell(min(r, size[0] - 1), min(c, size[1] - 1))
        last = grid.cell(min(r + down, size[0] - 1), min(c + across, size[1] - 1))
        first.merge(last)


PLACES = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.tuples(st.integers(1, 5), st.integers(1, 5)), st.lists(st.tuples(PLACES, PLACES), max_size=2))
def test_merged_cells_are_where_python_docx_sees_them(tmp_path_factory, size, merges):
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    written = docx.Document()
    try:
        merged_table(written, size, merges)
    except docx.exceptions.InvalidSpanError:
        return
    written.save(str(path))
    expected = [[c.text for c in r.cells] for r in docx.Document(str(path)).tables[0].rows]
    (fragment,) = read_docx(path).blocks
    assert isinstance(fragment, Fragment)
    assert filled(fragment) == expected


def test_rows_may_begin_late_and_end_early(read):
    body = table(
        row("甲", "乙", "丙", properties='<w:gridBefore w:val="1"/>'), row("丁", properties='<w:gridAfter w:val="3"/>')
    )
    assert grid(read(body).blocks[0]) == [["", "甲", "乙", "丙"], ["丁", "", "", ""]]


def test_old_merges_across_are_spans(read):
    merge = '<w:hMerge w:val="{}"/>'.format
    body = table(
        row(cell("甲", properties=merge("restart")), cell("", properties=merge("continue")), "乙"), row("1", "2", "3")
    )
    assert grid(read(body).blocks[0]) == [["甲", None, "乙"], ["1", "2", "3"]]


def test_a_downward_merge_of_another_width_repeats_the_words(read):
    span = '<w:gridSpan w:val="2"/>'
    merge = '<w:vMerge w:val="{}"/>'.format
    body = table(
        row(cell("甲", properties=span + merge("restart")), "乙"), row(cell("", properties="<w:vMerge/>"), "1", "2")
    )
    assert grid(read(body).blocks[0]) == [["甲", None, "乙"], ["甲", "1", "2"]]


def test_words_under_a_merged_cell_are_left_over(read):
    merge = '<w:vMerge w:val="{}"/>'.format
    rows = [row(cell("甲", properties=merge("restart"))), row(cell("藏", properties=merge("continue")))]
    draft = read(table(*rows))
    assert grid(draft.blocks[0]) == [["甲"], [None]]
    assert [left.text for left in draft.leftovers] == ["藏"]


def test_only_leading_repeated_rows_are_the_header(read):
    head = "<w:tblHeader/>"
    off = '<w:tblHeader w:val="0"/>'
    rows = [row("甲", properties=head), row("乙", properties=head), row("1", properties=off), row("2", properties=head)]
    assert read(table(*rows)).blocks[0].header == 2
    assert read(table(*rows[2:])).blocks[0].header is None


def test_a_forged_span_is_cut_to_what_word_allows(read):
    wide = '<w:gridSpan w:val="999999999"/>'
    body = table(
        row(cell("甲", properties=wide), cell("乙", properties=wide), properties='<w:gridBefore w:val="99999999"/>')
    )
    assert len(read(body).blocks[0].grid[0]) < 200


def test_deleted_rows_and_cells_are_gone(read):
    body = table(
        row("甲", "乙"), row("旧", properties="<w:del/>"), row("1", cell("旧", properties="<w:cellDel/>"), "2")
    )
    assert grid(read(body).blocks[0]) == [["甲", "乙"], ["1", "2"]]
