import docx
import pytest

from taizhang.documents.blocks import Fragment, Heading, place_of
from taizhang.documents.docx.reader import read_docx
from taizhang.documents.docx.styles import Numbering, Styles, chinese, counted
from word_files import cell, par, row, table, write_docx


def level(index: int, form: str, text: str, inner: str = "") -> str:
    values = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}">{values}{inner}</w:lvl>'


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def listed(number: int = 1, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.fixture
def lines(tmp_path):
    """What the paragraphs of a body read like, each at a depth of a list."""

    def read(lists: str, *depths: int | str, styles: str = "") -> list[str]:
        body = "".join(par("甲", properties=listed(depth=d) if isinstance(d, int) else d) for d in depths)
        draft = read_docx(write_docx(tmp_path / "报告.docx", body, numbering=lists, styles=styles))
        return [block.text for block in draft.blocks]

    return read


def test_chapters_number_their_sections(lines):
    lists = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."),
        level(3, "decimalEnclosedCircle", "%4"),
    )  # fmt: skip
    assert lines(lists, 0, 1, 2, 3, 3, 2, 1, 0, 1) == [
        "一、甲", "（一）甲", "1. 甲", "①甲", "②甲", "2. 甲", "（二）甲", "二、甲", "（一）甲",
    ]  # fmt: skip


def test_a_number_may_hold_those_above_it(lines):
    lists = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert lines(lists, 0, 1, 1) == ["第一章 甲", "1.1 甲", "1.2 甲"]


def test_a_level_may_go_on_over_chapters(lines):
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    assert lines(lists, 0, 1, 0, 1) == ["1. 甲", "(1)甲", "2. 甲", "(2)甲"]


def test_bullets_and_lists_that_are_switched_off_print_no_number(lines):
    lists = numbering(level(0, "bullet", "\uf0b7"), level(1, "decimal", "%2.", '<w:suff w:val="nothing"/>'))
    assert lines(lists, 0, 1, listed(0), listed(99)) == ["甲", "1.甲", "甲", "甲"]


def test_a_second_list_goes_on_or_starts_again_as_it_says(lines):
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1、"), more=more)
    assert lines(lists, 0, listed(2), listed(3), listed(3), listed(1)) == ["1、甲", "2、甲", "5、甲", "6、甲", "7、甲"]


def test_headings_take_the_list_of_their_style(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>'
    )
    lists = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "decimal", "%2．", '<w:pStyle w:val="2"/>'),
    )
    body = (
        par("总体", style="1")
        + par("任务", style="2")
        + par("指标", style="2")
        + table(row(cell(par("内", style="1"))))
    )
    draft = read_docx(write_docx(tmp_path / "报告.docx", body, styles=styles, numbering=lists))
    headings = [(block.level, block.text) for block in draft.blocks if isinstance(block, Heading)]
    assert headings == [(1, "一、总体"), (2, "1．任务"), (2, "2．指标")]
    assert isinstance(draft.blocks[3], Fragment)
    assert draft.blocks[3].grid[0][0].text == "二、内"


def test_a_printed_number_stands_at_the_paragraphs_start(tmp_path):
    body = table(
        row(cell(par("立项", properties=listed()), par("建成", properties=listed()))),
        row(cell(par(properties=listed()))),
    )
    lists = numbering(level(0, "decimalEnclosedCircle", "%1"))
    draft = read_docx(write_docx(tmp_path / "报告.docx", body, numbering=lists))
    first, last = draft.blocks[0].grid[0][0], draft.blocks[0].grid[1][0]
    assert (first.text, last.text) == ("①立项\n②建成", "③")
    at = first.text.index("建成")
    place = place_of(first.text, first.pieces, at, at + 2)
    assert (place.paragraph, place.start, place.end) == (2, 0, 2)
    assert first.at(at - 1, at) == place._replace(end=1)
    assert last.at(0, 1).paragraph == 3


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 105: "一百零五"}),
        ("chineseLegalSimplified", {13: "壹拾叁"}),
        ("ideographDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 11: "甲"}),
        ("ideographZodiac", {2: "丑"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperLetter", {3: "C"}),
        ("lowerRoman", {4: "iv", 9: "ix", 49: "xlix"}),
        ("upperRoman", {2024: "MMXXIV"}),
        ("numberInDash", {2: "- 2 -"}),
        ("somethingNew", {7: "7"}),
        ("lowerLetter", {0: "0", 10**6: "1000000"}),
        ("none", {3: ""}),
    ],
)
def test_counts_are_printed_as_word_prints_them(form, numbers):
    assert {number: counted(number, form) for number in numbers} == numbers


def test_chinese_numerals_are_all_different():
    assert len({chinese(number) for number in range(1, 10_000)}) == 9_999


def test_a_file_without_styles_and_lists_is_read(tmp_path):
    assert Styles(None)["1"].level is None
    assert Numbering(None).label("1", 0, None) == ""
    written = docx.Document()
    written.add_paragraph("甲", style="List Number")
    written.add_paragraph("乙", style="List Bullet")
    written.save(str(tmp_path / "报告.docx"))
    assert [block.text for block in read_docx(tmp_path / "报告.docx").blocks] == ["1. 甲", "乙"]
