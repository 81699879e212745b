"""编写报告: reports that the ledger writes: ordered, built, read figure by figure, changed in Word, handed in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.reports.catalogue import KINDS
from taizhang.web.ledger import access
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import BuildState, BuiltFile, BuiltReport, Person, ReportStage
from taizhang.web.ledger.workflow import building as verbs
from taizhang.web.pages.asking import person_of, telling, wants_part
from taizhang.web.pages.building_forms import OrderForm
from taizhang.web.pages.sheet import safe_name

PAGE = 50


def built_reports(request: HttpRequest) -> HttpResponse:
    """The reports that were written, newest first; the office orders others here."""
    person = person_of(request)
    may_order = access.standing(person).holds(access.OFFICE)
    if not may_order and not access.standing(person).holds(access.LEAD, access.ABOVE):
        return render(request, "403.html", status=403)
    if request.method == "POST" and not may_order:
        return render(request, "403.html", status=403)
    form = _form(request, person) if may_order else None
    standing: list[verbs.Obstacle] = []
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            row = verbs.order(
                person, form.cleaned_data["period"], form.cleaned_data["kind"], form.cleaned_data["name"],
                form.cleaned_data["override"], form.cleaned_data["previous"],
                carry=form.cleaned_data["carry"],
            )  # fmt: skip
        except TaizhangError as refusal:
            form.add_error(None, str(refusal))
            standing = verbs.obstacles(form.cleaned_data["period"])
        else:
            return redirect("built-report", row.pk)
    rows = access.visible_built_reports(person).select_related("made_by", "programme", "snapshot__period")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "form": form, "obstacles": standing, "kinds": KINDS}
    return render(request, "building/reports.html", shown, status=422 if form is not None and form.errors else 200)


def _form(request: HttpRequest, person: Person) -> OrderForm:
    """The order form; where a report is to be followed, as that one is."""
    if request.method == "POST":
        return OrderForm(request.POST, person=person)
    key = request.GET.get("previous", "")
    rows = access.visible_built_reports(person).select_related("snapshot")
    previous = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
    if previous is None:
        return OrderForm(person=person)
    begun = {"period": previous.snapshot.period_id, "kind": previous.kind, "previous": previous.pk, "carry": True}
    return OrderForm(initial=begun, person=person)


def report_of(request: HttpRequest, pk: int) -> BuiltReport:
    """The report, where the person may see it."""
    rows = access.visible_built_reports(person_of(request)).select_related(
        "college", "programme", "snapshot__period", "made_by", "approved_by", "handed_in_by", "previous"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def built_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: how far it is, its files, what was said of it."""
    person, row = person_of(request), report_of(request, pk)
    files = list(row.files.select_related("made_by", "check_report"))
    shown: dict[str, Any] = {
        "report": row, "kind": KINDS.get(row.kind), "files": files, "file": files[0] if files else None,
        "remarks": row.remarks.select_related("made_by"), "may_keep": access.may_keep_report(person, row),
        "may_remark": access.may_remark(person, row), "stalled": verbs.is_stalled(row), "stages": ReportStage,
        "unsettled": verbs.unsettled(files[0]) if files else [],
        "is_waiting": row.state in {BuildState.WAITING, BuildState.BUILDING},
    }  # fmt: skip
    if wants_part(request):
        if row.state in {BuildState.BUILT, BuildState.FAILED}:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "building/_waiting.html", shown)
    return render(request, "building/report.html", shown)


@require_safe
def built_file(request: HttpRequest, pk: int, number: int) -> HttpResponse | FileResponse:
    """A file of a report, to take away."""
    row = report_of(request, pk)
    file = get_object_or_404(BuiltFile, report=row, number=number)
    path = vault.place(file.blob_id)
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type=verbs.WORD)
    stem = safe_name(file.file_name.removesuffix(".docx"))
    answer["Content-Disposition"] = content_disposition_header(True, f"{stem}.docx") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def snapshot_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The snapshot that a report was made from, as it was hashed."""
    row = report_of(request, pk)
    if not access.may_keep_report(person_of(request), row):
        return render(request, "403.html", status=403)
    answer = HttpResponse(row.snapshot.content.encode(), content_type="application/json")
    name = content_disposition_header(True, f"{safe_name(row.snapshot.name)}.json")
    answer["Content-Disposition"] = name or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Circulate, call back, approve, hand in, or build again."""
    person, row = person_of(request), report_of(request, pk)
    said: dict[str, Any] = {
        "circulate": _("已送负责人征求意见。"), "call_back": _("已收回为草稿。"), "approve": _("已审定。"),
        "hand_in": _("已报送；省厅现在能看到。"), "again": _("已重新排队。"),
    }  # fmt: skip
    if verb not in said:
        raise Http404
    with telling(request, said[verb]):
        if verb == "again":
            verbs.again(person, row)
        else:
            verbs.move(person, row, verb)
    return redirect("built-report", pk)


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of a report."""
    row = report_of(request, pk)
    with telling(request):
        verbs.remark(person_of(request), row, request.POST.get("text", ""))
    return redirect("built-report", pk)
