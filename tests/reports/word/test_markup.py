"""Stretches of markup are well-formed whatever the text, and hold it."""

from hypothesis import given
from lxml import etree

from outlines import ODD
from taizhang.documents.docx.imprint import held
from taizhang.documents.docx.text import Content, W
from taizhang.reports.word.markup import NAMESPACE, bookmark, control, field, paragraph, run


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(f'<w:p xmlns:w="{NAMESPACE}">{markup}</w:p>')


@given(ODD)
def test_a_run_says_what_it_was_given(text: str) -> None:
    assert Content(parsed(run(text))).text == held(text)


@given(ODD, ODD)
def test_a_control_says_what_it_was_given(tag: str, text: str) -> None:
    element = parsed(control(7, tag, tag, text))
    assert Content(element).text == held(text)
    # An attribute holds white space as blanks.
    assert element.find(f"{W}sdt/{W}sdtPr/{W}tag").get(f"{W}val").split() == held(tag).split()


def test_a_text_of_several_lines_may_stand_in_a_control() -> None:
    assert "<w:t>一</w:t><w:br/><w:t>二</w:t>" in control(1, "甲", "乙", "一\n二")
    assert "multiLine" not in control(1, "甲", "乙", "一二")


@given(ODD)
def test_a_field_shows_its_result_and_not_its_code(text: str) -> None:
    content = Content(parsed(bookmark(3, "_Tz1", field('TOC \\t "甲,1"', text))))
    assert content.text == held(text)
    assert content.fields == ["begin", '= TOC \\t "甲,1" ', "end"]


def test_an_empty_run_is_none() -> None:
    assert run("") == ""
    assert paragraph("Body", "") == '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:p>'
