"""A document as HTML: contents that count, marks that do not change the words."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from taizhang.checks.present.page_text import Mark, Texts
from taizhang.checks.present.spot import Spot
from taizhang.core.finding import Severity
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Paragraph, Piece

TEXT = "学校新建实训室10间，<目标> 12间"

spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def test_contents_name_headings_and_tables_with_their_findings(report: Document) -> None:
    mark = Mark(Spot(4, 3, 5, 0, 4), "m1", 1, Severity.ERROR)
    entries = Texts(report, "d1", [mark]).contents()
    assert [(entry.text, entry.findings) for entry in entries] == [
        ("一、建设成效", 0),
        ("（一）绩效指标完成情况", 0),
        ("表 2-1 数量与质量指标完成情况表", 1),
        ("（二）任务点完成情况", 0),
        ("表 2-2 任务点完成情况表", 0),
    ]


@given(st.lists(spans, max_size=6))
def test_marks_never_change_the_words_and_none_is_lost(found: list[list[int]]) -> None:
    document = Document("a.txt", "text", [Paragraph(TEXT, (Piece(0, Source("a.txt", line=1)),))])
    marks = [Mark(Spot(0, None, None, a, b), f"m{n}", n, Severity.INFO) for n, (a, b) in enumerate(found, 1)]
    root = html.fragment_fromstring(Markup("").join(Texts(document, "d1", marks).blocks()))
    for number in root.xpath("//i"):
        number.drop_tree()
    assert root.text_content() == TEXT
    assert sorted(root.xpath("./descendant::*/@id")) == sorted(mark.name for mark in marks)
    assert sorted(root.xpath(".//a/@href")) == sorted(f"#f{mark.number}" for mark in marks)
