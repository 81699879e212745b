"""Facts of prose and tables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Document, Heading, Paragraph, Piece, Table
from taizhang.intake.facts import facts
from taizhang.profiles import load

PROFILE = load()

HERE = Path(__file__).parent
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (HERE / "facts.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
][1:]


@pytest.mark.parametrize(("phenomenon", "sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_sentence_states_what_the_fixture_says(
    phenomenon: str, sentence: str, expected: str, facts_of, listed
) -> None:
    assert listed(facts_of(sentence)) == expected, phenomenon


@given(sentences=st.permutations([row[1].rstrip("。") for row in ROWS if row[2] != "无" and "条目号" not in row[0]]))
def test_the_order_of_sentences_changes_no_fact(sentences: list[str], facts_of, listed) -> None:
    apart = sorted(listed([fact]) for sentence in sentences for fact in facts_of(sentence))
    together = sorted(listed([fact]) for fact in facts_of("。\n".join(sentences)))
    assert together == apart


def test_fixture_is_broad() -> None:
    assert len(ROWS) >= 120


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("立项省级茶艺课程 9 门，教材 4 本。", ["省级茶艺课程", "教材"]),
        ("建成了 5 个茶艺实训基地。", ["茶艺实训基地"]),
        ("学生参加技能竞赛获国家级 6 项，省级 21 项。", ["学生参加技能竞赛获国家级", "省级学生参加技能竞赛获国家级"]),
        ("茶艺、园艺、养老分别为 12、8、5 项。", ["茶艺", "园艺", "养老"]),
        ("培育省级教学名师、技术能手各2名。", ["省级教学名师", "技术能手"]),
        ("培训量 3.2 万人日，培训收入 210 万元。", ["培训量", "培训收入"]),
        ("遴选 15 名骨干教师担任导师。", ["骨干教师"]),
    ],
)
def test_a_fact_is_of_what_stands_by_the_number(sentence: str, subjects: list[str], facts_of) -> None:
    assert [fact.subject for fact in facts_of(sentence)] == subjects


def test_each_of_a_joint_number_is_a_fact_of_its_own(facts_of) -> None:
    both = facts_of("科普活动、义诊活动各 4 场。")
    assert [(fact.subject, fact.quantity.value) for fact in both] == [("科普活动", 4), ("义诊活动", 4)]


def test_a_list_that_shares_its_noun_is_one_fact(facts_of) -> None:
    assert [fact.subject for fact in facts_of("举办茶艺及园艺培训各 2 期。")] == ["茶艺及园艺培训"]


def test_parts_point_at_their_whole(facts_of) -> None:
    whole, first, second, rate, later = facts_of(
        "建设点 27 个，其中学校 16 个、专业群 11 个，完成率 96%。新增基地 3 个。"
    )
    assert [fact.part_of for fact in (whole, first, second, rate, later)] == [None, 0, 0, None, None]


def test_parts_in_brackets_end_with_the_bracket(facts_of) -> None:
    assert [fact.part_of for fact in facts_of("获奖 9 项（其中省级 4 项、市级 5 项），立项 2 项。")] == [
        None,
        0,
        0,
        None,
    ]


def test_the_place_is_that_of_the_number(facts_of) -> None:
    text = "学校全年开办夜校 36 期，参训 1,240 人次。"
    for fact in facts_of(text):
        assert fact.source.line == 1
        assert text[fact.source.start : fact.source.end] in {"36 期", "1,240 人次"}


def test_the_text_is_the_clause(facts_of) -> None:
    assert [fact.text for fact in facts_of("学校统筹推进，开办夜校 36 期，取证率达 96%。")] == [
        "开办夜校 36 期",
        "取证率达 96%",
    ]


def test_headings_state_only_figures(listed) -> None:
    heading = Heading("打造 3 个高水平专业群，落实四项工作", (Piece(0, Source("r.txt", line=5)),), 2)
    found = facts(Document("r.txt", "text", [heading]), PROFILE)
    assert [(listed([fact]), fact.source.line) for fact in found] == [("3 个", 5)]


def table(*rows: str, header: int = 1) -> Table:
    cells = [
        [Cell(text, (Piece(0, Source("r.txt", line=line)),)) for text in row.split("|")]
        for line, row in enumerate(rows, 1)
    ]
    columns = tuple(cell.text for cell in cells[0])
    return Table(cells, header, Source("r.txt", line=1), columns=columns, index=4)


def test_a_table_row_states_each_of_its_numbers(listed) -> None:
    block = table("指标|2022年实现值|2023年实现值", "1.1.2 省级课程（门）|≥ 3|5", "到账经费（万元）|-|1,204.5")
    found = facts(Document("r.txt", "text", [block]), PROFILE)
    assert [(f.subject, listed([f]), f.period, f.level) for f in found] == [
        ("省级课程（门）", "≥3 门", "2022", "省级"), ("省级课程（门）", "5 门", "2023", "省级"), ("到账经费（万元）", "1204.5 万元", "2023", None),
    ]  # fmt: skip
    assert [(f.source.table, f.source.row, f.source.column, f.source.line) for f in found] == [
        (4, 1, 2, 2),
        (4, 1, 3, 2),
        (4, 2, 3, 3),
    ]


def test_the_unit_of_a_column_is_that_of_its_header(listed) -> None:
    block = table("单位|金额（万元）|完成率", "云岭学院|35.6|98%")
    assert listed(facts(Document("r.txt", "text", [block]), PROFILE)) == "35.6 万元；98 %"


def test_the_unit_above_a_table_is_that_of_its_money_only(listed) -> None:
    block = table("来源|预算数|执行率（%）|项目数", "地方财政|200|75|3")
    block.unit = "万元"
    assert listed(facts(Document("r.txt", "text", [block]), PROFILE)) == "200 万元；75 %；3 "


def test_parts_count_from_the_head_of_the_document() -> None:
    block = table("单位|人数（人）", "云岭学院|35")
    document = Document(
        "r.txt", "text", [block, Paragraph("教师 20 人，其中博士 5 人。", (Piece(0, Source("r.txt", line=9)),))]
    )
    assert [fact.part_of for fact in facts(document, PROFILE)] == [None, None, 1]
