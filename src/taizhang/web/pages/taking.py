"""导入: upload a document, see what was understood beside it, decide each doubtful cell, then write it all at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.core.source import Source
from taizhang.documents import Document
from taizhang.intake.programme import (
    Content,
    Decision,
    DifferenceKind,
    Doubt,
    Step,
    may_change,
    offered,
)
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Period, Programme, Taking, Unit
from taizhang.web.ledger.workflow import taking as verbs
from taizhang.web.ledger.workflow.rounds import Opening, usual_opening
from taizhang.web.pages.asking import person_of


class UploadForm(forms.Form):
    """The document, who answers for what is new in it, and which period it reports on."""

    document = forms.FileField(
        label=gettext_lazy("文件"), help_text=gettext_lazy("任务书、自评报告或计划表：Word、Excel、PDF、文本")
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("暂记在哪个单位名下"), empty_label=None)
    period = forms.ModelChoiceField(
        Period.objects.none(),
        label=gettext_lazy("报的是哪一期"),
        required=False,
        empty_label=gettext_lazy("只有计划，没有完成情况"),
    )

    def __init__(self, *args: Any, programme: Programme, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(college=programme.college, is_active=True)
        units.initial = programme.college_id
        periods: Any = self.fields["period"]
        periods.queryset = programme.periods.all()


class RoundForm(forms.Form):
    """Whether what is told of completion becomes a round, and its name."""

    round_name = forms.CharField(label=gettext_lazy("填报轮次的名称"), max_length=120, required=False)


def takings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken in so far, and a form for the next document."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    form = UploadForm(request.POST or None, request.FILES or None, programme=owner)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = verbs.begin(
                person, owner, given["document"].name, given["document"].read(), given["unit"], given["period"]
            )
        except TaizhangError as refusal:
            form.add_error("document", str(refusal))
        else:
            return redirect("taking", made.pk)
    shown = {
        "programme": owner, "form": form, "takings": owner.takings.select_related("begun_by").defer("content"),
        "may_manage": True, "tab": "takings",
    }  # fmt: skip
    return render(request, "taking/takings.html", shown, status=422 if form.errors else 200)


def _taking(request: HttpRequest, pk: int) -> Taking:
    """The taking, for whoever keeps its programme; others do not know that it exists."""
    person = person_of(request)
    row = get_object_or_404(Taking.objects.select_related("programme__college", "unit", "period", "round"), pk=pk)
    if not access.may_manage(person, row.programme):
        raise Http404
    return row


@require_safe
def taking(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood: doubts to decide, tables taken and not, and what it changes of the plan."""
    row = _taking(request, pk)
    seen = verbs.understood(row)
    compared = verbs.compared(row) if row.written_at is None else ()
    shown = {
        "taking": row, "programme": row.programme, "counts": verbs.counted(seen.draft), "open": len(seen.undecided),
        "doubts": [_doubt(seen, number, doubt) for number, doubt in enumerate(seen.draft.doubts)],
        "tables": seen.draft.tables, "nothing": Content.NOTHING,
        "differences": [(verbs.key_of(each), each) for each in compared if each.change is not DifferenceKind.ADDED],
        "added": sum(each.change is DifferenceKind.ADDED for each in compared),
        "is_first": not row.programme.points.exists() and not row.programme.indicators.exists(),
        "may_manage": True, "tab": "takings", "round_name": f"{row.period} 导入" if row.period else "",
    }  # fmt: skip
    return render(request, "taking/taking.html", shown)


def _doubt(seen: verbs.Understood, number: int, doubt: Doubt) -> dict[str, Any]:
    """A doubt as the page shows it: with its row in the document, the choices, and what was decided."""
    decision = seen.decisions.get(number)
    return {
        "number": number, "doubt": doubt, "values": offered(doubt), "may_change": may_change(doubt),
        "decision": decision,
        "step": decision.step.value if decision else "", "text": decision.text if decision else "",
        "excerpt": _excerpt(seen.document, doubt.source),
    }  # fmt: skip


