"""A snapshot is a register: every figure of its report, and those that a template asks for by name."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from report_snapshots import snapshots
from taizhang.core.errors import UsageError
from taizhang.reports.catalogue import KINDS
from taizhang.reports.outline import Figure, figures
from taizhang.reports.snapshot import Indicator, Period, PeriodKind, Point, Snapshot, Task, to_json
from taizhang.reports.source import load, register_of

SNAPSHOT = Snapshot(
    name="2024 年度自评",
    taken_on=date(2025, 1, 6),
    origin="台账",
    college="云岭职业技术学院",
    programme="省级高水平高职院校建设",
    period=Period(name="2024 年度", kind=PeriodKind.YEAR, first_year=2024, last_year=2024),
    tasks=(Task(key="1", code="1", name="课程建设"), Task(key="1-1", code="1-1", name="在线课程", parent="1")),
    points=(
        Point(ref="point/1-1/2024/1", task="1-1", year=2024, ordinal=1, plan="新建课程6门", done="新建课程7门。", rate="100%", is_done=True),
    ),
    indicators=(
        Indicator(ref="indicator/1.1.1", code="1.1.1", name="省级在线课程", unit="门", task="1-1", category="数量", goal="6", actual="7", rate="100%", is_met=True),
    ),
)  # fmt: skip


def test_every_figure_of_the_report_is_in_the_register() -> None:
    made = register_of(SNAPSHOT)
    assert made.snapshot == SNAPSHOT.sha256
    printed = [each for kind in KINDS.values() for each in figures(kind.build(SNAPSHOT))]
    assert printed
    assert all(made.figures[each.key].text == each.text for each in printed)


@given(snapshots())
def test_one_address_says_one_thing_in_all_reports(snapshot: Snapshot) -> None:
    said: dict[str, str] = {}
    lists = (part for lines in register_of(snapshot).rows.values() for line in lines for part in line.values())
    printed = (each for kind in KINDS.values() for each in figures(kind.build(snapshot)))
    for each in (*printed, *(part for part in lists if isinstance(part, Figure))):
        assert said.setdefault(each.key, each.text) == each.text


def test_lists_hold_indicators_by_category_and_points() -> None:
    made = register_of(SNAPSHOT)
    assert set(made.rows) == {"指标", "数量指标", "任务点"}
    (line,) = made.rows["数量指标"]
    assert line["编号"] == "1.1.1"
    assert line["实现值"] == made.figures["indicator/1.1.1:actual"]
    assert made.figures["snapshot:college"].text == "云岭职业技术学院"


def test_a_file_may_hold_a_snapshot_or_a_register(tmp_path: Path) -> None:
    first, second = tmp_path / "快照.json", tmp_path / "数据.json"
    first.write_text(to_json(SNAPSHOT), "utf-8")
    second.write_text(register_of(SNAPSHOT).written(), "utf-8")
    assert load(first) == load(second) == register_of(SNAPSHOT)
    (tmp_path / "别的.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match=r"别的\.json 不是台账的数据文件"):
        load(tmp_path / "别的.json")
