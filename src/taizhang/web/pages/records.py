"""业务记录: the list of them, and the page of one: what it says, how it moved, what it rests on, what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from taizhang.core.ladder import Ladder
from taizhang.profiles import load
from taizhang.records import Kind, Shelf
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Provenance, Record, Stage, Unit, UnitKind
from taizhang.web.ledger.recorded import fields_in_words, measure, measured, told, whole
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow.records import CONFIRMED
from taizhang.web.pages import record_list
from taizhang.web.pages.asking import person_of, wants_part
from taizhang.web.pages.history import of
from taizhang.web.pages.record_list import RecordList, state_name

SHOWN = ("college", "unit__college", "person", "place", "made_by", "changed_by")
_YEARS = range(2019, 2036)


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    asked = asked_by(request)
    if wants_part(request):
        return render(request, "records/_list.html", {**asked.shown(), **_may(asked.person)})
    return render(request, "records/records.html", {**asked.shown(), **_may(asked.person), **_choices(asked)})


def asked_by(request: HttpRequest) -> RecordList:
    """The list that a request asks for."""
    return RecordList.of(person_of(request), request.GET)


def _may(person: Person) -> dict[str, bool]:
    own = access.standing(person)
    return {
        "may_enter": own.holds(*access.WORKERS, access.OFFICE),
        "reviews": own.holds(access.LEAD, access.OFFICE),
        "office": own.holds(access.OFFICE),
    }


def own_shelf(person: Person) -> Shelf:
    """The kinds of the person's college; the shipped ones for whoever works in none."""
    colleges = access.colleges_of_work(person)
    return shelf_of(colleges[0] if colleges else 0)


def _choices(asked: RecordList) -> dict[str, Any]:
    """What may be chosen in the filters."""
    shelf = own_shelf(asked.person)
    kind = shelf.get(asked.chosen.get("kind", ""))
    states = kind.states if kind else ()
    units = access.visible_units(asked.person).filter(is_active=True).exclude(kind=UnitKind.PROVINCE)
    return {
        "groups": shelf.groups.items(), "kind": kind, "states": [(each.key, each.name) for each in states],
        "levels": kind.levels if kind else [rung.name for rung in levels().order], "stages": Stage.choices, "years": _YEARS,
        "whose": record_list.WHOSE.items(), "orders": record_list.ORDER_NAMES.items(), "units": units.order_by("path"),
        "views": asked.person.saved_views.filter(page="records"), "named": _named(asked),
    }  # fmt: skip


def _named(asked: RecordList) -> dict[str, str]:
    """The partner and the place that the address names by number."""
    found = {}
    for name, rows in (("partner", access.visible_partners), ("place", access.visible_places)):
        wanted = asked.chosen.get(name, "")
        row = rows(asked.person).filter(pk=int(wanted[:18])).first() if wanted.isdecimal() else None
        if row is not None:
            found[name] = str(row)
    return found


def levels() -> Ladder:
    """The ladder of levels."""
    return load("generic").levels


def visible_record(person: Person, pk: int) -> Record:
    """The record, if the person may know that it exists; the college's own people also see what was withdrawn."""
    rows = access.visible_records(person) | access.held_records(person)
    return get_object_or_404(whole(rows.select_related(*SHOWN)), pk=pk)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record."""
    return record_page(request, visible_record(person_of(request), pk))


def record_page(request: HttpRequest, row: Record, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of a record, perhaps with what was refused."""
    person = person_of(request)
    kind = shelf_of(row.college).get(row.kind)
    works = row.college_id in access.colleges_of_work(person)
    context = {
        **facts(row, kind), **standing_of(person, row, kind), "works": works, "told": of(row, person),
        "findings": row.findings if works else (), "citations": row.citations.filter(withdrawn_at=None).select_related("evidence"),
        "path": stage_path(row), "may_connect": access.may_connect(person, row.college),
        "provenance": Provenance.objects.filter(record=row).select_related("connector", "pull").first() if works else None,
        **more,
    }  # fmt: skip
    return render(request, "records/record.html", context, status=status)


def facts(row: Record, kind: Kind | None) -> dict[str, Any]:
    """What the record says, in words."""
    content = told(row)
    named = [(measure(each), each) for each in row.measures.all()]
    return {
        "record": row, "kind": kind, "content": content, "state_name": state_name(kind, row.state),
        "counts": bool(kind and kind.counts(row.state)), "fields": list(fields_in_words(content, kind)),
        "measures": [(each, measured(each), _meant(kind, each)) for each, _row in named],
        "moves": [(state_name(kind, each.state), each) for each in row.moves.all()],
        "sources": [each for each in content.sources if any(each)], "mentions": row.mentions,
    }  # fmt: skip


def _meant(kind: Kind | None, each: Any) -> str:  # noqa: ANN401 - a measure of the core
    """The measure in its canonical unit, where it was told in another: 3.2 万人日 is 32000 人日."""
    known = kind.measure(each.name, each.unit) if kind else None
    value = known.canonical(each.value, each.unit) if known else None
    if known is None or value is None or each.unit == known.unit:
        return ""
    return f"{value.normalize():f} {known.unit}"


def standing_of(person: Person, row: Record, kind: Kind | None) -> dict[str, Any]:
    """What this person may do with the record now."""
    own = access.standing(person)
    office, worker = access.may_keep_records(person, row.college), own.reaches(row.unit, *access.WORKERS, access.OFFICE)
    there = row.withdrawn_at is None
    state = kind.state(row.state) if kind else None
    movable = worker and there and row.stage not in {Stage.SUBMITTED, Stage.LOCKED}
    return {
        "may_record": access.may_record(person, row), "may_confirm": access.may_confirm(person, row),
        "may_return": access.may_confirm(person, row) or (office and there and row.stage == Stage.APPROVED),
        "may_take_back": there and row.stage == Stage.SUBMITTED and own.reaches(row.unit, *access.WORKERS),
        "may_lock": office and there and row.stage == Stage.APPROVED and not row.altered,
        "may_reopen": office and there and row.stage == Stage.LOCKED, "may_see": office and row.altered,
        "may_correct": office and there and row.stage in CONFIRMED, "may_cite": access.may_cite_for(person, row),
        "may_drop": there and (access.may_record(person, row) or (office and row.stage != Stage.LOCKED)),
        "may_restore": not there and worker,
        "next_states": [after for key in state.to if (after := kind.state(key))] if movable and kind and state else [],
    }  # fmt: skip


def stage_path(row: Record) -> list[dict[str, Any]]:
    """The way of the record: each stage, and whether it is past, here or to come."""
    stages = (Stage.DRAFT, Stage.SUBMITTED, Stage.DEPARTMENT, Stage.APPROVED, Stage.LOCKED)
    here = Stage.DRAFT if row.stage == Stage.RETURNED else row.stage
    return [
        {
            "name": Stage.RETURNED.label if row.stage == Stage.RETURNED and stage == here else stage.label,
            "is_here": stage == here,
            "is_past": stage.value < here,
        }
        for stage in stages
    ]


def units_for(person: Person) -> list[Unit]:
    """The units that the person may enter records for, the own ones first."""
    own = access.standing(person).units(*access.WORKERS)
    rows = list(access.record_units(person).exclude(kind=UnitKind.PROVINCE).order_by("path"))
    return sorted(rows, key=lambda unit: unit not in own)
