"""The register that a file gives: one that was saved as such, or all that can be said of a snapshot."""

from collections.abc import Iterator
from pathlib import Path

from taizhang.core.errors import SnapshotError
from taizhang.reports.catalogue import KINDS
from taizhang.reports.outline import Figure, figures
from taizhang.reports.register import Register, Row, loads, text_of
from taizhang.reports.sentences import name_of, shown, told
from taizhang.reports.snapshot import Indicator, Point, Snapshot, from_json


def load(path: Path) -> Register:
    """The register of a file; UsageError with one sentence where it holds none."""
    text = text_of(path)
    try:
        return register_of(from_json(text))
    except SnapshotError:
        return loads(text, path.name)


def register_of(snapshot: Snapshot) -> Register:
    """All figures of a snapshot: those that any of its reports prints, and those that a template may ask for by name."""
    printed = (figure for kind in KINDS.values() for figure in figures(kind.build(snapshot)))
    return Register.of(snapshot.sha256, (*printed, *_whole(snapshot)), _rows(snapshot))


def _whole(snapshot: Snapshot) -> Iterator[Figure]:
    """What is said of the snapshot as a whole."""
    yield Figure("snapshot:college", snapshot.college, "学校名称")
    yield Figure("snapshot:programme", snapshot.programme, "项目名称")
    yield Figure("snapshot:period", snapshot.period.span, "报告期")
    day = snapshot.taken_on
    yield Figure("snapshot:date", f"{day.year}年{day.month}月{day.day}日", "数据日期")


def _rows(snapshot: Snapshot) -> dict[str, list[Row]]:
    """The lists that a row of a template may be repeated for: all indicators, those of a category, all points."""
    lists: dict[str, list[Row]] = {"指标": [], "任务点": []}
    for row in snapshot.indicators:
        line = _indicator(row)
        lists["指标"].append(line)
        if row.category:
            lists.setdefault(f"{row.category}指标", []).append(line)
    lists["任务点"] = [_point(point) for point in snapshot.points]
    return lists


def _indicator(row: Indicator) -> Row:
    parts = {"期满目标值": "end", "目标值": "goal", "实现值": "actual", "完成率": "rate", "原因": "reason"}
    words = {"编号": row.code, "名称": row.name, "单位": row.unit, "类别": row.category, "全称": row.title}
    return words | {name: shown(row, part) for name, part in parts.items()}


def _point(point: Point) -> Row:
    parts = {"计划": "plan", "完成情况": "done", "完成率": "rate", "状态": "state", "原因": "reason"}
    words = {"任务": point.task, "年度": str(point.year), "序号": str(point.ordinal), "名称": name_of(point)}
    return words | {name: told(point, part) for name, part in parts.items()}
