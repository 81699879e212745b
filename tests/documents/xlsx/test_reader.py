"""A workbook is read as a person sees it: tables, titles, remarks; hidden things are reported, not read."""

import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.blocks import Draft, Fragment, Heading, Paragraph, Role
from taizhang.documents.xlsx.reader import read_xlsx

FIXTURES = Path(__file__).resolve().parents[3] / "../shared"

ROWS: list[list[object]] = [["指标", "目标值", "实现值"], ["新增实训室（间）", 12, 9], ["开展培训（人次）", 300, 320]]


def read(tmp_path: Path, fill: Callable[[Worksheet], object], second: str | None = None) -> Draft:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "数量指标"
    fill(sheet)
    if second:
        book.create_sheet(second)["A1"] = "说明文字"
    book.save(tmp_path / "指标.xlsx")
    return read_xlsx(tmp_path / "指标.xlsx")


def put(sheet: Worksheet, rows: Sequence[Sequence[object]], top: int = 1, left: int = 1) -> None:
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, left):
            sheet.cell(r, c).value = value  # type: ignore[assignment]


def texts(fragment: object) -> list[list[str | None]]:
    assert isinstance(fragment, Fragment)
    return [[cell.text if cell else None for cell in row] for row in fragment.grid]


def outline(draft: Draft) -> list[str]:
    return [f"{b.role}:{b.text}" if isinstance(b, Paragraph) else type(b).__name__.lower() for b in draft.blocks]


