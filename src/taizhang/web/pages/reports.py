"""报告检查: uploaded reports, their text beside what was found in it, drafts compared, and files to take away."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from taizhang.checks.comparison import compare
from taizhang.checks.present.json import result_of
from taizhang.checks.present.xlsx import STATES
from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.checking import process
from taizhang.web.ledger.models import FindingStatus, Report, ReportFinding, ReportState, ReportText
from taizhang.web.ledger.workflow import reports as verbs
from taizhang.web.ledger.workflow.trouble import OutOfOrderError
from taizhang.web.pages.asking import person_of, telling, wants_part
from taizhang.web.pages.report_forms import FindingFilter, UploadForm
from taizhang.web.pages.sheet import safe_name

PAGE = 50
AT_ONCE = 2 * 1024 * 1024  # bytes that are checked in the request that uploads them: a second or two
FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "sarif": "application/sarif+json",
}
_SEVERITIES = (("error", lazy("错误")), ("warning", lazy("存疑")), ("info", lazy("提示")))
COPIES = {"docx": (".docx", ".docm"), "pdf": (".pdf",)}
_WITH_TEXT = {"xlsx", "html", *COPIES}  # forms that show where in the text a finding lies


def reports(request: HttpRequest) -> HttpResponse:
    """The reports, newest first, and the form to upload others."""
    person = person_of(request)
    if not access.standing(person).holds(*access.WORKERS, access.OFFICE):
        return render(request, "403.html", status=403)
    form = UploadForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        to = verbs.Consignment(form.cleaned_data["unit"], form.cleaned_data["round"])
        answer = _uploaded(request, form, to)
        if answer is not None:
            return answer
    rows = access.visible_reports(person).select_related("unit", "uploaded_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counts = _open_counts([row.pk for row in page])
    for row in page:
        row.counts = [  # type: ignore[attr-defined]  # for the template
            (*named, counts.get((row.pk, named[0]), 0)) for named in _SEVERITIES
        ]
    shown = {"page": page, "form": form}
    return render(request, "reports/reports.html", shown, status=422 if form.errors else 200)


def _open_counts(reports: list[int]) -> dict[tuple[int, str], int]:
    """How many findings of each severity still count in each report; an exemption past its day is none."""
    lapsed = Q(status=FindingStatus.EXEMPT, exempt_until__lt=timezone.localdate())
    counting = ReportFinding.objects.filter(Q(status=FindingStatus.OPEN) | lapsed, report__in=reports)
    rows = counting.order_by().values_list("report", "severity").annotate(Count("pk"))
    return {(report, severity): count for report, severity, count in rows}


def _uploaded(request: HttpRequest, form: UploadForm, to: verbs.Consignment) -> HttpResponse | None:
    """The answer to an upload that was taken; None where it was refused, the sentence on the form."""
    person = person_of(request)
    files = form.cleaned_data["uploads"]
    try:
        rows = verbs.upload(person, files, to)
    except TaizhangError as refusal:
        form.add_error(None, str(refusal))
        return None
    if sum(file.size or 0 for file in files) <= AT_ONCE:
        verbs.check(person, rows[0])
    return redirect("report", rows[0].pk)


def _report(request: HttpRequest, pk: int) -> Report:
    rows = access.visible_reports(person_of(request)).select_related(
        "unit", "college", "round__programme", "uploaded_by", "previous", "handed_in_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: how far its check is, or its text beside what was found."""
    person, row = person_of(request), _report(request, pk)
    shown: dict[str, Any] = {
        "report": row, "sisters": [*Report.objects.filter(batch=row.batch).exclude(pk=row.pk).order_by("pk"), *verbs.sisters(row)],
        "may_treat": access.may_treat(person, row), "stalled": verbs.is_stalled(row),
        "may_hand_in": access.standing(person).reaches(row.college, access.OFFICE) and row.handed_in_at is None,
        "following": row.following.first(),
    }  # fmt: skip
    if row.state != ReportState.CHECKED:
        template = "reports/_waiting.html" if wants_part(request) else "reports/waiting.html"
        answer = render(request, template, shown)
        if wants_part(request) and row.state in {ReportState.FAILED, ReportState.UNREADABLE}:
            answer["HX-Refresh"] = "true"
        return answer
    if wants_part(request) and "progress" in request.GET:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, *_checked(request, row, shown))


