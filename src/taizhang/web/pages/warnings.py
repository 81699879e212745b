"""预警: the list, one warning with what was done about it, and the steps that it takes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import CauseName, Forewarning, ForewarningState, LevelName, Person, RoleName, Unit
from taizhang.web.ledger.sheets import Column, Sheet, export
from taizhang.web.ledger.sheets import Kind as Holds
from taizhang.web.ledger.workflow import watching as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError
from taizhang.web.pages import sheet
from taizhang.web.pages.asking import person_of, wants_part
from taizhang.web.pages.history import of

PAGE = 50
_MOST_EXPORTED = 20_000
SHEET = Sheet(
    name="预警清单",
    columns=(
        Column(key="level", header="级别", width=8, value=lambda row: row.get_reach_display()),
        Column(key="name", header="对象", width=40),
        Column(key="cause", header="原因", width=12, value=lambda row: row.get_cause_display()),
        Column(key="sentence", header="情况", width=50),
        Column(key="unit", header="责任部门", width=18, value=lambda row: row.unit.name),
        Column(key="state", header="状态", width=10, value=lambda row: row.get_state_display()),
        Column(key="raised_on", header="报警日期", kind=Holds.DATE, width=12),
        Column(key="gone_on", header="原因消除日期", kind=Holds.DATE, width=12),
        Column(key="reason", header="原因分析", width=40, value=lambda row: _last(row, "reason")),
        Column(key="measure", header="处置措施", width=40, value=lambda row: _last(row, "measure")),
    ),
)


def _last(row: Forewarning, field: str) -> str:
    told = list(row.handlings.all())
    return str(getattr(told[-1], field)) if told else ""


class WarningFilter(forms.Form):
    """What the list is narrowed by; all of it stands in the address."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[("", gettext_lazy("未关闭")), *ForewarningState.choices, ("all", gettext_lazy("全部"))],
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("级别"), required=False, choices=[("", gettext_lazy("全部")), *LevelName.choices]
    )
    cause = forms.ChoiceField(
        label=gettext_lazy("原因"), required=False, choices=[("", gettext_lazy("全部")), *CauseName.choices]
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("责任部门"), required=False, queryset=Unit.objects.none())
    words = forms.CharField(
        label=gettext_lazy("查找"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, seen: QuerySet[Forewarning], **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        units = Unit.objects.filter(pk__in=seen.order_by().values("unit")).order_by("path")
        field: Any = self.fields["unit"]
        field.queryset, field.empty_label = units, _("全部")

    def narrow(self, rows: QuerySet[Forewarning]) -> QuerySet[Forewarning]:
        """The rows that fit; a value that is none of the choices narrows nothing."""
        self.is_valid()
        got = self.cleaned_data
        if not got.get("state"):
            rows = rows.exclude(state=ForewarningState.CLOSED)
        elif got["state"] != "all":
            rows = rows.filter(state=got["state"])
        if got.get("level"):
            rows = rows.filter(reach=got["level"])
        if got.get("cause"):
            rows = rows.filter(cause=got["cause"])
        if got.get("unit"):
            rows = rows.filter(unit__path__startswith=got["unit"].path)
        if got.get("words"):
            rows = rows.filter(Q(name__icontains=got["words"]) | Q(sentence__icontains=got["words"]))
        return rows


class HandlingForm(forms.Form):
    """What someone found out and does about it."""

    reason = forms.CharField(label=gettext_lazy("原因分析"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    measure = forms.CharField(label=gettext_lazy("处置措施"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(
        label=gettext_lazy("完成期限"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def worker(request: HttpRequest) -> Person:
    """The person, where warnings are any of their business."""
    person = person_of(request)
    if not access.standing(person).holds(RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE):
        raise Http404
    return person


def college_of_office(request: HttpRequest) -> Unit:
    """The college whose office the person is in; nobody else learns that there is such a page."""
    for unit in access.standing(person_of(request)).units(RoleName.OFFICE):
        if unit.college is not None:
            return unit.college
    raise Http404


@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """All warnings that the person sees, the gravest first; as Excel where that is asked for."""
    person = worker(request)
    seen = access.visible_forewarnings(person)
    found = WarningFilter(request.GET, seen=seen)
    rows = found.narrow(seen).select_related("unit", "college").order_by("-reach", "-pk")
    if request.GET.get("format") == "xlsx":
        return sheet.answer(export(SHEET, list(rows.prefetch_related("handlings")[:_MOST_EXPORTED])), "预警清单")
    page = Paginator(rows.annotate(done=Count("handlings")), PAGE).get_page(request.GET.get("page"))
    open_rows = seen.exclude(state=ForewarningState.CLOSED)
    counts = dict(open_rows.order_by().values_list("reach").annotate(Count("pk")))
    told = {
        "page": page, "filter": found, "counts": [(level, label, counts.get(level, 0)) for level, label in LevelName.choices[::-1]],
        "is_office": access.standing(person).holds(RoleName.OFFICE),
    }  # fmt: skip
    return render(request, "warnings/_list.html" if wants_part(request) else "warnings/list.html", told)


def _row(request: HttpRequest, pk: int) -> Forewarning:
    joined = ("college", "unit", "person", "point__task", "indicator", "subject", "gauge", "closed_by")
    return get_object_or_404(access.visible_forewarnings(person_of(request)).select_related(*joined), pk=pk)


@require_safe
def warning(request: HttpRequest, pk: int) -> HttpResponse:
    """One warning: why, what was done, and what is to be done now."""
    return _page(request, _row(request, pk), HandlingForm())


def _page(
    request: HttpRequest, row: Forewarning, form: HandlingForm, problem: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    may_handle = access.may_handle(person, row) and row.state != ForewarningState.CLOSED
    told = {
        "row": row, "form": form, "problem": problem, "handlings": row.handlings.select_related("by"), "told": of(row),
        "may_handle": may_handle, "may_close": access.may_close(person, row), "entry": _entry(person, row),
    }  # fmt: skip
    return render(request, "warnings/warning.html", told, status=status)


def _entry(person: Person, row: Forewarning) -> int | None:
    """The newest item in which the thing is told."""
    if row.point is None and row.indicator is None:
        return None
    entries = access.visible_entries(person).filter(point=row.point, indicator=row.indicator)
    return entries.order_by("-round__opened_at").values_list("pk", flat=True).first()


def _status(refusal: TaizhangError) -> int:
    return 403 if isinstance(refusal, NotAllowedError) else 422


@require_POST
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what is done about it."""
    row, form = _row(request, pk), HandlingForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        verbs.handle(person_of(request), row, **form.cleaned_data)
    except TaizhangError as refusal:
        return _page(request, row, form, str(refusal), _status(refusal))
    messages.success(request, _("处置已记下。"))
    return redirect("warning", pk)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Close, or ask for more to be done."""
    row, person, reason = _row(request, pk), person_of(request), request.POST.get("reason", "")
    try:
        if verb == "close":
            verbs.close(person, row, reason)
            messages.success(request, _("已关闭。"))
        else:
            verbs.reopen(person, row, reason)
            messages.success(request, _("已要求重新处置。"))
    except TaizhangError as refusal:
        return _page(request, _row(request, pk), HandlingForm(), str(refusal), _status(refusal))
    return redirect("warning", pk)


@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Compute the warnings of the college now."""
    found = verbs.watch(college_of_office(request), timezone.localdate())
    said = _("算好了：新增 %(new)s 条，升级 %(risen)s 条，原因消除 %(gone)s 条。")
    messages.success(request, said % {"new": len(found.raised), "risen": len(found.risen), "gone": len(found.gone)})
    return redirect("warnings")
