"""评审: an expert's desk, the locked items of a round, one item with its evidence, and samples drawn by risk."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.core.risk import risk
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import (
    Assignment,
    Citation,
    Entry,
    Person,
    ReportFinding,
    RoleName,
    Round,
    Target,
    Verdict,
)
from taizhang.web.ledger.sampling import attainment, drawables, weights_of
from taizhang.web.ledger.workflow import review
from taizhang.web.ledger.workflow.trouble import NotAllowedError
from taizhang.web.pages.asking import person_of, wants_part
from taizhang.web.pages.judging_forms import ItemFilter

PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The rounds given to an expert, how far each is judged, and the questions still open."""
    person = person_of(request)
    given = list(
        access.visible_assignments(person)
        .filter(expert=person)
        .select_related("round__programme__college", "round__period")
    )
    rounds = [each.round_id for each in given]
    locked = dict(access.assessed_entries(person).filter(round__in=rounds).values_list("round").annotate(Count("pk")))
    verdicts: dict[int, Counter[str]] = {}
    judged = access.visible_judgements(person).filter(expert=person, entry__round__in=rounds)
    for round_, verdict, count in judged.values_list("entry__round", "verdict").annotate(Count("pk")):
        verdicts.setdefault(round_, Counter())[verdict] = count
    asked = _asked(person)
    shown = {
        "is_expert": access.standing(person).holds(RoleName.EXPERT), "given": [_progress(each, locked.get(each.round_id, 0), verdicts.get(each.round_id, Counter())) for each in given],
        "open": asked.filter(answered_at=None)[:PAGE],
        "answered": asked.filter(answered_at__isnull=False).order_by("-answered_at")[:10],
    }  # fmt: skip
    return render(request, "judging/desk.html", shown)


def _asked(person: Person) -> Any:  # noqa: ANN401 - a queryset of inquiries
    return (
        access.visible_inquiries(person)
        .filter(expert=person)
        .select_related("entry__round__programme__college", "entry__point__task", "entry__indicator", "entry__unit")
    )


def _progress(given: Assignment, locked: int, verdicts: Counter[str]) -> dict[str, Any]:
    done = verdicts.total()
    parts = [(value, words, verdicts[value]) for value, words in Verdict.choices]
    return {"given": given, "locked": locked, "done": done, "left": max(locked - done, 0), "parts": parts}


@require_safe
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """The locked items of a round, filtered by verdict, risk, unit and category."""
    person = person_of(request)
    row = get_object_or_404(access.assessed_rounds(person).select_related("programme__college", "period"), pk=pk)
    own = access.visible_judgements(person).select_related("expert")
    asked = access.visible_inquiries(person).filter(answered_at=None)
    found = (
        access.assessed_entries(person)
        .filter(round=row)
        .select_related("point__task", "indicator", "unit")
        .prefetch_related(
            Prefetch("judgements", own, to_attr="verdicts"), Prefetch("inquiries", asked, to_attr="waiting")
        )
    )
    chosen = ItemFilter(request.GET, round_=row, person=person)
    page = Paginator(chosen.narrow(found), PAGE).get_page(request.GET.get("page"))
    _with_risk(row, list(page))
    shown = {
        "round": row, "page": page, "filter": chosen, "tab": "items", "may_draw": access.may_draw(person, row),
        "may_assign": access.may_assign(person, row),
    }  # fmt: skip
    return render(request, "judging/_items.html" if wants_part(request) else "judging/items.html", shown)


