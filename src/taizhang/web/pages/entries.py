"""填报项: the list of them, and the page of one with what was planned, what is told, and what may be done with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.web.ledger import access, derived, history
from taizhang.web.ledger.models import Category, Entry, LifeState, Person, Provenance, RoleName, Stage, Task, UnitKind
from taizhang.web.ledger.overview.outcomes import Fate
from taizhang.web.ledger.workflow.typed import FIELDS
from taizhang.web.pages import entry_list
from taizhang.web.pages.asking import person_of, wants_part
from taizhang.web.pages.entry_list import EntryList
from taizhang.web.pages.history import of

SHOWN = ("unit", "team", "person", "changed_by", "point__task", "indicator__task", "round__programme__college")


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    asked = asked_by(request)
    context = {**paged(asked, asked.entries), **_choices(asked)}
    template = "entries/_list.html" if wants_part(request) else "entries/entries.html"
    return render(request, template, context)


def asked_by(request: HttpRequest) -> EntryList:
    """The list that a request asks for."""
    return EntryList.of(person_of(request), request.GET, timezone.localdate())


def paged(asked: EntryList, rows: QuerySet[Entry]) -> dict[str, Any]:
    """One page of the list."""
    leaf = asked.leaf(rows, Entry.objects.select_related(*SHOWN), entry_list.PER_PAGE, entry_list.COUNTED)
    return {
        "asked": asked,
        "entries": leaf.rows,
        "has_next": leaf.has_next,
        "count": leaf.count,
        "is_longer": leaf.is_longer,
        "today": asked.day,
        **_may(asked),
    }


def _may(asked: EntryList) -> dict[str, bool]:
    """Which of the steps for many items the person could ever take: the others are not offered."""
    own = access.standing(asked.person)
    return {
        "fills": own.holds(RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE),
        "reviews": own.holds(RoleName.LEAD, RoleName.OFFICE),
        "office": asked.round is not None and access.may_manage(asked.person, asked.round.programme),
    }


def _choices(asked: EntryList) -> dict[str, Any]:
    """What may be chosen in the filters."""
    programme = asked.round.programme if asked.round else None
    units = access.visible_units(asked.person).filter(is_active=True).exclude(kind=UnitKind.PROVINCE)
    return {
        "units": units.order_by("path"),
        "tasks": Task.objects.filter(programme=programme, parent=None) if programme else (),
        "years": range(programme.first_year, programme.last_year + 1) if programme else (),
        "stages": Stage.choices,
        "kinds": entry_list.KINDS.items(),
        "categories": Category.choices,
        "tolds": Fate.choices,
        "worsts": entry_list.WORST.items(),
        "whose": entry_list.WHOSE.items(),
        "orders": entry_list.ORDER_NAMES.items(),
        "views": asked.person.saved_views.filter(page="entries"),
    }


def visible_entry(person: Person, pk: int) -> Entry:
    """The item, if the person may know that it exists."""
    return get_object_or_404(access.visible_entries(person).select_related(*SHOWN), pk=pk)


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One item. Typed text that a lapsed session held back is in the form again, and not yet saved."""
    person = person_of(request)
    row = visible_entry(person, pk)
    typed: Mapping[str, str] = {}
    kept = request.session.get("typed")
    if isinstance(kept, dict) and kept.get("entry") == row.pk:
        del request.session["typed"]
        typed = kept["fields"]
    elif request.GET.get("from") == "records" and access.may_fill(person, row):
        records = derived.offered(row)
        typed = {**shown_values(row), "text": records.text} if records is not None else {}
    elif request.GET.get("from", "").isdecimal() and access.may_fill(person, row):
        typed = _carried(person, row, int(request.GET["from"]))
    return entry_page(
        request,
        row,
        typed=typed,
        is_kept=bool(kept),
        is_carried=bool(typed and request.GET.get("from", "").isdecimal()),
    )


def _carried(person: Person, row: Entry, pk: int) -> dict[str, str]:
    """The texts of an earlier round, to be looked at and saved by a person: nothing is copied in silence."""
    earlier = next((each for each in previous(person, row) if each.pk == pk), None)
    return shown_values(earlier) if earlier is not None else {}


