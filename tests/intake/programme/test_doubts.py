from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from taizhang.documents import read
from taizhang.intake.programme import DoubtKind, ProgrammeDraft, drafted
from taizhang.intake.programme.doubts import unpaired
from taizhang.profiles import load

Draft = Callable[[str], ProgrammeDraft]
POINTS = "表1 “党建”任务\n\n| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |\n|---|---|---|---|\n"
INDICATORS = "表1 数量指标\n\n| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|---|\n"
SOUND_POINT = "| 1 | ①建设课程3门 | ①建成课程3门 | 100% |\n"
SOUND_INDICATOR = "| 1.1.1 课程（门） | 10 | 5 | 6 | 120% |\n"


@pytest.mark.parametrize(
    ("row", "kind", "field", "text"),
    [
        ("| 2 | ②编写教材2本 | | 100% |", DoubtKind.DONE, "完成情况", ""),
        ("| 2 | -- | ②编写教材2本 | 100% |", DoubtKind.PLAN, "计划", "②编写教材2本"),
        ("| | 其余教材2本 | 编成2本 | 100% |", DoubtKind.ORDINAL, "序号", "其余教材2本"),
        ("| 2 | ②编写教材2本 | ③编成2本 | 100% |", DoubtKind.ORDINAL, "序号", "③编成2本"),
        ("| 1 | ①编写教材2本 | ①编成2本 | 100% |", DoubtKind.ORDINAL, "序号", "①编写教材2本"),
        ("| 3 | ③编写教材2本 | ③编成2本 | 100% |", DoubtKind.ORDINAL, "序号", "③编写教材2本"),
        ("| 2 | ②编写《教材2本 | ②编成2本 | 100% |", DoubtKind.TORN, "计划", "②编写《教材2本"),
        ("| 2 | ②编写教材2本 | ②编成2本 | 1o0% |", DoubtKind.UNREADABLE, "完成率", "1o0%"),
    ],
)
def test_doubts_about_a_point(draft_of: Draft, row: str, kind: DoubtKind, field: str, text: str) -> None:
    assert draft_of(POINTS + SOUND_POINT).doubts == ()
    (doubt,) = draft_of(f"{POINTS}{SOUND_POINT}{row}\n").doubts
    assert (doubt.kind, doubt.field, doubt.text) == (kind, field, text)


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


def test_what_holds_for_a_whole_table_is_asked_once(draft_of: Draft) -> None:
    draft = draft_of(
        "| 任务 | 计划内容 | 完成内容 |\n|---|---|---|\n| 甲 | 建课程3门 | 建成3门 |\n| 乙 | 建平台1个 | 建成1个 |\n"
    )
    assert [(doubt.kind, doubt.reason) for doubt in draft.doubts] == [
        (DoubtKind.ORDINAL, "本表 2 个任务点都没有序号。"),
        (DoubtKind.YEAR, "本表 2 个任务点都没有写明年度。"),
    ]


def test_a_plan_merged_over_two_completions_is_asked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["任务", "2023年计划", "2023年完成情况"], ["甲", "建课程3门", "建成2门"], ["甲", None, "另建1门"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "计划.xlsx")
    draft = drafted(read(tmp_path / "计划.xlsx"), load())
    assert [(doubt.text, doubt.source.cell) for doubt in draft.doubts if doubt.kind is DoubtKind.MERGED] == [
        ("建课程3门", "B2")
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [("《甲》（乙）“丙”", None), ("1）甲；2）乙", None), ("《甲", "《"), ("甲）", "）"), ("“甲”“乙", "“"), ("（甲)", None), ("（甲）)", ")")],
)  # fmt: skip
def test_marks_without_their_other_half(text: str, mark: str | None) -> None:
    assert unpaired(text) == mark
