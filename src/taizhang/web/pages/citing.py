"""Evidence for an item: choose and cite, take away again; and the items that claim to be done and cite none."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Citation, Entry, LifeState, Round
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.pages.asking import person_of, status_of, wants_part
from taizhang.web.pages.entries import visible_entry
from taizhang.web.pages.evidence_list import dressed, searched, with_files

_OFFERED = 20
_PER_PAGE = 50


@require_GET
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Pieces to choose from: those that hold the searched words, the newest of the unit where none are given."""
    return _offer(request, visible_entry(person_of(request), pk))


def _offer(request: HttpRequest, entry: Entry, refusal: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    query = (request.POST.get("q") or request.GET.get("q") or "").strip()[:200]
    rows = access.visible_evidence(person).filter(withdrawn_at=None, college=entry.round.programme.college_id)
    rows = searched(rows, query) if query else rows.filter(unit=entry.unit)
    cited = set(entry.citations.filter(withdrawn_at=None).values_list("evidence_id", flat=True))
    offered = dressed(person, list(with_files(rows).order_by("-uploaded_at", "-id")[:_OFFERED]), query)
    found = {
        "entry": entry, "query": query, "offered": offered, "cited": cited, "refusal": refusal, "most": _OFFERED,
        "may_cite": access.may_cite(person, entry), "may_upload": access.evidence_units(person).exists(),
    }  # fmt: skip
    template = "evidence/_offered.html" if wants_part(request) and status == 200 else "evidence/choose.html"
    return render(request, template, found, status=status)


@require_POST
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """Cite a piece for the item, perhaps certain pages of it."""
    person = person_of(request)
    entry = visible_entry(person, pk)
    wanted = request.POST.get("evidence", "")
    piece = get_object_or_404(access.visible_evidence(person), pk=wanted if wanted.isdecimal() else 0)
    try:
        verbs.cite(person, entry, piece, request.POST.get("pages", ""), request.POST.get("note", ""))
    except TaizhangError as refusal:
        return _offer(request, entry, str(refusal), status_of(refusal))
    messages.success(request, _("已引用“%s”。") % piece)
    return redirect(reverse("entry", args=[pk]) + "#evidence")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece from an item."""
    person = person_of(request)
    rows = Citation.objects.filter(entry__in=access.visible_entries(person)).select_related("entry", "evidence")
    citation: Citation = get_object_or_404(rows, pk=pk)
    try:
        verbs.withdraw_citation(person, citation)
    except TaizhangError as refusal:
        return _offer(request, visible_entry(person, citation.entry_id), str(refusal), status_of(refusal))
    messages.success(request, _("不再引用“%s”；材料本身还在。") % citation.evidence)
    return redirect(reverse("entry", args=[citation.entry_id]) + "#evidence")


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """Items that are told to be done, and cite nothing."""
    person = person_of(request)
    rounds = list(access.visible_rounds(person).select_related("programme")[:100])
    wanted = request.GET.get("round", "")
    chosen = next((each for each in rounds if str(each.pk) == wanted), None)
    chosen = chosen or next((each for each in rounds if each.is_open), rounds[0] if rounds else None)
    number = request.GET.get("page", "")
    page = max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1
    rows = unproved(access.visible_entries(person), chosen) if chosen else Entry.objects.none()
    first = (page - 1) * _PER_PAGE
    shown = list(rows.select_related("point__task", "indicator", "unit", "person")[first : first + _PER_PAGE + 1])
    found = {
        "rounds": rounds, "chosen": chosen, "entries": shown[:_PER_PAGE], "has_next": len(shown) > _PER_PAGE,
        "number": page, "before": page - 1, "after": page + 1,
    }  # fmt: skip
    return render(request, "evidence/missing.html", found)


def unproved(entries: QuerySet[Entry], round_: Round) -> QuerySet[Entry]:
    """The items of a round that say 100 % or 建成, and rest on no evidence."""
    standing = Citation.objects.filter(entry=OuterRef("pk"), withdrawn_at=None, evidence__withdrawn_at=None)
    # 100 %, 100.00 %, 117 %: three digits before the point.
    claimed = Q(rate__regex=r"^[^0-9]*[1-9][0-9]{2,}") | Q(state__in=[LifeState.BUILT, LifeState.ACCEPTED])
    told = entries.filter(claimed, round=round_).exclude(state__in=[LifeState.POSTPONED, LifeState.CANCELLED])
    return told.filter(~Exists(standing)).order_by("position", "id")


def cited(entry: Entry) -> list[Citation]:
    """What an item rests on, in the order in which it was cited."""
    rows = entry.citations.filter(withdrawn_at=None).select_related("evidence__unit", "evidence__blob", "cited_by")
    return list(rows.defer("evidence__blob__text"))
