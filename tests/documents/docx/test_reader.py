import json
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang import documents
from taizhang.documents.blocks import Fragment, Heading, Paragraph, Role
from taizhang.documents.docx.reader import read_docx
from word_files import cell, char, check_places, field, filled, grid, par, row, run, table, texts, write_docx

WORDS = st.text(st.sampled_from("建设任务完成率校企12.%≥① \n\t"), max_size=12)


# What another library wrote


@given(st.lists(st.one_of(WORDS, st.tuples(st.integers(1, 9), WORDS)), max_size=6))
def test_what_python_docx_wrote_is_read(tmp_path_factory, blocks):
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    written = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            written.add_paragraph(block)
        else:
            written.add_heading(block[1], block[0])
    written.save(str(path))
    draft = read_docx(path)
    check_places(draft, path)
    expected = [(block if isinstance(block, str) else (block[0], block[1])) for block in blocks]
    expected = [block for block in expected if (block if isinstance(block, str) else block[1]).strip()]
    assert [b.text if isinstance(b, Paragraph) else (b.level, b.text) for b in draft.blocks] == expected  # type: ignore[union-attr]


def test_a_nested_table_follows_the_outer_one(read):
    inner = table(row("内"))
    draft = read(table(row(cell("外", inner, par("后"))), row("末")) + par("文"))
    assert [grid(b) if isinstance(b, Fragment) else b.text for b in draft.blocks] == [
        [["外\n后"], ["末"]],
        [["内"]],
        "文",
    ]
    assert [b.nested for b in draft.blocks if isinstance(b, Fragment)] == [False, True]


@pytest.mark.parametrize(
    ("around", "depth"),
    [
        ("<w:tbl><w:tr><w:tc><w:p/>{}<w:p/></w:tc></w:tr></w:tbl>", 50),
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", 100),
        ("<w:customXml>{}</w:customXml>", 240),
        ("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", 45),
    ],
    ids=["tables", "controls", "custom", "boxes"],
)
def test_deep_nesting_is_read(read, around, depth):
    body = par("底")
    for _ in range(depth):
        body = around.replace("{}", body)
    blocks = read(body).blocks
    assert "底" in [b.text for b in blocks if isinstance(b, Paragraph)] or "底" in blocks[-1].grid[0][0].text


def test_cells_hold_all_their_paragraphs(read):
    assert grid(read(table(row(cell("甲", "乙"), cell(par(run("1"), "<w:r><w:br/></w:r>", run("2")))))).blocks[0]) == [
        ["甲\n乙", "1\n2"]
    ]


# Headings, contents, captions


def style(identifier: str, name: str, inner: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{inner}</w:pPr></w:style>"
    )


STYLES = (
    style("1", "heading 1")
    + style("2", "标题 2")
    + style("a", "章", based_on="1")
    + style("b", "节", '<w:outlineLvl w:val="2"/>', based_on="a")
    + style("c", "非标题", '<w:outlineLvl w:val="9"/>', based_on="1")
    + style("x", "环", based_on="y")
    + style("y", "环2", based_on="x")
    + style("t", "toc 1")
    + style("p", "caption")
    + style("q", "表题", based_on="p")
)


@pytest.mark.parametrize(
    ("name", "level"), [("1", 1), ("2", 2), ("a", 1), ("b", 3), ("c", None), ("x", None), ("-", None)]
)
def test_headings_are_known_by_their_style(read, name, level):
    (block,) = read(par("总体情况", style=name), styles=STYLES).blocks
    assert (block.level if isinstance(block, Heading) else None) == level


def test_a_paragraph_may_declare_its_own_level(read):
    draft = read(
        par("一", properties='<w:outlineLvl w:val="3"/>')
        + par("二", style="1", properties='<w:outlineLvl w:val="9"/>'),
        styles=STYLES,
    )
    assert [block.level if isinstance(block, Heading) else None for block in draft.blocks] == [4, None]


def test_captions_and_contents_are_known_by_their_style(read):
    draft = read(par("概述 1", style="t") + par("表 1 甲", style="p") + par("表 2 乙", style="q"), styles=STYLES)
    assert [block.role for block in draft.blocks] == [Role.CONTENTS, Role.CAPTION, Role.CAPTION]


