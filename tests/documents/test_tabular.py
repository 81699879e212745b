"""What is a table in plain text and what only looks like one."""

import pytest

from taizhang.documents.tabular import aligned, bare_pipes, is_drawn, separator


@pytest.mark.parametrize("line", ["+----+---+", "├────┼──┤", "│    ├──┤", "|----+----|"])
def test_drawn_rulings_are_no_rows(line: str) -> None:
    assert is_drawn(line)


@pytest.mark.parametrize("line", ["|---|---|", "| 甲 | 乙 |", "+86 0871", "-----", "│ 甲 │ - │"])
def test_rows_are_no_drawn_rulings(line: str) -> None:
    assert not is_drawn(line)


def test_separators() -> None:
    assert [separator(line) for line in ("甲\t乙", "| 甲 | 乙 |", "│ 甲 │ 乙 │", "甲 | 乙", "甲")] == [
        "\t", "|", "│", None, None,
    ]  # fmt: skip


def test_pipes_without_ends_want_the_ruling_of_markdown() -> None:
    assert bare_pipes(["甲 | 乙", "--- | ---", "1 | 2", "后文"], 0) == 3
    assert bare_pipes(["甲 | 乙", "1 | 2"], 0) == 0


def rows(text: str, *, announced: bool = False) -> list[list[str]]:
    found = aligned(text.split("\n"), 0, lambda line: line.startswith("— "), announced=announced)
    return [["".join(part.strip() for _, _, part in cell) for cell in row] for page in found.pages for row in page]


def test_a_long_cell_goes_on_in_the_next_line() -> None:
    text = "指标          说明        完成率\n课程建设      建成课程    100%\n              十二门\n教材建设      出版教材    95%"
    assert rows(text) == [
        ["指标", "说明", "完成率"], ["课程建设", "建成课程十二门", "100%"], ["教材建设", "出版教材", "95%"],
    ]  # fmt: skip


def test_lines_that_line_up_nowhere_are_cut_at_their_gaps() -> None:
    text = "单位  班次  人次\n机电工程学院  12  1830\n信息学院  9  1420\n财会  8  96"
    assert rows(text)[1:] == [["机电工程学院", "12", "1830"], ["信息学院", "9", "1420"], ["财会", "8", "96"]]


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：  双高建设\n建设单位：  云岭学院\n负责人：    张某",
        "　　学校开展培训，全年 20 期。\n　　其中面向企业 12 期。\n　　其余面向社会。",
        "院长：张某    电话：1\n书记：李某    电话：2",
        "一、总体情况  ..........  3\n二、资金情况  ..........  5\n三、存在问题  ..........  9",
    ],
    ids=["cover", "indented prose", "signatures", "contents"],
)
def test_what_only_has_gaps_is_no_table(text: str) -> None:
    assert rows(text) == []


def test_a_page_end_does_not_end_the_table() -> None:
    text = "单位    人次\n机电    1830\n\n— 3 —\n\n信息    1420\n财会    96"
    assert rows(text, announced=True) == [["单位", "人次"], ["机电", "1830"], ["信息", "1420"], ["财会", "96"]]
