"""The indexes lead to every piece without a network, and hold any title."""

import io
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from evidence_exhibits import exhibit
from taizhang.reports.bundle.exhibits import Bundled, Packed
from taizhang.reports.bundle.indexes import checksums, manifest, page, workbook

PACKED = Packed(exhibit("1-1", "=1+1 <b>"), "1/1-1 文件 #1.pdf", "ab" * 32, 3, archived="1/1-1 文件（PDFA）.pdf")


def rows(bundled: Bundled) -> list[list[object]]:
    stream = io.BytesIO()
    workbook(bundled, stream)
    sheet = load_workbook(stream)["佐证材料"]
    return [[cell.hyperlink.target if cell.hyperlink else cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_excel_index_links_to_each_file_by_a_relative_path() -> None:
    head, row = rows(Bundled("材料", packed=[PACKED]))
    assert head[:2] == ["编号", "名称"]
    assert unquote(str(row[5])) == "1/1-1 文件 #1.pdf"
    assert unquote(str(row[6])) == "1/1-1 文件（PDFA）.pdf"
    assert row[1] == "=1+1 <b>"
    assert "1.1.1.1 新建实训基地" in str(row[4])


def test_the_page_links_likewise_and_loads_nothing() -> None:
    text = page(Bundled("材料", packed=[PACKED])).decode()
    assert [unquote(link) for link in re.findall(r'href="([^"]+)"', text)] == [PACKED.path, PACKED.archived]
    assert "=1+1 &lt;b&gt;" in text
    assert not re.search(r"https?:|<script|src=|@import|url\(", text)


def test_what_is_not_there_has_no_link_and_a_reason() -> None:
    missing = Packed(exhibit("1-1"), "1/1-1 验收文件.pdf", fault="文件打不开：没有权限")
    assert b"href" not in page(Bundled("材料", packed=[missing]))
    assert rows(Bundled("材料", packed=[missing]))[1][8] == "文件打不开：没有权限"
    assert "没有权限" in manifest(Bundled("材料", packed=[missing])).decode()


@pytest.mark.parametrize("make", [page, manifest])
@given(st.text())
def test_any_title_can_be_told(make, text: str) -> None:
    make(Bundled(text, packed=[Packed(exhibit(text, text, items=(text,)), "1.pdf", "ab" * 32)])).decode()


@given(st.text())
def test_any_title_stands_in_a_workbook(text: str) -> None:
    assert len(rows(Bundled(text, packed=[Packed(exhibit(text, text), "1.pdf", "ab" * 32)]))) == 2


def test_checksums_are_lines_of_sha256sum() -> None:
    assert checksums([("甲.pdf", "ab")]) == "ab  甲.pdf\n".encode()
