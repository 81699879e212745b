from collections.abc import Callable
from decimal import Decimal

import pytest

from taizhang.intake.programme import Direction, DraftIndicator, ProgrammeDraft, When
from taizhang.intake.programme.indicators import label_parts

Draft = Callable[[str], ProgrammeDraft]


def figures(row: DraftIndicator) -> list[tuple[str, int | None, str]]:
    return [(each.when.value, each.year, each.printed.text) for each in row.targets]


def test_a_task_book_has_targets_for_each_year_and_the_end(task_book: ProgrammeDraft) -> None:
    row = task_book.indicators[1]
    assert (row.code, row.name, row.category, row.unit) == ("1.2.1.1", "省级课程", "质量", "门")
    assert figures(row) == [
        ("year", 2021, "1"), ("year", 2022, "2"), ("year", 2023, "3"), ("year", 2024, "4"), ("year", 2025, "5"), ("end", None, "≥5"),
    ]  # fmt: skip
    assert row.target(When.YEAR, 2024).quantity.value == Decimal(4)
    assert row.direction is Direction.AT_LEAST
    assert (row.actuals, row.rate, row.reason) == ((), None, None)


def test_a_self_evaluation_has_values_rates_and_reasons(self_evaluation: ProgrammeDraft) -> None:
    last = self_evaluation.indicators[-1]
    assert (last.category, last.unit, last.rate.text, last.reason.text) == ("满意度", "%", "100%", "第三方调查")
    assert last.actual(When.YEAR, 2023).quantity.value == Decimal("93.5")


def test_codes_of_letters_and_targets_of_two_years(excel_plan: ProgrammeDraft) -> None:
    first, second = excel_plan.indicators
    assert (first.code, first.unit, first.is_per_year) == ("S1", "门", False)
    assert (second.code, second.unit, second.is_per_year) == ("S2", "人日/年", True)
    assert figures(second) == [("year", 2023, "8000"), ("year", 2024, "9000"), ("end", None, "10000")]
    assert second.responsible.text == "继续教育学院"


def test_values_of_single_years_are_values(draft_of: Draft) -> None:
    draft = draft_of(
        "| 指标 | 期满目标值 | 2022年 | 2023年 | 累计完成值 | 完成度 |\n|---|---|---|---|---|---|\n| 教材（本） | 5 | 2 | 4 | 6 | 120% |\n"
    )
    (row,) = draft.indicators
    assert [(each.when, each.year, each.printed.text) for each in row.actuals] == [
        (When.YEAR, 2022, "2"),
        (When.YEAR, 2023, "4"),
        (When.END, None, "6"),
    ]


def test_the_task_is_the_heading_with_its_name(draft_of: Draft) -> None:
    draft = draft_of(
        "## 1. 加强党的建设\n\n| 建设任务 | 2022年度计划 | 2022年度完成情况 |\n|---|---|---|\n| 1-1 头雁工程 | ①建1个 | ①建成1个 |\n\n"
        "## 二、绩效\n\n### 3) 加强党的建设\n\n| 三级指标 | 中期目标值 | 中期实现值 |\n|---|---|---|\n| 1.1.1 支部（个） | 2 | 3 |\n"
    )
    assert draft.indicators[0].task == "1"


def test_satisfaction_without_targets_is_taken(draft_of: Draft) -> None:
    draft = draft_of("| 序号 | 类别 | 满意度 |\n|---|---|---|\n| 1 | 学生满意度 | 96% |\n| 2 | 家长满意度 | 95% |\n")
    assert [(row.name, row.actuals[0].printed.text) for row in draft.indicators] == [
        ("学生满意度", "96%"),
        ("家长满意度", "95%"),
    ]
    assert [doubt.reason for doubt in draft.doubts] == ["2 项指标中有 2 项没有编号。", "本表 2 项指标没有目标值的栏。"]


def test_what_is_to_be_kept_under_is_told(draft_of: Draft) -> None:
    draft = draft_of(
        "| 指标 | 单位 | 方向 | 目标值 | 实际值 |\n|---|---|---|---|---|\n| 流失率 | % | 逆向 | 3 | 2 |\n| 就业率 | % | ≥ | 95 | 97 |\n"
    )
    assert [row.direction for row in draft.indicators] == [Direction.AT_MOST, Direction.AT_LEAST]


@pytest.mark.parametrize(
    ("label", "parts"),
    [("1.1.2 课程（门）", ("1.1.2", "课程", "门")), ("S3 科技小院", ("S3", "科技小院", None)), ("5G实训室（间）", (None, "5G实训室", "间")), ("1．2 教材", ("1.2", "教材", None))],
)  # fmt: skip
def test_labels(label: str, parts: tuple[str | None, str, str | None]) -> None:
    assert label_parts(label) == parts
