from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from taizhang.documents import read
from taizhang.intake.programme import DoubtKind, ProgrammeDraft, drafted
from taizhang.profiles import load

Draft = Callable[[str], ProgrammeDraft]
POINTS = "## 1-1 党建工程\n\n| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |\n|---|---|---|---|\n"
SOUND_POINT = "| 1 | ①建设课程3门 | ①建成课程3门 | 100% |\n"


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


def test_what_holds_for_a_whole_table_is_asked_once(draft_of: Draft) -> None:
    draft = draft_of(
        "| 任务 | 计划内容 | 完成内容 |\n|---|---|---|\n| 甲 | 建课程3门 | 建成3门 |\n| 乙 | 建平台1个 | 建成1个 |\n"
    )
    assert [(doubt.kind, doubt.reason) for doubt in draft.doubts] == [
        (DoubtKind.CODE, "2 项任务没有编号。"),
        (DoubtKind.ORDINAL, "本表 2 个任务点都没有序号。"),
        (DoubtKind.YEAR, "本表 2 个任务点都没有写明年度。"),
    ]


def test_ordinals_may_run_on_through_the_tasks_of_a_table(draft_of: Draft) -> None:
    rows = "| 1-1 甲 | ①建课程3门 | ①建成3门 |\n| 1-2 乙 | ②建平台1个 | ②建成1个 |\n"
    assert draft_of(f"| 任务 | 2023年计划 | 2023年完成情况 |\n|---|---|---|\n{rows}").doubts == ()


def test_a_year_of_the_title_is_asked_once_a_table(draft_of: Draft) -> None:
    draft = draft_of(
        "2023年度自评报告\n\n## 1-1 党建\n\n| 序号 | 年度任务 | 完成情况 |\n|---|---|---|\n| 1 | 建设课程3门 | 建成3门 |\n| 2 | 建平台1个 | 建成平台 |\n"
    )
    assert [point.year for point in draft.points] == [2023, 2023]
    assert [(doubt.kind, doubt.choices) for doubt in draft.doubts] == [(DoubtKind.YEAR, ("2023 年",))]


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
