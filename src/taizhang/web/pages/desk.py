"""工作台: what a person owes by when, what waits for them, what came back, and what happened."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from taizhang.web.ledger import access, progress
from taizhang.web.ledger.models import Entry, FindingStatus, Person, RoleName, Round, Stage
from taizhang.web.ledger.owed import late, to_fill, waiting
from taizhang.web.ledger.workflow import desk as verbs
from taizhang.web.pages.asking import person_of

_SHOWN = 8  # of each kind; the rest is one press away
_COLUMNS = ("round", "unit", "team", "person", "changed_by", "point__task", "indicator")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The first page after login."""
    person = person_of(request)
    own = access.standing(person)
    today = timezone.localdate()
    rounds = list(
        access.visible_rounds(person).filter(closed_at=None).select_related("programme__college", "period")[:5]
    )
    works = own.holds(RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE)
    shown: dict[str, Any] = {
        "today": today, "rounds": rounds, "works": works, "notices": person.notices.filter(read_at=None)[:20],
        "fills": own.holds(RoleName.REPORTER), "reviews": own.holds(RoleName.LEAD, RoleName.OFFICE),
    }  # fmt: skip
    if works:
        shown |= {"owed": _owed(person, rounds, today), "waits": _waits(person), "back": _back(person)}
        shown["altered"] = _altered(person)
        shown["asked"] = access.inquiries_to_answer(person).filter(answered_at=None).count()
        shown["to_mend"] = access.visible_findings(person).filter(assigned_to=person, status=FindingStatus.OPEN).count()
    if own.holds(RoleName.EXPERT):
        shown["to_judge"] = access.visible_assignments(person).filter(expert=person).count()
    if own.holds(RoleName.LEAD, RoleName.OFFICE):
        shown["progress"] = [_progress(person, each) for each in rounds]
    return render(request, "desk/desk.html", shown)


def _owed(person: Person, rounds: list[Round], today: Any) -> dict[str, Any]:  # noqa: ANN401 - a date
    """What the person is to fill, overdue first, and how many by each round."""
    rows = access.visible_entries(person).filter(to_fill(person))
    counts = dict(rows.values_list("round").annotate(Count("pk")).order_by())
    overdue = sum(
        rows.filter(late(each, today)).count() for each in rounds if each.due_person < today and counts.get(each.pk)
    )
    return {
        "count": sum(counts.values()),
        "late": overdue,
        "rounds": [(each, counts[each.pk]) for each in rounds if counts.get(each.pk)],
        "entries": list(rows.select_related(*_COLUMNS).order_by("round__due_person", "-stage", "position")[:_SHOWN]),
    }


def _waits(person: Person) -> dict[str, Any]:
    """What waits for the person's approval."""
    rows = access.visible_entries(person).filter(waiting(person))
    return {"count": rows.count(), "entries": _some(rows.order_by("round__due_department", "position"))}


def _back(person: Person) -> list[Entry]:
    """What came back to the person, with the reason."""
    rows = access.visible_entries(person).filter(to_fill(person), stage=Stage.RETURNED)
    return _some(rows.order_by("-changed_at"))


def _altered(person: Person) -> dict[str, Any]:
    """What was changed after approval and is to be looked at."""
    if not access.standing(person).holds(RoleName.LEAD, RoleName.OFFICE):
        return {"count": 0, "entries": []}
    rows = access.visible_entries(person).filter(altered=True, round__closed_at=None)
    return {"count": rows.count(), "entries": _some(rows.order_by("-changed_at"))}


def _some(rows: Any) -> list[Entry]:  # noqa: ANN401 - a queryset of entries
    return list(rows.select_related(*_COLUMNS)[:_SHOWN])


def _progress(person: Person, row: Round) -> dict[str, Any]:
    units = progress.by_unit(person, row, timezone.localdate())
    return {"round": row, "units": units, "whole": progress.whole(units, str(row))}


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All notices are seen."""
    verbs.read_notices(person_of(request).notices.all())
    return redirect("desk")


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice is seen, and what it speaks of is shown."""
    notice = get_object_or_404(person_of(request).notices, pk=pk)
    verbs.read_notices(person_of(request).notices.filter(pk=pk))
    there = notice.link if url_has_allowed_host_and_scheme(notice.link, None) else ""
    return redirect(there or "desk")
