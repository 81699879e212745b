"""A college's own template is filled with bound figures, and what cannot be filled is told with its place."""

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from taizhang.core.errors import UsageError
from taizhang.documents import read
from taizhang.reports.outline import Figure
from taizhang.reports.register import Register
from taizhang.reports.word.renewal import renew
from taizhang.reports.word.template import account, fill, known
from word_files import par, run, write_docx

COURSES = Figure("indicator/1.1.1:actual", "7", "1.1.1 实现值")
BASES = Figure("indicator/1.1.2:actual", "1234.5", "1.1.2 实现值")
COLLEGE = Figure("snapshot:college", "云岭职业技术学院", "学校名称")
REGISTER = Register.of(
    "a" * 64,
    [COURSES, BASES, COLLEGE],
    {
        "指标": [
            {"编号": "1.1.1", "名称": "在线课程", "实现值": COURSES},
            {"编号": "1.1.2", "名称": "到款", "实现值": BASES},
        ],
        "空": [],
    },
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """What a clerk makes in Word in ten minutes."""
    made = docx.Document()
    made.add_heading("{{学校名称}}年度报告", 1)
    paragraph = made.add_paragraph("建成在线课程{{指标 1.1")
    paragraph.add_run(".1 实现").bold = True
    paragraph.add_run("值}}门，到款{{指标 1.1.2 实现值|千分位}}万元。")
    made.add_paragraph("见{{指标 9.9 实现值}}和{{没写完")
    grid = made.add_table(2, 4)
    for cell, text in zip([*grid.rows[0].cells, *grid.rows[1].cells], ["编号", "名称", "实现值", "学校",
            "{{指标.编号}}", "{{指标.名称}}", "共{{指标.实现值}}", "{{学校名称}}"], strict=True):  # fmt: skip
        cell.text = text
    made.sections[0].header.paragraphs[0].text = "{{学校名称}}"
    made.save(str(tmp_path / "模板.docx"))
    return tmp_path / "模板.docx"


def test_placeholders_become_figures_and_rows_are_repeated(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    done = fill(template, out, REGISTER)
    document = read(out)
    assert "建成在线课程7门，到款1,234.5万元。" in [each.text for each in document.paragraphs]
    assert [[cell.text for cell in row] for row in document.tables[0].body] == [
        ["1.1.1", "在线课程", "共7", "云岭职业技术学院"],
        ["1.1.2", "到款", "共1234.5", "云岭职业技术学院"],
    ]
    assert {each.key for each in document.bound} >= {"indicator/1.1.1:actual", "indicator/1.1.2:actual|千分位"}
    assert all(each.text == each.printed for each in document.bound)
    assert docx.Document(str(out)).sections[0].header.paragraphs[0]._p.xpath("string(.)") == "云岭职业技术学院"
    assert (done.rows, len(done.unfilled)) == (2, 2)


def test_what_cannot_be_filled_is_left_and_told_with_its_place(template: Path, tmp_path: Path) -> None:
    done = fill(template, tmp_path / "报告.docx", REGISTER)
    assert account(done, "报告.docx").splitlines() == [
        "报告.docx：填了 12 处，清单 2 行，没填 2 处：",
        "  第 3 段“见{{指标 9.9 实现值}}和{{没写完”：{{指标 9.9 实现值}} 台账里没有",
        "  第 3 段“见{{指标 9.9 实现值}}和{{没写完”：大括号没有成对",
    ]
    assert "见{{指标 9.9 实现值}}和{{没写完" in [each.text for each in read(tmp_path / "报告.docx").paragraphs]


def test_a_filled_template_is_renewed_like_any_report(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    fill(template, out, REGISTER)
    told = renew(out, out, Register.of("b" * 64, [COURSES, COLLEGE, replace(BASES, text="2000")])).told
    assert {(each.key, each.after) for each in told} == {
        ("indicator/1.1.2:actual", "2000"),
        ("indicator/1.1.2:actual|千分位", "2,000"),
    }
    assert "建成在线课程7门，到款2,000万元。" in [each.text for each in read(out).paragraphs]


def test_named_controls_are_filled_too(tmp_path: Path) -> None:
    control = '<w:sdt><w:sdtPr><w:alias w:val="{}"/>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'.format
    body = par(
        control("指标 1.1.1 实现值", "<w:showingPlcHdr/>", run("单击输入")),
        control("到款", '<w:tag w:val="indicator/1.1.2:actual"/>', run("0")),
        control("别的", "", run("不动")),
    )
    out = tmp_path / "报告.docx"
    fill(write_docx(tmp_path / "模板.docx", body), out, REGISTER)
    document = read(out)
    assert [each.text for each in document.paragraphs] == ["71234.5不动"]
    assert [each.key for each in document.bound] == ["indicator/1.1.1:actual", "indicator/1.1.2:actual"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (par("{{指标.编号}}"), "清单的占位符要放在表格的一行里"),
        ("<w:tbl><w:tr><w:tc>" + par("{{指标.没有}}") + "</w:tc></w:tr></w:tbl>", "清单里没有这一列"),
        ("<w:tbl><w:tr><w:tc>" + par("{{空.编号}}") + "</w:tc></w:tr></w:tbl>", "清单是空的，这一行没有动"),
        (
            "<w:tbl><w:tr><w:tc>" + par("{{指标.编号}}{{空.编号}}") + "</w:tc></w:tr></w:tbl>",
            "同一行里只能用一个清单，这一行还有“空”",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_told(tmp_path: Path, body: str, why: str) -> None:
    done = fill(write_docx(tmp_path / "模板.docx", body), tmp_path / "报告.docx", REGISTER)
    assert [each.why for each in done.unfilled] == [why]


def test_repeated_rows_have_nothing_twice_that_may_stand_once(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{run("固定")}</w:sdtContent></w:sdt>'
    body = f"<w:tbl><w:tr><w:tc>{par('{{指标.编号}}', mark, control)}</w:tc></w:tr></w:tbl>"
    out = tmp_path / "报告.docx"
    fill(write_docx(tmp_path / "模板.docx", body), out, REGISTER)
    inside = docx.Document(str(out)).element
    assert len(inside.xpath("//w:bookmarkStart")) == 1
    identifiers = inside.xpath("//w:sdtPr/w:id/@w:val")
    assert len(identifiers) == len(set(identifiers)) == 2


def test_a_template_without_placeholders_is_copied_and_told(tmp_path: Path) -> None:
    plain = write_docx(tmp_path / "模板.docx", par("没有"))
    done = fill(plain, tmp_path / "报告.docx", REGISTER)
    assert "模板里没有占位符" in account(done, "报告.docx")
    assert [each.text for each in read(tmp_path / "报告.docx").paragraphs] == ["没有"]


def test_the_template_itself_is_never_written(template: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不能写进模板"):
        fill(template, template, REGISTER)
    with pytest.raises(UsageError, match="写不了"):
        fill(template, tmp_path / "没有" / "报告.docx", REGISTER)


def test_all_that_a_template_may_ask_for_is_listed() -> None:
    assert list(known(REGISTER)) == [
        "{{1.1.1 实现值}}  7  [indicator/1.1.1:actual]",
        "{{1.1.2 实现值}}  1234.5  [indicator/1.1.2:actual]",
        "{{学校名称}}  云岭职业技术学院  [snapshot:college]",
        "清单 指标（2 行）：{{指标.编号}}  {{指标.名称}}  {{指标.实现值}}",
        "清单 空（0 行）：",
    ]
