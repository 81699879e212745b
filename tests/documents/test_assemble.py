"""What a page break does to a table, undone: cut anywhere, read whole."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import read
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Document, Table

NAMES = [
    "课程建设",
    "教材建设",
    "师资培养",
    "基地建设",
    "社会培训",
    "技术服务",
    "国际交流",
    "学生竞赛",
    "党建品牌",
    "平台建设",
]
HEADER = ["三级指标", "期满目标值", "中期目标值", "中期实现值", "中期完成率"]
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(2, 900), st.integers(1, 900)),
    min_size=4,
    max_size=12,
    unique_by=lambda row: row[0],
).map(
    lambda rows: [
        [f"1.1.{n} {name}（项）", str(2 * end), str(end), str(actual), "100%"]
        for n, (name, end, actual) in enumerate(rows, 1)
    ]
)


def lines(rows: list[list[str]]) -> list[str]:
    return ["\t".join(row) for row in rows]


def document_of(text: list[str], folder: Path) -> Document:
    path = folder / "report.txt"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return read(path)


def body(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.body]


@given(ROWS, st.data())
def test_a_table_cut_by_pages_reads_as_the_whole(tmp_path_factory, rows: list[list[str]], data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("cut")
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1), max_size=3)))
    text = ["表 1：数量指标表", ""]
    for start, stop in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        text += [*lines([HEADER, *rows[start:stop]]), ""]
    document = document_of(text, folder)
    assert len(document.tables) == 1
    assert (document.tables[0].number, document.tables[0].caption) == ("1", "数量指标表")
    assert body(document.tables[0]) == rows


@given(ROWS, st.data())
def test_a_row_torn_by_a_page_is_whole_again(tmp_path_factory, rows: list[list[str]], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(rows) - 1))
    row = rows[cut]
    at = data.draw(st.integers(6, len(row[0]) - 1))
    torn = [[row[0][:at], *row[1:]], [row[0][at:], "", "", "", ""]]
    text = [*lines([HEADER, *rows[:cut], torn[0]]), "", *lines([HEADER, torn[1], *rows[cut + 1 :]]), ""]
    read_rows = body(document_of(text, tmp_path_factory.mktemp("torn")).tables[0])
    assert [[bare(cell) for cell in row] for row in read_rows] == [[bare(cell) for cell in row] for row in rows]


def test_labels_given_once_are_filled_and_cut_labels_glued(tmp_path: Path) -> None:
    header = "建设任务\t\t2022 年度计划\t2022 年度完成情况\t中期完成率"
    text = [
        "## 1. 建设数字化校园", "", "### (1) 推进网络升级改造", "", "表 1：任务完成情况表", "",
        header, "建设数字\t1-1 推进网\t①启动改造\t①已启动改造\t100%", "\t\t②完成招标\t②完成招标\t100%", "",
        header, "化校园\t络升级改造\t③建成机房\t③建成机房\t100%", "\t\t④验收\t④通过验收\t100%",
    ]  # fmt: skip
    table = document_of(text, tmp_path).tables[0]
    assert {row[0].text for row in table.body} == {"建设数字化校园"}
    assert {row[1].text for row in table.body} == {"1-1 推进网络升级改造"}
    assert [row[2].text[0] for row in table.body] == list("①②③④")
    assert table.columns[:2] == ("建设任务", "建设任务")
    assert table.section == ("1. 建设数字化校园", "(1) 推进网络升级改造")


def test_two_header_levels_are_flattened(tmp_path: Path) -> None:
    text = ["任务\t任务点\t\t绩效指标\t", "\t总数\t完成数\t总数\t完成数", "党建\t4\t4\t6\t6", "教学\t5\t5\t7\t7"]
    table = document_of(text, tmp_path).tables[0]
    assert table.columns == ("任务", "任务点/总数", "任务点/完成数", "绩效指标/总数", "绩效指标/完成数")
    assert len(table.body) == 2


def test_captions_may_stand_below_their_tables(tmp_path: Path) -> None:
    one, two = ["名称\t数值", "课程\t3"], ["名称\t金额", "经费\t9"]
    text = [*one, "", "表3.1 课程情况", "", "经费使用情况如下。", "", *two, "", "表3.2 经费情况"]
    assert [(t.number, t.caption) for t in document_of(text, tmp_path).tables] == [
        ("3.1", "课程情况"),
        ("3.2", "经费情况"),
    ]


def test_tables_with_captions_of_their_own_are_never_joined(tmp_path: Path) -> None:
    rows = ["三级指标\t目标值\t实际完成值", "1.1 课程\t3\t3"]
    text = ["表 1 甲", "", *rows, "", "表 2 乙", "", *rows]
    assert [t.number for t in document_of(text, tmp_path).tables] == ["1", "2"]


def test_the_unit_line_between_caption_and_table_belongs_to_the_table(tmp_path: Path) -> None:
    text = ["表 2 经费情况", "", "单位：万元", "", "来源\t金额", "财政\t300"]
    table = document_of(text, tmp_path).tables[0]
    assert (table.number, table.unit) == ("2", "万元")


def test_the_same_number_twice_gives_two_tables(tmp_path: Path) -> None:
    text = ["表 7 甲表", "", "a\tb", "c\t1", "", "正文一句。", "", "表 7 乙表", "", "a\tb", "d\t2"]
    assert [t.caption for t in document_of(text, tmp_path).tables] == ["甲表", "乙表"]


def test_every_cell_of_a_joined_table_points_at_its_own_line(tmp_path: Path) -> None:
    text = [
        "名称\t完成情况\t完成率",
        "甲\t建成平台并投入使\t100%",
        "",
        "名称\t完成情况\t完成率",
        "\t用，运行良好\t",
        "乙\t完成\t100%",
    ]
    table = document_of(text, tmp_path).tables[0]
    cell = table.body[0][1]
    assert cell.text == "建成平台并投入使用，运行良好"
    for position, char in enumerate(cell.text):
        place = cell.at(position, position + 1)
        assert text[place.line - 1][place.start] == char


def test_a_caption_without_its_table_is_told(tmp_path: Path) -> None:
    text = ["一、资金", "表1 资金情况", "来源与金额见图。", "表2 到位情况", "", "来源\t到位", "财政\t20"]
    document = document_of([*text, "表3 列出各年到位数，另有说明。"], tmp_path)
    assert [left.text for left in document.leftovers] == ["表1 资金情况"]


TOLD = ["任务", "计划", "完成情况"]
WHOLE = [
    ["制定标准", "邀请行业专家论证，形成调研报告并公示。", "召开论证会两轮，经委员会审议通过后公示。"],
    ["开展培训", "组织教师轮训，每人不少于五天。", "全部教师参加轮训，按期完成考核并归档。"],
    ["完善制度", "修订考核办法，报校长办公会审定。", "考核办法经校长办公会审定后印发执行。"],
    ["推进合作", "与园区企业共建实训车间，联合开发课程。", "实训车间投入使用，联合开发的课程已经开课。"],
    ["建设资源", "按课程标准开发资源，免费向社会开放。", "资源按课程标准开发完毕，已向社会开放。"],
]


def torn_at(tmp_path, at: list[int]) -> Document:
    row = WHOLE[3]
    first = [text[:place] for text, place in zip(row, at, strict=True)]
    second = [text[place:] for text, place in zip(row, at, strict=True)]
    return document_of([*lines([TOLD, *WHOLE[:3], first]), "", *lines([TOLD, second, WHOLE[4]]), ""], tmp_path)


def test_a_row_in_which_every_cell_goes_on_is_whole_again_where_its_words_tell(tmp_path):
    document = torn_at(tmp_path, [2, 12, 8])
    assert body(document.tables[0]) == WHOLE
    assert document.leftovers == []


def test_a_row_in_which_every_cell_may_go_on_is_told(tmp_path):
    document = torn_at(tmp_path, [2, 10, 13])
    assert len(body(document.tables[0])) == 6
    assert [left.text for left in document.leftovers] == ["合作 间，联合开发课程。 的课程已经开课。"]
    assert "换页" in document.leftovers[0].reason


def test_whole_rows_at_a_page_break_are_neither_joined_nor_told(tmp_path):
    for cut in range(1, len(WHOLE)):
        text = [*lines([TOLD, *WHOLE[:cut]]), "", *lines([TOLD, *WHOLE[cut:]]), ""]
        document = document_of(text, tmp_path)
        assert body(document.tables[0]) == WHOLE
        assert document.leftovers == []
