import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as Written
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.blocks import Cell, Draft, Fragment, Heading, Paragraph, Role, place_of
from taizhang.documents.docx import open_parts, read_docx
from taizhang.documents.docx_index import Index
from taizhang.documents.docx_text import Content
from taizhang.documents.package import Package
from word_files import cell, par, row, run, table, write_docx

WORDS = st.text(st.sampled_from("建设任务完成率校企12.%≥① \n\t"), max_size=12)


@pytest.fixture
def read(tmp_path):
    def read_body(body: str, **parts: str) -> Draft:
        draft = read_docx(write_docx(tmp_path / "报告.docx", body, **parts))
        check_places(draft, tmp_path / "报告.docx")
        return draft

    return read_body


def texts(draft: Draft, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in draft.blocks if isinstance(block, Paragraph) and block.role is role]


def grid(fragment: Fragment) -> list[list[str | None]]:
    return [[None if place is None else place.text for place in line] for line in fragment.grid]


def filled(fragment: Fragment) -> list[list[str]]:
    """Every place of the grid, covered ones with the words of the cell that covers them."""
    lines: list[list[Cell]] = [[None] * len(line) for line in fragment.grid]  # type: ignore[list-item]
    for r, line in enumerate(fragment.grid):
        for c, found in enumerate(line):
            for down in range(found.rows if found else 0):
                for across in range(found.columns):
                    lines[r + down][c + across] = found
    return [[found.text for found in line] for line in lines]


def check_places(draft: Draft, path) -> None:
    """Every piece tells where its words stand; only the numbers that Word prints itself stand nowhere."""
    with Package.open(path) as package:
        paragraphs = [Content(p).text for p in Index(open_parts(package).roots).numbers]
    for block in draft.blocks:
        holders = [c for line in block.grid for c in line if c] if isinstance(block, Fragment) else [block]
        for holder in holders:
            for piece, following in zip(holder.pieces, [*holder.pieces[1:], None], strict=True):
                if following and following.source == piece.source:
                    continue  # a printed number
                place = place_of(holder.text, holder.pieces, piece.start)
                stop = following.start if following else len(holder.text)
                words = holder.text[piece.start : stop]
                if place.paragraph:
                    stands = paragraphs[place.paragraph - 1][place.start : place.end]
                    assert words.rstrip("\n") == stands.rstrip("\n")
                assert place.file == path.name


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


def merged_table(written: Written, size: tuple[int, int], merges) -> None:
    grid = written.add_table(*size)
    for r in range(size[0]):
        for c in range(size[1]):
            grid.cell(r, c).text = f"{r}-{c}"
    for (r, c), (down, across) in merges:
        first = grid.cell(min(r, size[0] - 1), min(c, size[1] - 1))
        last = grid.cell(min(r + down, size[0] - 1), min(c + across, size[1] - 1))
        first.merge(last)


PLACES = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.tuples(st.integers(1, 5), st.integers(1, 5)), st.lists(st.tuples(PLACES, PLACES), max_size=2))
def test_merged_cells_are_where_python_docx_sees_them(tmp_path_factory, size, merges):
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    written = docx.Document()
    try:
        merged_table(written, size, merges)
    except docx.exceptions.InvalidSpanError:
        return
    written.save(str(path))
    expected = [[c.text for c in r.cells] for r in docx.Document(str(path)).tables[0].rows]
    (fragment,) = read_docx(path).blocks
    assert isinstance(fragment, Fragment)
    assert filled(fragment) == expected


# Tables


def test_rows_may_begin_late_and_end_early(read):
    body = table(
        row("甲", "乙", "丙", properties='<w:gridBefore w:val="1"/>'), row("丁", properties='<w:gridAfter w:val="3"/>')
    )
    assert grid(read(body).blocks[0]) == [["", "甲", "乙", "丙"], ["丁", "", "", ""]]


def test_old_merges_across_are_spans(read):
    merge = '<w:hMerge w:val="{}"/>'.format
    body = table(
        row(cell("甲", properties=merge("restart")), cell("", properties=merge("continue")), "乙"), row("1", "2", "3")
    )
    assert grid(read(body).blocks[0]) == [["甲", None, "乙"], ["1", "2", "3"]]


def test_a_downward_merge_of_another_width_repeats_the_words(read):
    span = '<w:gridSpan w:val="2"/>'
    merge = '<w:vMerge w:val="{}"/>'.format
    body = table(
        row(cell("甲", properties=span + merge("restart")), "乙"), row(cell("", properties="<w:vMerge/>"), "1", "2")
    )
    assert grid(read(body).blocks[0]) == [["甲", None, "乙"], ["甲", "1", "2"]]


