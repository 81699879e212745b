from collections.abc import Callable

import pytest

from taizhang.intake.programme import DoubtKind, ProgrammeDraft
from taizhang.intake.programme.doubts import unpaired

Draft = Callable[[str], ProgrammeDraft]
POINTS = "## 1-1 党建工程\n\n| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |\n|---|---|---|---|\n"
INDICATORS = "表1 数量指标\n\n| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |\n|---|---|---|---|---|\n"
SOUND_POINT = "| 1 | ①建设课程3门 | ①建成课程3门 | 100% |\n"
SOUND_INDICATOR = "| 1.1.1 课程（门） | 10 | 5 | 6 | 120% |\n"


def test_rows_that_made_nothing_are_asked(draft_of: Draft) -> None:
    draft = draft_of(f"{INDICATORS}{SOUND_INDICATOR}| -- | 20 | 10 | 11 | 110% |\n")
    assert [(doubt.kind, doubt.text) for doubt in draft.doubts] == [(DoubtKind.ROW, "20 | 10 | 11 | 110%")]


def test_plans_in_running_text_are_told(draft_of: Draft) -> None:
    draft = draft_of("# 建设任务书\n\n①建设课程3门。\n\n②编写教材2本。\n\n③建设平台1个。\n")
    assert [(doubt.kind, doubt.text) for doubt in draft.doubts] == [(DoubtKind.ROW, "①建设课程3门。")]


@pytest.mark.parametrize(
    ("text", "mark"),
    [("《甲》（乙）“丙”", None), ("1）甲；2）乙", None), ("《甲", "《"), ("甲）", "）"), ("“甲”“乙", "“"), ("（甲)", None), ("（甲）)", ")")],
)  # fmt: skip
def test_marks_without_their_other_half(text: str, mark: str | None) -> None:
    assert unpaired(text) == mark


def test_a_task_under_two_names_is_asked(draft_of: Draft) -> None:
    rows = "| 党建 | 1-1 甲 | ①建1个 | ①建成1个 |\n| 党的建设 | 1-2 乙 | ①建1个 | ①建成1个 |\n"
    draft = draft_of(f"| 任务 | 子任务 | 2023年计划 | 2023年完成情况 |\n|---|---|---|---|\n{rows}")
    assert [(doubt.kind, doubt.choices) for doubt in draft.doubts] == [(DoubtKind.NAME, ("党建", "党的建设"))]
    assert draft.tasks[0].also == ("党的建设",)
