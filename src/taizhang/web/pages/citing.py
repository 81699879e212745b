"""Evidence for an item: choose and cite, take away again; and the items that claim to be done and cite none."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Citation, Entry, LifeState, Person, Round
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.pages import choosing
from taizhang.web.pages.asking import page_in, person_of
from taizhang.web.pages.entries import visible_entry

_PER_PAGE = 50


def _choice(person: Person, entry: Entry) -> choosing.Choice:
    return choosing.Choice(
        row=entry, page="entry", template="evidence/choose.html", college=entry.round.programme.college_id,
        may_cite=access.may_cite(person, entry), more={"may_upload": access.evidence_units(person).exists()},
    )  # fmt: skip


@require_GET
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Pieces to choose from: those that hold the searched words, the newest of the unit where none are given."""
    person = person_of(request)
    return choosing.offer(request, _choice(person, visible_entry(person, pk)))


@require_POST
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """Cite a piece for the item, perhaps certain pages of it."""
    person = person_of(request)
    return choosing.cite(request, _choice(person, visible_entry(person, pk)), verbs.cite)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece from an item."""
    person = person_of(request)
    rows = Citation.objects.filter(Exists(access.visible_entries(person).filter(pk=OuterRef("entry")))).select_related(
        "entry", "evidence"
    )
    citation: Citation = get_object_or_404(rows, pk=pk)
    choice = _choice(person, visible_entry(person, citation.entry_id))
    return choosing.uncite(request, choice, citation, verbs.withdraw_citation)


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """Items that are told to be done, and cite nothing."""
    person = person_of(request)
    rounds = list(access.visible_rounds(person).select_related("programme")[:100])
    wanted = request.GET.get("round", "")
    chosen = next((each for each in rounds if str(each.pk) == wanted), None)
    chosen = chosen or next((each for each in rounds if each.is_open), rounds[0] if rounds else None)
    page = page_in(request.GET)
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
