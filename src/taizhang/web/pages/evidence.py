"""佐证材料: the list, and the page of one piece with its preview, what it says of itself, and who rests on it."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.errors import TaizhangError, UnreadableDocumentError
from taizhang.web.ledger import access
from taizhang.web.ledger.evidence import preview, search
from taizhang.web.ledger.models import Evidence, Person, UnitKind
from taizhang.web.ledger.sheets import export
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.pages import evidence_list, history
from taizhang.web.pages.asking import page_in, person_of, status_of, wants_part, whole_in
from taizhang.web.pages.evidence_list import EvidenceList
from taizhang.web.pages.sheet import answer

_MOST_EXPORTED = 20_000
_MOST_CITATIONS = 200
_MOST_WARNINGS = 30


@require_GET
def pieces(request: HttpRequest) -> HttpResponse:
    """The list, as the address asks for it; `format=xlsx` gives it as an Excel file."""
    person = person_of(request)
    asked = EvidenceList.of(person, request.GET)
    if request.GET.get("format") == "xlsx":
        rows = evidence_list.with_files(asked.rows).iterator(chunk_size=500)
        dressed = (
            row for batch in _batches(islice(rows, _MOST_EXPORTED)) for row in evidence_list.dressed(person, batch)
        )
        return answer(export(evidence_list.SHEET, dressed), f"佐证材料{timezone.localdate():%Y%m%d}")
    units = access.visible_units(person).filter(is_active=True).exclude(kind=UnitKind.PROVINCE)
    found = {
        **asked.shown(),
        "units": units.order_by("path"),
        "doubts": evidence_list.DOUBTS.items(),
        "orders": evidence_list.ORDER_NAMES.items(),
        "may_upload": access.evidence_units(person).exists(),
    }
    return render(request, "evidence/_list.html" if wants_part(request) else "evidence/list.html", found)


def _batches(rows: Any) -> Any:  # noqa: ANN401 - an iterator of rows, in lists of 500
    while batch := list(islice(rows, 500)):
        yield batch


def visible_piece(person: Person, pk: int) -> Evidence:
    """The piece, if the person may know that it exists."""
    rows = access.visible_evidence(person).select_related("unit", "blob", "college", "uploaded_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its preview beside what it says of itself."""
    row = visible_piece(person_of(request), pk)
    if wants_part(request):
        return render(request, "evidence/_preview.html", {"piece": row, **_seen(request, row)})
    return _page(request, row)


def _page(
    request: HttpRequest, row: Evidence, *, typed: Mapping[str, str] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    visible = access.visible_entries(person).filter(pk=OuterRef("entry"))
    citations = row.citations.select_related(
        "entry__point__task", "entry__indicator", "entry__round__period", "entry__unit", "cited_by"
    ).filter(Exists(visible))[:_MOST_CITATIONS]
    same = access.visible_evidence(person).filter(blob=row.blob_id, withdrawn_at=None).exclude(pk=row.pk)
    values = {name: getattr(row, name) for name in verbs.FIELDS}
    context = {
        "piece": row,
        **_seen(request, row),
        "values": {**values, "dated": row.dated.isoformat() if row.dated else "", **(typed or {})},
        "typed": typed,
        "refusal": refusal,
        "may_keep": access.may_keep(person, row),
        "citations": [(each, _outside(each.entry.round.period, row)) for each in citations],
        "recorded": row.record_citations.filter(Exists(access.visible_records(person).filter(pk=OuterRef("record"))))
        .select_related("record__unit")
        .order_by("-pk")[:_MOST_CITATIONS],
        "same": same.select_related("unit")[:10],
        "warnings": row.personal[:_MOST_WARNINGS],
        "more_warnings": max(len(row.personal) - _MOST_WARNINGS, 0),
        "told": history.of(row, person),
    }
    return render(request, "evidence/piece.html", context, status=status)


def _outside(period: Any, row: Evidence) -> bool:  # noqa: ANN401 - a Period
    """Whether the piece is dated in another year than those of the period."""
    return row.dated is not None and not period.first_year <= row.dated.year <= period.last_year


def _seen(request: HttpRequest, row: Evidence) -> dict[str, Any]:
    """What of the piece is looked at: the page, the blocks, the places that hold a searched word."""
    page = page_in(request.GET)
    pages = row.blob.pages or 1
    query = request.GET.get("q", "").strip()[:200]
    seen: dict[str, Any] = {
        "shown_as": preview.shown_as(row.blob),
        "page": min(page, pages),
        "pages": pages,
        "before": min(page, pages) - 1,
        "after": min(page, pages) + 1 if page < pages else 0,
        "query": query,
        "hits": search.hits(row.blob, query, most=8) if query else [],
    }
    if seen["shown_as"] == "blocks":
        try:
            seen |= preview.blocks(row.blob)
        except (UnreadableDocumentError, OSError) as error:
            seen["trouble"] = (
                str(error) if isinstance(error, UnreadableDocumentError) else _("没有读出来，请下载查看。")
            )
    return seen


@require_POST
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed; where it cannot be kept the page says why and holds it still."""
    row = visible_piece(person_of(request), pk)
    typed = {name: request.POST[name] for name in verbs.FIELDS if name in request.POST}
    try:
        verbs.describe(person_of(request), row, whole_in(request.POST.get("version")) or 0, typed)
    except TaizhangError as refusal:
        row.refresh_from_db()
        return _page(request, row, typed=typed, refusal=str(refusal), status=status_of(refusal))
    messages.success(request, _("说明已保存。"))
    return redirect("evidence-piece", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out of use, with a reason."""
    reason = request.POST.get("reason", "")
    return _step(
        request, pk, lambda person, row: verbs.withdraw(person, row, reason), _("已撤回；文件仍然留存，可以恢复。")
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back into use."""
    return _step(request, pk, verbs.restore, _("已恢复。"))


def _step(request: HttpRequest, pk: int, verb: Callable[[Person, Evidence], Evidence], said: str) -> HttpResponse:
    row = visible_piece(person_of(request), pk)
    try:
        verb(person_of(request), row)
    except TaizhangError as refusal:
        return _page(request, row, refusal=str(refusal), status=status_of(refusal))
    messages.success(request, said)
    return redirect("evidence-piece", pk)
