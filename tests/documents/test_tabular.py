"""What is a table in plain text and what only looks like one."""

import pytest

from taizhang.documents.tabular import aligned, bare_pipes, delimited, is_drawn, separator


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


COMMAS = ["来源,2022年,2023年,合计", '中央财政,"1,200",1300,2500', "省级财政,800,900,1700", '合计,"2,000",2200,4200']


def parted(lines: list[str], *, announced: bool = False) -> list[list[str]] | None:
    found = delimited(lines, 0, announced=announced)
    if found is None:
        return None
    for row in found.pages[0]:
        for ((number, column, text),) in row:
            assert lines[number][column : column + len(text)] == text
    return [[text.strip() for ((_, _, text),) in row] for row in found.pages[0]]


def test_rows_parted_by_commas_or_pipes_are_a_table():
    expected = [["来源", "2022年", "2023年", "合计"], ["中央财政", "1,200", "1300", "2500"]]
    assert (parted(COMMAS) or [])[:2] == expected
    pipes = [" | ".join(row) for row in expected]
    assert parted([*pipes, "省级财政 | 800 | 900 | 1700"]) == [*expected, ["省级财政", "800", "900", "1700"]]
    assert parted([f"| {row}" for row in [*pipes, pipes[1]]]) == [*expected, expected[1]]
    wide = [line.replace(",", "，").replace('"', "") for line in COMMAS[::2]]
    assert parted(wide) is None
    assert len(parted([*wide, wide[1]], announced=True) or []) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["甲,乙,丙三项都已完成", "共投入,资金,12", "其中省级,校级,8", "还有企业,协会,5。"],
        ["建成课程,教材,基地", "中央财政,200,300", "中央财政,300,400,500", "合计,700,900"],
        ["来源,2022年,合计", "中央财政,1,200,1,300", "合计,2,000,4,300"],
        ["学校现有教师、学生、校友", "教师,专任,兼职", "学生,在校,毕业", "校友,省内,省外"],
        ["12,15,18", "13,16,19", "14,17,20"],
        ["项目 | 12 | 15", "甲 | 乙 | 丙", "丁 | 戊 | 己"],
        ["学校制定办法，完善制度，落实责任", "投入资金，共计，12", "合作企业，共计，35"],
    ],
)  # fmt: skip
def test_lines_with_commas_are_no_table_without_a_header_and_figures_in_all_rows(lines):
    assert parted(lines) is None
