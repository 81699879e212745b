"""名录: partners and places, each under all its names; what is one is merged, and what was merged wrongly is parted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.records import Names
from taizhang.web.ledger import access
from taizhang.web.ledger.models import (
    PartnerAlias,
    PartnerKind,
    Person,
    Place,
    PlaceAlias,
    PlaceRank,
    Record,
    RecordPartner,
)
from taizhang.web.ledger.workflow import registers as verbs
from taizhang.web.ledger.workflow.registers import Row
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages.asking import page_in, person_of, status_of, wants_part, whole_in
from taizhang.web.pages.history import of
from taizhang.web.pages.record_list import dressed, with_names

PER_PAGE = 50
_RECORDS = 20
_LOOKED_AT = 2_000  # names that are held against one to find its doubles


def _rows(person: Person, what: str) -> Any:  # noqa: ANN401 - a queryset of one table or the other
    return access.visible_partners(person) if what == "partner" else access.visible_places(person)


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The register of partners."""
    return _listed(request, "partner")


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The register of places."""
    return _listed(request, "place")


def _listed(request: HttpRequest, what: str) -> HttpResponse:
    person = person_of(request)
    if not access.standing(person).holds(*access.WORKERS, access.OFFICE):
        return render(request, "404.html", status=404)
    rows = _rows(person, what).filter(merged_into=None).select_related(*(["parent"] if what == "place" else []))
    query, sort = request.GET.get("q", "").strip()[:60], request.GET.get("sort", "")
    number = page_in(request.GET)
    if query:
        aliases = (PartnerAlias if what == "partner" else PlaceAlias).objects.filter(
            **{what: OuterRef("pk")}, name__icontains=query
        )
        rows = rows.filter(Q(name__icontains=query) | Exists(aliases))
    if sort in _sorts(what):
        rows = rows.filter(**{"kind" if what == "partner" else "rank": sort})
    elif sort == "none":
        rows = rows.filter(**{"kind" if what == "partner" else "rank": ""})
    first = (number - 1) * PER_PAGE
    shown = list(rows.prefetch_related("aliases")[first : first + PER_PAGE + 1])
    _counted(what, shown[:PER_PAGE])
    address = request.GET.copy()
    address.pop("page", None)
    context = {
        "what": what, "rows": shown[:PER_PAGE], "has_next": len(shown) > PER_PAGE, "query": query, "sort": sort,
        "sorts": (PartnerKind if what == "partner" else PlaceRank).choices[1:],
        "asked": {"page": number, "address": address.urlencode()},
    }  # fmt: skip
    return render(request, "registers/_list.html" if wants_part(request) else "registers/list.html", context)


def _sorts(what: str) -> list[str]:
    return [value for value in (PartnerKind if what == "partner" else PlaceRank).values if value]


def _counted(what: str, rows: list[Any]) -> None:
    """How many records name each of the rows shown."""
    links: QuerySet[Any] = RecordPartner.objects.all() if what == "partner" else Record.objects.all()
    counts = dict(links.filter(**{f"{what}__in": rows}).order_by().values_list(what).annotate(Count("pk")))
    for row in rows:
        row.count = counts.get(row.pk, 0)


@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner, its names, its records."""
    return _page(request, "partner", pk)


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place, what lies in it, its records."""
    return _page(request, "place", pk)


def _page(request: HttpRequest, what: str, pk: int, refusal: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    row: Any = get_object_or_404(_rows(person, what).select_related("college", "merged_into"), pk=pk)
    records = access.visible_records(person).filter(
        Q(pk__in=RecordPartner.objects.filter(partner=row).values("record")) if what == "partner" else Q(place=row)
    )
    context = {
        "what": what, "row": row, "aliases": row.aliases.all(), "merged": row.merged.all(), "refusal": refusal,
        "records": dressed(list(with_names(records.order_by("-pk"))[:_RECORDS])), "told": of(row, person),
        "office": access.may_keep_records(person, row.college), "doubles": _doubles(person, what, row),
        "sorts": (PartnerKind if what == "partner" else PlaceRank).choices, "typed": request.POST,
        "guess": _guessed(person, row) if what == "place" else None,
        "children": row.children.filter(merged_into=None) if what == "place" else (),
    }  # fmt: skip
    return render(request, "registers/row.html", context, status=status)


def _guessed(person: Person, row: Row) -> Row | None:
    """The place of the register in which this one lies by its name, where nobody has said yet."""
    _rank, outside = verbs.located(row.name)
    if not outside or not isinstance(row, Place) or row.parent_id is not None:
        return None
    found = (
        _rows(person, "place").filter(aliases__name=outside, merged_into=None, college=row.college_id).distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def _doubles(person: Person, what: str, row: Row) -> list[Row]:
    """Rows whose names are so alike that they may be one with this."""
    if row.merged_into_id is not None:
        return []
    others = _rows(person, what).filter(merged_into=None, college=row.college_id).exclude(pk=row.pk)
    near = {each.name: each for each in others.filter(name__contains=row.name[:2]).order_by("-pk")[:_LOOKED_AT]}
    proposed = Names({name: name for name in near}).like(row.name)
    return [near[each.keep] for each in proposed]


@require_POST
def step(request: HttpRequest, pk: int, what: str, verb: str) -> HttpResponse:
    """Describe, name, merge or part; what is refused is said on the page."""
    person = person_of(request)
    row = get_object_or_404(_rows(person, what), pk=pk)
    try:
        done = _STEPS[verb](person, row, request)
    except TaizhangError as refusal:
        return _page(request, what, pk, str(refusal), status_of(refusal))
    messages.success(request, _SAID[verb] if verb in _SAID else _("已保存。"))
    return redirect(reverse(what, args=[done.pk]))


def _described(person: Person, row: Row, request: HttpRequest) -> Row:
    typed: dict[str, Any] = {name: request.POST[name] for name in ("name", "kind", "code", "note", "rank") if name in request.POST}  # fmt: skip
    if isinstance(row, Place) and "parent" in request.POST:
        typed["parent"] = _named(person, row, request.POST["parent"]) if request.POST["parent"].strip() else None
    return verbs.describe(person, row, whole_in(request.POST.get("version")) or 0, typed)


def _named(person: Person, row: Row, name: str) -> Row:
    """The row of the same register that goes by the typed name; refused where none does, or several do."""
    what = "place" if isinstance(row, Place) else "partner"
    found = list(
        _rows(person, what)
        .filter(aliases__name=verbs.plain(name), merged_into=None, college=row.college_id)
        .distinct()[:2]
    )
    if len(found) != 1:
        raise RefusedError(_("名录里没有“%s”。") % name if not found else _("叫“%s”的不止一个，请写全称。") % name)
    chosen: Row = found[0]
    return chosen


def _aliased(person: Person, row: Row, request: HttpRequest) -> Row:
    verbs.add_alias(person, row, request.POST.get("name", ""))
    return row


def _unaliased(person: Person, row: Row, request: HttpRequest) -> Row:
    verbs.drop_alias(person, row, request.POST.get("name", ""))
    return row


def _merged(person: Person, row: Row, request: HttpRequest) -> Row:
    return verbs.merge(person, row, _named(person, row, request.POST.get("into", "")))


_STEPS: dict[str, Callable[[Person, Row, HttpRequest], Row]] = {
    "describe": _described, "alias": _aliased, "unalias": _unaliased, "merge": _merged,
    "part": lambda person, row, _request: verbs.part(person, row),
}  # fmt: skip
_SAID: dict[str, Any] = {
    "merge": lazy("已合并；两个名称都能找到它，合并可以撤销。"),
    "part": lazy("已拆开，各归各的。"),
}
