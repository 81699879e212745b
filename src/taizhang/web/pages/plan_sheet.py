"""The plan's lists as Excel files, as the address filters them; they come back in through the wizard of 导入."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Indicator, Period, Target
from taizhang.web.ledger.sheets import Column, Kind, Sheet, export
from taizhang.web.pages import plan_forms as forms
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of

MOST = 20_000
TASKS = Sheet(
    name="建设任务",
    columns=(
        Column(key="code", header="任务编号", width=14),
        Column(key="name", header="任务名称", width=44),
        Column(key="parent", header="上级任务", width=14, value=lambda row: row.parent.code if row.parent else ""),
        Column(key="group", header="专业群", width=20, value=lambda row: str(row.group or "")),
        Column(key="unit", header="责任部门", width=18, value=lambda row: str(row.unit)),
        Column(key="team", header="建设组", width=18, value=lambda row: str(row.team or "")),
    ),
)
POINTS = Sheet(
    name="任务点",
    columns=(
        Column(key="code", header="任务编号", width=12, value=lambda row: row.task.code),
        Column(key="task", header="任务名称", width=30, value=lambda row: row.task.name),
        Column(key="year", header="年度", width=8, value=lambda row: f"{row.year}年"),
        Column(key="ordinal", header="序号", kind=Kind.NUMBER, width=7),
        Column(key="plan", header="计划内容", width=60),
        Column(key="unit", header="责任部门", width=18, value=lambda row: str(row.unit)),
        Column(key="person", header="责任人", width=10, value=lambda row: str(row.person or "")),
        Column(key="dropped", header="备注", width=10, value=lambda row: "已取消" if row.is_dropped else ""),
    ),
)


@require_safe
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The task tree."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person), pk=pk)
    rows = access.visible_tasks(person).filter(programme=owner).select_related("parent", "group", "unit", "team")
    return sheet.answer(export(TASKS, rows[:MOST]), f"{owner}-任务")


@require_safe
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """The task points that the filters leave."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person), pk=pk)
    chosen = forms.PointFilter(request.GET, person=person, programme=owner)
    rows = chosen.narrow(access.visible_points(person).filter(programme=owner).select_related("task", "unit", "person"))
    return sheet.answer(export(POINTS, rows[:MOST]), f"{owner}-任务点")


@require_safe
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """The indicators that the filters leave, with a column for each period that has targets."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person), pk=pk)
    chosen = forms.IndicatorFilter(request.GET, person=person, programme=owner)
    targets = Prefetch("targets", Target.objects.select_related("period"))
    rows = chosen.narrow(
        access.visible_indicators(person)
        .filter(programme=owner)
        .select_related("unit", "group")
        .prefetch_related(targets)
    )
    periods = list(owner.periods.filter(targets__isnull=False).distinct())
    form = Sheet(name="绩效指标", columns=tuple(_columns(periods)))
    return sheet.answer(export(form, rows[:MOST]), f"{owner}-绩效指标")


def _columns(periods: list[Period]) -> Iterator[Column]:
    yield Column(key="code", header="编号", width=12)
    yield Column(key="name", header="指标名称", width=40)
    yield Column(key="category", header="指标类别", width=14, value=lambda row: row.get_category_display())
    yield Column(key="measure", header="单位", width=10)
    yield Column(key="group", header="专业群", width=18, value=lambda row: str(row.group or ""))
    yield Column(key="basis", header="口径", width=8, value=lambda row: row.get_basis_display())
    for period in periods:
        yield Column(key=f"target_{period.pk}", header=f"{period.name}目标值", width=14, value=_target(period))
    yield Column(key="unit", header="责任部门", width=18, value=lambda row: str(row.unit))


def _target(period: Period) -> Any:  # noqa: ANN401 - a function of a row, as Column takes it
    def text(row: Indicator) -> str:
        return next((each.text for each in row.targets.all() if each.period_id == period.pk), "")

    return text
