from collections.abc import Callable

import pytest

from taizhang.intake.programme import DoubtKind, ProgrammeDraft

Draft = Callable[[str], ProgrammeDraft]
INDICATORS = "表1 数量指标\n\n| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|---|\n"
SOUND_INDICATOR = "| 1.1.1 课程（门） | 10 | 5 | 6 | 120% |\n"


@pytest.mark.parametrize(
    ("row", "kind", "field", "text"),
    [
        ("| 1.1.2 教材（本） | 10 | 5 | 编写中 | 100% |", DoubtKind.WORDS, "实现值", "编写中"),
        (
            "| 1.1.2 教材（本） | 10 | 5 | 省级5本，校级多本 | 100% |",
            DoubtKind.UNREADABLE,
            "实现值",
            "省级5本，校级多本",
        ),
        ("| 1.1.2 教材（本） | 10 | 校级教材2本 | | 100% |", DoubtKind.SHIFTED, "中期目标值", "校级教材2本"),
        ("| 1.1.2 教材 | 10 | 5 | 6 | 120% |", DoubtKind.UNIT, "计量单位", "1.1.2 教材"),
        ("| 1.1.2 教材（国家级） | 10 | 5 | 6 | 120% |", DoubtKind.UNIT, "计量单位", "1.1.2 教材（国家级）"),
        ("| 1.1.2 文化氛围 | 显著提高 | 显著提高 | 显著提高 | 100% |", DoubtKind.WORDS, "目标值", "显著提高"),
        ("| 1.1.2 教材（本） | | | 6 | 120% |", DoubtKind.TARGET, "目标值", ""),
        ("| 1.1.2 教材（本） | 10 | 5 | | 0% |", DoubtKind.ACTUAL, "实现值", ""),
        ("| 1.1.2 教材（本） | 10 | 5 | 120% | 120% |", DoubtKind.SHIFTED, "实现值", "120%"),
        ("| 1.1.2 教材（本） | 5 | 10 | 12 | 120% |", DoubtKind.SHIFTED, "期满目标值", "5"),
        ("| 1.1.1 教材（本） | 10 | 5 | 6 | 120% |", DoubtKind.NAME, "编号", "1.1.1 教材（本）"),
        ("| 1.1.1 课程（门） | 20 | 5 | 6 | 120% |", DoubtKind.NAME, "指标名称", "1.1.1 课程（门）"),
        ("| 教材（本） | 10 | 5 | 6 | 120% |", DoubtKind.CODE, "编号", "教材（本）"),
    ],
)
def test_doubts_about_an_indicator(draft_of: Draft, row: str, kind: DoubtKind, field: str, text: str) -> None:
    sound = INDICATORS + SOUND_INDICATOR + "| 1.1.9 平台（个） | 2 | 1 | 1 | 100% |\n"
    assert draft_of(sound).doubts == ()
    (doubt,) = draft_of(f"{sound}{row}\n").doubts
    assert (doubt.kind, doubt.field, doubt.text) == (kind, field, text)


def test_one_name_at_two_times_may_be_one_indicator(draft_of: Draft) -> None:
    later = "\n正文。\n\n表2 数量指标\n\n| 三级指标 | 2023年目标值 | 2023年实现值 |\n|---|---|---|\n| 1.1.1 课程（门） | 3 | 4 |\n"
    (doubt,) = draft_of(INDICATORS + SOUND_INDICATOR + later).doubts
    assert (doubt.kind, doubt.reason) == (DoubtKind.NAME, "同名指标出现了两次，是不同时期的目标值。")


def test_a_category_unlike_that_of_its_code_is_asked(draft_of: Draft) -> None:
    rows = "| 数量指标 | 1.1.1 甲（个） | 1 | 1 |\n| 数量指标 | 1.1.2 乙（个） | 1 | 1 |\n| 质量指标 | 1.1.3 丙（个） | 1 | 1 |\n"
    (doubt,) = draft_of(f"| 类型 | 三级指标 | 中期目标值 | 中期实现值 |\n|---|---|---|---|\n{rows}").doubts
    assert (doubt.kind, doubt.choices) == (DoubtKind.CATEGORY, ("质量", "数量"))


def test_codes_are_asked_once_where_many_have_none(draft_of: Draft) -> None:
    draft = draft_of(
        "| 指标 | 中期目标值 | 中期实现值 |\n|---|---|---|\n| 课程（门） | 1 | 2 |\n| 教材（本） | 3 | 4 |\n"
    )
    assert [(doubt.kind, doubt.reason) for doubt in draft.doubts] == [(DoubtKind.CODE, "2 项指标中有 2 项没有编号。")]


def test_categories_are_asked_once_a_table(draft_of: Draft) -> None:
    rows = "| 甲（个） | 1 | 1 |\n| 乙（个） | 1 | 1 |\n"
    table = f"\n\n| 三级指标 | 中期目标值 | 中期实现值 |\n|---|---|---|\n{rows}"
    draft = draft_of(f"表1 数量指标{table}\n正文。\n\n表2 其他指标{table.replace('甲', '丙').replace('乙', '丁')}")
    told = [doubt.reason for doubt in draft.doubts if doubt.kind is DoubtKind.CATEGORY]
    assert told == ["本表 2 项指标没有写明类别。"]


def test_a_doubt_about_an_empty_cell_points_at_the_cell(draft_of: Draft) -> None:
    draft = draft_of(f"{INDICATORS}{SOUND_INDICATOR}| 1.1.2 教材（本） | 10 | 5 | | 0% |\n")
    assert [doubt.source for doubt in draft.doubts] == [draft.indicators[1].actuals[0].printed.source]
