"""Bringing evidence in: a form that works by itself, and the small protocol by which the page's script sends in pieces.

POST uploads/ announces a file; POST uploads/<id>/ sends the bytes from `X-Offset` on, with their CRC-32; GET tells how
many are safely here; the answer to the last piece, or to an empty piece after it, is the piece of evidence.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Entry, Evidence, Person, Unit, Upload
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.ledger.workflow import uploads
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError
from taizhang.web.ledger.workflow.uploads import Kept
from taizhang.web.pages.asking import person_of, status_of


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """The form, and what became of the files that came with it. Of several, those that are refused hold back none."""
    person = person_of(request)
    units = access.evidence_units(person).order_by("path")
    entry = _entry(request, person)
    refused: list[str] = []
    if request.method == "POST":
        refused = _taken(request, person, entry)
        if not refused:
            return redirect(reverse("entry", args=[entry.pk]) + "#evidence" if entry else reverse("evidence"))
    if not units:
        said = {"title": _("不能上传"), "sentence": _("您没有填报单位，不能上传佐证材料。")}
        return render(request, "said.html", said, status=403)
    found = {
        "units": units, "entry": entry, "refused": refused, "unfinished": _unfinished(person),
        "chosen": entry.unit_id if entry else None,
    }  # fmt: skip
    return render(request, "evidence/upload.html", found, status=400 if refused else 200)


def _taken(request: HttpRequest, person: Person, entry: Entry | None) -> list[str]:
    """Keep each file; the sentences of those that were refused."""
    files = request.FILES.getlist("files")
    if not files:
        return [_("请先选择文件。")]
    refused, kept = [], 0
    for file in files:
        try:
            unit = _unit(request, person)
            _told(request, uploads.take(person, unit, file.name or "", file.size or 0, file.chunks()), entry)
            kept += 1
        except TaizhangError as refusal:
            refused.append(str(refusal))
    if kept:
        messages.success(
            request, ngettext("收到 %(count)d 个文件。", "收到 %(count)d 个文件。", kept) % {"count": kept}
        )
    return refused


def _told(request: HttpRequest, kept: Kept, entry: Entry | None) -> None:
    if entry is not None:
        verbs.cite(person_of(request), entry, kept.evidence)
    if kept.twins:
        names = "、".join(str(twin) for twin in kept.twins)
        messages.warning(
            request, _("“%(file)s”与已有的材料是同一个文件：%(names)s。") % {"file": kept.evidence, "names": names}
        )
    if kept.evidence.has_personal:
        messages.warning(request, _("“%s”里疑似有个人信息，请打开查看，必要时遮盖后重新上传。") % kept.evidence)


def _unit(request: HttpRequest, person: Person) -> Unit:
    wanted = request.POST.get("unit", "")
    unit = access.evidence_units(person).filter(pk=wanted).first() if wanted.isdecimal() else None
    if unit is None:
        raise RefusedError(_("请选择材料属于哪个单位。"))
    return unit


def _entry(request: HttpRequest, person: Person) -> Entry | None:
    """The item for which one uploads, if any."""
    wanted = request.POST.get("entry") or request.GET.get("entry") or ""
    if not wanted.isdecimal():
        return None
    rows = access.visible_entries(person).select_related("point__task", "indicator", "round__programme", "unit")
    return get_object_or_404(rows, pk=wanted)


def _unfinished(person: Person) -> list[Upload]:
    return list(Upload.objects.filter(person=person, evidence=None, received__gt=0).order_by("-begun_at")[:20])


@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """Announce a file."""
    person = person_of(request)
    size = request.POST.get("size", "")
    sha256 = request.POST.get("sha256", "")
    try:
        _entry(request, person)
        row = uploads.begin(
            person, _unit(request, person), request.POST.get("name", ""), int(size) if size.isdecimal() else 0
        )
    except TaizhangError as refusal:
        return _refused(refusal)
    same = access.visible_evidence(person).filter(blob=sha256, withdrawn_at=None)[:5] if len(sha256) == 64 else ()
    return JsonResponse({**_where(row), "same": [_named(each) for each in same]}, status=201)


@require_http_methods(["GET", "POST"])
def piece(request: HttpRequest, pk: object) -> JsonResponse:
    """How much is here; or a piece more. What is answered with `received` is on the disk."""
    person = person_of(request)
    row = get_object_or_404(Upload.objects.select_related("unit", "person"), pk=pk, person=person)
    if request.method == "GET":
        part = vault.arriving(row.pk)
        checksum = vault.checksum(part, row.received) if row.received and part.is_file() else 0
        return JsonResponse({**_where(row), "checksum": checksum})
    offset, checksum_given = request.headers.get("X-Offset", ""), request.headers.get("X-Checksum", "")
    try:
        row = uploads.send(
            row, int(offset) if offset.isdecimal() else -1, request.body,
            int(checksum_given) if checksum_given.isdecimal() else None,
        )  # fmt: skip
        if row.received < row.size:
            return JsonResponse(_where(row))
        return _finished(request, person, row)
    except RequestDataTooBig:
        return JsonResponse({"sentence": _("每次最多传 8 MB。")}, status=413)
    except OutOfOrderError as refusal:
        row.refresh_from_db()
        return JsonResponse({**_where(row), "sentence": str(refusal)}, status=409)
    except TaizhangError as refusal:
        return _refused(refusal)


def _finished(request: HttpRequest, person: Person, row: Upload) -> JsonResponse:
    kept = uploads.finish(row)
    said = {**_where(row), "evidence": _named(kept.evidence), "same": [_named(each) for each in kept.twins],
            "personal": kept.evidence.has_personal}  # fmt: skip
    entry = request.headers.get("X-Entry", "")
    if entry.isdecimal():
        item = get_object_or_404(access.visible_entries(person), pk=entry)
        try:
            verbs.cite(person, item, kept.evidence)
        except TaizhangError as refusal:  # the file is safe; that it is not cited yet is told beside it
            said["sentence"] = str(refusal)
    return JsonResponse(said)


@require_POST
def cancel(request: HttpRequest, pk: object) -> HttpResponse:
    """Give up what is not finished."""
    row = get_object_or_404(Upload, pk=pk, person=person_of(request))
    uploads.cancel(row)
    if request.headers.get("X-Requested-With"):
        return JsonResponse({})
    return redirect("evidence-upload")


def _where(row: Upload) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "url": reverse("upload-piece", args=[row.pk]),
        "received": row.received,
        "size": row.size,
    }


def _named(row: Evidence) -> dict[str, str]:
    return {"title": row.title, "url": reverse("evidence-piece", args=[row.pk])}


def _refused(refusal: TaizhangError) -> JsonResponse:
    return JsonResponse({"sentence": str(refusal)}, status=status_of(refusal))
