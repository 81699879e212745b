import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from taizhang.core.errors import UnreadableDocumentError, UsageError
from taizhang.core.source import Source
from taizhang.documents.docx.comments import comment
from taizhang.documents.docx.index import Index
from taizhang.documents.docx.reader import open_parts, read_docx
from taizhang.documents.docx.text import ID, Content, W
from taizhang.documents.notes import Note
from taizhang.documents.package import Package
from word_files import cell, par, row, run, table, write_docx

AT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


def note(paragraph: int, start: int | None = None, end: int | None = None, text: str = "请核对") -> Note:
    return Note(Source("报告.docx", paragraph=paragraph, start=start, end=end), text)


def commented(path: Path) -> list[str]:
    """The words that each comment's range holds, in the order of the comments."""
    with Package.open(path) as package:
        parts = open_parts(package)
    atoms = {element: text for p in Index(parts.roots).numbers for element, text in Content(p, parts.styles.look).atoms}
    opened: set[str] = set()
    words: dict[str, str] = {}
    for element in parts.roots[0].iter():
        if element.tag == f"{W}commentRangeStart":
            opened.add(element.get(ID))
            words[element.get(ID)] = ""
        elif element.tag == f"{W}commentRangeEnd":
            opened.remove(element.get(ID))
        elif element.tag == f"{W}commentReference":
            assert element.get(ID) in words
        elif element in atoms:
            for identifier in opened:
                words[identifier] += atoms[element]
    assert not opened
    return [words[identifier] for identifier in sorted(words, key=int)]


def blocks(path: Path) -> str:
    """All that is read of a file, places included, but not its name."""
    return str(read_docx(path).blocks).replace(path.name, "")


def says(path: Path) -> list[list[str]]:
    return [[p.text for p in c.paragraphs] for c in docx.Document(str(path)).comments]


def field(result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = "<w:r><w:instrText>SEQ</w:instrText></w:r>"
    return mark("begin") + code + mark("separate") + run(result) + mark("end")


BOLD = '<w:r w:rsidR="00AA11BB"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'.format
AROUND = [
    run,
    BOLD,
    lambda text: f"<w:hyperlink>{run(text)}{BOLD('链')}</w:hyperlink>",
    lambda text: f'<w:ins w:id="1">{run(text)}{run("增")}</w:ins>',
    lambda text: f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>",
    lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{run(text)}{run('控')}</w:sdtContent></w:sdt>",
    lambda text: f"<w:r><w:rPr><w:i/></w:rPr><w:t>{text}</w:t><w:tab/><w:t>{text}</w:t><w:br/></w:r>",
    lambda text: f'<w:fldSimple w:instr="SEQ"><w:hyperlink>{run(text)}</w:hyperlink></w:fldSimple>',
    field,
    lambda _: '<w:bookmarkStart w:id="5" w:name="b"/><w:r/>',
]
PARAGRAPHS = st.lists(
    st.lists(st.tuples(st.sampled_from(AROUND), st.text("建设任务 8门%", min_size=1, max_size=5)), max_size=5).map(
        lambda pieces: par(*(around(text) for around, text in pieces))
    ),
    min_size=1,
    max_size=3,
)
SPANS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8)


@given(PARAGRAPHS, SPANS, st.booleans())
def test_comments_hold_exactly_their_words_and_change_none(tmp_path_factory, paragraphs, spans, in_cell):
    folder = tmp_path_factory.mktemp("c")
    body = table(row(cell(*paragraphs))) if in_cell else "".join(paragraphs)
    path, out = write_docx(folder / "报告.docx", body), folder / "批注.docx"
    with Package.open(path) as package:
        texts = [Content(p).text for p in Index(open_parts(package).roots).numbers]
    notes = [note(p % len(paragraphs) + 1, start, end) for p, start, end in spans]
    assert comment(path, out, notes, at=AT) == len(notes)
    wanted = [(texts[n.source.paragraph - 1], n.source.start, n.source.end) for n in notes]
    assert commented(out) == [text[start:end] or text for text, start, end in wanted]
    assert blocks(out) == blocks(path)
    assert says(out) == [["请核对"]] * len(notes)


