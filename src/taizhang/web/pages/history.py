"""历史: what happened to one thing, and everything that happened in a college."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger import history as ledger_history
from taizhang.web.ledger.models import Chain, Change, Person, Unit
from taizhang.web.ledger.sheets import Column, Sheet, export
from taizhang.web.pages.changes import THINGS, VERBS, Told, told
from taizhang.web.pages.sheet import answer

_PAGE = 50
_MOST_OF_ONE = 50
_MOST_EXPORTED = 20_000
# Names are not indexed by the words in them: without days, so many of the newest changes are looked through.
_MOST_READ = 200_000
# Whose history may be asked for by address, and what of it the person may see. Assessors see the plan, but not how the
# college came to it: who changed what and for which reason is the college's own affair.
_VISIBLE: dict[str, Any] = {
    "entry": access.visible_entries,
    "point": lambda person: access.visible_points(person).filter(
        programme__college__in=access.colleges_of_work(person)
    ),
    "indicator": lambda person: access.visible_indicators(person).filter(
        programme__college__in=access.colleges_of_work(person)
    ),
    "task": lambda person: access.visible_tasks(person).filter(programme__college__in=access.colleges_of_work(person)),
    "programme": lambda person: access.visible_programmes(person).filter(college__in=access.colleges_of_work(person)),
    "round": lambda person: access.visible_rounds(person).filter(
        programme__college__in=access.colleges_of_work(person)
    ),
    "evidence": access.held_evidence,
    "report": access.visible_reports,
    "record": access.held_records,
    "unit": access.kept_units,
    "person": access.kept_people,
}


def in_lines(row: Told) -> str:
    """The changed fields, one a line."""
    return "\n".join(f"{field.name}：{field.before or '（空）'} → {field.after or '（空）'}" for field in row.fields)


SHEET = Sheet(
    name="历史",
    columns=(
        Column(key="number", header="序号", width=8, value=lambda row: row.change.number),
        Column(key="at", header="时间", width=20, value=lambda row: row.change.at),
        Column(key="who", header="谁", width=12, value=lambda row: row.change.actor_name),
        Column(key="verb", header="做了什么", width=12),
        Column(key="thing", header="对象", width=12),
        Column(key="label", header="名称", width=30, value=lambda row: row.change.label),
        Column(key="fields", header="改动", width=60, value=in_lines),
        Column(key="reason", header="理由", width=30, value=lambda row: row.change.reason),
    ),
)


def of(thing: Model, person: Person | None = None, most: int = _MOST_OF_ONE) -> list[Told]:
    """What happened to one thing, newest first, for `{% include "history/_of.html" with told=… %}`.

    The caller has got the thing from a visible queryset: whoever works in its college sees what became of it. Where
    assessors see the page too, `person` is who looks: they are not told what the college did on its way.
    """
    changes = ledger_history.of(thing)
    if person is not None:
        changes = changes.filter(college__in=access.colleges_of_work(person))
    return told(changes[:most])


@require_safe
def of_thing(request: HttpRequest, thing: str, pk: int) -> HttpResponse:
    """The history of one thing as a page, or as the part of one."""
    if thing not in _VISIBLE:
        raise Http404
    row: Model = get_object_or_404(_VISIBLE[thing](request.user), pk=pk)
    # An expert or the province sees a locked item, and not the drafts and returns on its way there.
    changes = ledger_history.of(row).filter(college__in=access.colleges_of_work(request.user))
    if not changes.exists() and ledger_history.of(row).exists():
        raise Http404
    found = {"told": told(changes[:500]), "row": row, "thing": THINGS[thing]}
    return render(request, "history/_of.html" if request.htmx else "history/thing.html", found)  # type: ignore[attr-defined]  # set by django_htmx


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that happened in a college, for its office and its administrators; filters stand in the address."""
    colleges = list(_colleges(request.user))
    if not colleges:
        raise Http404
    college = next((unit for unit in colleges if str(unit.pk) == request.GET.get("college")), colleges[0])
    rows, problem = _filtered(access.visible_changes(request.user).filter(college=college), request.GET, college)
    if request.GET.get("format") == "xlsx":
        content = export(SHEET, told(rows[:_MOST_EXPORTED]))
        return answer(content, f"{college}历史{timezone.localdate():%Y%m%d}")
    before = request.GET.get("before", "")
    page = list((rows.filter(number__lt=int(before)) if before.isdecimal() else rows)[: _PAGE + 1])
    found = {
        "told": told(page[:_PAGE]), "college": college, "colleges": colleges, "problem": problem, "verbs": VERBS,
        "things": THINGS, "people": _actors(college), "query": request.GET, "more": _with(request.GET, before=page[_PAGE - 1].number)
        if len(page) > _PAGE else "", "excel": _with(request.GET, format="xlsx", before=""), "most": _MOST_EXPORTED,
        "is_first": not before, "start": _with(request.GET, before=""),
    }  # fmt: skip
    return render(request, "history/_changes.html" if request.htmx else "history/changes.html", found)  # type: ignore[attr-defined]  # set by django_htmx


def _colleges(person: Any) -> QuerySet[Unit]:  # noqa: ANN401 - the person of a request
    """The chains that the person may look through."""
    return Unit.objects.filter(access.keeps_history(person, "path"), chain__isnull=False).order_by("path")


def _actors(college: Unit) -> QuerySet[Person]:
    """Those who keep, fill or review something here; asked of the people, not of a million changes."""
    return Person.objects.filter(home__in=[unit for unit in (college.pk, college.parent_id) if unit])


def _filtered(rows: QuerySet[Change], query: QueryDict, college: Unit) -> tuple[QuerySet[Change], str]:
    """The changes that the address asks for, and a sentence where it asks for what cannot be."""
    asked = {name: str(query.get(name, "")).strip() for name in ("who", "verb", "thing", "label", "since", "until")}
    if asked["who"].isdecimal():
        rows = rows.filter(actor=int(asked["who"]))
    if asked["verb"]:
        rows = rows.filter(verb=asked["verb"])
    if asked["thing"]:
        rows = rows.filter(thing=asked["thing"])
    said = ""
    if asked["label"]:
        rows = rows.filter(label__contains=asked["label"])
        length = Chain.objects.filter(college=college).values_list("length", flat=True).first() or 0
        if length > _MOST_READ and not (asked["since"] or asked["until"]):
            rows = rows.filter(number__gt=length - _MOST_READ)
            said = _("名称只在最近 20 万条里找；更早的请写上从哪天到哪天。")
    try:
        since, until = _morning(asked["since"]), _morning(asked["until"])
    except ValueError:
        return rows.none(), _("日期请写成 2026-12-31。")
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until + timedelta(days=1))
    return rows, said


def _morning(text: str) -> datetime | None:
    """The first moment of a day; a bare range of moments can use the index where a cast to days cannot."""
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise ValueError(text)
    return timezone.make_aware(datetime.combine(day, time.min))


def _with(query: QueryDict, **changed: object) -> str:
    """The address of this list with some of its parts replaced; an empty one falls away."""
    new = query.copy()
    for name, value in changed.items():
        new.pop(name, None)
        if value != "":
            new[name] = str(value)
    return f"?{new.urlencode()}"
