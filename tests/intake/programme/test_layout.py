from collections.abc import Callable

import pytest

from taizhang.intake.programme import Content, ProgrammeDraft
from taizhang.intake.programme.layout import filled, is_scheme, year_in

Draft = Callable[[str], ProgrammeDraft]


def table(header: str, *rows: str, caption: str = "") -> str:
    width = header.count("|") - 1
    lines = [caption, "", header, "|" + "---|" * width, *rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (table("| 建设任务 | 2022年 | 2023年 |", "| 1-1 师资 | ①引进博士2人 | ①引进博士3人 |"), Content.POINTS),
        (
            table(
                "| 任务 | 建设内容 | 责任部门 |", "| 1-1 师资 | 引进博士2人 | 人事处 |", caption="表1 年度任务分解表"
            ),
            Content.POINTS,
        ),
        (table("| 序号 | 任务内容 | 完成时限 |", "| 1 | 引进博士2人 | 2023年6月 |"), Content.POINTS),
        (
            table(
                "| 序号 | 问题 | 整改措施 | 状态 |", "| 1 | 台账不全 | 补齐台账 | 已整改 |", caption="附表1 整改任务"
            ),
            Content.NOTHING,
        ),
        (table("| 指标名称 | 单位 | 期满目标值 |", "| 教材 | 本 | 5 |"), Content.INDICATORS),
        (
            table("| 指标名称 | 单位 | 2022年 | 2023年 |", "| 教材 | 本 | 5 | 6 |", caption="表1 绩效目标"),
            Content.INDICATORS,
        ),
        (table("| 指标名称 | 单位 | 期满 | 中期 |", "| 教材 | 本 | 5 | 3 |"), Content.INDICATORS),
        (
            table(
                "| 编号 | 指标名称 | 预期目标 | 达成情况说明 |", "| 1 | 机制 | 机制基本健全完善 | 机制已经健全完善 |"
            ),
            Content.INDICATORS,
        ),
        (table("| 指标 | 统计口径 |", "| 培训量 | 按人日统计 |"), Content.NOTHING),
        (table("| 收入项目 | 2022年 | 2023年 |", "| 财政拨款 | 500 | 600 |"), Content.NOTHING),
        (table("| 建设任务 | 任务数 | 完成数 |", "| 师资 | 5 | 5 |"), Content.NOTHING),
        (table("| 标志性成果 |", "| 国家级课程1门 |"), Content.NOTHING),
    ],
)
def test_what_a_table_holds(draft_of: Draft, text: str, content: Content) -> None:
    (taken,) = draft_of(text).tables
    assert taken.content is content
    assert bool(taken.reason) is (content is Content.NOTHING)


def test_a_column_of_contents_before_the_years_is_a_label(task_book: ProgrammeDraft) -> None:
    assert {point.task for point in task_book.points if point.group is None} == {"1-1", "1-2", "2-1"}


@pytest.mark.parametrize(("text", "year"), [("2023年度任务", 2023), ("2022-2023年", None), ("中期", None)])
def test_the_only_year_of_a_text(text: str, year: int | None) -> None:
    assert year_in(text) == year


def test_signs_for_nothing_are_no_content() -> None:
    assert [filled(text) for text in ("", "--", "—", "/", "0", "无")] == [False, False, False, False, True, True]
    assert [is_scheme(text) for text in ("1.1.2", "S3", "2-1", "1", "教材")] == [True, True, True, True, False]