def _checked(request: HttpRequest, row: Report, shown: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The template and what it shows of a report that was checked."""
    chosen = FindingFilter(request.GET)
    rows = row.findings.select_related("assigned_to")
    found = list(chosen.narrow(rows))
    told_of = [each.entry_id for each in found if each.entry_id]
    known = set(access.visible_entries(person_of(request)).filter(pk__in=told_of).values_list("pk", flat=True))
    shown |= {
        "filter": chosen, "findings": found, "groups": _grouped(found), "today": timezone.localdate(), "known": known,
    }  # fmt: skip
    if wants_part(request):
        return "reports/_findings.html", shown
    text = ReportText.objects.filter(report=row).first()
    shown |= {
        # Made by the checker's own page from escaped words; the only markup in it is ours.
        "text": mark_safe(text.html) if text else "",  # noqa: S308 - see above
        "contents": text.contents if text else [], "coverage": row.result.get("coverage", {}),
        "crashed": row.result.get("crashed", []), "tally": _tally(row), "forms": _forms(row),
    }  # fmt: skip
    return "reports/report.html", shown


def _grouped(findings: list[ReportFinding]) -> list[dict[str, Any]]:
    groups: dict[str, list[ReportFinding]] = {}
    for each in findings:
        groups.setdefault(each.content.get("title", ""), []).append(each)
    return [{"title": title, "findings": of_it} for title, of_it in groups.items()]


def _tally(row: Report) -> list[tuple[str, Any, int]]:
    """How many findings of each severity still count."""
    counts = _open_counts([row.pk])
    return [(*named, counts.get((row.pk, named[0]), 0)) for named in _SEVERITIES]


def _forms(row: Report) -> list[str]:
    """The forms that the findings of this report can be taken away in."""
    name = row.file_name.lower()
    return [form for form in FORMS if form not in COPIES or name.endswith(COPIES[form])]


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check now. The page asks for this by itself; without script there is its button."""
    row = _report(request, pk)
    try:
        verbs.check(person_of(request), row)
    except OutOfOrderError as refusal:
        if not wants_part(request):
            messages.error(request, str(refusal))
    if wants_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("report", pk)


@require_POST
def next_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the next draft, checked with what was exempted in this one."""
    person, row = person_of(request), _report(request, pk)
    if not access.may_treat(person, row):
        return render(request, "403.html", status=403)
    files = request.FILES.getlist("uploads")[:1]
    with telling(request):
        made = verbs.upload(person, files, verbs.Consignment(row.unit, row.round, row))
        if (files[0].size or 0) <= AT_ONCE:
            verbs.check(person, made[0])
        return redirect("report", made[0].pk)
    return redirect("report", pk)


@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft before had and this one has: new, gone, still there."""
    row = _report(request, pk)
    before = row.previous
    if before is None or row.state != ReportState.CHECKED or before.state != ReportState.CHECKED:
        raise Http404
    seen = compare(result_of(_content(before)), result_of(_content(row)))
    known = {each.fingerprint: each for each in row.findings.select_related("assigned_to")}
    old = {each.fingerprint: each for each in before.findings.all()}
    shown = {
        "report": row, "before": before,
        "fresh": [known[each.fingerprint] for each in seen.fresh], "gone": [old[each.fingerprint] for each in seen.gone],
        "still": [known[each.fingerprint] for each in seen.still],
        "unmended": {each.fingerprint for each in old.values() if each.status == FindingStatus.MENDED},
    }  # fmt: skip
    return render(request, "reports/compared.html", shown)


def _content(row: Report, *, all_of_it: bool = True) -> dict[str, Any]:
    """The run of one report in the JSON of the contract; what is exempted today stands apart unless all is asked for."""
    today = timezone.localdate()
    told: list[dict[str, Any]] = []
    exempted = []
    for each in row.findings.select_related("exempt_by"):
        if each.status == FindingStatus.EXEMPT and not all_of_it and each.exempt_until and each.exempt_until >= today:
            by = each.exempt_by.name if each.exempt_by else ""
            allowed = {"by": by, "reason": each.exempt_reason, "until": each.exempt_until.isoformat()}
            exempted.append(each.content | {"exemption": allowed})
        else:
            told.append(each.content)
    result: dict[str, Any] = row.result
    return result | {"files": [row.file_name], "findings": told, "exempted": exempted, "unreadable": []}


@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The findings of a report in a form to take away; in Excel with who mends what by when."""
    row = _report(request, pk)
    if form not in _forms(row) or row.state != ReportState.CHECKED:
        raise Http404
    job = {
        "files": verbs.job_files([row]) if form in _WITH_TEXT else [], "form": form, "at": timezone.localtime().isoformat(),
        "result": _content(row, all_of_it=form == "xlsx"), "treatments": _treatments(row),
    }  # fmt: skip
    try:
        content = process.write(job)
    except process.CheckingError as error:
        messages.error(request, str(error))
        return redirect("report", pk)
    stem = safe_name(row.file_name.rpartition(".")[0])
    suffix = row.file_name.rpartition(".")[2] if form in COPIES else form
    answer = HttpResponse(content, content_type=FORMS[form])
    name = content_disposition_header(True, f"{stem}（台账检查）.{suffix}")
    answer["Content-Disposition"] = name or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _treatments(row: Report) -> list[dict[str, Any]]:
    """What is being done about each finding, as the Excel list has columns for it."""
    todo, doing, done, needless = STATES
    states = {FindingStatus.MENDED: done, FindingStatus.EXEMPT: needless}
    return [
        {
            "file": row.file_name, "fingerprint": each.fingerprint,
            "person": each.assigned_to.name if each.assigned_to else "",
            "measure": each.exempt_reason if each.status == FindingStatus.EXEMPT else each.measure,
            "due": each.due.isoformat() if each.due else None,
            "state": states.get(FindingStatus(each.status), doing if each.assigned_to_id else todo),
        }
        for each in row.findings.select_related("assigned_to")
    ]  # fmt: skip


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the draft that is handed in."""
    row = _report(request, pk)
    with telling(request, _("已标为报送稿；专家评审时能看到其中涉及的问题。")):
        verbs.hand_in(person_of(request), row)
    return redirect("report", pk)