def test_a_contents_field_runs_over_paragraphs(read):
    opened = par(char("begin"), "<w:r><w:instrText> TOC \\o </w:instrText></w:r>", char("separate"), "概述 1")
    line = par("总体情况", field("PAGEREF _1", run("2")))
    draft = read(opened + line + par(char("end")) + par("正文"))
    assert texts(draft, Role.CONTENTS) == ["概述 1", "总体情况2"]
    assert texts(draft) == ["正文"]


def test_a_contents_field_that_is_never_closed_swallows_nothing(read):
    opened = par(char("begin"), "<w:r><w:instrText>TOC</w:instrText></w:r>", char("separate"), "概述 1")
    assert texts(read(opened + par("总体", style="1") + par("正文"), styles=STYLES)) == ["正文"]
    assert texts(read(opened + table(row("甲")) + par("正文"))) == ["正文"]


def test_a_contents_control_is_contents(read):
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    draft = read(f"<w:sdt>{gallery}<w:sdtContent>{par('目录')}{par('概述 1')}</w:sdtContent></w:sdt>" + par("正文"))
    assert texts(draft, Role.CONTENTS) == ["目录", "概述 1"]
    assert texts(draft) == ["正文"]


GONE = "<w:rPr><w:del/></w:rPr>"


def test_a_deleted_paragraph_mark_joins_paragraphs(read):
    draft = read(
        par("云岭", properties=GONE) + par("", properties=GONE) + par("学院", style="1") + par("正文"), styles=STYLES
    )
    assert [(type(block), block.text) for block in draft.blocks] == [(Heading, "云岭学院"), (Paragraph, "正文")]
    assert [(piece.start, piece.source.paragraph) for piece in draft.blocks[0].pieces] == [(0, 1), (2, 3)]
    assert grid(read(table(row(cell(par("甲", properties=GONE), par("乙"))))).blocks[0]) == [["甲乙"]]
    assert texts(read(par("甲", properties=GONE) + table(row("表")))) == ["甲"]


BOX = "<w:txbxContent>{}</w:txbxContent>".format


def test_a_text_box_is_read_once(read):
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX(par('框'))}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX(par('框'))}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    draft = read(par("前", f"<w:r>{both}</w:r>", "后") + par("末"))
    assert [(block.text, block.role) for block in draft.blocks] == [
        ("前后", Role.BODY),
        ("框", Role.TEXTBOX),
        ("末", Role.BODY),
    ]
    assert [block.pieces[0].source.paragraph for block in draft.blocks] == [1, 2, 4]


def test_notes_follow_the_paragraph_that_refers_to_them(read):
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{par("线")}</w:footnote>'
        f'<w:footnote w:id="1">{par("<w:r><w:footnoteRef/></w:r>", "脚注一")}</w:footnote>'
        f'<w:footnote w:id="2">{par("没人提")}</w:footnote>'
    )
    end = f'<w:endnote w:id="1">{par("尾注")}</w:endnote>'
    reference = '<w:r><w:{}Reference w:id="1"/></w:r>'.format
    body = par("达 8", reference("footnote"), " 门") + table(row(cell(par("甲", reference("endnote"))))) + par("末")
    draft = read(body, footnotes=notes, endnotes=end)
    assert [block.text if isinstance(block, Paragraph) else grid(block) for block in draft.blocks] == [
        "达 8 门", "脚注一", [["甲"]], "尾注", "末",
    ]  # fmt: skip
    assert texts(draft, Role.FOOTNOTE) == ["脚注一", "尾注"]
    assert [block.pieces[0].source.paragraph for block in draft.blocks if isinstance(block, Paragraph)] == [1, 5, 7, 3]


def test_the_strict_variant_is_read(tmp_path):
    path = write_docx(tmp_path / "报告.docx", par("甲"))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "严.docx", "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, part)
    assert texts(read_docx(tmp_path / "严.docx")) == ["甲"]


# A whole report


def test_a_real_size_report_is_read_cell_for_cell():
    fixtures = Path(__file__).resolve().parents[3] / "../shared/fixtures"
    if not (fixtures / "report.docx").exists():
        pytest.skip("needs the folder of reports beside the repository, which is not part of it")
    truth = json.loads((fixtures / "truth.json").read_text(encoding="utf-8"))
    draft = read_docx(fixtures / "report.docx")
    fragments = [block for block in draft.blocks if isinstance(block, Fragment)]
    assert [[["".join(text.split()) for text in line] for line in filled(fragment)] for fragment in fragments] == [
        [["".join(text.split()) for text in line] for line in gold["grid"]] for gold in truth["tables"]
    ]
    assert [fragment.header for fragment in fragments] == [
        gold["n_header_rows"] if gold["repeat_header"] else None for gold in truth["tables"]
    ]
    headings = [[block.level, block.text] for block in draft.blocks if isinstance(block, Heading)]
    assert headings == truth["outline"]
    assert draft.leftovers == []


