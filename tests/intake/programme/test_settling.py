"""What was decided stands in the draft, and nothing else is touched."""

from collections.abc import Callable

import pytest

from taizhang.intake.programme import (
    Decision,
    DoubtKind,
    ProgrammeDraft,
    Step,
    UnsettledError,
    When,
    as_printed,
    offered,
    settled,
    undecided,
)
from taizhang.intake.programme.settling import ordinal

Draft = Callable[[str], ProgrammeDraft]
INDICATORS = (
    "表1 数量指标\n\n| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|---|\n"
    "| 1.1.1 课程（门） | 10 | 5 | 6 | 120% |\n| 1.1.2 教材（本） | 4 | 2 | 已出版若干 | 100% |\n"
)
POINTS = (
    "## 1-1 党建工程\n\n| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |\n|---|---|---|---|\n"
    "| 1 | ①建设课程3门 | ①建成课程3门 | 100% |\n| 2 | ②编写教材2本 | | 100% |\n"
)


def about(draft: ProgrammeDraft, field: str) -> int:
    """The number of the doubt about a field."""
    return next(number for number, doubt in enumerate(draft.doubts) if doubt.field == field)


def test_a_draft_kept_as_printed_is_the_same_draft(draft_of: Draft) -> None:
    draft = draft_of(INDICATORS)
    decisions = as_printed(draft, range(len(draft.doubts)))
    assert undecided(draft, {}) == tuple(range(len(draft.doubts)))
    assert undecided(draft, decisions) == ()
    assert settled(draft, decisions) == draft


def test_a_changed_cell_is_read_anew_and_no_other_is_touched(draft_of: Draft) -> None:
    draft = draft_of(INDICATORS)
    changed = settled(draft, {about(draft, "实现值"): Decision(step=Step.CHANGE, text="3")})
    assert changed.indicators[0] == draft.indicators[0]
    actual = changed.indicators[1].actuals[0].printed
    assert (actual.text, actual.quantity.value) == ("3", 3)


def test_a_row_left_out_takes_only_itself(draft_of: Draft) -> None:
    draft = draft_of(POINTS)
    assert [point.label for point in settled(draft, {about(draft, "完成情况"): Decision(step=Step.LEAVE)}).points] == [
        draft.points[0].label
    ]


def test_a_completion_is_filled_in(draft_of: Draft) -> None:
    draft = draft_of(POINTS)
    changed = settled(draft, {about(draft, "完成情况"): Decision(step=Step.CHANGE, text="编写教材2本")})
    assert changed.points[1].done.text == "编写教材2本"


def test_a_decision_that_changes_nothing_is_told(draft_of: Draft) -> None:
    draft = draft_of(POINTS.replace("②编写教材2本", "③编写教材2本").replace("| | 100%", "| ③编成2本 | 100%"))
    with pytest.raises(UnsettledError):
        settled(draft, {about(draft, "序号"): Decision(step=Step.CHANGE, text="没有序号")})


@pytest.mark.parametrize(
    ("text", "sign"), [("①", "①"), ("3", "③"), ("第2项", "②"), ("", None), ("二十", None), ("99", None)]
)
def test_an_ordinal_is_understood_however_it_is_typed(text: str, sign: str | None) -> None:
    assert ordinal(text) == sign


def test_only_values_are_offered_to_be_put_into_a_cell(draft_of: Draft, self_evaluation: ProgrammeDraft) -> None:
    for doubt in (*draft_of(POINTS).doubts, *draft_of(INDICATORS).doubts, *self_evaluation.doubts):
        assert not [choice for choice in offered(doubt) if "台账" in choice or "照录" in choice or "留空" in choice]


UNDATED = (
    "表1 满意度完成情况\n\n| 指标 | 目标值 | 完成值 | 完成率 |\n|---|---|---|---|\n"
    "| 学生满意度（%） | ≥90 | 95 | 100% |\n| 家长满意度（%） | ≥88 | 93 | 100% |\n"
)


def test_a_time_goes_to_every_figure_of_the_table_and_never_into_its_text(draft_of: Draft) -> None:
    draft = draft_of(UNDATED)
    place = next((number for number, doubt in enumerate(draft.doubts) if doubt.kind is DoubtKind.YEAR), None)
    assert place is not None
    changed = settled(draft, {place: Decision(step=Step.CHANGE, text="中期")})
    assert [(row.targets[0].when, row.targets[0].printed.text) for row in changed.indicators] == [
        (When.MID, "≥90"), (When.MID, "≥88"),
    ]  # fmt: skip


UNCLASSED = (
    "表1 数量指标\n\n| 指标 | 期满目标值 | 中期目标值 | 中期实现值 |\n|---|---|---|---|\n| 课程（门） | 10 | 5 | 6 |\n\n"
    "表2 其他完成情况\n\n| 指标 | 期满目标值 | 中期目标值 | 中期实现值 |\n|---|---|---|---|\n"
    "| 就业率（%） | 95 | 90 | 93 |\n| 对口率（%） | 80 | 70 | 75 |\n"
)


def category(draft: ProgrammeDraft) -> int:
    return next(number for number, doubt in enumerate(draft.doubts) if doubt.kind is DoubtKind.CATEGORY)


def test_what_is_asked_once_for_a_table_holds_for_each_of_its_rows(draft_of: Draft) -> None:
    draft = draft_of(UNCLASSED)
    changed = settled(draft, {category(draft): Decision(step=Step.CHANGE, text="社会效益指标")})
    assert [row.category for row in changed.indicators] == ["数量", "社会效益", "社会效益"]
    left = settled(draft, {category(draft): Decision(step=Step.LEAVE)})
    assert [row.name for row in left.indicators] == ["课程"]
    with pytest.raises(UnsettledError):
        settled(draft, {category(draft): Decision(step=Step.CHANGE, text="其他")})


TWICE = INDICATORS.replace("1.1.2 教材（本） | 4 | 2 | 已出版若干", "1.1.1 课程（门） | 10 | 5 | 7")


def test_of_two_rows_with_one_name_only_the_doubted_one_is_left_out(draft_of: Draft) -> None:
    draft = draft_of(TWICE)
    place = next(number for number, doubt in enumerate(draft.doubts) if doubt.kind is DoubtKind.NAME)
    left = settled(draft, {place: Decision(step=Step.LEAVE)})
    assert [row.actuals[0].printed.text for row in left.indicators] == ["6"]


UNNUMBERED = (
    "## 1-1 党建工程\n\n| 2023年计划 | 2023年完成情况 | 完成率 |\n|---|---|---|\n"
    "| 建设课程3门 | 建成课程3门 | 100% |\n| 编写教材2本 | 编成教材2本 | 100% |\n"
)


def test_one_number_is_no_answer_for_a_whole_table(draft_of: Draft) -> None:
    draft = draft_of(UNNUMBERED)
    place = next(number for number, doubt in enumerate(draft.doubts) if doubt.field == "序号" and doubt.is_of_table)
    for step in (Step.CHANGE, Step.LEAVE):
        with pytest.raises(UnsettledError):
            settled(draft, {place: Decision(step=step, text="①")})
