"""A filled sheet is understood, or each fault is told with its row and column and nothing is taken."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from taizhang.core.errors import UnreadableDocumentError
from taizhang.web.ledger.sheets import Column, Kind, Sheet, read

SHEET = Sheet(
    name="任务点",
    columns=(
        Column(key="code", header="编号", required=True, longest=10),
        Column(key="number", header="实现值", kind=Kind.NUMBER),
        Column(key="day", header="完成日期", kind=Kind.DATE),
        Column(
            key="state", header="状态", kind=Kind.CHOICE, choices=(("built", "建成"), ("b2", "验收"), ("b3", "验收"))
        ),
    ),
)
HEADER = ["编号", "实现值", "完成日期", "状态"]


def filled(*rows, header=HEADER, touch=None, title="任务点"):
    book = Workbook()
    page = book.active
    page.title = title
    for row in (header, *rows):
        page.append(row)
    if touch:
        touch(page)
    stream = BytesIO()
    book.save(stream)
    return read(SHEET, stream.getvalue())


def only(result):
    assert len(result.faults) == 1, result.faults
    return str(result.faults[0])


def test_a_fault_names_sheet_row_column_and_cell():
    result = filled(["1-1", 3, None, None], ["1-2", "三个", None, None])
    assert only(result) == "“任务点”第 3 行“实现值”列（B3）：“三个”不是数字，请只填数字，不带单位。"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([None, 1, None, None], "必填"),
        (["1-1", "#DIV/0!", None, None], "错误值 #DIV/0!"),
        (["1-1", None, "明天", None], "不是日期"),
        (["1-1", None, "2026-02-30", None], "没有 2026-02-30 这一天"),
        (["1-1", None, 46000, None], "不是日期"),
        (["1-1", None, None, "做完"], "不在可选之列：建成"),
        (["1-1", None, None, "验收"], "分不清"),
        (["编号编号编号编号编号编", None, None, None], "最多 10 个"),
        ([datetime(2026, 1, 1), None, None, None], "当成了日期"),  # noqa: DTZ001 - as Excel keeps it
        ([12345678901234567, None, None, None], "丢掉末几位"),
        (["1-1", 12345678901234567, None, None], "丢掉末几位"),
        (["1-1", "=1/3", None, None], "还没有算出结果"),
        (["1-1", True, None, None], "不是数字"),
        (["1-1", None, True, None], "不是日期"),
    ],
)
def test_what_cannot_be_meant_is_refused(row, words):
    assert words in only(filled(row))


def test_values_are_read_as_people_write_them():
    result = filled(
        ["1-1", "１，２３４．５", "2026/3/5", "建成"],
        [1.5, "85%", "2026年3月5日", "built"],
        ["1-3", 0.1 + 0.2, date(2026, 3, 5), None],
        ["1-4", None, "20260305", None],
    )
    assert result.faults == []
    values = [tuple(row.values.values()) for row in result.rows]
    day = date(2026, 3, 5)
    assert values == [
        ("1-1", Decimal("1234.5"), day, "built"), ("1.5", Decimal(85), day, "built"),
        ("1-3", Decimal("0.3"), day, None), ("1-4", None, day, None),
    ]  # fmt: skip


def test_numbers_in_a_text_column_are_read_as_shown():
    def touch(page):
        page["A2"], page["A2"].number_format = 1.1, "0.00"
        page["A3"], page["A3"].number_format = 7, "000"
        page["A4"], page["A4"].number_format = 0.85, "0%"
        page["A5"] = 1380013800

    result = filled([1], [1], [1], [1], touch=touch)
    assert [row.text("code") for row in result.rows] == ["1.10", "007", "85%", "1380013800"]


def test_blank_rows_are_passed_over_and_keep_their_numbers():
    result = filled(["1-1"], [None, " ", None, None], ["1-2"])
    assert [row.number for row in result.rows] == [2, 4]


def test_a_title_may_stand_above_and_the_header_may_be_adorned():
    book = Workbook()
    page = book.active
    for row in (["2026 年任务点汇总"], [], ["序号", "* 编 号", "状态（必填）"], [1, "1-1", "建成"]):
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    result = read(SHEET, stream.getvalue())
    assert [row.values for row in result.rows] == [{"code": "1-1", "state": "built"}]
    assert result.remarks == ["“Sheet”的“序号”列（A 列）不认识，没有读。"]


def test_a_merge_downward_holds_for_all_its_rows():
    result = filled(["1-1", 1], ["", 2], ["1-2", 3], touch=lambda page: page.merge_cells("A2:A3"))
    assert [row.text("code") for row in result.rows] == ["1-1", "1-1", "1-2"]


def test_a_merge_sideways_is_a_fault():
    assert "取消合并" in only(filled(["1-1"], touch=lambda page: page.merge_cells("A2:B2")))


def test_hidden_rows_and_columns_are_read_and_told():
    def touch(page):
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True

    result = filled(["1-1", 1], ["1-2", 2], touch=touch)
    assert len(result.rows) == 2
    assert any("第 3 行" in remark for remark in result.remarks)
    assert any("“实现值”列是隐藏的" in remark for remark in result.remarks)


def test_missing_double_and_unknown_columns_are_told():
    assert "没有找到表头" in only(filled(["a"], header=["别的"]))
    assert "表头缺少：编号" in only(filled(["1"], header=["实现值", "状态", "完成日期"]))
    assert "有两个" in only(filled(["1", "2"], header=["编号", "编号"]))


def test_the_reader_of_the_rows_may_add_faults():
    result = filled(["1-1"], ["1-2"], ["1-1 "])
    result.refuse_repeated("code")
    assert only(result) == "“任务点”第 4 行“编号”列（A4）：与第 2 行重复（1-1）。"


def test_many_faults_are_cut_and_counted():
    result = filled(*[["1-1", "x"] for _ in range(230)])
    assert len(result.faults) == 201
    assert "还有 30 处" in str(result.faults[-1])


def test_too_many_rows_are_refused_and_empty_styled_ones_are_not_counted():
    def far(page):
        page["A30000"].number_format = "0"

    assert filled(["1-1"], touch=far).faults == []

    def farther(page):
        page["A30000"] = "1"

    assert "最多 20000 行" in only(filled(["1-1"], touch=farther))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"], ids=str
)
def test_what_is_no_workbook_gets_a_sentence(content):
    with pytest.raises(UnreadableDocumentError, match=r"“表格\.xlsx”"):
        read(SHEET, content)


def test_a_file_too_large_gets_a_sentence():
    with pytest.raises(UnreadableDocumentError, match="20 MB"):
        read(SHEET, b"PK" + bytes(21 * 1024 * 1024))


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        (b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>', "合并的单元格太多"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "文档类型声明"),
    ],
    ids=str,
)
def test_a_hostile_workbook_is_refused_before_it_is_opened(was, becomes, words):
    book = Workbook()
    book.active.append(HEADER)
    made, forged = BytesIO(), BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(was, becomes, 1) if name.endswith("sheet1.xml") else data)
    with pytest.raises(UnreadableDocumentError, match=words):
        read(SHEET, forged.getvalue())


def test_a_far_corner_costs_nothing():
    def corner(page):
        page["XFD1"] = "远"
        page["XFC9000"].number_format = "0"

    assert [row.text("code") for row in filled(["1-1"], touch=corner).rows] == ["1-1"]
