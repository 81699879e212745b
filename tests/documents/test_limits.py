import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents import read
from taizhang.documents.limits import MOST_AT_ONE_PLACE, MOST_CELLS, MOST_CHARACTERS, refuse_beyond
from word_files import par, row, table, write_docx


def test_what_a_report_can_hold_is_let_pass() -> None:
    refuse_beyond("报告.docx", characters=MOST_CHARACTERS, cells=MOST_CELLS)


def test_more_is_refused_with_the_bound_in_words() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"“报告\.docx”的文字超过 100 万字"):
        refuse_beyond("报告.docx", characters=MOST_CHARACTERS + 1)
    with pytest.raises(UnreadableDocumentError, match="超过 100 万个单元格"):
        refuse_beyond("报告.docx", cells=MOST_CELLS + 1)


def test_a_small_file_that_means_a_huge_table_is_refused(tmp_path) -> None:
    path = tmp_path / "宽.txt"
    path.write_text("甲\t乙\n" * 20_000 + "\t" * 2_000 + "丙\n", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError, match="单元格"):
        read(path)
    mark = '<w:gridBefore w:val="63"/>'
    rows = [row(*[f"{number}" for number in range(90)], properties=mark), *[row(properties=mark)] * 9000]
    with pytest.raises(UnreadableDocumentError, match="单元格"):
        read(write_docx(tmp_path / "宽.docx", table(*rows)))


def test_an_endless_paragraph_or_cell_is_refused_with_its_place(tmp_path) -> None:
    long = "建设" * (MOST_AT_ONE_PLACE // 2)
    read(write_docx(tmp_path / "长.docx", par(long)))
    with pytest.raises(UnreadableDocumentError, match="第 2 段的文字连成一片"):
        read(write_docx(tmp_path / "长.docx", par("甲") + par(long + "。")))
    (tmp_path / "长.txt").write_text(f"指标\t目标\n{long}。\t5\n", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError, match="第 2 行的文字连成一片"):
        read(tmp_path / "长.txt")
