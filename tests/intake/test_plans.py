from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.plans import Plans, parts_of
from taizhang.intake.reading import Reading, reading_of
from taizhang.profiles import load

TASKS = """
| 建设任务 | 2022 年度计划 | 2022 年度任务完成情况 | 2023 年度计划 | 2023 年度任务完成情况 | 中期完成率 |
|---|---|---|---|---|---|
| 1-1 队伍建设 | ①引进博士 2 人 | ①引进博士 3 人 | ①引进博士 4 人 | ①引进博士 4 人 | 100% |
| 1-1 队伍建设 | -- | -- | ②建成工作室 1 个 | ②立项工作室 1 个 | 100% |
"""
INDICATORS = """
| 类型 | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|---|
| 数量指标 | 1.1.2 横向项目（含纵向，项） | 200 | ≥100 | 103 | 103% |
| 数量指标 | 1.1.3 讲座（场/年） | 8-10 | 4 | 已开展 | 100% |
"""
COUNTS = """
| 建设任务 | 任务点完成情况/任务数 | 任务点完成情况/完成数 | 任务点完成情况/完成度 |
|---|---|---|---|
| 合计 | 9 | 9 | 100% |
| 队伍建设 | 4 | 3 | 75% |
"""


def reading(text: str, folder: Path) -> Reading:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return reading_of(read(path), load())


def plans_of(text: str, folder: Path) -> Plans:
    return reading(text, folder).plans


def test_points_pair_plan_and_completion_of_the_same_year(tmp_path: Path) -> None:
    points = plans_of(TASKS, tmp_path).points
    assert [(p.name, p.plan.text, p.done.text) for p in points] == [
        ("2022①", "①引进博士 2 人", "①引进博士 3 人"),
        ("2023①", "①引进博士 4 人", "①引进博士 4 人"),
        ("2023②", "②建成工作室 1 个", "②立项工作室 1 个"),
    ]


def test_items_of_one_cell_are_points_of_their_own(tmp_path: Path) -> None:
    text = "| 任务 | 计划内容 | 完成内容 |\n|---|---|---|\n| 师资 | ①引进 2 人；②培训 9 人 | ①引进 2 人；②培训 8 人 |\n"
    points = plans_of(text, tmp_path).points
    assert [(p.name, p.plan.text, p.done.text) for p in points] == [
        ("①", "①引进 2 人；", "①引进 2 人；"),
        ("②", "②培训 9 人", "②培训 8 人"),
    ]
    assert points[1].done.at().start == points[1].plan.at().start + len("①引进 2 人；②培训 9 人 | ")


def test_indicators_are_taken_apart(tmp_path: Path) -> None:
    first, second = plans_of(INDICATORS, tmp_path).indicators
    assert (first.code, first.name, first.unit) == ("1.1.2", "横向项目", "项")
    assert (first.goal.quantity.value, first.actual.quantity.value, first.rate.quantity.value) == (100, 103, 103)
    assert second.per_year
    assert not first.per_year
    assert (second.end.quantity.upper, second.actual.quantity) == (10, None)


def test_tallies_pair_total_and_done_under_one_heading(tmp_path: Path) -> None:
    tallies = plans_of(COUNTS, tmp_path).tallies
    assert [(t.label.text, t.total.text, t.done.text, t.rate.text) for t in tallies] == [
        ("合计", "9", "9", "100%"),
        ("队伍建设", "4", "3", "75%"),
    ]


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("1.2.3 省级课程（门）", ("1.2.3", "省级课程", "门")), ("省级课程", (None, "省级课程", None)),
        ("2.1 平台（含数据中心，个）", ("2.1", "平台", "个")), ("3.5 培训量(万人日)", ("3.5", "培训量", "万人日")),
    ],
)  # fmt: skip
def test_labels(label: str, parts: tuple[str | None, str, str | None]) -> None:
    assert parts_of(label) == parts


def test_every_value_points_at_its_own_cell(tmp_path: Path) -> None:
    made = plans_of(TASKS + INDICATORS, tmp_path)
    lines = (tmp_path / "a.md").read_text(encoding="utf-8").split("\n")
    for value in [v for p in made.points for v in (p.plan, p.done)] + [i.label for i in made.indicators]:
        place = value.at()
        assert lines[place.line - 1][place.start : place.end] == value.text
        assert place.table is not None


def test_indicator_tables_keep_their_rows_together(tmp_path: Path) -> None:
    tables = reading(INDICATORS + "\n正文一句话。\n" + INDICATORS, tmp_path).indicator_tables
    assert [len(rows) for _, rows in tables] == [2, 2]
