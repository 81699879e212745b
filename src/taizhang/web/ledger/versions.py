"""The plan as one value, and what differs between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from taizhang.web.ledger.models import Programme

Content = dict[str, dict[str, dict[str, Any]]]
# What is compared, by the name that users read.
TITLES = {
    "tasks": {"code": "编号", "name": "任务", "unit": "责任单位"},
    "points": {"task": "任务", "year": "年度", "ordinal": "序号", "plan": "建设内容", "unit": "责任单位", "dropped": "已取消"},
    "indicators": {
        "code": "编号", "name": "指标", "category": "类别", "measure": "计量单位", "direction": "方向", "basis": "口径",
        "cap": "封顶", "unit": "责任单位", "dropped": "已取消", "targets": "目标值",
    },
}  # fmt: skip
NAMES = {"tasks": "任务", "points": "任务点", "indicators": "指标"}


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that differs: added, gone, or a field that changed. `field` is None for the first two."""

    what: str
    key: str
    label: str
    field: str | None
    before: str
    after: str


def content_of(programme: Programme) -> Content:
    """Tasks, points and indicators by their ids, each as plain values with their units by name."""
    tasks = {
        str(task.pk): {"label": str(task), "code": task.code, "name": task.name, "unit": str(task.unit)}
        for task in programme.tasks.select_related("unit")
    }
    points = {
        str(point.pk): {
            "label": str(point), "task": point.task.code, "year": point.year, "ordinal": point.ordinal, "plan": point.plan,
            "unit": str(point.unit), "dropped": point.is_dropped,
        }
        for point in programme.points.select_related("task", "unit")
    }  # fmt: skip
    indicators = {
        str(row.pk): {
            "label": str(row), "code": row.code, "name": row.name, "category": row.get_category_display(),
            "measure": row.measure, "direction": row.get_direction_display(), "basis": row.get_basis_display(),
            "cap": row.get_cap_display(), "unit": str(row.unit), "dropped": row.is_dropped,
            "targets": {target.period.name: target.text for target in row.targets.all()},
        }
        for row in programme.indicators.select_related("unit").prefetch_related("targets__period")
    }  # fmt: skip
    return {"tasks": tasks, "points": points, "indicators": indicators}


def alterations(before: Content, after: Content) -> Iterator[Alteration]:
    """What differs between two contents, in the order of the later one; what is gone comes last."""
    for what, titles in TITLES.items():
        old, new = before.get(what, {}), after.get(what, {})
        for key, row in new.items():
            if key not in old:
                yield Alteration(what, key, row["label"], None, "", "新增")
                continue
            for name, title in titles.items():
                yield from _field(what, key, row["label"], title, old[key].get(name), row.get(name))
        for key, row in old.items():
            if key not in new:
                yield Alteration(what, key, row["label"], None, "已有", "不再有")


def _field(what: str, key: str, label: str, title: str, before: Any, after: Any) -> Iterator[Alteration]:  # noqa: ANN401 - JSON
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*after, *before]):
            yield from _field(what, key, label, f"{name}{title}", before.get(name), after.get(name))
        return
    yield Alteration(what, key, label, title, _told(before), _told(after))


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
