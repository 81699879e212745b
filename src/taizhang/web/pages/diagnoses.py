"""诊改: what is measured of specialties, courses and teachers, its bars, its values by Excel, and the report of a term."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access, diagnosis
from taizhang.web.ledger.models import Gauge, RoleName, SubjectKind
from taizhang.web.ledger.sheets import Column, Row, Sheet, export, template
from taizhang.web.ledger.sheets import Kind as Holds
from taizhang.web.ledger.workflow import diagnosis as verbs
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.warnings import college_of_office, worker

VALUES = Sheet(
    name="监测值",
    columns=(
        Column(
            key="kind", header="类别", kind=Holds.CHOICE, choices=tuple(SubjectKind.choices), required=True, width=10
        ),
        Column(key="code", header="代码", required=True, width=14, longest=40),
        Column(key="name", header="名称", required=True, width=24, longest=120),
        Column(key="unit", header="责任部门", required=True, width=20),
        Column(key="gauge", header="指标", required=True, width=18),
        Column(key="term", header="学期", required=True, width=14, help="如 2025-2026-1；按年的写 2025"),
        Column(key="number", header="值", kind=Holds.NUMBER, width=10, help="有分子分母时可空着，由台账来除"),
        Column(key="part", header="分子", kind=Holds.NUMBER, width=10),
        Column(key="whole", header="分母", kind=Holds.NUMBER, width=10),
    ),
    notes=("一行是一个对象的一个指标在一个学期的值。", "对象按类别和代码认，第一次出现时新建。"),
)


class GaugeForm(forms.ModelForm[Gauge]):
    """What is measured, and its bars."""

    class Meta:
        """The fields of the table that the office decides."""

        model = Gauge
        fields = ("kind", "name", "measure", "lower", "yellow", "red", "drop")

    def validate_constraints(self) -> None:
        """The verb says it in its own words."""


@require_safe
def diagnoses(request: HttpRequest) -> HttpResponse:
    """The terms of which there is a report."""
    person = worker(request)
    is_office = access.standing(person).holds(RoleName.OFFICE)
    gauges = Gauge.objects.filter(college=college_of_office(request)) if is_office else Gauge.objects.none()
    told = {"terms": diagnosis.terms(person), "gauges": gauges, "is_office": is_office}
    return render(request, "diagnoses/list.html", told)


@require_safe
def report(request: HttpRequest, term: str) -> HttpResponse:
    """The diagnosis of a term; as Excel where that is asked for."""
    person = worker(request)
    if term not in diagnosis.terms(person):
        raise Http404
    parts = diagnosis.diagnosed(person, term)
    if request.GET.get("format") == "xlsx":
        return sheet.answer(export(_table(), list(_lines(parts))), f"诊改报告-{term}")
    told = {"term": term, "parts": parts, "unfinished": diagnosis.unfinished(parts)}
    return render(request, "diagnoses/report.html", told)


def _table() -> Sheet:
    heads = ("类别", "代码", "名称", "责任部门", "指标", "本期", "上期", "黄线", "红线", "级别", "情况", "处置措施")
    return Sheet(
        name="诊改报告",
        columns=tuple(
            Column(
                key=head,
                header=head,
                kind=Holds.NUMBER if head in {"本期", "上期", "黄线", "红线"} else Holds.TEXT,
                width=16,
            )
            for head in heads
        ),
    )


def _lines(parts: list[diagnosis.Chapter]) -> list[dict[str, Any]]:
    """One line for each value, with what was done about its warnings."""
    found = []
    for part in parts:
        for line in part.lines:
            for gauge, value in zip(part.gauges, line.values, strict=True):
                if value.gauging is None:
                    continue
                done = [
                    each.measure
                    for row in line.forewarnings
                    if row.gauge_id == gauge.pk
                    for each in row.handlings.all()
                ]
                found.append({
                    "类别": part.kind.label, "代码": line.subject.code, "名称": line.subject.name,
                    "责任部门": line.subject.unit.name, "指标": f"{gauge.name}（{gauge.measure}）" if gauge.measure else gauge.name,
                    "本期": value.gauging.number, "上期": value.before, "黄线": gauge.yellow, "红线": gauge.red,
                    "级别": {2: "黄色", 3: "红色"}.get(value.level or 0, "正常"), "情况": "；".join(value.sentences),
                    "处置措施": "；".join(done),
                })  # fmt: skip
    return found


def gauge(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A gauge with its bars, new or known."""
    college = college_of_office(request)
    row = get_object_or_404(Gauge, college=college, pk=pk) if pk is not None else None
    form = GaugeForm(request.POST or None, instance=Gauge.objects.get(pk=row.pk) if row else Gauge(college=college))
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存，下次计算预警时用。"), form):
            verbs.keep_gauge(person_of(request), college, row, form.cleaned_data)
        if form.is_valid():
            return redirect("diagnoses")
    return render(request, "diagnoses/gauge.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def take_in(request: HttpRequest) -> HttpResponse:
    """Values by Excel, all or none."""
    college = college_of_office(request)
    problem, faults = "", []
    if request.method == "POST":
        try:
            filled = sheet.uploaded(request, VALUES)
            faults = list(filled.faults)
            if not faults:
                rows = [_reported(row) for row in filled.rows]
                new, changed = verbs.take_in(person_of(request), college, rows)
                messages.success(
                    request, _("已导入：新增 %(new)s 个值，改动 %(changed)s 个。") % {"new": new, "changed": changed}
                )
                return redirect("diagnoses")
        except TaizhangError as refusal:
            problem = str(refusal)
    told = {"problem": problem, "faults": faults}
    return render(request, "diagnoses/take_in.html", told, status=422 if problem or faults else 200)


def _reported(row: Row) -> verbs.Reported:
    return verbs.Reported(
        row=row.number, kind=row.text("kind"), code=row.text("code"), name=row.text("name"), unit=row.text("unit"),
        gauge=row.text("gauge"), term=row.text("term"), number=_number(row, "number"), part=_number(row, "part"),
        whole=_number(row, "whole"),
    )  # fmt: skip


def _number(row: Row, key: str) -> Decimal | None:
    value = row.values.get(key)
    return value if isinstance(value, Decimal) else None


@require_safe
def values_template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    college_of_office(request)
    return sheet.answer(template(VALUES), "诊改监测值模板")
