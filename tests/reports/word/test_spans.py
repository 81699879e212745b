"""Controls are found in the bytes where lxml finds them, and edits leave every other byte."""

import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.reports.word.spans import applied, controls

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def found(inner: str, prefix: str = "w") -> list[tuple[str, str, str]]:
    data = f'<?xml version="1.0"?><{prefix}:p xmlns:{prefix}="{W}">{inner}</{prefix}:p>'.encode()
    return [(each.tag, each.name, each.text) for each in controls(data, "报告.docx")]


def test_a_control_is_known_by_its_tag_under_any_prefix() -> None:
    inner = '<x:sdt><x:sdtPr><x:alias x:val="甲>乙"/><x:tag x:val="a"/></x:sdtPr><x:sdtContent><x:r><x:t>7</x:t><x:br/></x:r></x:sdtContent></x:sdt>'
    assert found(inner, "x") == [("a", "甲>乙", "7\n")]
    assert found(inner.replace("x:tag", "x:id"), "x") == []


def test_bytes_of_elements_are_exact_whatever_stands_before() -> None:
    text = "<w:sdt><w:sdtPr><w:tag w:val=\"a\"/></w:sdtPr><w:sdtContent><w:r><w:t xml:space='preserve' >台 账</w:t ></w:r></w:sdtContent></w:sdt>"
    data = f'<w:p xmlns:w="{W}"><!-- 注 --><w:r><w:t>台账&amp;</w:t></w:r>{text}</w:p>'.encode()
    (control,) = controls(data, "报告.docx")
    (element,) = control.texts
    assert data[element.start : element.end].decode() == "<w:t xml:space='preserve' >台 账</w:t >"
    assert data[element.opened : element.closing].decode() == "台 账"


def test_inner_controls_come_first_and_keep_their_own_text() -> None:
    inner = '<w:sdt><w:sdtPr><w:tag w:val="b"/></w:sdtPr><w:sdtContent><w:r><w:t>内</w:t></w:r></w:sdtContent></w:sdt>'
    outer = f'<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent><w:r><w:t>外</w:t></w:r>{inner}</w:sdtContent></w:sdt>'
    assert found(outer) == [("b", "", "内"), ("a", "", "外")]


def test_edits_replace_their_stretches_only() -> None:
    assert applied(b"0123456789", [(8, 9, b"x"), (2, 4, b""), (5, 5, b"yz")]) == b"014yz567x9"


@pytest.mark.parametrize(
    "data",
    [b"<w:p", b'<?xml version="1.0" encoding="GB18030"?><p/>', "<p/>".encode("utf-16"), b"<!DOCTYPE p><p/>"],
    ids=["cut", "gb18030", "utf-16", "doctype"],
)
def test_what_cannot_be_cut_safely_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError):
        controls(data, "报告.docx")


BEGIN, END = '<w:bookmarkStart w:id="4" w:name="_TzFabc_12"/>', '<w:bookmarkEnd w:id="4"/>'


def marks(inner: str) -> list[tuple[str, str, str]]:
    data = f'<w:body xmlns:w="{W}"><w:p>{inner}</w:p></w:body>'.encode()
    return [(each.tag, each.mark, each.text) for each in controls(data, "报告.docx")]


def test_a_stretch_between_the_bookmarks_of_a_figure_is_found_where_no_tag_is() -> None:
    text = "<w:r><w:t>建成 </w:t></w:r><w:r><w:t>3 个</w:t></w:r>"
    assert marks(f"{BEGIN}{text}{END}") == [("", "_TzFabc", "建成 3 个")]
    untagged = f"<w:sdt><w:sdtPr/><w:sdtContent>{BEGIN}{text}</w:sdtContent></w:sdt>{END}"
    assert marks(untagged) == [("", "_TzFabc", "建成 3 个")]


def test_a_tag_goes_before_the_bookmark_inside_or_around_it() -> None:
    held = (
        '<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent>{}<w:r><w:t>7</w:t></w:r>{}</w:sdtContent></w:sdt>'
    )
    assert marks(f"{BEGIN}{held.format('', '')}{END}") == [("a", "", "7")]
    assert marks(held.format(BEGIN, END)) == [("a", "", "7")]


def test_a_bookmark_over_two_paragraphs_is_no_figure() -> None:
    assert marks(f"{BEGIN}<w:r><w:t>7</w:t></w:r></w:p><w:p><w:r><w:t>8</w:t></w:r>{END}") == []