def _with_risk(round_: Round, entries: list[Entry]) -> None:
    """Risk, its band and the attainment, written on the rows of a page."""
    weights = weights_of(round_)
    known = {item.number: item for item in drawables(round_, [entry.pk for entry in entries])}
    for entry in entries:
        item = known[entry.pk]
        entry.risk = risk(item, weights)  # type: ignore[attr-defined]
        entry.band = weights.band(entry.risk.points)  # type: ignore[attr-defined]
        entry.attainment = item.attainment  # type: ignore[attr-defined]
        entry.evidence_count = item.evidence  # type: ignore[attr-defined]


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One locked item: plan, target, value, text, evidence, findings, and what the expert says of it."""
    return _item_page(request, pk)


def _item_page(request: HttpRequest, pk: int, refusal: str = "", typed: Any = None) -> HttpResponse:  # noqa: ANN401 - what was typed in a form refused
    person = person_of(request)
    row = _entry(person, pk)
    target = _target(row)
    _with_risk(row.round, [row])
    judgements = access.visible_judgements(person).filter(entry=row).select_related("expert")
    inquiries = (
        access.visible_inquiries(person)
        .filter(entry=row)
        .select_related("expert", "answered_by")
        .prefetch_related("evidence")
    )
    if not access.standing(person).reaches(row.round.programme.college, access.ABOVE):
        inquiries = inquiries.filter(expert=person)
    shown = {
        "entry": row, "target": target, "attainment": attainment(row, target.number if target else None),
        "citations": _citations(row), "findings": _findings(row), "judgements": judgements,
        "mine": next((each for each in judgements if each.expert_id == person.pk), None),
        "inquiries": inquiries, "may_judge": access.may_judge(person, row), "verdicts": Verdict.choices,
        "locked": history.of(row).filter(verb="lock").first(), "refusal": refusal, "typed": typed or {},
        "following": _following(person, row),
    }  # fmt: skip
    return render(request, "judging/item.html", shown, status=422 if refusal else 200)


def _entry(person: Person, pk: int) -> Entry:
    rows = access.assessed_entries(person).select_related(
        "round__programme__college", "round__period", "point__task", "indicator__task", "unit", "team"
    )
    return get_object_or_404(rows, pk=pk)


def _target(entry: Entry) -> Target | None:
    """The target of the round's period."""
    return Target.objects.filter(indicator=entry.indicator_id, period=entry.round.period_id).first()


def _citations(entry: Entry) -> list[Citation]:
    cited = entry.citations.filter(withdrawn_at=None, evidence__withdrawn_at=None)
    return list(cited.select_related("evidence__blob"))


def _findings(entry: Entry) -> list[dict[str, Any]]:
    """What the rules say of the item, and what reports handed in are told of it."""
    told = ReportFinding.objects.filter(entry=entry, report__handed_in_at__isnull=False).exclude(status="exempt")
    reported = [
        {"code": each.code, "severity": each.severity, "message": each.content["message"], "report": each.report.file_name}
        for each in told.select_related("report")
    ]  # fmt: skip
    return [*entry.findings, *reported]


def _following(person: Person, entry: Entry) -> Entry | None:
    """The next item of the round that the expert has not judged."""
    judged = access.visible_judgements(person).filter(expert=person).values("entry")
    rows = access.assessed_entries(person).filter(round=entry.round_id).exclude(pk__in=judged)
    behind = Q(position__gt=entry.position) | Q(position=entry.position, pk__gt=entry.pk)
    return rows.filter(behind).order_by("position", "pk").first()


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a verdict, and go on to the next item where that was asked."""
    person = person_of(request)
    row = _entry(person, pk)
    try:
        review.judge(person, row, request.POST.get("verdict", ""), request.POST.get("note", ""))
    except TaizhangError as refusal:
        return _refused(request, pk, refusal)
    following = _following(person, row) if "next" in request.POST else None
    messages.success(request, _("已记下结论。"))
    return redirect("judging_item", following.pk if following else pk)


@require_POST
def inquire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the college for a named document."""
    person = person_of(request)
    try:
        review.inquire(person, _entry(person, pk), request.POST.get("wanted", ""))
    except TaizhangError as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, _("已发给学校，答复后在这里和您的评审台可以看到。"))
    return redirect("judging_item", pk)


def _refused(request: HttpRequest, pk: int, refusal: Exception) -> HttpResponse:
    """The page again with the sentence and with what was typed."""
    if isinstance(refusal, NotAllowedError):
        return render(request, "403.html", status=403)
    return _item_page(request, pk, str(refusal), request.POST)