def test_words_under_a_merged_cell_are_left_over(read):
    merge = '<w:vMerge w:val="{}"/>'.format
    rows = [row(cell("甲", properties=merge("restart"))), row(cell("藏", properties=merge("continue")))]
    draft = read(table(*rows))
    assert grid(draft.blocks[0]) == [["甲"], [None]]
    assert [left.text for left in draft.leftovers] == ["藏"]


def test_only_leading_repeated_rows_are_the_header(read):
    head = "<w:tblHeader/>"
    off = '<w:tblHeader w:val="0"/>'
    rows = [row("甲", properties=head), row("乙", properties=head), row("1", properties=off), row("2", properties=head)]
    assert read(table(*rows)).blocks[0].header == 2
    assert read(table(*rows[2:])).blocks[0].header is None


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


def test_a_forged_span_is_cut_to_what_word_allows(read):
    wide = '<w:gridSpan w:val="999999999"/>'
    body = table(
        row(cell("甲", properties=wide), cell("乙", properties=wide), properties='<w:gridBefore w:val="99999999"/>')
    )
    assert len(read(body).blocks[0].grid[0]) < 200


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


def field(code: str, result: str) -> str:
    return char("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + char("separate") + result + char("end")


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


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


# Text


def either(branches: str) -> str:
    return f"<mc:AlternateContent>{branches}</mc:AlternateContent>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>  甲 乙 </w:t></w:r>", "甲 乙"),
        ('<w:r><w:t xml:space="preserve"> 甲 </w:t></w:r>', " 甲 "),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>乙</w:t><w:cr/></w:r>", "甲-乙\n"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3</w:t></w:r>', "≥3"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="X" w:char="F0B3"/><w:sym w:char="z"/><w:sym w:char="2460"/></w:r>', "\ufffd\ufffd①"),
        (run("甲") + f"<w:hyperlink><w:smartTag>{run('乙')}</w:smartTag></w:hyperlink>", "甲乙"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>{run('乙')}", "甲乙"),
        (f"<w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (f'<w:fldSimple w:instr="SEQ 表">{run("3")}</w:fldSimple>', "3"),
        (field("SEQ 表", run("3")), "3"),
        (field("IF " + "</w:instrText></w:r>" + field("PAGE", run("9")) + "<w:r><w:instrText>", run("真")), "真"),
        (char("end") + run("甲"), "甲"),
        (f"<w:r><w:ruby><w:rt>{run('yun')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>", "云"),
        ('<w:commentRangeStart w:id="0"/>' + run("甲") + '<w:r><w:commentReference w:id="0"/></w:r>', "甲"),
        (either(f"<mc:Choice>{run('甲')}</mc:Choice><mc:Fallback>{run('乙')}</mc:Fallback>"), "甲"),
        (either(f"<mc:Fallback>{run('乙')}</mc:Fallback>"), "乙"),
    ],
    ids=str,
)  # fmt: skip
def test_the_text_is_what_is_printed(read, inner, text):
    assert texts(read(par(inner))) == [text]


def test_formulas_are_left_over(read):
    draft = read(par("率", "<m:oMath><m:r><m:t>a/b</m:t></m:r></m:oMath>"))
    assert texts(draft) == ["率"]
    assert [left.text for left in draft.leftovers] == ["a/b"]


GONE = "<w:rPr><w:del/></w:rPr>"


def test_a_deleted_paragraph_mark_joins_paragraphs(read):
    draft = read(
        par("云岭", properties=GONE) + par("", properties=GONE) + par("学院", style="1") + par("正文"), styles=STYLES
    )
    assert [(type(block), block.text) for block in draft.blocks] == [(Heading, "云岭学院"), (Paragraph, "正文")]
    assert [(piece.start, piece.source.paragraph) for piece in draft.blocks[0].pieces] == [(0, 1), (2, 3)]
    assert grid(read(table(row(cell(par("甲", properties=GONE), par("乙"))))).blocks[0]) == [["甲乙"]]
    assert texts(read(par("甲", properties=GONE) + table(row("表")))) == ["甲"]


def test_deleted_rows_and_cells_are_gone(read):
    body = table(
        row("甲", "乙"), row("旧", properties="<w:del/>"), row("1", cell("旧", properties="<w:cellDel/>"), "2")
    )
    assert grid(read(body).blocks[0]) == [["甲", "乙"], ["1", "2"]]


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
    fixtures = Path(__file__).resolve().parents[2] / "../shared/fixtures"
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
