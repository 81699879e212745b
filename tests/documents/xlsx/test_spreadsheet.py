"""Each cell is given as it is shown, and what is not shown is said."""

import zipfile
from pathlib import Path

import pytest

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.xlsx.spreadsheet import Sheet, Span, Spreadsheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(path: Path, sheet: str, *, properties: str = "", sheets: str | None = None) -> Path:
    """A workbook of one sheet whose XML is `sheet`, as small as the format allows."""
    listed = '<sheet name="表" sheetId="1" r:id="r1"/>' if sheets is None else sheets
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="a" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">{properties}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{KINDS}/worksheet" Target="worksheets/1.xml"/>'
            f'<Relationship Id="r2" Type="{KINDS}/sharedStrings" Target="strings.xml"/>'
            f'<Relationship Id="r3" Type="{KINDS}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/worksheets/1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/strings.xml": (
            f'<sst xmlns="{MAIN}"><si><t>指标</t></si>'
            "<si><r><t>目标</t></r><r><t>值</t></r><rPh><t>mb</t></rPh></si></sst>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="180" formatCode="0&quot;间&quot;"/></numFmts>'
            '<borders><border/><border><top style="thin"/></border></borders>'
            '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="180" borderId="1"/><xf numFmtId="14"/>'
            '<xf numFmtId="12"/></cellXfs></styleSheet>'
        ),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def only(book: Spreadsheet) -> Sheet:
    (sheet,) = book.sheets()
    return sheet


def test_cells_are_shown_by_kind_and_format(tmp_path: Path) -> None:
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row r="3"><c r="B3" s="1"><v>12</v></c><c r="C3" s="2"><v>45292</v></c><c t="b"><v>0</v></c>'
        '<c t="str"><f>A1</f><v>文</v></c></row>'
    )
    sheet = only(Spreadsheet(workbook(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>")))
    assert sheet.cells == {
        (1, 1): "指标", (1, 2): "目标值", (3, 2): "12间", (3, 3): "2024/1/1", (3, 4): "否", (3, 5): "文"
    }  # fmt: skip


def test_the_other_epoch_is_obeyed(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        '<sheetData><row><c s="2"><v>43830</v></c></row></sheetData>',
        properties='<workbookPr date1904="1"/>',
    )
    assert only(Spreadsheet(path)).cells == {(1, 1): "2024/1/1"}


def test_layout_is_told(tmp_path: Path) -> None:
    sheet = only(
        Spreadsheet(
            workbook(
                tmp_path / "a.xlsx",
                '<sheetViews><sheetView><pane ySplit="2" state="frozen"/></sheetView></sheetViews>'
                '<cols><col min="2" max="3" hidden="1"/></cols>'
                '<sheetData><row r="1"><c><v>1</v></c></row><row r="2"><c s="1"/></row>'
                '<row r="3"><c s="0"/></row></sheetData>'
                '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A3"/><mergeCell ref="?"/></mergeCells>',
            )
        )
    )
    assert (sheet.frozen, sheet.hidden_columns, sheet.ruled, sheet.merges) == (2, {2, 3}, {2}, [Span(1, 1, 2, 2)])


def test_what_is_not_understood_is_kept_and_said(tmp_path: Path) -> None:
    rows = '<row><c s="3"><v>0.5</v></c><c><v>abc</v></c><c><f>B1</f></c><c t="e"><v>#N/A</v></c></row>'
    book = Spreadsheet(workbook(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>"))
    assert only(book).cells == {(1, 1): "0.5", (1, 2): "abc", (1, 4): "#N/A"}
    assert [(left.text, left.source.cell) for left in book.leftovers] == [
        ("0.5", "A1"), ("abc", "B1"), ("=B1", "C1"), ("#N/A", "D1")
    ]  # fmt: skip


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "")
    evil = (
        f'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="inlineStr"><is><t>甲&e;</t></is></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()} | {"xl/worksheets/1.xml": evil.encode()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    with pytest.raises(UnreadableDocumentError):
        list(Spreadsheet(path).sheets())


def test_a_book_without_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="没有工作表"):
        Spreadsheet(workbook(tmp_path / "a.xlsx", "", sheets=""))


def test_a_chart_sheet_is_put_aside(tmp_path: Path) -> None:
    book = Spreadsheet(workbook(tmp_path / "a.xlsx", "", sheets='<sheet name="图" sheetId="1" r:id="r9"/>'))
    assert list(book.sheets()) == []
    assert [left.text for left in book.leftovers] == ["图"]