def shown_values(row: Entry) -> dict[str, str]:
    """The fields as they stand in a form."""
    values = history.written(row, *FIELDS)
    return {name: "" if value is None else str(value) for name, value in values.items()}


def previous(person: Person, row: Entry) -> Iterable[Entry]:
    """What was told of the same thing in earlier rounds, newest first, as far as the person may see it."""
    same = {"point": row.point} if row.point_id else {"indicator": row.indicator}
    return (
        access.visible_entries(person)
        .filter(**same, round__opened_at__lt=row.round.opened_at)
        .exclude(text="", number=None)
        .select_related("round__period")
        .order_by("-round__opened_at")[:3]
    )


def entry_page(
    request: HttpRequest, row: Entry, *, typed: Mapping[str, str] | None = None, status: int = 200, **more: object
) -> HttpResponse:
    """The page of an item; `typed` stands in the form instead of what is saved."""
    person = person_of(request)
    context = {
        **standing_of(person, row),
        "values": {**shown_values(row), **(typed or {})},
        "typed": typed,
        "previous": list(previous(person, row)),
        "provenance": Provenance.objects.filter(entry=row).select_related("connector", "pull").first(),
        "may_connect": access.may_connect(person, row.round.programme.college),
        "targets": list(row.indicator.targets.select_related("period")) if row.indicator else (),
        "path": stage_path(row),
        "records": derived.offered(row),
        "told": of(row),
        "states": LifeState.choices,
        "today": timezone.localdate(),
        **neighbours(person, row),
        **more,
    }
    return render(request, "entries/entry.html", context, status=status)


def standing_of(person: Person, row: Entry) -> dict[str, Any]:
    """The item and what this person may do with it now."""
    own = access.standing(person)
    office = access.may_manage(person, row.round.programme)
    return {
        "entry": row,
        "may_fill": access.may_fill(person, row),
        "may_approve": access.may_approve(person, row),
        "may_return": access.may_return(person, row),
        "may_withdraw": row.stage == Stage.SUBMITTED and row.round.is_open and own.reaches(row.unit, *access.WORKERS),
        "may_lock": office and row.stage == Stage.APPROVED and not row.altered,
        "may_correct": office and row.round.is_open and row.stage in {Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED},
        "may_see": row.altered and (office or own.reaches(row.unit, access.LEAD)),
        "findings": by_field(row),
    }


def by_field(row: Entry) -> dict[str, list[dict[str, str]]]:
    """The findings beside the fields that they mean."""
    found: dict[str, list[dict[str, str]]] = {}
    for finding in row.findings:
        found.setdefault(finding.get("field", "text"), []).append(finding)
    return found


def stage_path(row: Entry) -> list[dict[str, Any]]:
    """The way of the item: each stage with its deadline, and whether it is past, here or to come."""
    stages = [
        (Stage.DRAFT, row.round.due_person),
        (Stage.SUBMITTED, row.round.due_department),
        (Stage.DEPARTMENT, row.round.due_team if row.team_id else row.round.due_school),
        *([(Stage.TEAM, row.round.due_school)] if row.team_id else []),
        (Stage.APPROVED, None),
        (Stage.LOCKED, None),
    ]
    here = Stage.DRAFT if row.stage == Stage.RETURNED else row.stage
    return [
        {
            "name": Stage.RETURNED.label if row.stage == Stage.RETURNED and stage == here else stage.label,
            "due": due,
            "is_here": stage == here,
            "is_past": stage.value < here,
        }
        for stage, due in stages
    ]


def neighbours(person: Person, row: Entry) -> dict[str, int | None]:
    """The items before and after, in the order of the task book, among those that the person sees."""
    seen = access.visible_entries(person).filter(round=row.round)
    after = seen.filter(position__gte=row.position).exclude(pk=row.pk).exclude(position=row.position, pk__lt=row.pk)
    before = seen.filter(position__lte=row.position).exclude(pk=row.pk).exclude(position=row.position, pk__gt=row.pk)
    return {
        "next_pk": after.order_by("position", "pk").values_list("pk", flat=True).first(),
        "previous_pk": before.order_by("-position", "-pk").values_list("pk", flat=True).first(),
    }
