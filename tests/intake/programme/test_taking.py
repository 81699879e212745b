import re
from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.documents.alignment import bare
from taizhang.intake.programme import Content, ProgrammeDraft, drafted
from taizhang.intake.programme.layout import filled
from taizhang.profiles import load

Draft = Callable[[str], ProgrammeDraft]
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
        parts = (row.label, row.rate, row.reason, row.responsible, *figures, *(o for _, o in row.others))
        kept += [part.text for part in parts if part is not None]
    kept += [each.text for table in draft.tables for each in table.passed_over]
    kept += [doubt.text for doubt in draft.doubts]
    return "\n".join(bare(text) for text in kept if text)


@pytest.mark.parametrize("name", ["task_book.md", "self_evaluation.md"])
def test_no_cell_is_dropped(name: str) -> None:
    document = read(Path(__file__).parent / name)
    kept = texts(drafted(document, load()))
    cells = {cell.text for table in document.tables for row in table.body for cell in row if filled(cell.text)}
    assert [text for text in sorted(cells) if not all(bare(part) in kept for part in pieces(text))] == []


def pieces(text: str) -> list[str]:
    """A cell of several items is kept item by item, a label as code and name."""
    return [part for part in re.split(r"(?=[①-⑳])|(?<=；)|(?<=\d)[. ]+(?=\D)|^[一二三]、", text) if part.strip()]
