"""Pieces of evidence to choose from, for whatever cites them: an item or a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Citation, Entry, Person, Record, RecordCitation
from taizhang.web.pages.asking import person_of, status_of, wants_part, whole_in
from taizhang.web.pages.evidence_list import dressed, searched, with_files

_OFFERED = 20
Cites = Callable[[Person, Any, Any, str, str], object]
Uncites = Callable[[Person, Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """For what is chosen: the row, its page by name, the college whose evidence is offered, and what its form shows."""

    row: Entry | Record
    page: str
    template: str
    college: int
    may_cite: bool
    more: Mapping[str, Any] = field(default_factory=dict)

    def back(self) -> HttpResponse:
        """The row's page, at its evidence."""
        return redirect(reverse(self.page, args=[self.row.pk]) + "#evidence")


def offer(request: HttpRequest, choice: Choice, refusal: str = "", status: int = 200) -> HttpResponse:
    """Those that hold the searched words; the newest of the unit where none are given."""
    person = person_of(request)
    query = (request.POST.get("q") or request.GET.get("q") or "").strip()[:200]
    rows = access.visible_evidence(person).filter(withdrawn_at=None, college=choice.college)
    rows = searched(rows, query) if query else rows.filter(unit=choice.row.unit)
    cited = set(choice.row.citations.filter(withdrawn_at=None).values_list("evidence_id", flat=True))
    offered = dressed(person, list(with_files(rows).order_by("-uploaded_at", "-id")[:_OFFERED]), query)
    found = {
        choice.page: choice.row, "query": query, "offered": offered, "cited": cited, "refusal": refusal, "most": _OFFERED,
        "may_cite": choice.may_cite, "cite_at": reverse(f"{choice.page}-cite", args=[choice.row.pk]), **choice.more,
    }  # fmt: skip
    template = "evidence/_offered.html" if wants_part(request) and status == 200 else choice.template
    return render(request, template, found, status=status)


def cite(request: HttpRequest, choice: Choice, cites: Cites) -> HttpResponse:
    """Cite the chosen piece, perhaps certain pages of it."""
    person = person_of(request)
    piece = get_object_or_404(access.visible_evidence(person), pk=whole_in(request.POST.get("evidence")) or 0)
    try:
        cites(person, choice.row, piece, request.POST.get("pages", ""), request.POST.get("note", ""))
    except TaizhangError as refusal:
        return offer(request, choice, str(refusal), status_of(refusal))
    messages.success(request, _("已引用“%s”。") % piece)
    return choice.back()


def uncite(request: HttpRequest, choice: Choice, citation: Citation | RecordCitation, uncites: Uncites) -> HttpResponse:
    """Take a cited piece away again."""
    try:
        uncites(person_of(request), citation)
    except TaizhangError as refusal:
        return offer(request, choice, str(refusal), status_of(refusal))
    messages.success(request, _("不再引用“%s”；材料本身还在。") % citation.evidence)
    return choice.back()
