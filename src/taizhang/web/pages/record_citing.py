"""Evidence for a record: choose and cite, and take away again."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Record, RecordCitation
from taizhang.web.ledger.workflow import record_evidence as verbs
from taizhang.web.ledger.workflow import uploads
from taizhang.web.pages import choosing
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.records import visible_record


def _choice(person: Person, row: Record) -> choosing.Choice:
    return choosing.Choice(
        row=row, page="record", template="records/choose.html", college=row.college_id,
        may_cite=access.may_cite_for(person, row),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Pieces to choose from: those that hold the searched words, the newest of the unit where none are given.

    Files that are sent in are kept for the record's unit and cited at once.
    """
    person = person_of(request)
    row = visible_record(person, pk)
    if row.college_id not in access.colleges_of_work(person):
        return render(request, "403.html", status=403)
    choice = _choice(person, row)
    if request.method != "POST":
        return choosing.offer(request, choice)
    if not choice.may_cite:
        return choosing.offer(request, choice, _("这条记录现在不由您增减佐证。"), 403)
    refused, kept = [], 0
    for file in request.FILES.getlist("files"):
        try:
            piece = uploads.take(person, row.unit, file.name or "", file.size or 0, file.chunks()).evidence
            verbs.cite(person, row, piece)
            kept += 1
        except TaizhangError as refusal:
            refused.append(str(refusal))
    if refused or not kept:
        return choosing.offer(request, choice, "；".join(refused) or _("请先选择文件。"), 400)
    messages.success(
        request, ngettext("收到 %(count)d 个文件，已引用。", "收到 %(count)d 个文件，已引用。", kept) % {"count": kept}
    )
    return choice.back()


@require_POST
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """Cite a piece for the record, perhaps certain pages of it."""
    person = person_of(request)
    return choosing.cite(request, _choice(person, visible_record(person, pk)), verbs.cite)


@require_POST
def uncite(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece from a record."""
    person = person_of(request)
    rows = RecordCitation.objects.filter(
        Exists(access.visible_records(person).filter(pk=OuterRef("record")))
    ).select_related("evidence")
    citation: RecordCitation = get_object_or_404(rows, pk=pk)
    choice = _choice(person, visible_record(person, citation.record_id))
    return choosing.uncite(request, choice, citation, verbs.uncite)