def test_the_mark_of_a_note_never_becomes_a_digit_of_the_figure_before_it(tmp_path):
    document = docx.Document()
    said = document.add_paragraph("专任教师 86")
    said.add_run("2").font.superscript = True
    said.add_run(" 人，建筑面积 120 m")
    said.add_run("2").font.superscript = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "教师"
    table.cell(0, 1).text = "86"
    table.cell(0, 1).paragraphs[0].add_run("12").font.superscript = True
    document.save(str(tmp_path / "a.docx"))
    report = documents.read(tmp_path / "a.docx")
    assert next(report.paragraphs).text == "专任教师 86 人，建筑面积 120 m2"
    assert [cell.text for cell in report.tables[0].rows[0]] == ["教师", "86"]


LOOKS = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="del"><w:name w:val="删去"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="red"><w:basedOn w:val="del"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="back"><w:basedOn w:val="del"/><w:rPr><w:strike w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="old"><w:basedOn w:val="a"/><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="older"><w:basedOn w:val="old"/></w:style>
<w:style w:type="paragraph" w:styleId="form"><w:rPr><w:vanish/></w:rPr></w:style>
"""


PAGE_BREAK = '<w:r><w:rPr><w:rStyle w:val="del"/></w:rPr><w:lastRenderedPageBreak/><w:t>8</w:t></w:r>'


def dressed(style: str, text: str, more: str = "") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "kept", "left"),
    [
        (par("现有教师 ", dressed("del", "82"), "86 人"), ["现有教师 86 人"], ["82"]),
        (par("现有教师 ", dressed("red", "82"), "86 人"), ["现有教师 86 人"], ["82"]),
        (par("现有教师 ", dressed("back", "82"), " 人"), ["现有教师 82 人"], []),
        (par("现有教师 ", dressed("del", "82", '<w:strike w:val="0"/>'), " 人"), ["现有教师 82 人"], []),
        (par("现有教师 86", dressed("mark", "2"), " 人"), ["现有教师 86² 人"], []),
        (par("现有教师 82 人", style="older"), [], ["现有教师 82 人"]),
        (par("窗体顶端", style="form"), [], ["窗体顶端"]),
        (par("教师", PAGE_BREAK, "6 人"), ["教师6 人"], ["8"]),
    ],
)  # fmt: skip
def test_what_a_style_strikes_out_or_hides_is_left_and_told(read, body, kept, left):
    draft = read(body, styles=LOOKS)
    assert texts(draft) == kept
    assert [leftover.text for leftover in draft.leftovers] == left
    assert [leftover.source.paragraph for leftover in draft.leftovers] == [1] * len(left)


def test_what_is_struck_through_is_left_and_told(tmp_path):
    document = docx.Document()
    said = document.add_paragraph("合作企业 ")
    said.add_run("12").font.strike = True
    said.add_run("18 家")
    said.add_run("。").font.strike = False
    document.save(str(tmp_path / "a.docx"))
    draft = read_docx(tmp_path / "a.docx")
    assert [block.text for block in draft.blocks if isinstance(block, Paragraph)] == ["合作企业 18 家。"]
    assert [(left.text, left.reason[:7]) for left in draft.leftovers] == [("12", "画了删除线的文")]


def test_empty_lines_below_the_words_of_a_cell_are_no_content(read):
    (block,) = read(table(row(cell("甲", par(""), par(""))))).blocks
    assert grid(block) == [["甲"]]


def test_a_field_that_draws_a_formula_is_left_and_told(read):
    code = "<w:r><w:instrText> EQ \\f(1,2) </w:instrText></w:r>"
    draft = read(par("比例 ", char("begin"), code, char("end"), "已完成 3 项"))
    assert texts(draft) == ["比例 已完成 3 项"]
    assert [(left.text, left.reason) for left in draft.leftovers] == [("EQ \\f(1,2)", "公式域（EQ）没有读取。")]
