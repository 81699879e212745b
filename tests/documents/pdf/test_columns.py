"""Columns are read one after the other; what only looks like columns is not taken for them, or told."""

import pytest

from pdf_files import Canvas, read, write_pdf
from taizhang.documents.blocks import Fragment, Paragraph, Role

WORDS = "学校围绕园区企业的用人需求，调整专业布局，并对照任务书逐月登记进展，每季度由建设办公室抽查佐证材料，发现不符的当月改正，"
LEFT, RIGHT, FULL = 72, 307, 24  # where columns begin, and how many characters of 9 points fill one


def lines(count, seed=0, full=FULL):
    """Lines of a paragraph that fill their column, but for the last; the first is indented."""
    text = (WORDS[seed:] + WORDS * 40)[: count * full - 5] + "。"
    return [text[: full - 2], *(text[place : place + full] for place in range(full - 2, len(text), full))]


def column(canvas, x, top, texts, pitch=15, size=9, indent=2):
    for number, text in enumerate(texts):
        canvas.say(x + (0 if number else indent * size), top + pitch * number, text, size)
    return canvas


def said(path, role=Role.BODY):
    return [block.text for block in read(path).blocks if isinstance(block, Paragraph) and block.role is role]


def test_the_left_column_is_read_before_the_right_one(tmp_path):
    left, right = lines(9), lines(9, 5)
    canvas = column(column(Canvas(), LEFT, 100, left), RIGHT, 100, right)
    assert said(write_pdf(tmp_path / "a.pdf", canvas)) == ["".join(left), "".join(right)]


def test_a_sentence_runs_on_over_the_end_of_a_column_and_of_a_page(tmp_path):
    whole = lines(40)
    pages = [
        column(column(Canvas(), LEFT, 600, whole[:10]), RIGHT, 600, whole[10:20], indent=0),
        column(column(Canvas(), LEFT, 80, whole[20:30], indent=0), RIGHT, 80, whole[30:], indent=0),
    ]
    assert said(write_pdf(tmp_path / "a.pdf", *pages)) == ["".join(whole)]


@pytest.mark.parametrize("height", [-4, 0, 6])
def test_columns_need_no_common_lines(tmp_path, height):
    left, right = lines(9), lines(11, 5)
    canvas = column(column(Canvas(), LEFT, 100, left), RIGHT, 100 + height, right, pitch=14.2)
    assert said(write_pdf(tmp_path / "a.pdf", canvas)) == ["".join(left), "".join(right)]


def test_what_goes_over_all_columns_parts_them(tmp_path):
    over = lines(3, 3, 50)
    parts = [lines(6, seed) for seed in range(4)]
    canvas = column(column(Canvas(), LEFT, 100, parts[0]), RIGHT, 100, parts[1])
    column(canvas, LEFT, 210, over)
    column(column(canvas, LEFT, 280, parts[2]), RIGHT, 280, parts[3])
    assert said(write_pdf(tmp_path / "a.pdf", canvas)) == [
        "".join(each) for each in (parts[0], parts[1], over, parts[2], parts[3])
    ]


def test_a_footnote_below_a_column_does_not_part_a_sentence(tmp_path):
    whole = lines(30)
    canvas = column(column(Canvas(), LEFT, 500, whole[:14]), RIGHT, 500, whole[14:], indent=0)
    canvas.stroke(LEFT, 715, LEFT + 60, 715).say(LEFT, 728, "① 数据来自省级平台。", 7)
    path = write_pdf(tmp_path / "a.pdf", canvas)
    assert said(path) == ["".join(whole)]
    assert said(path, Role.FOOTNOTE) == ["① 数据来自省级平台。"]


def test_a_footnote_below_both_columns_is_one(tmp_path):
    whole = lines(30)
    canvas = column(column(Canvas(), LEFT, 500, whole[:14]), RIGHT, 500, whole[14:], indent=0)
    canvas.stroke(LEFT, 745, LEFT + 60, 745)
    column(canvas, LEFT, 757, ["① 数据来自省级平台，统计口径与任务书一致，包括全日制学生和在职培训人员，不含短期参观交流的人员和", "校外活动。"], 10, 7)  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", canvas)
    assert said(path) == ["".join(whole)]
    (note,) = said(path, Role.FOOTNOTE)
    assert note.endswith("校外活动。")


def test_heads_and_page_numbers_go_over_columns(tmp_path):
    pages = []
    for number in range(1, 5):
        canvas = column(column(Canvas(), LEFT, 90, lines(40, number)), RIGHT, 90, lines(40, number + 4))
        pages.append(
            canvas.say(LEFT, 50, "自评报告", 9).say(RIGHT, 50, "云岭职业技术学院", 9).say(294, 800, str(number), 9)
        )
    path = write_pdf(tmp_path / "a.pdf", *pages)
    assert said(path) == ["".join(lines(40, seed)) for number in range(1, 5) for seed in (number, number + 4)]


