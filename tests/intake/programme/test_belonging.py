from collections.abc import Callable

from taizhang.intake.programme import DoubtKind, ProgrammeDraft

Draft = Callable[[str], ProgrammeDraft]
HEADINGS = "## 1. 加强党建，引领发展\n\n### (1) 头雁工程\n\n"
COLUMNS = "| 2023年计划 | 2023年完成情况 |\n|---|"
ROW = "①建课程3门 | ①建成3门 |\n"


def tasks(draft: ProgrammeDraft) -> list[tuple[str | None, str, str | None]]:
    return [(task.code, task.name, task.parent) for task in draft.tasks]


def test_a_code_follows_from_the_headings_where_no_label_prints_it(draft_of: Draft) -> None:
    draft = draft_of(f"{HEADINGS}| 建设任务 {COLUMNS}---|---|\n| 加强党建 | {ROW}")
    assert tasks(draft) == [("1", "加强党建", None), ("1-1", "头雁工程", "1")]
    assert draft.points[0].task == "1-1"
    assert [(doubt.kind, doubt.choices) for doubt in draft.doubts] == [(DoubtKind.TASK, ("1-1",))]


def test_a_label_with_the_code_of_another_task_is_asked_and_not_mixed(draft_of: Draft) -> None:
    draft = draft_of(f"{HEADINGS}| 建设任务 {COLUMNS}---|---|\n| 2-3 头雁工程 | {ROW}")
    assert draft.points[0].task == "1-1"
    (doubt,) = draft.doubts
    assert (doubt.kind, doubt.text, doubt.choices) == (DoubtKind.CODE, "2-3 头雁工程", ("1-1", "2-3"))


def test_the_label_before_names_the_task_above(draft_of: Draft) -> None:
    draft = draft_of(f"| 建设任务 | 子任务 {COLUMNS}---|---|---|\n| 加强党建 | 1-2 铸魂工程 | {ROW}")
    assert tasks(draft) == [("1", "加强党建", None), ("1-2", "铸魂工程", "1")]


def test_a_heading_with_a_code_is_the_task_of_a_table_without_labels(draft_of: Draft) -> None:
    draft = draft_of(f"## 1-3 强基工程\n\n| 序号 {COLUMNS}---|---|\n| 1 | {ROW}")
    assert draft.points[0].task == "1-3"
    assert draft.doubts == ()


def test_names_without_codes_are_keys(draft_of: Draft) -> None:
    draft = draft_of(f"| 建设任务 {COLUMNS}---|---|\n| 师资队伍 | {ROW}")
    assert tasks(draft) == [(None, "师资队伍", None)]
    assert draft.points[0].task == draft.tasks[0].key == "师资队伍"


def test_no_task_at_all_is_asked_once(draft_of: Draft) -> None:
    draft = draft_of(f"| 序号 {COLUMNS}---|---|\n| 1 | {ROW}| 2 | ②建平台 | ②建成平台 |\n")
    assert [(doubt.kind, doubt.field) for doubt in draft.doubts] == [(DoubtKind.TASK, "建设任务")]


def test_words_that_any_caption_has_name_no_task(draft_of: Draft) -> None:
    draft = draft_of(f"表1 重点任务推进表\n\n| 序号 {COLUMNS}---|---|\n| 1 | {ROW}")
    assert draft.tasks == ()
    assert [doubt.kind for doubt in draft.doubts] == [DoubtKind.TASK]