def _excerpt(document: Document, source: Source) -> dict[str, Any] | None:
    """The header and the row of the table that a place stands in, the cell marked."""
    table = next((table for table in document.tables if table.index == source.table), None)
    if table is None or source.row is None:
        return None
    place = next(
        (number for number in range(table.header, len(table.rows)) if _stands(table.at(number, 0), source)), None
    )
    if place is None:
        return None
    cells = [(cell.text, column + 1 == source.column) for column, cell in enumerate(table.rows[place])]
    header = table.columns
    return {
        "number": table.number or table.caption,
        "index": table.index,
        "header": header,
        "cells": cells,
        "row": place,
    }


def _stands(source: Source, wanted: Source) -> bool:
    return source.row == wanted.row and source.table == wanted.table


@require_safe
def table(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """One table of the document beside what was understood of it."""
    row = _taking(request, pk)
    seen = verbs.understood(row)
    found = next((table for table in seen.document.tables if table.index == index), None)
    if found is None:
        raise Http404
    taken = next((each for each in seen.draft.tables if each.index == index), None)
    shown = {
        "taking": row, "programme": row.programme, "table": found, "taken": taken, "columns": found.columns,
        "rows": [[cell.text for cell in cells] for cells in found.rows[found.header :]],
        "points": [point for point in seen.settled.points if point.source.table == index],
        "indicators": [each for each in seen.settled.indicators if each.source.table == index],
        "before": next((each.index for each in reversed(seen.draft.tables) if each.index < index), None),
        "after": next((each.index for each in seen.draft.tables if each.index > index), None),
    }  # fmt: skip
    return render(request, "taking/table.html", shown)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was decided of the doubtful cells on the page; `rest=keep` takes all others as printed."""
    row = _taking(request, pk)
    try:
        decided = _decisions(request)
        if request.POST.get("rest") == "keep":
            left = verbs.understood(row).undecided
            decided = {**{number: Decision(step=Step.KEEP) for number in left}, **decided}
        verbs.decide(person_of(request), row, int(request.POST.get("seen", "0") or 0), decided)
    except TaizhangError as refusal:
        messages.error(request, str(refusal))
    except ValueError:
        messages.error(request, _("这一页的内容不完整，请刷新后再试。"))
    else:
        messages.success(request, _("已记下。"))
    return redirect("taking", pk)


def _decisions(request: HttpRequest) -> dict[int, Decision]:
    """The form as decisions: `step-3` is keep, change, leave, or `=a value offered`; `text-3` what was typed."""
    decided = {}
    for name, value in request.POST.items():
        if not name.startswith("step-") or not value:
            continue
        number = int(name.removeprefix("step-"))
        if str(value).startswith("="):
            decided[number] = Decision(step=Step.CHANGE, text=str(value)[1:])
        elif value == Step.CHANGE.value:
            decided[number] = Decision(step=Step.CHANGE, text=str(request.POST.get(f"text-{number}", "")).strip())
        else:
            decided[number] = Decision(step=Step(str(value)))
    return decided


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it into the plan, all or nothing."""
    row = _taking(request, pk)
    shown = (
        {key for key, _each in ((verbs.key_of(each), each) for each in verbs.compared(row))}
        if row.written_at is None
        else set()
    )
    leave = frozenset(shown & set(request.POST.getlist("offered")) - set(request.POST.getlist("take")))
    try:
        outcome = verbs.write(person_of(request), row, leave=leave, opening=_opening(request, row))
    except TaizhangError as refusal:
        messages.error(request, str(refusal))
        return redirect("taking", pk)
    told = "，".join(f"{name} {count}" for name, count in outcome.added.items() if count)
    messages.success(
        request,
        _("已写入：%(told)s；改动 %(changed)s 项。") % {"told": told or _("没有新增"), "changed": outcome.changed},
    )
    return redirect("programme", row.programme_id)


def _opening(request: HttpRequest, row: Taking) -> Opening | None:
    """The round for what is told of completion by its usual deadlines."""
    name = request.POST.get("round_name", "").strip()
    if not name or row.period is None:
        return None
    return usual_opening(name, row.period)
