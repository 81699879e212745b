"""单位: the tree that an administrator keeps."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Unit, UnitKind
from taizhang.web.ledger.sheets import export
from taizhang.web.ledger.workflow import organisation, roster
from taizhang.web.pages import history
from taizhang.web.pages.asking import person_of, whole_in
from taizhang.web.pages.people import keeper, path_of
from taizhang.web.pages.sheet import answer


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree with how many people have a role in each unit."""
    person = keeper(request)
    counted = Count("roles__person", filter=Q(roles__person__is_active=True), distinct=True)
    rows = access.kept_units(person).select_related("parent__parent__parent").annotate(people_count=counted)
    if request.GET.get("format") == "xlsx":
        below = rows.exclude(kind__in=[UnitKind.PROVINCE, UnitKind.COLLEGE]).order_by("path")
        lines = [
            {"name": u.name, "kind": u.kind, "short_name": u.short_name, "code": u.code,
             "parent": "" if u.parent_id == u.college_id or u.parent is None else path_of(u.parent)}
            for u in below
        ]  # fmt: skip
        return answer(export(roster.UNITS, lines), f"单位{timezone.localdate():%Y%m%d}")
    return render(request, "units/units.html", {"tree": _tree(list(rows)), "tab": "units"})


def _tree(rows: list[Unit]) -> list[tuple[Unit, int]]:
    """Parents before children, children in the order of a dictionary, each with its depth."""
    known = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = {}
    for unit in sorted(rows, key=lambda unit: (not unit.is_active, unit.kind, unit.sort_key, unit.pk)):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    found: list[tuple[Unit, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in below.get(parent, []):
            found.append((unit, depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return found


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit under this one."""
    parent = _kept(request, pk)
    kinds = [(kind, label) for kind, label in UnitKind.choices if kind in organisation.UNDER[parent.kind]]
    if not kinds:
        raise Http404
    problem, typed = "", request.POST
    if request.method == "POST":
        try:
            made = organisation.add_unit(
                person_of(request), parent, typed.get("kind", ""), typed.get("name", ""),
                short_name=typed.get("short_name", ""), code=typed.get("code", ""),
            )  # fmt: skip
        except TaizhangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("已添加“%(name)s”。") % {"name": made.name})
            return redirect("unit", made.pk)
    shown = {"parent": parent, "kinds": kinds, "problem": problem, "typed": typed}
    return render(request, "units/add.html", shown, status=422 if problem else 200)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its name and place, who is what in it, and what was changed."""
    return _page(request, _kept(request, pk))


def _kept(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(access.kept_units(keeper(request)).select_related("parent", "college"), pk=pk)


def _page(request: HttpRequest, row: Unit, status: int = 200, **more: Any) -> HttpResponse:  # noqa: ANN401 - what the page is told
    parents = access.kept_units(person_of(request)).filter(
        college=row.college, is_active=True, kind__in=[kind for kind, below in organisation.UNDER.items() if row.kind in below]
    )  # fmt: skip
    shown = {
        "row": row, "roles": row.roles.select_related("person", "lent_by"), "children": row.children.order_by("sort_key"),
        "parents": parents.exclude(path__startswith=row.path).order_by("path") if row.college_id != row.pk else [],
        "may_have_children": bool(organisation.UNDER[row.kind]), "told": history.of(row), "today": timezone.localdate(), **more,
    }  # fmt: skip
    return render(request, "units/unit.html", shown, status=status)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Rename, move, close, open again."""
    row, person, typed = _kept(request, pk), person_of(request), request.POST
    try:
        if verb == "rename":
            organisation.rename_unit(
                person, row, typed.get("name", ""), short_name=typed.get("short_name", ""), code=typed.get("code", "")
            )
        elif verb == "move":
            parent = get_object_or_404(access.kept_units(person), pk=whole_in(typed.get("parent")) or 0)
            organisation.move_unit(person, row, parent)
        elif verb == "close":
            organisation.close_unit(person, row)
        else:
            organisation.reopen_unit(person, row)
    except TaizhangError as refusal:
        return _page(request, row, 422, problem=str(refusal), typed=typed)
    messages.success(request, _("已保存。"))
    return redirect("unit", pk)
