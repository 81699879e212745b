from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from taizhang.documents.docx.index import Index
from taizhang.documents.docx.text import Content, P
from word_files import NAMESPACES, par, run

WRAPPERS = st.sampled_from(
    [
        "{}",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:ins>{}</w:ins>",
        "<w:del>{}</w:del>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
)
LEAVES = st.sampled_from(["", run(" 甲 "), "<w:r><w:t> 乙 </w:t></w:r>", "<w:r><w:t>丙</w:t><w:tab/></w:r>", "<w:r/>"])
RUNS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(WRAPPERS, st.lists(inner, max_size=3)).map(
        lambda pair: pair[0].replace("{}", "".join(pair[1]))
    ),
    max_leaves=8,
)


@given(st.lists(st.lists(RUNS, max_size=3), max_size=4))
def test_a_plain_text_is_the_content_of_its_paragraph(paragraphs):
    body = "".join(par(*(inner for inner in runs if inner)) for runs in paragraphs)
    root = etree.fromstring(f"<w:document {NAMESPACES}>{body}</w:document>")
    index = Index([root])
    assert list(index.numbers.items()) == [(p, n) for n, p in enumerate(root.iter(P), 1)]
    assert {p: Content(p).text for p in index.texts} == index.texts


def test_most_paragraphs_are_plain():
    root = etree.fromstring(f"<w:document {NAMESPACES}>{par('甲', '乙') * 3}{par('<w:r><w:tab/></w:r>')}</w:document>")
    assert list(Index([root]).texts.values()) == ["甲乙"] * 3
