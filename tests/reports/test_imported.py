"""A snapshot of a document: nothing lost, wrong rates worked out again, conventions of layout kept."""

from datetime import date
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.profiles import load
from taizhang.reports.imported import imported
from taizhang.reports.snapshot import PeriodKind, Snapshot

PAGE = """# 云岭职业技术学院中期自评报告

## 一、任务完成情况

表 1 全校任务完成情况表

| 建设任务 | 任务/任务数 | 任务/完成数 | 任务/完成率 |
|---|---|---|---|
| 1 立德树人 | 3 | 3 | 100% |
| 山地农机专业群 | 7 | 6 | 85.7% |

表 2 立德树人任务完成情况表

| 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
|---|---|---|---|---|---|
| 1-1 匠心育人行动 | ①编写读本 1 册 | ①编印读本 1 册 | ①建成文化馆 | ①建成文化馆 | 100% |
| 1-1 匠心育人行动 | -- | -- | ②举办讲座 6 场 | 举办讲座 8 场 | 100% |

## 二、指标完成情况

### 立德树人

表 3 立德树人标志性成果表

| 典型标志性成果 |
|---|
| 1. 省级规划教材 1 本 |
| 获省级标志性成果 1 项 |

表 4 立德树人数量指标表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 1.1.1.1 订单班（个） | 4 | 2 | 5 | 100% |
| 1.1.1.2 教材（本） | 10 | 5 | 4 | 100% |
| 1.1.1.3 讲座（场） | 20 | 10 | 8 | 80% |
| 1.1.1.4 校园文化 | 提升 | 提升 | 明显提升 | 100% |
"""


@pytest.fixture
def told(tmp_path: Path) -> Snapshot:
    path = tmp_path / "报告.md"
    path.write_text(PAGE, encoding="utf-8")
    return imported(read(path), load(), date(2024, 3, 1))


def test_points_have_their_ordinals_and_are_done_by_their_rates(told: Snapshot) -> None:
    assert [(p.task, p.year, p.ordinal, p.plan, p.done) for p in told.points] == [
        ("1-1", 2022, 1, "编写读本 1 册", "编印读本 1 册"), ("1-1", 2023, 1, "建成文化馆", "建成文化馆"), ("1-1", 2023, 2, "举办讲座 6 场", "举办讲座 8 场"),
    ]  # fmt: skip
    assert all(p.is_done for p in told.points)


def test_a_rate_that_the_values_do_not_bear_out_is_worked_out_again(told: Snapshot) -> None:
    assert [(row.rate, row.is_met) for row in told.indicators] == [
        ("100%", True),
        ("80%", False),
        ("80%", False),
        ("100%", True),
    ]
    assert told.indicators[1].working == ("4 ÷ 5 = 80%", "原文写的是 100%")
    assert told.period.kind is PeriodKind.CHECKPOINT and list(told.period.years) == [2022, 2023]


def test_results_and_counts_of_groups_and_the_layout_are_kept(told: Snapshot) -> None:
    assert [(each.text, each.is_total) for each in told.results] == [
        ("省级规划教材 1 本", False),
        ("获省级标志性成果 1 项", True),
    ]
    assert [(each.group, each.what, each.total, each.done) for each in told.tallies] == [
        ("山地农机专业群", "任务", 7, 6)
    ]
    assert [(form.category, form.first, form.rate) for form in told.forms] == [("数量", "", "完成度")]


def test_the_category_that_most_codes_of_a_family_have_holds_for_all(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    rows = "\n".join(
        f"| {c} | 1.2.1.{n} 课程{n}（门） | 4 | 2 | 2 | 100% |"
        for n, c in enumerate(("质量指标", "质量指标", "数量指标"), 1)
    )
    path.write_text(
        f"表 1 指标表\n\n| 类型 | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成率 |\n|---|---|---|---|---|---|\n{rows}\n",
        encoding="utf-8",
    )
    assert {row.category for row in imported(read(path), load(), date(2024, 3, 1)).indicators} == {"质量"}
