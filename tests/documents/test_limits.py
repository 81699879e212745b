import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import read
from taizhang.documents.limits import MOST_CELLS, MOST_CHARACTERS, refuse_beyond
from word_files import cell, row, table, write_docx


def test_what_a_report_can_hold_is_let_pass() -> None:
    refuse_beyond("报告.docx", characters=MOST_CHARACTERS, cells=MOST_CELLS)


def test_more_is_refused_with_the_bound_in_words() -> None:
    with pytest.raises(UnreadableDocumentError, match="“报告.docx”的文字超过 200 万字"):
        refuse_beyond("报告.docx", characters=MOST_CHARACTERS + 1)
    with pytest.raises(UnreadableDocumentError, match="超过 100 万个单元格"):
        refuse_beyond("报告.docx", cells=MOST_CELLS + 1)


def test_a_small_file_that_means_a_huge_table_is_refused(tmp_path) -> None:
    path = tmp_path / "宽.txt"
    path.write_text("甲\t乙\n" * 20_000 + "\t" * 2_000 + "丙\n", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError, match="单元格"):
        read(path)
    wide = row(*["甲"] * 9, properties='<w:gridBefore w:val="63"/>')
    with pytest.raises(UnreadableDocumentError, match="单元格"):
        read(
            write_docx(tmp_path / "宽.docx", table(*[wide] * 10) + table(row(*[cell("")] * 17_000), *["<w:tr/>"] * 60))
        )
