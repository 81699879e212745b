"""Entering a record, and changing it: the form, what is similar to it, two people at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taizhang.core import record as core
from taizhang.core.errors import TaizhangError
from taizhang.records import Kind
from taizhang.web.ledger import access
from taizhang.web.ledger.likeness import twins
from taizhang.web.ledger.models import Partner, PeriodBasis, Person, Place, Record, Unit
from taizhang.web.ledger.recorded import in_words, told
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import records as verbs
from taizhang.web.ledger.workflow.trouble import StaleError
from taizhang.web.pages.asking import person_of, status_of, whole_in
from taizhang.web.pages.record_forms import ROLES, RecordForm, answered
from taizhang.web.pages.records import own_shelf, record_page, units_for, visible_record

_SUGGESTED = 200  # names offered while typing: the newest of the register


@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    """Of which kind is it? The kinds by their groups."""
    person = person_of(request)
    if not units_for(person):
        return render(request, "403.html", status=403)
    return render(request, "records/kinds.html", {"groups": own_shelf(person).groups.items()})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a new record; what is like it is shown before it is saved."""
    person = person_of(request)
    units = units_for(person)
    declared = own_shelf(person).get(kind)
    if not units or declared is None:
        return render(request, "404.html" if units else "403.html", status=404 if units else 403)
    college = units[0].college or units[0]
    empty = core.Record(id="", kind=kind, title="", org=college.name, state=declared.states[0].key)
    if request.method != "POST":
        return _page(request, RecordForm(declared, empty), units)
    form = answered(declared, empty, request.POST)
    unit, owner = _owner(request, person, units)
    similar = () if request.POST.get("anyway") else twins(college, form.content)
    if form.faults or similar:
        return _page(request, form, units, similar=similar, status=422)
    try:
        row = verbs.enter(person, verbs.Entering(unit, form.content, owner))
    except TaizhangError as refusal:
        return _page(request, form, units, refusal=str(refusal), status=status_of(refusal))
    messages.success(request, _("已保存为草稿；补上佐证后提交确认。"))
    return redirect("record", row.pk)


def _owner(request: HttpRequest, person: Person, units: Sequence[Unit]) -> tuple[Unit, Person | None]:
    """The unit that was chosen, and whom the typed name means where it means one of the college."""
    wanted = request.POST.get("unit", "")
    unit = next((each for each in units if str(each.pk) == wanted), units[0])
    name = request.POST.get("owner", "").strip()
    named = list(access.colleagues(person).filter(name=name)[:2]) if name else []
    return unit, named[0] if len(named) == 1 else None


def _page(
    request: HttpRequest, form: RecordForm, units: Sequence[Unit], *, status: int = 200, **more: object
) -> HttpResponse:
    college = units[0].college_id
    partners = Partner.objects.filter(college=college, merged_into=None).order_by("-pk")[:_SUGGESTED]
    places = Place.objects.filter(college=college, merged_into=None).order_by("-pk")[:_SUGGESTED]
    unit = request.POST.get("unit", "")
    context: dict[str, Any] = {
        "form": form, "kind": form.kind, "units": units, "unit_pk": whole_in(unit) or units[0].pk,
        "bases": PeriodBasis.choices, "qualifiers": core.QUALIFIERS, "roles": ROLES,
        "partner_names": [each.name for each in partners], "place_names": [each.name for each in places],
        "colleagues": access.colleagues(person_of(request))[:_SUGGESTED], **more,
    }  # fmt: skip
    return render(request, "records/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft; of a confirmed record the office's, with a reason."""
    person = person_of(request)
    row = visible_record(person, pk)
    kind = shelf_of(row.college).get(row.kind)
    corrects = not access.may_record(person, row)
    if kind is None or (corrects and not access.may_keep_records(person, row.college)):
        return render(request, "403.html", status=403)
    units = [row.unit, *(each for each in units_for(person) if each.pk != row.unit_id)]
    shown: dict[str, Any] = {"record": row, "corrects": corrects, "version": row.version}
    if request.method != "POST":
        return _page(request, RecordForm(kind, told(row)), units, **shown)
    form = answered(kind, told(row), request.POST)
    seen = whole_in(request.POST.get("version")) or 0
    reason = request.POST.get("why", "")
    if form.faults:
        return _page(request, form, units, status=422, **{**shown, "version": seen, "why": reason})
    try:
        if corrects:
            verbs.correct(person, row, seen, form.content, reason)
        else:
            verbs.save(person, row, seen, form.content, _owner(request, person, units))
    except StaleError as clash:
        theirs = visible_record(person, pk)
        more = {"refusal": str(clash), "pairs": _differences(kind, form.content, theirs), "why": reason}
        return _page(request, form, units, status=409, **{**shown, "version": theirs.version, **more})
    except TaizhangError as refusal:
        return _page(request, form, units, refusal=str(refusal), why=reason, status=status_of(refusal), **shown)
    messages.success(request, _("已改动，等双高办确认改动。") if corrects else _("已保存。"))
    return redirect("record", pk)


def _differences(kind: Kind, mine: core.Record, row: Record) -> list[dict[str, str]]:
    """Where what was typed and what someone else saved in between say different things."""
    ours, theirs = in_words(replace(mine, id=row.code), kind), in_words(told(row), kind)
    names = {"title": _("标题"), "period": _("时间"), "place_told": _("地点"), "level": _("级别"), "state": _("状态"), "partners": _("合作单位"), "measures": _("计量"), "tags": _("标签"), "fields": _("专有内容"), "sources": _("原文或说明"), "owner": _("责任人")}  # fmt: skip
    return [
        {"name": str(names.get(key, key)), "theirs": _flat(theirs[key]), "mine": _flat(ours[key])}
        for key in ours
        if ours[key] != theirs[key]
    ]


def _flat(value: Any) -> str:  # noqa: ANN401 - what `in_words` gives
    if isinstance(value, dict):
        return "；".join(f"{key} {each}" for key, each in value.items())
    return "、".join(value) if isinstance(value, list) else str(value)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The record comes to another state."""
    person = person_of(request)
    row = visible_record(person, pk)
    try:
        to = core.Move(
            request.POST.get("state", ""), verbs.day_of(request.POST.get("on", "")), request.POST.get("document", "").strip()
        )  # fmt: skip
        verbs.move(person, row, whole_in(request.POST.get("version")) or 0, to)
    except TaizhangError as refusal:
        return record_page(request, visible_record(person, pk), refusal=str(refusal), status=status_of(refusal))
    messages.success(request, _("状态已变更。"))
    return redirect("record", pk)
