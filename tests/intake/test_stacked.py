from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.plans import Plans
from taizhang.intake.reading import reading_of
from taizhang.profiles import load

ONE_CELL = """
| 任务点 | 年度 | 计划与完成 | 结论 |
|---|---|---|---|
| 1-1 课程 | 2022 | 计划：建成课程 6 门。完成：建成课程 4 门。 | 完成 |
| 1-2 教材 | 2023 | 【计划】①出版教材 2 部；②修订教材 1 部。【完成】①出版教材 2 部；②修订教材 1 部 | 完成 |
| 1-3 师资 | 2023 | 年度目标：引进博士 2 人；完成情况：引进博士 3 人 | 完成 |
"""
TWO_ROWS = """
| 任务 | 类别 | 2022年 | 2023年 | 结论 |
|---|---|---|---|---|
| 2-1 团队 | 计划 | 组建校级团队 5 个 | 获批省级团队 2 个 | 完成 |
| 2-1 团队 | 完成 | 组建校级团队 6 个 | 申报省级团队 2 个 | 完成 |
| 2-2 基地 | 计划 | — | 建成基地 1 个 | 完成 |
| 2-2 基地 | 完成 | — | 建成基地 1 个 | 完成 |
"""
SEVERAL_YEARS = """
| 三级指标 | 2022年/目标 | 2022年/实际 | 2023年/目标 | 2023年/实际 | 期满/目标 | 期满/实际 | 实现程度 |
|---|---|---|---|---|---|---|---|
| 授权专利（件） | 20 | 23 | 30 | 34 | 50 | 57 | 114% |
| 横向到账（万元） | 200 | 215 | 260 | 268 | 460 | 483 | 105% |
"""


def plans_of(text: str, folder: Path) -> Plans:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return reading_of(read(path), load()).plans


def test_plan_and_completion_of_one_cell(tmp_path: Path) -> None:
    points = plans_of(ONE_CELL, tmp_path).points
    assert [(p.name, p.plan.text, p.done.text, p.year) for p in points] == [
        ("1-1 课程", "建成课程 6 门", "建成课程 4 门", "2022"),
        ("2023①", "①出版教材 2 部；", "①出版教材 2 部；", "2023"),
        ("2023②", "②修订教材 1 部", "②修订教材 1 部", "2023"),
        ("1-3 师资", "引进博士 2 人", "引进博士 3 人", "2023"),
    ]
    cell = ONE_CELL.splitlines()[3]
    start = points[0].done.at().start or 0
    assert cell[start:].startswith("建成课程 4 门")


def test_plan_and_completion_of_two_rows(tmp_path: Path) -> None:
    points = plans_of(TWO_ROWS, tmp_path).points
    assert [(p.name, p.plan.text, p.done.text, p.year) for p in points] == [
        ("2-1 团队", "组建校级团队 5 个", "组建校级团队 6 个", "2022"),
        ("2-1 团队", "获批省级团队 2 个", "申报省级团队 2 个", "2023"),
        ("2-2 基地", "建成基地 1 个", "建成基地 1 个", "2023"),
    ]


def test_the_rate_of_all_years_answers_to_their_own_columns(tmp_path: Path) -> None:
    first, second = plans_of(SEVERAL_YEARS, tmp_path).indicators
    assert [(row.goal.text, row.actual.text) for row in (first, second) if row.goal and row.actual] == [
        ("50", "57"),
        ("460", "483"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        # aims and measures, of which nothing is told to be done
        "| 问题 | 对策 |\n|---|---|\n| 基地不足 | 目标：新建基地 2 个。措施：争取专项资金 |\n| 师资不足 | 目标：引进 3 人。措施：柔性引才 |",
        # one remark among figures
        "| 项目 | 说明 |\n|---|---|\n| 课程 | 计划：6 门。完成：4 门 |\n| 教材 | 2 部，均已出版 |\n| 师资 | 3 人 |",
        # figures in rows in turn: an indicator's, and no deeds
        (
            "| 项目 | 类别 | 2022年 | 2023年 |\n|---|---|---|---|\n| 招生 | 计划 | 3000 | 3100 |\n| 招生 | 实际 | 2950 | 3122 |"
            "\n| 培训 | 计划 | 200 | 220 |\n| 培训 | 实际 | 210 | 231 |"
        ),
        # rows that do not go in turn
        (
            "| 项目 | 类别 | 内容 |\n|---|---|---|\n| 课程 | 计划 | 建成课程 6 门 |\n| 课程 | 完成 | 建成课程 6 门 |\n| 教材 | 完成 | 出版教材 2 部 |"
            "\n| 教材 | 完成 | 修订教材 1 部 |"
        ),
    ],
)
def test_what_only_looks_like_a_plan(table: str, tmp_path: Path) -> None:
    assert plans_of(table + "\n", tmp_path).points == ()
