"""A bound figure is found where it stands, with what stands there now and what was printed there."""

from pathlib import Path
from zipfile import ZipFile

from taizhang.checks import check
from taizhang.core.finding import Severity
from taizhang.documents import read
from taizhang.documents.blocks import BoundFigure
from taizhang.documents.docx.imprint import Imprint, mark_of
from word_files import cell, par, row, run, table, write_docx

ADDRESS = "indicator:1.1:actual@2024"


def control(inner: str, tag: str = ADDRESS, more: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def found(tmp_path: Path, body: str, printed: str = "7") -> list[BoundFigure]:
    imprint = Imprint()
    imprint.add(ADDRESS, "指标 1.1 实现值", printed)
    path = write_docx(tmp_path / "报告.docx", body)
    with ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", imprint.written())
    return read(path).bound


def test_a_figure_in_prose_is_told_with_its_characters(tmp_path: Path) -> None:
    (figure,) = found(tmp_path, par("前") + par("建成", control(run("1") + run("2")), "个"))
    assert (figure.key, figure.name, figure.text, figure.printed) == (ADDRESS, "指标 1.1 实现值", "12", "7")
    assert (figure.source.paragraph, figure.source.start, figure.source.end) == (2, 2, 4)


def test_a_control_may_stand_around_a_paragraph_or_a_cell(tmp_path: Path) -> None:
    figures = found(tmp_path, control(par("8")) + table(row("甲", control(cell("9")))))
    assert [(each.text, each.source.paragraph) for each in figures] == [("8", 1), ("9", 3)]


def test_what_stands_in_no_known_control_is_no_figure(tmp_path: Path) -> None:
    assert found(tmp_path, par(control(run("7"), "somebody"), "<w:sdt/>", control(run("8"), ""))) == []


def test_a_figure_that_somebody_took_out_is_empty(tmp_path: Path) -> None:
    shown = control(run("单击输入"), more="<w:showingPlcHdr/>")
    assert [each.text for each in found(tmp_path, par(shown) + par("甲", control("")))] == ["", ""]


def test_a_file_without_imprint_has_none(tmp_path: Path) -> None:
    assert read(write_docx(tmp_path / "报告.docx", par(control(run("7"))))).bound == []


def test_a_program_that_lost_the_controls_is_told_of(tmp_path: Path) -> None:
    assert found(tmp_path, par("建成7个")) == []
    (finding,) = [each for each in check([read(tmp_path / "报告.docx")]).findings if each.code == "LED012"]
    assert finding.message.startswith("报告原有 1 个数绑定台账，另存它的程序把绑定全丢了")
    assert finding.severity is Severity.INFO


def marked(inner: str, tag: str = ADDRESS, number: int = 1) -> str:
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{mark_of(tag)}_{number}"/>'
    return f'{begin}{inner}<w:bookmarkEnd w:id="{number}"/>'


def test_a_control_whose_tag_was_dropped_is_known_by_its_bookmark(tmp_path: Path) -> None:
    untagged = f"<w:sdt><w:sdtPr/><w:sdtContent>{marked(run('1') + run('2'))}</w:sdtContent></w:sdt>"
    (figure,) = found(tmp_path, par("前") + par("建成", untagged, "个"))
    assert (figure.key, figure.text, figure.source.paragraph) == (ADDRESS, "12", 2)
    assert (figure.source.start, figure.source.end) == (2, 4)


def test_a_figure_with_both_holds_is_told_once_and_a_bare_bookmark_holds_too(tmp_path: Path) -> None:
    both = found(tmp_path, par("建成", marked(control(run("8"))), "个"))
    assert [each.text for each in both] == ["8"]
    assert [each.text for each in found(tmp_path, par("建成", marked(run("9")), "个"))] == ["9"]


def test_a_bookmark_that_is_not_ours_or_ends_elsewhere_holds_no_figure(tmp_path: Path) -> None:
    torn = marked(run("8")).replace("<w:bookmarkEnd", "</w:p><w:p><w:bookmarkEnd")
    assert found(tmp_path, par(torn) + par(marked(run("9"), "another"))) == []
