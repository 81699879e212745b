from collections.abc import Callable

import pytest

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Piece, Table
from taizhang.intake.plans import Value
from taizhang.intake.programme import ProgrammeDraft
from taizhang.intake.programme.points import circled, items_of, ordinal_of

Draft = Callable[[str], ProgrammeDraft]


def told(draft: ProgrammeDraft) -> list[tuple[str | None, int | None, str | None, str, str | None]]:
    return [(p.task, p.year, p.ordinal, p.plan.text, p.done.text if p.done else None) for p in draft.points]


def test_a_task_book_has_plans_and_no_completions(task_book: ProgrammeDraft) -> None:
    assert told(task_book)[:5] == [
        ("1-1", 2021, "①", "①制定头雁培养办法1项；", None),
        ("1-1", 2021, "②", "②培育支部2个", None),
        ("1-1", 2022, "①", "①培育支部4个", None),
        ("1-1", 2023, "①", "①建成样板支部1个；", None),
        ("1-1", 2023, "②", "②总结推广", None),
    ]
    assert task_book.points[0].responsible.text == "组织部"
    assert [p.group for p in task_book.points if p.task == "1-1" and p.plan.text.endswith("方案1套")] == [
        "智能纺织专业群"
    ] * 3


def test_items_numbered_with_digits_are_points_of_their_own(task_book: ProgrammeDraft) -> None:
    assert [(p.ordinal, p.plan.text) for p in task_book.points if p.task == "2-1" and p.year == 2021] == [
        ("①", "1.修订教材2本；"),
        ("②", "2.立项课题3项"),
    ]


def test_a_row_of_a_plan_is_one_point(excel_plan: ProgrammeDraft) -> None:
    assert told(excel_plan) == [
        ("1-1", 2023, "①", "制定培养办法1项", None),
        ("1-1", 2023, "②", "培育支部4个", None),
        ("1-1", 2024, "①", "建成样板支部1个", None),
        ("1-2", 2023, "①", "立项思政课程3门", None),
    ]
    assert [(name, cell.text) for name, cell in excel_plan.points[1].others] == [
        ("完成时限", "2023年12月"),
        ("备注", "与团委合办"),
    ]
    assert excel_plan.points[3].source.sheet == "任务计划"


def test_banners_name_the_task_of_the_rows_below(self_evaluation: ProgrammeDraft) -> None:
    assert [(p.task, p.year, p.ordinal, p.done.text) for p in self_evaluation.points] == [
        ("党建引领", 2023, "①", "培育支部5个"),
        ("党建引领", 2023, "②", "开展培训2期"),
        ("人才培养", 2023, "①", "出版教材2本，延期1本"),
    ]
    passed = [each.text for each in self_evaluation.tables[0].passed_over]
    assert passed == ["一、党建引领", "二、人才培养", "合计 | 3 | 3 | 100%"]


def test_a_state_is_taken_only_where_it_is_told(draft_of: Draft) -> None:
    draft = draft_of(
        "| 任务 | 计划内容 | 完成内容 | 状态 |\n|---|---|---|---|\n| 甲 | 建设基地1个 | 推进中 | 延期 |\n| 乙 | 建设平台1个 | 建成平台 | 正常 |\n| 丙 | 申报项目1项 | 已申报项目 | 完成 |\n"
    )
    assert [p.state for p in draft.points] == ["延期", None, None]
    assert [p.verdict.text for p in draft.points] == ["延期", "正常", "完成"]


def test_completions_beyond_the_plans_are_kept(draft_of: Draft) -> None:
    draft = draft_of(
        "| 任务 | 计划内容 | 完成内容 |\n|---|---|---|\n| 甲 | ①建1个；②建2个 | ①建成1个；②建成2个；③另建3个 |\n"
    )
    assert told(draft)[-1] == ("甲", None, "③", "", "③另建3个")


def test_codes_that_stand_once_number_the_points(draft_of: Draft) -> None:
    draft = draft_of(
        "表1 艺匠培养任务进度\n\n| 编号 | 任务点 | 完成情况 |\n|---|---|---|\n| 2-1 | 建设课程1门 | 建成1门 |\n| 2-2 | 编写教材2本 | 编写2本 |\n"
    )
    assert [(p.task, p.ordinal) for p in draft.points] == [("2", "①"), ("2", "②")]
    assert draft.tasks[0].name == "艺匠培养"


@pytest.mark.parametrize(
    ("text", "mark"), [("①建", "①"), ("(2)建", "②"), ("（3）建", "③"), ("4、建", "④"), ("5.建", "⑤"), ("3.5万人", None), ("2023年", None), ("21", "(21)")]
)  # fmt: skip
def test_ordinals(text: str, mark: str | None) -> None:
    assert ordinal_of(text) == mark


def test_positions_beyond_the_circled_ones_are_in_brackets() -> None:
    assert [circled(1), circled(20), circled(21)] == ["①", "⑳", "(21)"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [("①甲；②乙", ["①", "②"]), ("1.甲；2.乙", ["①", "②"]), ("（1）甲\n（2）乙", ["①", "②"]), ("增长1.5倍；2.5倍", [""]), ("完成 3 项；2. 另", [""]), ("甲", [""])],
)  # fmt: skip
def test_items_of_a_cell(text: str, marks: list[str]) -> None:
    cell = Cell(text, (Piece(0, Source("r.md", line=1, start=0)),))
    table = Table([[cell]], 0, Source("r.md"))
    items = items_of(Value(table, 0, 0, text))
    assert [mark for mark, _ in items] == marks
    assert all(text[item.start : item.start + len(item.text)] == item.text for _, item in items)
    assert "".join(item.text for _, item in items) == text.replace("\n", "")
