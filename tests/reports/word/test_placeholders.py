"""A placeholder is found however Word has cut it into runs, and takes its look along."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from taizhang.documents.docx.text import Content, W
from taizhang.reports.word.placeholders import bind, is_broken, placeholders, rows, runs_of, write
from word_files import NAMESPACES, par, row, run, table

TEXT = "前{{指标 1.1 实现值}}后"


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(f"<w:body {NAMESPACES}>{markup}</w:body>")[0]


def cut(text: str, places: list[int]) -> etree._Element:
    edges = [0, *sorted(places), len(text)]
    return parsed(par(*(run(text[start:end]) for start, end in pairwise(edges))))


@given(st.lists(st.integers(0, len(TEXT)), max_size=6))
def test_split_runs_are_healed(places: list[int]) -> None:
    paragraph = cut(TEXT, places)
    (found,) = placeholders(paragraph)
    assert found.words == "指标 1.1 实现值"
    runs = runs_of(paragraph, found.start, found.end)
    assert "".join(Content(each).text for each in runs) == "{{指标 1.1 实现值}}"
    bind(runs, "7", "a", "甲")
    assert Content(paragraph).text == "前后"
    assert paragraph.find(f".//{W}tag").get(f"{W}val") == "a"


@given(st.lists(st.integers(0, len(TEXT)), max_size=6))
def test_plain_words_take_the_place_likewise(places: list[int]) -> None:
    paragraph = cut(TEXT, places)
    (found,) = placeholders(paragraph)
    write(runs_of(paragraph, found.start, found.end), " 一\n二")
    assert Content(paragraph).text == "前 一\n二后"


def test_the_look_of_the_first_run_is_kept() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{甲</w:t></w:r>"
    paragraph = parsed(par(bold, run("}}")))
    (found,) = placeholders(paragraph)
    bind(runs_of(paragraph, found.start, found.end), "1", "a", "甲")
    assert [each.getparent().getparent().tag for each in paragraph.iter(f"{W}b")] == [f"{W}sdtPr", f"{W}r"]


def test_braces_without_their_fellow_are_told() -> None:
    assert is_broken(parsed(par("{{甲")))
    assert is_broken(parsed(par("{{甲}} }}")))
    assert not is_broken(parsed(par("{{甲}} {乙}")))
    assert [each.words for each in placeholders(parsed(par("｛｛甲｝｝{{乙}}")))] == ["甲", "乙"]


def test_rows_are_those_with_placeholders_and_no_table_inside() -> None:
    root = parsed(table(row("甲"), row("{{乙.丙}}"), f"<w:tr><w:tc>{table(row('{{丁.戊}}'))}</w:tc></w:tr>"))
    assert ["".join(t.text for t in each.iter(f"{W}t")) for each in rows(root)] == ["{{乙.丙}}", "{{丁.戊}}"]