def test_title_table_and_remark_are_told_apart(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(
            sheet, [["表1 云岭职业技术学院数量指标"], ["填报单位：教务处", None, "单位：个"], *ROWS, ["注：截至年底。"]]
        )
        sheet.merge_cells("A1:C1")

    draft = read(tmp_path, fill)
    assert outline(draft) == [
        "caption:表1 云岭职业技术学院数量指标", "body:填报单位：教务处", "body:单位：个",
        "fragment", "body:注：截至年底。",
    ]  # fmt: skip
    assert texts(draft.blocks[3]) == [
        ["指标", "目标值", "实现值"],
        ["新增实训室（间）", "12", "9"],
        ["开展培训（人次）", "300", "320"],
    ]


def test_empty_rows_part_tables_and_drawn_ones_do_not(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, ROWS, top=2, left=2)
        put(sheet, ROWS, top=7, left=4)
        put(sheet, ROWS[1:], top=11, left=4)
        sheet["D10"].border = Border(top=Side("thin"))

    draft = read(tmp_path, fill)
    assert outline(draft) == ["fragment", "fragment"]
    assert [len(texts(block)) for block in draft.blocks] == [3, 5]


def test_a_numbered_title_begins_a_new_table_without_a_gap(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda sheet: put(sheet, [["表1 甲表"], *ROWS, ["表2 乙表"], *ROWS]))
    assert outline(draft) == ["caption:表1 甲表", "fragment", "caption:表2 乙表", "fragment"]


def test_tables_side_by_side_are_two_when_each_has_its_title(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [["表1 培训"], ["单位", "人次"], ["机电", 40], ["信息", 30]])
        put(sheet, [["表2 资金"], ["来源", "到位"], ["财政", 20]], left=4)

    draft = read(tmp_path, fill)
    assert outline(draft) == ["caption:表1 培训", "fragment", "caption:表2 资金", "fragment"]
    assert texts(draft.blocks[3]) == [["来源", "到位"], ["财政", "20"]]


def test_an_empty_column_inside_a_table_parts_nothing(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda sheet: put(sheet, [["单位", None, "人次"], ["机电", None, 40], ["信息", None, 30]]))
    assert outline(draft) == ["fragment"]


def test_merged_cells_become_spans(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [["类型", "目标值", None], [None, "期满", "中期"], ["数量", 8, 4], [None, 6, 3]])
        for area in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(area)
        sheet.freeze_panes = "A3"

    fragment = read(tmp_path, fill).blocks[0]
    assert isinstance(fragment, Fragment)
    assert texts(fragment) == [["类型", "目标值", None], [None, "期满", "中期"], ["数量", "8", "4"], [None, "6", "3"]]
    corner, wide = fragment.grid[0][0], fragment.grid[0][1]
    assert corner
    assert wide
    assert (corner.rows, corner.columns, wide.rows, wide.columns) == (2, 1, 1, 2)
    assert fragment.header == 2


def test_values_are_read_as_displayed(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(
            sheet,
            [
                ["项", "值"],
                ["率", 0.8215],
                ["钱", 12345.5],
                ["日", date(2024, 3, 1)],
                ["是", True],
                ["文", "  约30家 "],
            ],
        )
        sheet["B2"].number_format = "0.0%"
        sheet["B3"].number_format = "#,##0.00"
        sheet["B4"].number_format = 'yyyy"年"m"月"d"日"'

    fragment = read(tmp_path, fill).blocks[0]
    assert [row[1] for row in texts(fragment)] == ["值", "82.2%", "12,345.50", "2024年3月1日", "是", "约30家"]
    assert isinstance(fragment, Fragment)
    cell = fragment.grid[5][1]
    assert cell
    place = cell.at(1, 3)
    assert (place.sheet, place.cell, place.start, place.end) == ("数量指标", "B6", 3, 5)


def test_a_formula_without_result_and_an_error_are_reported(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda sheet: put(sheet, [*ROWS, ["合计", "=SUM(B2:B3)", "#DIV/0!"]]))
    assert texts(draft.blocks[0])[3] == ["合计", "", "#DIV/0!"]
    assert [(left.text, left.source.cell) for left in draft.leftovers] == [("=SUM(B2:B3)", "B4"), ("#DIV/0!", "C4")]


def test_hidden_rows_and_columns_are_left_over(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [*ROWS, ["旧指标", 1, 1]])
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True

    draft = read(tmp_path, fill)
    assert texts(draft.blocks[0]) == [["指标", "实现值"], ["新增实训室（间）", "9"], ["开展培训（人次）", "320"]]
    assert [(left.text, left.reason[:5]) for left in draft.leftovers] == [
        ("目标值 12 300", "B 列隐藏"),
        ("旧指标 1 1", "第 4 行"),
    ]


def test_the_text_of_a_partly_hidden_merge_still_shows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [["类型", "值"], ["数量", 8], [None, 6]])
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[2].hidden = True

    assert texts(read(tmp_path, fill).blocks[0]) == [["类型", "值"], ["数量", "6"]]


def test_sheet_titles_are_headings_only_when_there_are_several(tmp_path: Path) -> None:
    assert not [b for b in read(tmp_path, lambda s: put(s, ROWS)).blocks if isinstance(b, Heading)]
    several = read(tmp_path, lambda s: put(s, ROWS), second="说明")
    assert [b.text for b in several.blocks if isinstance(b, Heading)] == ["数量指标", "说明"]


def test_a_hidden_sheet_is_left_over(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, ROWS)
        assert sheet.parent
        put(sheet.parent.create_sheet("底稿"), ROWS)
        sheet.parent["底稿"].sheet_state = "veryHidden"

    draft = read(tmp_path, fill)
    assert outline(draft) == ["fragment"]
    assert [(left.text, left.reason) for left in draft.leftovers] == [
        ("底稿", "隐藏的工作表，没有读入；其中有内容的单元格 9 个。")
    ]


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part's XML changed."""
    out = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == part else data)
    return out


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_is_read_by_its_kept_result(tmp_path: Path) -> None:
    read(tmp_path, lambda sheet: put(sheet, [*ROWS, ["合计", "=SUM(B2:B3)"]]))
    path = rewritten(tmp_path / "指标.xlsx", SHEET, lambda xml: xml.replace("</f><v></v>", "</f><v>312</v>"))
    assert texts(read_xlsx(path).blocks[0])[3] == ["合计", "312", ""]


