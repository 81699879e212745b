import pytest
from lxml import etree

from taizhang.documents.docx.anchor import anchor
from taizhang.documents.docx.text import Content, P, R, W
from word_files import NAMESPACES, field, par, run


def document(*paragraphs: str) -> etree._Element:
    return etree.fromstring(f"<w:document {NAMESPACES}><w:body>{''.join(paragraphs)}</w:body></w:document>")


def between(first: etree._Element, last: etree._Element) -> str:
    """The words from one child of a paragraph to another."""
    holder = etree.Element(P)
    siblings = [first, *first.itersiblings()]
    for element in siblings[: siblings.index(last) + 1]:
        holder.append(element)
    return Content(holder).text


@pytest.mark.parametrize("start", range(6))
def test_runs_are_split_where_a_span_begins_and_ends(start):
    for end in range(start + 1, 7):
        root = document(par(run("云岭"), "<w:r><w:rPr><w:b/></w:rPr><w:t>职业</w:t><w:tab/><w:t>院</w:t></w:r>"))
        paragraph = root[0][0]
        (found,) = anchor(paragraph, [(start, end)], root)
        assert Content(paragraph).text == "云岭职业\t院"
        bold = [element for element in paragraph.iter(R) if element.find(f"{W}rPr/{W}b") is not None]
        assert "".join(text for element in bold for _, text in Content(element).atoms) == "职业\t院"
        assert between(found.first, found.last) == "云岭职业\t院"[start:end]


def test_a_field_is_split_only_in_its_result():
    root = document(par(field("SEQ", run("第八次"))))
    (found,) = anchor(root[0][0], [(1, 2)], root)
    assert found.first is found.last
    assert Content(root[0][0]).text == "第八次"
    assert [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")] == ["begin", "separate", "end"]


def test_two_branches_of_one_thing_are_never_split():
    branches = f"<mc:Choice>{run('甲乙')}</mc:Choice><mc:Fallback>{run('丙')}</mc:Fallback>"
    root = document(par(f"<mc:AlternateContent>{branches}</mc:AlternateContent>", run("丁")))
    (found,) = anchor(root[0][0], [(0, 1)], root)
    assert found.first is found.last is root[0][0][1]
    assert etree.tostring(root).decode().count("<w:t ") == 3


def test_a_note_without_a_reference_goes_to_the_first_paragraph():
    root = document(par("甲"), par("乙"))
    notes = etree.fromstring(f'<w:footnotes {NAMESPACES}><w:footnote w:id="3">{par("丙")}</w:footnote></w:footnotes>')
    (found,) = anchor(notes[0][0], [(0, 1)], root)
    assert found.first.getparent() is root[0][0]
    assert found.quotation == "（注释：“丙”）"


def test_a_long_quotation_is_cut():
    root = document(par(f"<w:r><w:pict><w:txbxContent>{par('长' * 99)}</w:txbxContent></w:pict></w:r>"))
    (found,) = anchor(next(root[0][0].iter(f"{W}txbxContent"))[0], [(None, None)], root)
    assert found.quotation == f"（文本框：“{'长' * 60}……”）"