def undivided(path):
    draft = read(path)
    assert not [left for left in draft.leftovers if "分栏" in left.reason]
    return [block for block in draft.blocks if not isinstance(block, Fragment)]


def test_a_title_page_has_no_columns(tmp_path):
    canvas = Canvas().say(150, 200, "高水平专业群建设自评报告", 24)
    for number, (name, value) in enumerate(
        [
            ("学校名称：", "云岭职业技术学院"),
            ("专业群：", "智能制造"),
            ("负责人：", "某某某"),
            ("填表日期：", "2024年1月"),
        ]
    ):
        canvas.say(150, 400 + 30 * number, name, 16).say(300, 400 + 30 * number, value, 16)
    words = "".join(block.text for block in undivided(write_pdf(tmp_path / "a.pdf", canvas)))
    assert "学校名称： 云岭职业技术学院专业群： 智能制造" in words


def test_a_contents_list_has_no_columns(tmp_path):
    canvas = Canvas()
    for number in range(1, 12):
        canvas.say(LEFT, 100 + 20 * number, f"{number}．建设任务第{number}项的完成情况", 10).say(
            510, 100 + 20 * number, str(number), 10
        )
    assert len(undivided(write_pdf(tmp_path / "a.pdf", canvas))) == 11


def test_captions_side_by_side_are_no_columns(tmp_path):
    canvas = column(Canvas(), LEFT, 100, lines(8, 0, 50))
    canvas.say(110, 400, "图1 实训基地建设前的情况", 9).say(340, 400, "图2 实训基地建设后的情况", 9)
    canvas.say(130, 414, "（2022年拍摄）", 9).say(360, 414, "（2024年拍摄）", 9)
    column(canvas, LEFT, 440, lines(8, 3, 50))
    blocks = undivided(write_pdf(tmp_path / "a.pdf", canvas))
    assert blocks[0].text == "".join(lines(8, 0, 50))
    assert blocks[-1].text == "".join(lines(8, 3, 50))


def test_rows_of_figures_are_no_columns(tmp_path):
    canvas = Canvas()
    for number, label in enumerate(
        ["机电工程学院承担的技术服务", "信息工程学院承担的技术服务", "经济管理学院承担的技术服务"] * 3
    ):
        canvas.say(LEFT, 100 + 18 * number, label, 9).say(300, 100 + 18 * number, f"{number * 13 + 7}项", 9)
        canvas.say(400, 100 + 18 * number, f"{number * 130 + 70}万元", 9)
    words = "".join(block.text for block in undivided(write_pdf(tmp_path / "a.pdf", canvas))).replace(" ", "")
    assert "机电工程学院承担的技术服务7项70万元信息工程学院承担的技术服务20项" in words


def test_a_list_of_names_beside_words_is_no_column(tmp_path):
    canvas = Canvas()
    for number in range(8):
        canvas.say(LEFT, 100 + 18 * number, f"第{number}批现代产业学院建设项目名称", 9)
        canvas.say(RIGHT, 100 + 18 * number, f"由第{number}个二级学院负责并按期完成", 9)
    words = "".join(block.text for block in undivided(write_pdf(tmp_path / "a.pdf", canvas))).replace(" ", "")
    assert "项目名称由第0个" in words


def test_cells_that_may_be_columns_are_told(tmp_path):
    canvas = Canvas()
    for number in range(4):
        top = 100 + 80 * number
        column(column(canvas, LEFT, top, lines(4, number), indent=0), RIGHT, top, lines(3, number + 7), indent=0)
    (left,) = read(write_pdf(tmp_path / "a.pdf", canvas)).leftovers
    assert left.source.page == 1
    assert "分不清是分栏" in left.reason


def test_a_table_with_long_cells_between_rulings_is_no_column(tmp_path):
    canvas = Canvas().say(LEFT + 30, 112, "计划内容", 9).say(RIGHT + 30, 112, "完成情况", 9)
    for y in (100, 118, 330):
        canvas.stroke(LEFT - 4, y, 527, y)
    for number in range(3):
        top = 135 + 70 * number
        column(column(canvas, LEFT, top, lines(4, number), indent=0), RIGHT, top, lines(3, number + 7), indent=0)
    (table,) = [block for block in read(write_pdf(tmp_path / "a.pdf", canvas)).blocks if isinstance(block, Fragment)]
    assert [cell.text for cell in table.grid[0] if cell] == ["计划内容", "完成情况"]


def test_columns_of_too_few_lines_to_be_sure_are_told(tmp_path):
    left, right = "全年服务企业96家，技术服务到款1286万元，其", "满意度达到97%，比上年提高2个百分点，高于计"
    canvas = column(
        column(Canvas(), LEFT, 100, [left, "中横向到款820万元。", left]), RIGHT, 100, [right, "划值。", right], indent=0
    )
    (told,) = read(write_pdf(tmp_path / "a.pdf", canvas)).leftovers
    assert "第 1 页有并排的几栏文字" in told.reason
