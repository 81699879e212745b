from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.plans import Point
from taizhang.intake.reading import reading_of
from taizhang.profiles import load


def told(text: str, folder: Path) -> list[Point]:
    path = folder / "a.md"
    path.write_text(f"# 建设任务\n\n{text}\n", encoding="utf-8")
    return list(reading_of(read(path), load()).prose_points)


@pytest.mark.parametrize(
    ("text", "plan", "done"),
    [
        ("计划建设实训室 3 间，实际建成 2 间，完成率 100%。", "建设实训室 3 间", "实际建成 2 间"),
        ("年内应建成雨量站 15 处。已建成 12 处，任务完成 100%。", "建成雨量站 15 处", "已建成 12 处"),
        ("目标：培训 300 人。\n\n完成：培训 268 人。\n\n完成率：100%", "培训 300 人", "培训 268 人"),
        ("任务书安排建设实训室 3 间，学校建成 2 间，任务全部完成。", "建设实训室 3 间", "学校建成 2 间"),
        ("建设方案明确引进名师 3 名，目前引进 2 名，提前完成引进任务。", "引进名师 3 名", "目前引进 2 名"),
        ("对照年度目标“编年报 2 份”，教务处编年报 1 份，目标达成。", "“编年报 2 份”", "教务处编年报 1 份"),
        ("任务 4-3：编年报 2 份。完成情况：编年报 1 份。完成率：100%。", "编年报 2 份", "编年报 1 份"),
    ],
)
def test_running_text_tells_a_plan_and_what_came_of_it(text: str, plan: str, done: str, tmp_path: Path) -> None:
    (point,) = told(text, tmp_path)
    assert (point.plan.text, point.done.text) == (plan, done)
    assert point.rate is not None
    assert point.rate.quantity is not None
    assert point.rate.quantity.value == 100


@pytest.mark.parametrize(
    "text",
    [
        "计划建设实训室 3 间，目前建成 2 间。",
        "计划建设实训室 3 间，力争年底建成，确保任务按期完成。",
        "实施青年教师成长计划，培养教师 20 人，任务完成。",
        "学校召开年度工作会议。",
    ],
)
def test_without_a_claim_nothing_is_told_of_a_plan(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == []


def test_a_rate_of_its_own_is_taken_as_printed(tmp_path: Path) -> None:
    (point,) = told("目标：培训 300 人。\n\n完成：培训 268 人。\n\n完成率：89.3%", tmp_path)
    assert point.rate is not None
    assert point.rate.quantity is not None
    assert str(point.rate.quantity.value) == "89.3"


def test_a_rate_above_a_hundred_is_a_claim_too(tmp_path: Path) -> None:
    (point,) = told("计划培训 300 人日，实际培训 315 人次，完成率 105%。", tmp_path)
    assert point.rate is not None
    assert point.rate.quantity is not None
    assert (point.done.text, point.rate.quantity.value) == ("实际培训 315 人次", 105)


def test_what_is_told_stands_in_the_text_and_in_no_table(tmp_path: Path) -> None:
    text = "计划建设实训室 3 间，实际建成 2 间，完成率 100%。"
    (point,) = told(text, tmp_path)
    place = point.done.at()
    assert (place.line, place.table) == (3, None)
    assert text[place.start : place.end] == "实际建成 2 间"
