"""A renewal changes figures and nothing else; what a person did by hand is told before it is lost."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlines import ODD, REPORT, figure
from report_snapshots import small
from taizhang.checks import check
from taizhang.core.errors import TaizhangError, UnreadableDocumentError, UsageError
from taizhang.documents import read
from taizhang.documents.docx.imprint import held
from taizhang.reports.outline import Figure, Outline, Paragraph
from taizhang.reports.register import Register
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.word import write
from taizhang.reports.word.renewal import Renewal, Upshot, renew
from word_files import cell, par, row, run, table, write_docx

ACTUAL = "indicator:1.1.1.1:actual@2024"
NEW = "f" * 64


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write(REPORT, tmp_path / "自评报告.docx")
    return tmp_path / "自评报告.docx"


def register(**texts: str) -> Register:
    """What the report was written from, with other texts for some of its figures."""
    old = Register.of_outline(REPORT)
    figures = {key: replace(each, text=texts.get(each.address, each.text)) for key, each in old.figures.items()}
    return Register(NEW, figures)


def changed(text: str) -> Register:
    return register(**{ACTUAL: text})


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def by_hand(path: Path, old: str, new: str, part: str = "word/document.xml") -> None:
    """What Word does when somebody types: the text of a run becomes another."""
    inside = parts(path)
    assert old in inside[part].decode()
    inside[part] = inside[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)


def fates(renewal: Renewal) -> list[tuple[Upshot, str, str]]:
    return [(each.fate, each.before, each.after) for each in renewal.told]


def test_figures_become_what_the_ledger_says_wherever_they_stand(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "新.docx"
    done = renew(report, out, changed("8"))
    assert fates(done) == [(Upshot.RENEWED, "7", "8")] * 2  # in the prose and in the table
    assert done.changed == 2
    assert done.is_settled
    document = read(out)
    assert "本年度计划新建实训基地6个，实际建成8个，详见表2-1。" in [each.text for each in document.paragraphs]
    assert [cell.text for cell in document.tables[0].body[0]] == ["1.1.1.1 新建实训基地（个）", "6", "8", "100%", ""]
    assert {each.text for each in document.bound if each.key == ACTUAL} == {"8"}


def test_nothing_but_the_figures_changes(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "新.docx"
    renew(report, out, changed("8"))
    before, after = parts(report), parts(out)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml", "customXml/item1.xml", "docProps/custom.xml",
    }  # fmt: skip
    control = b'<w:tag w:val="' + ACTUAL.encode() + b'"/>'
    pieces = before["word/document.xml"].split(control)
    expected = control.join([pieces[0], *(piece.replace(b"<w:t>7</w:t>", b"<w:t>8</w:t>", 1) for piece in pieces[1:])])
    assert after["word/document.xml"] == expected
    assert NEW.encode() in after["docProps/custom.xml"]


def test_a_second_renewal_changes_nothing(report: Path) -> None:
    renew(report, report, changed("8"))
    first = report.read_bytes()
    again = renew(report, report, changed("8"))
    assert again.told == []
    assert report.read_bytes() == first


def test_renewing_back_gives_the_report_as_it_was(report: Path) -> None:
    before = parts(report)
    renew(report, report, changed("8"))
    renew(report, report, Register.of_outline(REPORT))
    assert parts(report) == before


def test_a_figure_edited_by_hand_is_found_told_and_left(report: Path) -> None:
    by_hand(report, "<w:t>80%</w:t>", "<w:t>100%</w:t>")
    found = [each for each in check([read(report)]).findings if each.code == "LED012"]
    assert [(each.printed, each.expected, each.row) for each in found] == [
        ("100%", "80%", "1.1.1.2 省级在线课程（门）")
    ]
    done = renew(report, report, changed("8"))
    assert (Upshot.EDITED, "100%", "80%") in fates(done)
    assert not done.is_settled
    assert "100%" in [each.text for each in read(report).bound if each.key == "indicator:1.1.1.2:rate@2024"]
    assert fates(renew(report, report, changed("8"))) == [(Upshot.EDITED, "100%", "80%")]


def test_a_figure_edited_by_hand_is_overwritten_where_that_is_asked_for(report: Path) -> None:
    by_hand(report, "<w:t>80%</w:t>", "<w:t>100%</w:t>")
    done = renew(report, report, register(), overwrite=True)
    assert fates(done) == [(Upshot.OVERWRITTEN, "100%", "80%")]
    assert not [each for each in check([read(report)]).findings if each.code == "LED012"]


def test_what_was_edited_to_the_same_is_no_edit(report: Path) -> None:
    by_hand(report, "<w:t>80%</w:t>", "<w:t>90%</w:t>")
    assert renew(report, report, register(**{"indicator:1.1.1.2:rate@2024": "90%"})).told == []
    assert not [each for each in check([read(report)]).findings if each.code == "LED012"]


def test_a_figure_that_the_ledger_has_no_longer_is_told_and_left(report: Path) -> None:
    known = register()
    done = renew(report, report, Register(NEW, {key: each for key, each in known.figures.items() if key != ACTUAL}))
    assert fates(done) == [(Upshot.GONE, "7", "")] * 2
    assert not done.is_settled
    assert {each.text for each in read(report).bound if each.key == ACTUAL} == {"7"}


def test_a_control_that_somebody_emptied_is_told(report: Path) -> None:
    by_hand(report, "<w:t>80%</w:t>", "")
    assert fates(renew(report, report, register())) == [(Upshot.EDITED, "", "80%")]
    assert fates(renew(report, report, register(), overwrite=True)) == [(Upshot.OVERWRITTEN, "", "80%")]
    assert "80%" in {each.text for each in read(report).bound}


@given(st.text(), ODD)
def test_any_text_is_put_in_and_read_back(tmp_path_factory: pytest.TempPathFactory, text: str, odd: str) -> None:
    path = tmp_path_factory.mktemp("r") / "报告.docx"
    first, second = Figure("a", "7", "甲"), Figure("b", "一\n二\t三", "乙")
    write(Outline("报告", (Paragraph((first, "与", second)),)), path)
    renew(path, path, Register(NEW, {"a": replace(first, text=text), "b": replace(second, text=odd)}))
    assert [each.text for each in read(path).bound] == [held(text), held(odd)]
    assert [each.printed for each in read(path).bound] == [held(text), held(odd)]


CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="甲"/><w:tag w:val="a"/>{more}</w:sdtPr>{content}</w:sdt>'


def own(path: Path, content: str, more: str = "", *, around: bool = False) -> Path:
    control = CONTROL.format(content=content, more=more)
    return write_docx(path, control if around else par("前", control, "后"))


FIGURES = Register(NEW, {"a": Figure("a", "9 & 8", "甲")})


@pytest.mark.parametrize(
    "content",
    [
        f"<w:sdtContent>{run('1')}<w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t><w:tab/></w:r></w:sdtContent>",
        "<w:sdtContent><w:r><w:t/></w:r></w:sdtContent>",
        "<w:sdtContent><w:r/></w:sdtContent>",
        "<w:sdtContent></w:sdtContent>",
        "<w:sdtContent/>",
    ],
)
def test_controls_of_the_users_own_are_filled_whatever_is_in_them(tmp_path: Path, content: str) -> None:
    path = own(tmp_path / "报告.docx", content)
    renew(path, path, FIGURES, overwrite=True)
    assert [each.text for each in read(path).paragraphs] == ["前9 & 8后"]
    assert [each.text for each in read(path).bound] == ["9 & 8"]


def test_words_that_word_shows_in_an_empty_control_go(tmp_path: Path) -> None:
    shown = '<w:sdtContent><w:r><w:rPr><w:rStyle w:val="a3"/></w:rPr><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent>'
    path = own(tmp_path / "报告.docx", shown, "<w:showingPlcHdr/>")
    assert fates(renew(path, path, FIGURES)) == [(Upshot.RENEWED, "", "9 & 8")]
    assert b"rStyle" not in parts(path)["word/document.xml"]
    assert [each.text for each in read(path).bound] == ["9 & 8"]


def test_a_control_around_paragraphs_or_cells_is_filled(tmp_path: Path) -> None:
    path = own(tmp_path / "报告.docx", f"<w:sdtContent>{par('')}</w:sdtContent>", around=True)
    renew(path, path, FIGURES)
    assert [each.text for each in read(path).paragraphs] == ["9 & 8"]
    control = CONTROL.format(content=f"<w:sdtContent>{cell('7')}</w:sdtContent>", more="")
    path = write_docx(tmp_path / "表.docx", table(row("甲", control), row("乙", "1")))
    renew(path, path, FIGURES, overwrite=True)
    assert [cell.text for cell in read(path).tables[0].rows[0]] == ["甲", "9 & 8"]


def test_without_an_imprint_nobody_knows_whether_a_figure_was_edited(tmp_path: Path) -> None:
    path = own(tmp_path / "报告.docx", f"<w:sdtContent>{run('7')}</w:sdtContent>")
    assert fates(renew(path, path, FIGURES)) == [(Upshot.UNKNOWN, "7", "9 & 8")]
    assert [(each.text, each.printed) for each in read(path).bound] == [("7", "9 & 8")]


def test_what_was_deleted_or_is_code_is_no_text_of_a_figure(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>7</w:delText></w:r></w:del>'
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    path = own(tmp_path / "报告.docx", f"<w:sdtContent>{deleted}{code}{run('9 &amp; 8')}</w:sdtContent>")
    assert renew(path, path, FIGURES).told == []


def test_a_control_without_place_for_text_is_told(tmp_path: Path) -> None:
    path = own(tmp_path / "报告.docx", "")
    assert renew(path, path, FIGURES).seen == []


def test_a_figure_in_a_footnote_or_header_is_renewed(tmp_path: Path) -> None:
    control = CONTROL.format(content=f"<w:sdtContent>{run('7')}</w:sdtContent>", more="")
    path = write_docx(
        tmp_path / "报告.docx",
        par("正文"),
        footnotes=f'<w:footnote w:id="1">{par(control)}</w:footnote>',
        header=par(control),
    )
    assert len(renew(path, path, FIGURES, overwrite=True).told) == 2


def test_a_file_that_is_no_word_file_is_left_with_one_sentence(tmp_path: Path, report: Path) -> None:
    other = tmp_path / "别的.docx"
    other.write_bytes(b"PK nothing")
    with pytest.raises(UnreadableDocumentError):
        renew(other, other, FIGURES)
    assert other.read_bytes() == b"PK nothing"
    with pytest.raises(UsageError, match="写不了"):
        renew(report, tmp_path / "没有" / "新.docx", changed("8"))


def test_another_form_of_an_address_is_another_figure(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    plain, exact = figure("1.1", "actual", "9"), figure("1.1", "actual", "9.00", form="0.00")
    write(Outline("报告", (Paragraph((plain, "即", exact)),)), path)
    renew(path, path, Register.of("", [plain, replace(exact, text="9.50")]))
    assert [each.text for each in read(path).bound] == ["9", "9.50"]


@given(st.data())
def test_a_damaged_report_is_renewed_or_refused_and_never_lost(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("f") / "报告.docx"
    write(REPORT, path)
    inside = parts(path)
    part = data.draw(st.sampled_from(["word/document.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"]))
    start = data.draw(st.integers(0, len(inside[part])))
    length = data.draw(st.integers(0, 40))
    inside[part] = inside[part][:start] + data.draw(st.binary(max_size=8)) + inside[part][start + length :]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    before = path.read_bytes()
    try:
        renew(path, path, changed("8"))
    except TaizhangError:
        assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_that_libreoffice_saved_without_the_tags_is_refreshed_by_its_bookmarks(tmp_path: Path) -> None:
    outline = selfevaluation(small())
    path, saved, out = tmp_path / "报告.docx", tmp_path / "另存.docx", tmp_path / "更新.docx"
    write(outline, path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb'<w:(tag|alias|id) w:val="[^"]*"/>', b"", data).replace(b">1500<", b">1600<")
            new.writestr(name, data)
    assert len(read(saved).bound) == len(read(path).bound)
    told = Register.of_outline(outline)
    assert {each.fate for each in renew(saved, out, told).told} == {Upshot.EDITED}
    assert {each.after for each in renew(saved, out, told, overwrite=True).told} == {"1500"}
    assert [each.text for each in read(out).bound] == [each.text for each in read(path).bound]