def test_many_formatted_empty_rows_do_not_hold_it_up(tmp_path: Path) -> None:
    read(tmp_path, lambda sheet: put(sheet, ROWS))
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(10, 300_010))
    path = rewritten(tmp_path / "指标.xlsx", SHEET, lambda xml: xml.replace("</sheetData>", empty + "</sheetData>"))
    began = time.process_time()  # of this process alone: the machine may be busy with others
    draft = read_xlsx(path)
    assert time.process_time() - began < 5
    assert [len(texts(block)) for block in draft.blocks] == [len(ROWS)]


@pytest.mark.parametrize(
    "broken",
    [
        lambda xml: xml[:200],
        lambda xml: xml.replace('r="A1"', 'r="1"'),
        lambda xml: xml.replace('t="n"', 't="s"'),
        lambda xml: xml.replace('<row r="2"', '<row r="99999999"'),
    ],
)
def test_a_damaged_sheet_gets_one_sentence(tmp_path: Path, broken: Callable[[str], str]) -> None:
    read(tmp_path, lambda sheet: put(sheet, ROWS))
    with pytest.raises(UnreadableDocumentError, match="改") as caught:
        read_xlsx(rewritten(tmp_path / "指标.xlsx", SHEET, broken))
    assert str(caught.value).count("。") == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<html></html>"],
    ids=["empty", "junk", "xls", "html"],
)
def test_what_is_no_workbook_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "旧表.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocumentError):
        read_xlsx(path)


def test_the_sample_workbook_gives_all_its_titles_and_tables() -> None:
    path = FIXTURES / "fixtures/indicators.xlsx"
    if not path.exists():
        pytest.skip("the shared sample workbook is not beside this repository")
    draft = read_xlsx(path)
    assert sum(isinstance(block, Fragment) for block in draft.blocks) == 23
    assert sum(isinstance(block, Paragraph) and block.role is Role.CAPTION for block in draft.blocks) == 23
    assert not draft.leftovers


def test_a_numbered_table_at_the_side_is_one_of_its_own_wherever_it_begins(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [["表1 甲表"], *ROWS, ["合计", 312, 329]])
        put(sheet, [["表2 乙表"], ["项目", "数量"], ["子", 5]], top=2, left=5)

    draft = read(tmp_path, fill)
    assert outline(draft) == ["caption:表1 甲表", "fragment", "caption:表2 乙表", "fragment"]
    assert texts(draft.blocks[1])[0] == ["指标", "目标值", "实现值"]
    assert texts(draft.blocks[3]) == [["项目", "数量"], ["子", "5"]]


def test_raised_marks_are_no_digits_and_what_is_struck_out_is_left_and_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        mark, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
        put(sheet, [["项目", "数量"], ["企业", CellRichText("86", TextBlock(mark, "2"))]])
        put(sheet, [["基地", CellRichText(TextBlock(struck, "12"), "18")], ["面积", 99]], top=3)
        sheet["B4"].font = Font(strike=True)

    draft = read(tmp_path, fill)
    assert texts(draft.blocks[0]) == [["项目", "数量"], ["企业", "86²"], ["基地", "18"], ["面积", ""]]
    assert [(left.text, left.source.cell) for left in draft.leftovers] == [("12", "B3"), ("99", "B4")]


def test_a_number_that_its_format_hides_or_shows_without_its_minus_is_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, [["项目", "数量"], ["结余", -12], ["备用", 5], ["空", 0], ["差额", -3], ["增减", -4]])
        for cell, code in {"B2": "0;[Red]0", "B3": ";;;", "B4": ";;;", "B5": "#,##0_);(#,##0)", "B6": "0"}.items():
            sheet[cell].number_format = code

    draft = read(tmp_path, fill)
    assert [row[1] for row in texts(draft.blocks[0])][1:] == ["12", "", "", "(3)", "-4"]
    assert [(left.text, left.source.cell) for left in draft.leftovers] == [("-12", "B2"), ("5", "B3")]