@pytest.fixture
def annotate(tmp_path):
    def write(body: str, *notes: Note, **parts: str) -> Path:
        path = write_docx(tmp_path / "报告.docx", body, **parts)
        comment(path, tmp_path / "批注.docx", notes, at=AT)
        assert blocks(tmp_path / "批注.docx") == blocks(path)
        return tmp_path / "批注.docx"

    return write


def xml(path: Path) -> str:
    return zipfile.ZipFile(path).read("word/document.xml").decode()


def test_a_split_run_keeps_its_looks(annotate):
    out = annotate(par(BOLD("云岭职业学院")), note(1, 2, 4))
    runs = docx.Document(str(out)).paragraphs[0].runs
    assert [(r.text, r.bold) for r in runs if r.text] == [("云岭", True), ("职业", True), ("学院", True)]
    assert xml(out).count("00AA11BB") == 3


def test_words_over_several_runs_are_one_range(annotate):
    out = annotate(par(run("达8"), BOLD("2"), run(" 门课程")), note(1, 1, 5))
    assert commented(out) == ["82 门"]


def test_a_range_keeps_out_of_what_holds_a_single_run(annotate):
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('538')}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{run('yun')}</w:rt><w:rubyBase>{run('云岭')}</w:rubyBase></w:ruby></w:r>"
    out = annotate(par(run("共"), control, run("万元"), ruby), note(1, 2, 3), note(1, 6, 7))
    assert commented(out) == ["538", "云岭"]
    tree = etree.fromstring(xml(out).encode())
    assert {mark.getparent().tag for mark in tree.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")} == {f"{W}p"}


def test_marks_stand_outside_what_they_cover_whole(annotate):
    out = annotate(par(f"<w:hyperlink>{run('甲')}{run('乙')}</w:hyperlink>", run("丙")), note(1, 0, 2), note(1, 1, 3))
    link = next(etree.fromstring(xml(out).encode()).iter(f"{W}hyperlink"))
    assert [child.tag.removeprefix(W) for child in link] == ["r", "commentRangeStart", "r"]


def test_a_box_and_a_note_are_remarked_on_where_they_are_anchored(annotate):
    box = f"<w:r><w:pict><w:txbxContent>{par('框里的字')}</w:txbxContent></w:pict></w:r>"
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    feet = f'<w:footnote w:id="2">{par("脚注的字")}</w:footnote>'
    out = annotate(par(run("前"), box, run("后"), reference), note(2, 2, 4), note(3, 0, 2), footnotes=feet)
    assert commented(out) == ["框里的字", ""]
    assert says(out) == [["（文本框：“的字”）", "请核对"], ["（脚注：“脚注”）", "请核对"]]
    root = etree.fromstring(xml(out).encode())
    around = [mark.getnext().getnext() for mark in root.iter(f"{W}commentRangeStart")]
    assert [element.tag for element in around] == [f"{W}commentRangeEnd"] * 2


@pytest.mark.parametrize("body", [par(), "<w:p/>", par("<w:del/>"), par("甲")], ids=["none", "bare", "gone", "one"])
@pytest.mark.parametrize("span", [(None, None), (0, 0), (5, 9), (3, 1)], ids=str)
def test_an_empty_span_takes_the_whole_paragraph(annotate, body, span):
    out = annotate(body, note(1, *span), note(1, *span))
    assert commented(out) == [Content(etree.fromstring(xml(out).encode())[0][0]).text] * 2


def test_comments_of_others_are_kept(annotate):
    others = f'<w:comment w:id="7" w:author="李处长" w:initials="李">{par("同意")}</w:comment>'
    body = par(
        '<w:commentRangeStart w:id="7"/>',
        "云岭",
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
    )
    out = annotate(body, note(1, 0, 1), comments=others)
    found = {c.comment_id: (c.author, c.text) for c in docx.Document(str(out)).comments}
    assert found == {7: ("李处长", "同意"), 8: ("台账检查", "请核对")}
    assert commented(out) == ["云岭", "云"]
    assert zipfile.ZipFile(out).namelist().count("word/comments.xml") == 1


def test_only_the_parts_that_must_change(annotate, tmp_path):
    out = annotate(par("云岭"), note(1, 0, 1), styles="", numbering="", footnotes="")
    with zipfile.ZipFile(tmp_path / "报告.docx") as old, zipfile.ZipFile(out) as new:
        changed = {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)}
    assert changed == {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip


def test_equal_input_gives_equal_bytes(tmp_path):
    path = write_docx(tmp_path / "报告.docx", par("云岭职业学院"))  # once: an archive tells when it was written
    for out in ("甲.docx", "乙.docx"):
        comment(path, tmp_path / out, [note(1, 1, 2)], at=AT)
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()


def test_lines_and_signs_of_a_note_are_kept_as_far_as_xml_allows(annotate):
    out = annotate(par("云岭"), note(1, text="一\x00<&>\n二\ufffe \U00020000\ud800"))
    assert says(out) == [["一<&>", "二 \U00020000"]]
    (found,) = docx.Document(str(out)).comments
    assert found.timestamp == AT.replace(tzinfo=UTC)


def test_trouble_is_said_and_leaves_nothing(tmp_path):
    path = write_docx(tmp_path / "报告.docx", par("云岭"))
    before = path.read_bytes()
    with pytest.raises(UsageError, match="原文件"):
        comment(path, path, [note(1)], at=AT)
    with pytest.raises(UsageError, match="没有第 9 段"):
        comment(path, tmp_path / "批注.docx", [note(9)], at=AT)
    empty = write_docx(tmp_path / "空.docx", "")
    with pytest.raises(UnreadableDocumentError, match="没有段落"):
        comment(empty, tmp_path / "批注.docx", [note(1)], at=AT)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["报告.docx", "空.docx"]


def test_a_copy_without_notes_is_the_same_document(annotate):
    assert commented(annotate(par("云岭"))) == []


def test_libreoffice_sees_the_comments_on_their_words(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice, which this machine does not have")
    written = docx.Document()
    written.add_paragraph("三年共立项省级课程 8 门。")
    written.add_table(1, 2).cell(0, 1).text = "完成 120%"
    path, out = tmp_path / "报告.docx", tmp_path / "批注.docx"
    written.save(str(path))
    comment(path, out, [note(1, 10, 13, "应为 9 门"), note(3, 3, 7, "超过封顶")], at=AT)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    seen = (tmp_path / "批注.fodt").read_text(encoding="utf-8")
    for remark, words in (("应为 9 门", "8 门"), ("超过封顶", "120%")):
        after = seen.split(remark, 1)[1].split("</office:annotation>", 1)[1]
        assert re.sub("<[^>]*>", "", after.split("<office:annotation-end", 1)[0]).strip() == words


def test_words_that_a_style_strikes_out_are_counted_by_no_comment(tmp_path):
    styles = '<w:style w:type="character" w:styleId="del"><w:rPr><w:strike/></w:rPr></w:style>'
    old = '<w:r><w:rPr><w:rStyle w:val="del"/></w:rPr><w:t>八十二</w:t></w:r>'
    path = write_docx(tmp_path / "报告.docx", par("教师 ", old, "86 人"), styles=styles)
    assert read_docx(path).blocks[0].text == "教师 86 人"
    comment(path, tmp_path / "批.docx", [note(1, 3, 5)], at=AT)
    assert commented(tmp_path / "批.docx") == ["86"]
