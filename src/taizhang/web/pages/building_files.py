"""The files and figures of a written report: edited in Word and taken back, refreshed, checked, traced, compared."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taizhang.reports.annex import annex as workbook
from taizhang.reports.catalogue import KINDS
from taizhang.reports.covernote import covernote
from taizhang.reports.snapshot import Snapshot, from_json
from taizhang.reports.traces import Member, Traces
from taizhang.reports.word import packed
from taizhang.web.ledger import access
from taizhang.web.ledger.models import BuiltFile, BuiltReport
from taizhang.web.ledger.workflow import building as verbs
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.building import PAGE, report_of
from taizhang.web.pages.sheet import safe_name

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGES = {"point": "point", "indicator": "indicator"}  # what a ref begins with, and the page of it


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a draft that was edited in Word."""
    row = report_of(request, pk)
    file = request.FILES.get("upload")
    if file is None:
        messages.error(request, _("请选择改好的文件。"))
        return redirect("built-report", pk)
    with telling(request):
        made = verbs.take_back(person_of(request), row, file)
        count = len(verbs.unsettled(made))
        if count:
            said = ngettext("已收下，有 %(n)d 处数字与台账不一致。", "已收下，有 %(n)d 处数字与台账不一致。", count)
            messages.warning(request, said % {"n": count})
        else:
            messages.success(request, _("已收下，数字都与台账一致。"))
    return redirect("built-report", pk)


@require_safe
def changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What became of each figure when a file came in, was refreshed, or took over the words of another."""
    row = report_of(request, pk)
    file = get_object_or_404(BuiltFile, report=row, number=number)
    words: dict[str, Any] = {
        "renewed": _("已更新"), "overwritten": _("手改过，已按台账改回"), "edited": _("手改过，没有动"),
        "unknown": _("没有原文记录，没有动"), "gone": _("台账里没有了，没有动"), "closed": _("放不下文字，没有动"),
        "absent": _("台账里有这一行，文件里没有"),
    }  # fmt: skip
    told = [{**each, "said": words.get(each["kind"], each["kind"])} for each in file.changes]
    page = Paginator(told, PAGE).get_page(request.GET.get("page"))
    shown = {"report": row, "file": file, "page": page if told else None, "count": len(told)}
    return render(request, "building/changes.html", shown)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the figures of the last draft to what the ledger says."""
    with telling(request):
        made = verbs.refresh(person_of(request), report_of(request, pk))
        messages.success(request, _("已更新 %(n)d 处数字，文字没有动。") % {"n": len(made.changes)})
    return redirect("built-report", pk)


@require_POST
def check(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Have a draft checked; what was found stands on the page of checked reports."""
    row = report_of(request, pk)
    with telling(request):
        made = verbs.check(person_of(request), get_object_or_404(BuiltFile, report=row, number=number))
        return redirect("report", made.pk)
    return redirect("built-report", pk)


@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of a report, each with the way to where it comes from."""
    row, query = report_of(request, pk), request.GET.get("q", "").strip()
    rows = [each for each in verbs.figure_rows(row) if query in each["name"] or query in each["text"]]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "building/figures.html", {"report": row, "page": page, "query": query})


@require_safe
def trace(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one figure comes from: how it was worked out, and the items that make it."""
    row, address = report_of(request, pk), request.GET.get("address", "")
    figure = next((each for each in verbs.figure_rows(row) if each["address"] == address), None)
    if figure is None:
        raise Http404
    frozen = from_json(row.snapshot.content)
    found = Traces(frozen).of(address)
    members = _linked(request, found.members) if found else []
    pieces = _pieces(request, row, frozen)
    for member in members:
        member["pages"] = [(each, pieces.get(each.number)) for each in member["rests_on"]]
    return render(request, "building/trace.html", {"report": row, "figure": figure, "trace": found, "members": members})


def _linked(request: HttpRequest, members: tuple[Member, ...]) -> list[dict[str, Any]]:
    """The members, with the page of each where the person may see it."""
    person = person_of(request)
    refs = [each.ref.partition("/") for each in members]
    seen = {
        "point": access.visible_points(person), "indicator": access.visible_indicators(person),
    }  # fmt: skip
    known = {
        kind: set(rows.filter(pk__in=[int(key) for what, _slash, key in refs if what == kind and key.isdigit()]).values_list("pk", flat=True))
        for kind, rows in seen.items()
    }  # fmt: skip
    made = []
    for each, (kind, _slash, key) in zip(members, refs, strict=True):
        may = key.isdigit() and int(key) in known.get(kind, set())
        link = reverse(_PAGES[kind], args=[int(key)]) if may else ""
        told = {"label": each.label, "text": each.text, "counts": each.counts, "link": link}
        made.append({**told, "rests_on": each.rests_on})
    return made


def _pieces(request: HttpRequest, report: BuiltReport, frozen: Snapshot) -> dict[str, int]:
    """The pieces of evidence that a snapshot cites by page and the person may see, by the number that it gives them."""
    cited = {each.number for each in frozen.citings}
    bytes_of = {each.number: each.sha256 for each in frozen.evidence if each.number in cited}
    rows = access.visible_evidence(person_of(request)).filter(
        college=report.college_id, blob__in=set(bytes_of.values()), withdrawn_at=None
    )
    known = {row.blob_id: row.pk for row in rows.order_by("-pk")} if bytes_of else {}
    return {number: known[sha256] for number, sha256 in bytes_of.items() if sha256 in known}


@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of this report and of the one before, where they differ."""
    row = report_of(request, pk)
    before = row.previous
    if before is None or not access.visible_built_reports(person_of(request)).filter(pk=before.pk).exists():
        raise Http404
    old, new = ({each["address"] + each["form"]: each for each in verbs.figure_rows(r)} for r in (before, row))
    rows = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if (was and was["text"]) != (now and now["text"]):
            name = (now or was or {}).get("name", "")
            rows.append({"name": name, "before": was["text"] if was else "", "after": now["text"] if now else ""})
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"report": row, "before": before, "page": page if rows else None, "count": len(rows)}
    return render(request, "building/compared.html", shown)


@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """The note for the office: what the report was made from, what was passed over and why."""
    row = report_of(request, pk)
    if not access.may_keep_report(person_of(request), row):
        return render(request, "403.html", status=403)
    outline = covernote(row.title, from_json(row.snapshot.content), row.obstacles, row.override)
    return _attached(packed(outline), f"{row.title}（编制说明）.docx", verbs.WORD)


@require_safe
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables of a report as a workbook: a sheet each, its figures as numbers."""
    row = report_of(request, pk)
    if row.kind not in KINDS:
        raise Http404
    outline = KINDS[row.kind].build(from_json(row.snapshot.content))
    return _attached(workbook(outline), f"{row.title}（附表）.xlsx", _EXCEL)


@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a report as a file, for `taizhang refresh` on an office PC."""
    row = report_of(request, pk)
    if not access.may_keep_report(person_of(request), row):
        return render(request, "403.html", status=403)
    return _attached(verbs.register_of(row).written().encode(), f"{row.title}（数字）.json", "application/json")


def _attached(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    stem, _dot, suffix = name.rpartition(".")
    answer["Content-Disposition"] = content_disposition_header(True, f"{safe_name(stem)}.{suffix}") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
