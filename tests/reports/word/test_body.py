"""What is written is read back: by us, by python-docx, by pandoc; fields say before an update what they say after."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from outlines import FUNDS, INDICATORS, ODD, POINTS, REPORT, said, tables
from taizhang.documents import read
from taizhang.documents.blocks import Fragment, Heading, Role
from taizhang.documents.docx.reader import read_docx
from taizhang.documents.docx.text import W
from taizhang.documents.package import Package
from taizhang.reports.outline import (
    Contents,
    Figure,
    Items,
    Mention,
    Outline,
    PageBreak,
    Paragraph,
    Table,
    TableList,
    Words,
    figures,
    row,
)  # fmt: skip
from taizhang.reports.outline import Heading as OutlineHeading
from taizhang.reports.word import write
from taizhang.reports.word.body import broken
from word_files import filled

ADDRESS = st.characters().filter(lambda letter: letter.isprintable() and letter != "|")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("w") / "自评报告.docx"
    write(REPORT, path)
    return path


def body(path: Path) -> etree._Element:
    with Package.open(path) as package:
        return package.xml("word/document.xml")


def test_the_report_is_read_back_with_numbers_captions_and_units(report: Path) -> None:
    document = read(report)
    assert document.leftovers == []
    assert [each.text for each in document.blocks if isinstance(each, Heading)][:3] == [
        "一、总体情况", "二、绩效目标完成情况", "（一）产出指标",
    ]  # fmt: skip
    assert [(each.number, each.caption, each.unit) for each in document.tables] == [
        ("2-1", "产出指标（数量）完成情况", "见各行"),
        ("2-2", "任务点完成情况", None),
        ("2-3", "资金到位与使用", "万元"),
    ]
    prose = [each.text for each in document.paragraphs]
    assert "本年度计划新建实训基地6个，实际建成7个，详见表2-1。" in prose
    assert "资金使用与绩效目标完成情况一致。" in prose
    assert prose.count(" 以学校验收文件为准。") == 1


def test_columns_flatten_to_the_paths_they_were_written_from(report: Path) -> None:
    for read_back, table in zip(read(report).tables, (INDICATORS, POINTS, FUNDS), strict=True):
        assert read_back.columns == tuple("/".join(column.path) for column in table.columns)
        assert len(read_back.body) == len(table.rows)


@given(st.lists(tables(), min_size=1, max_size=2))
def test_any_table_is_read_back_place_by_place(tmp_path_factory: pytest.TempPathFactory, made: list[Table]) -> None:
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    write(Outline("报告", tuple(made)), path)
    found = [filled(each) for each in read_docx(path).blocks if isinstance(each, Fragment)]
    assert found == [said(table) for table in made]
    assert [each.header for each in read_docx(path).blocks if isinstance(each, Fragment)] == [t.depth for t in made]


@given(tables(st.text(st.sampled_from("新建课程基地门个①。"), min_size=1, max_size=8)))
def test_tables_that_python_docx_sees_are_those_written(tmp_path_factory: pytest.TempPathFactory, made: Table) -> None:
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    write(Outline("报告", (made,)), path)
    (found,) = docx.Document(str(path)).tables
    assert [[cell.text for cell in line.cells] for line in found.rows] == said(made)


@given(st.lists(ODD, min_size=1, max_size=4), st.text(ADDRESS, min_size=1, max_size=90))
def test_odd_text_never_breaks_the_file(tmp_path_factory: pytest.TempPathFactory, odd: list[str], address: str) -> None:
    path = tmp_path_factory.mktemp("w") / "报告.docx"
    first = Figure(address, odd[0], odd[-1])
    outline = Outline(
        odd[0],
        (
            OutlineHeading(odd[0]),
            Paragraph(tuple(odd)),
            Paragraph((first, Words(odd[-1], bold=True))),
            Items((tuple(odd),)),
        ),
        lines=tuple(odd),
        properties=((odd[0], odd[-1]),),
    )
    write(outline, path)
    read_docx(path)
    docx.Document(str(path))


def test_pandoc_sees_the_same_tables(report: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    done = subprocess.run(["pandoc", str(report), "-t", "json"], capture_output=True, check=True)
    found = [block for block in json.loads(done.stdout)["blocks"] if block["t"] == "Table"]
    texts = [re.findall(r'"t": ?"Str", ?"c": ?"([^"]*)"', json.dumps(block, ensure_ascii=False)) for block in found]
    for words, table in zip(texts, (INDICATORS, POINTS, FUNDS), strict=True):
        begun = list(table.grid())
        wanted = [
            "".join(getattr(r, "text", r) for runs in place[0].paragraphs for r in runs)
            for line in begun for place in line if place and place[1]
        ]  # fmt: skip
        joined = re.sub(r"\s", "", "".join(words))
        assert all(re.sub(r"\s", "", text) in joined for text in wanted)


def test_every_figure_is_a_control_with_its_address_and_name(report: Path) -> None:
    controls = list(body(report).iter(f"{W}sdt"))
    shown = [
        (
            each.find(f"{W}sdtPr/{W}tag").get(f"{W}val"),
            each.find(f"{W}sdtPr/{W}alias").get(f"{W}val"),
            "".join(text.text for text in each.iter(f"{W}t")),
        )
        for each in controls
    ]
    assert shown == [(each.key, each.name or each.address, each.text) for each in figures(REPORT)]
    identifiers = [each.find(f"{W}sdtPr/{W}id").get(f"{W}val") for each in controls]
    assert len(set(identifiers)) == len(identifiers)


def fields(root: etree._Element) -> list[tuple[str, str]]:
    """Each field without another in it: its code and its result."""
    found: list[tuple[str, str]] = []
    code = result = ""
    state = ""
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}fldChar":
            state = element.get(f"{W}fldCharType")
            if state == "begin":
                code = result = ""
            elif state == "end" and code:
                found.append((code.strip(), result))
                code = ""
        elif element.tag == f"{W}instrText":
            code += element.text
        elif state == "separate":
            result += element.text
    return found


def test_fields_hold_the_result_that_an_update_gives(report: Path) -> None:
    root = body(report)
    seen: dict[str, int] = {}
    marks = {
        start.get(f"{W}name"): "".join(text.text for text in start.getparent().iter(f"{W}t"))
        for start in root.iter(f"{W}bookmarkStart")
    }
    codes = fields(root)
    for code, result in codes:
        kind, name, *_ = code.split()
        if kind == "SEQ":
            seen[name] = seen.get(name, 0) + 1
            assert result == str(seen[name])
        elif kind == "REF":
            assert result
            assert marks[name].startswith(result)
        elif kind == "PAGEREF":
            assert name in marks
            assert result.isdigit()
    assert {code.split()[0] for code, _ in codes} >= {"SEQ", "REF", "PAGEREF"}
    contents = [
        code for code in ("TOC \\o", "TOC \\h") if any(code in (e.text or "") for e in root.iter(f"{W}instrText"))
    ]
    assert len(contents) == 2


def test_contents_hold_every_heading_and_caption(report: Path) -> None:
    document = read(report)
    listed = [each.text.split("\t")[0] for each in document.blocks if getattr(each, "role", None) is Role.CONTENTS]
    for heading in ("一、总体情况", "（二）任务点", "附件"):
        assert heading in listed
    assert "表2-3\u3000资金到位与使用" in listed


def test_an_empty_list_of_tables_is_a_field_to_be_filled(tmp_path: Path) -> None:
    write(Outline("报告", (Contents(), TableList(), Paragraph(("没有表格。",)))), tmp_path / "报告.docx")
    root = body(tmp_path / "报告.docx")
    kinds = [each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 2


def test_a_landscape_table_takes_its_heading_with_it_and_no_more(report: Path) -> None:
    sections: list[tuple[bool, list[str]]] = []
    told: list[str] = []
    for element in body(report).find(f"{W}body"):
        told += [text.text for text in element.iter(f"{W}t") if text.text]
        section = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            sections.append((section.find(f"{W}pgSz").get(f"{W}orient") == "landscape", told))
            told = []
    assert [turned for turned, _ in sections] == [False, False, True, False]
    assert sections[2][1][0] == "任务点"
    assert sections[3][1][0] == "资金情况"


def test_a_report_without_cover_or_breaks_is_one_section(tmp_path: Path) -> None:
    table = Table(caption="甲", columns=INDICATORS.columns[:1], rows=(row("乙"),))
    write(
        Outline("简报", (Paragraph(("见", Mention("表"))), PageBreak(), Table(**{**fields_of(table), "key": "表"}))),
        tmp_path / "简报.docx",
    )
    assert len(list(body(tmp_path / "简报.docx").iter(f"{W}sectPr"))) == 1


def fields_of(table: Table) -> dict[str, object]:
    return {name: getattr(table, name) for name in Table.__dataclass_fields__}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云岭职业技术学院省域高水平高职学校建设中期绩效自评报告", ["云岭职业技术学院省域高水平高职学校建设", "中期绩效自评报告"]),
        ("云岭职业技术学院中期产教融合报告", ["云岭职业技术学院中期产教融合报告"]),
        ("一二三四五六七八九十一二三四五六七八九十", ["一二三四五六七八九十一二三四五六七八九十"]),
    ],
)  # fmt: skip
def test_a_long_title_is_broken_where_a_part_of_it_ends(title: str, lines: list[str]) -> None:
    assert broken(title).split("\n") == lines
