import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import read
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Document
from taizhang.intake.programme import Content, ProgrammeDraft, differences, drafted
from taizhang.intake.programme.layout import filled
from taizhang.intake.programme.tasks import coded
from taizhang.profiles import load

Draft = Callable[[str], ProgrammeDraft]
HERE = Path(__file__).parent
BOOKS = ["task_book", "self_evaluation", "excel_plan"]


def test_a_task_book_says_who_when_and_what(task_book: ProgrammeDraft) -> None:
    assert task_book.title == "青禾职业技术学院省域高水平高职院校建设任务书"
    assert task_book.college == "青禾职业技术学院"
    assert task_book.period == (2021, 2025)
    assert task_book.years == (2021, 2022, 2023)
    assert task_book.doubts == ()


@pytest.mark.parametrize("name", BOOKS)
def test_every_table_is_told_of_once(name: str, request: pytest.FixtureRequest) -> None:
    draft: ProgrammeDraft = request.getfixturevalue(name)
    assert [table.index for table in draft.tables] == list(range(1, len(draft.tables) + 1))
    assert all(table.reason for table in draft.tables if table.content is Content.NOTHING)
    rows = len(draft.points) + len(draft.indicators)
    assert sum(table.taken for table in draft.tables) == rows


def test_tables_that_are_neither_say_why(draft_of: Draft) -> None:
    draft = draft_of(
        "# 一、总体\n\n| 建设任务 | 任务数 | 完成数 | 完成率 |\n|---|---|---|---|\n| 1、党建引领 | 9 | 9 | 100% |\n"
        "| 纺织技术专业群 | 4 | 4 | 100% |\n\n正文。\n\n| 来源 | 预算 | 到位 |\n|---|---|---|\n| 财政 | 10 | 10 |\n"
    )
    assert [(table.content, table.reason[:6]) for table in draft.tables] == [
        (Content.NOTHING, "计数汇总表："),
        (Content.NOTHING, "表头里没有认"),
    ]
    assert [(task.code, task.name, task.group) for task in draft.tasks] == [
        ("1", "党建引领", None),
        (None, "纺织技术专业群", "纺织技术专业群"),
    ]


def test_the_college_is_not_a_partner_named_in_passing(draft_of: Draft) -> None:
    assert draft_of("# 总体情况\n\n学校与白露职业学院、谷雨职业学院共建基地。\n").college is None
    assert draft_of("# 总体情况\n\n寒露职业学院概况。白露职业学院来访。寒露职业学院招生。\n").college == "寒露职业学院"


def texts(draft: ProgrammeDraft) -> str:
    """All texts that a draft keeps."""
    kept = [text for task in draft.tasks for text in (task.code, task.name, *task.also)]
    for point in draft.points:
        kept += [point.task, str(point.year), point.ordinal]
        parts = (point.plan, point.done, point.rate, point.responsible, point.verdict, *(o for _, o in point.others))
        kept += [part.text for part in parts if part is not None]
    for row in draft.indicators:
        kept += [row.code, f"{row.category}指标", row.unit]
        figures = [each.printed for each in (*row.targets, *row.actuals)]
        parts = (row.label, row.rate, row.verdict, row.reason, row.responsible, *figures, *(o for _, o in row.others))
        kept += [part.text for part in parts if part is not None]
    kept += [each.text for table in draft.tables for each in table.passed_over]
    kept += [doubt.text for doubt in draft.doubts]
    return "\n".join(bare(text) for text in kept if text)


def lost(document: Document, draft: ProgrammeDraft) -> list[str]:
    """The cells of tables taken that a draft keeps nowhere; a number that only counts the rows need not be kept."""
    kept = texts(draft)
    taken = {table.index for table in draft.tables if table.content is not Content.NOTHING}
    cells = {cell.text for table in document.tables if table.index in taken for row in table.body for cell in row}
    cells = {text for text in cells if not text.isdecimal()}
    return [text for text in sorted(cells) if filled(text) and not all(bare(part) in kept for part in pieces(text))]


def pieces(text: str) -> list[str]:
    """A cell of several items is kept item by item, a label as code and name."""
    code, name = coded(text)
    if code is not None and "；" not in text and bare(text) != bare(f"{code}{name}"):
        return [name] if code.count("-") > 1 else [code, name]
    return [part for part in re.split(r"(?=[①-⑳])|(?<=；)|(?<=\d)[. ]+(?=\D)|^[一二三]、", text) if part.strip()]


@pytest.mark.parametrize("name", ["task_book.md", "self_evaluation.md"])
def test_no_cell_is_dropped(name: str) -> None:
    document = read(HERE / name)
    assert lost(document, drafted(document, load())) == []


HEADERS = [
    "序号", "编号", "建设任务", "子任务", "任务内容", "建设内容", "年度", "2022年", "2023年", "2022年度计划", "2022年度完成情况",
    "2023年度任务", "完成情况", "完成率", "责任部门", "备注", "佐证材料", "三级指标", "一级指标", "类型", "单位", "期满目标值",
    "中期目标值", "中期实现值", "2023年目标值", "实际完成值", "状态", "完成时限", "得分", "满意度", "方向",
]  # fmt: skip
CELLS = [
    "", "--", "1", "2.5", "①建课程3门", "①建课程3门；②建平台1个", "建设基地2个", "1-1 头雁工程", "1-2 铸魂", "教材（本）", "数量指标",
    "质量指标", "≥ 20", "95%", "显著提高", "门", "2023年", "合计", "一、党建", "组织部", "延期", "2023年6月", "3-1", "S1", "电梯专业群",
    "1、加强党建", "接下一行的文字", "②", "小计", "逆向", "5 门，另有 2 门",
]  # fmt: skip
ABOVE = ["", "# 一、任务\n", "## 1. 党建\n\n### (1) 头雁\n", "表1 建设任务完成情况\n", "表1 质量指标完成情况\n"]


@st.composite
def pages(draw: st.DrawFn) -> str:
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=2, max_size=8, unique=True))
    row = st.lists(st.sampled_from(CELLS), min_size=len(headers), max_size=len(headers))
    rows = [headers, ["---"] * len(headers), *draw(st.lists(row, min_size=1, max_size=6))]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"{draw(st.sampled_from(ABOVE))}\n{table}\n"


@given(pages())
def test_no_cell_of_any_table_is_dropped(tmp_path_factory: pytest.TempPathFactory, page: str) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.md"
    path.write_text(page, encoding="utf-8")
    document = read(path)
    draft = drafted(document, load())
    assert [table.index for table in draft.tables] == [table.index for table in document.tables]
    assert lost(document, draft) == []
    assert differences(draft, draft) == ()
