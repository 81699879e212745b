"""Evidence for a record: choose and cite, and take away again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Record, RecordCitation
from taizhang.web.ledger.workflow import record_evidence as verbs
from taizhang.web.ledger.workflow import uploads
from taizhang.web.pages.asking import person_of, status_of, wants_part
from taizhang.web.pages.evidence_list import dressed, searched, with_files
from taizhang.web.pages.records import visible_record

_OFFERED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Pieces to choose from: those that hold the searched words, the newest of the unit where none are given.

    Files that are sent in are kept for the record's unit and cited at once.
    """
    person = person_of(request)
    row = visible_record(person, pk)
    if row.college_id not in access.colleges_of_work(person):
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return _offer(request, row)
    if not access.may_cite_for(person, row):
        sentence = _("这条记录现在不由您增减佐证。")
        return _offer(request, row, sentence, 403)
    refused, kept = [], 0
    for file in request.FILES.getlist("files"):
        try:
            piece = uploads.take(person, row.unit, file.name or "", file.size or 0, file.chunks()).evidence
            verbs.cite(person, row, piece)
            kept += 1
        except TaizhangError as refusal:
            refused.append(str(refusal))
    if refused or not kept:
        return _offer(request, row, "；".join(refused) or _("请先选择文件。"), 400)
    messages.success(
        request, ngettext("收到 %(count)d 个文件，已引用。", "收到 %(count)d 个文件，已引用。", kept) % {"count": kept}
    )
    return redirect(reverse("record", args=[pk]) + "#evidence")


def _offer(request: HttpRequest, row: Record, refusal: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    query = (request.POST.get("q") or request.GET.get("q") or "").strip()[:200]
    pieces = access.visible_evidence(person).filter(withdrawn_at=None, college=row.college_id)
    pieces = searched(pieces, query) if query else pieces.filter(unit=row.unit)
    offered = dressed(person, list(with_files(pieces).order_by("-uploaded_at", "-id")[:_OFFERED]), query)
    found = {
        "record": row, "query": query, "offered": offered, "refusal": refusal, "most": _OFFERED,
        "cited": set(row.citations.filter(withdrawn_at=None).values_list("evidence_id", flat=True)),
        "may_cite": access.may_cite_for(person, row),
    }  # fmt: skip
    template = "records/_offered.html" if wants_part(request) and status == 200 else "records/choose.html"
    return render(request, template, found, status=status)


@require_POST
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """Cite a piece for the record, perhaps certain pages of it."""
    person = person_of(request)
    row = visible_record(person, pk)
    wanted = request.POST.get("evidence", "")
    piece = get_object_or_404(access.visible_evidence(person), pk=wanted if wanted.isdecimal() else 0)
    try:
        verbs.cite(person, row, piece, request.POST.get("pages", ""), request.POST.get("note", ""))
    except TaizhangError as refusal:
        return _offer(request, row, str(refusal), status_of(refusal))
    messages.success(request, _("已引用“%s”。") % piece)
    return redirect(reverse("record", args=[pk]) + "#evidence")


@require_POST
def uncite(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece from a record."""
    person = person_of(request)
    rows = RecordCitation.objects.filter(record__in=access.visible_records(person)).select_related("evidence")
    citation: RecordCitation = get_object_or_404(rows, pk=pk)
    try:
        verbs.uncite(person, citation)
    except TaizhangError as refusal:
        return _offer(request, visible_record(person, citation.record_id), str(refusal), status_of(refusal))
    messages.success(request, _("不再引用“%s”；材料本身还在。") % citation.evidence)
    return redirect(reverse("record", args=[citation.record_id]) + "#evidence")
