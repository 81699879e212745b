"""建设方案: programmes, their task tree, points and indicators, and the versions of the plan."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls.converters import StringConverter
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.models import (
    Basis,
    Change,
    Direction,
    Indicator,
    PeriodKind,
    Person,
    Point,
    Programme,
    Target,
    Task,
)
from taizhang.web.ledger.reading import midterm_ratio, midterm_target
from taizhang.web.ledger.versions import NAMES, Alteration, alterations, content_of
from taizhang.web.ledger.workflow import programme as verbs
from taizhang.web.pages import history
from taizhang.web.pages import plan_forms as forms
from taizhang.web.pages.asking import person_of, telling, wants_part

PAGE = 50
THINGS = {"tasks": "task", "points": "point", "indicators": "indicator"}


class What(StringConverter):
    """The three tables of the plan, as they stand in an address."""

    regex = "tasks|points|indicators"


def _kept_count(table: type[Point] | type[Indicator]) -> Coalesce:
    """How many rows of a programme are not dropped. Each table is counted by itself: joined, they would multiply."""
    rows = table._default_manager.filter(programme=OuterRef("pk"), is_dropped=False).order_by().values("programme")  # noqa: SLF001 - Django's documented interface
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes that the person sees, with how many points and indicators each has."""
    rows = access.visible_programmes(person_of(request)).select_related("college").annotate(
        point_count=_kept_count(Point), indicator_count=_kept_count(Indicator),
    )  # fmt: skip
    return render(
        request, "plan/programmes.html", {"programmes": rows, "may_found": bool(forms.colleges(request.user))}
    )


def found(request: HttpRequest) -> HttpResponse:
    """Found a programme."""
    person = person_of(request)
    form = forms.FoundingForm(request.POST or None, person=person)
    if not forms.colleges(person):
        return render(request, "403.html", status=403)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已建立。接着导入任务书，或者逐项添加任务。"), form):
            made = verbs.found(person, form.college(), form.founding())
        if form.is_valid():
            return redirect("programme", made.pk)
    return render(
        request, "plan/form.html", {"form": form, "title": _("新建建设项目")}, status=422 if form.errors else 200
    )


@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: its task tree with what is planned under each task."""
    person = person_of(request)
    row = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    tasks = list(access.visible_tasks(person).filter(programme=row).select_related("unit", "team"))
    points = dict(
        access.visible_points(person).filter(programme=row, is_dropped=False).values_list("task").annotate(Count("pk"))
    )
    indicators = dict(
        access.visible_indicators(person)
        .filter(programme=row, is_dropped=False)
        .values_list("task")
        .annotate(Count("pk"))
    )
    ancestors = {task.pk: task.parent_id for task in tasks}
    tree = [
        {"task": task, "depth": _depth(task, ancestors), "points": points.get(task.pk, 0), "indicators": indicators.get(task.pk, 0)}
        for task in tasks
    ]  # fmt: skip
    shown = {
        "programme": row, "tree": tree, "point_count": sum(points.values()), "indicator_count": sum(indicators.values()),
        "periods": row.periods.all(), "rounds": access.visible_rounds(person).filter(programme=row),
        "may_manage": access.may_manage(person, row), "version": row.versions.first(), "tab": "tasks",
        "is_surveyed": access.surveyed_programmes(person).filter(pk=row.pk).exists(),
    }  # fmt: skip
    return render(request, "plan/programme.html", shown)


def _depth(task: Task, ancestors: dict[int, int | None]) -> int:
    depth, parent = 0, ancestors.get(task.pk)
    while parent in ancestors and depth < 6:
        depth, parent = depth + 1, ancestors[parent]
    return depth


@require_safe
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """The task points of a programme, filtered by task, year, unit and words."""
    person = person_of(request)
    row = get_object_or_404(access.visible_programmes(person), pk=pk)
    found = access.visible_points(person).filter(programme=row).select_related("task", "unit", "person")
    chosen = forms.PointFilter(request.GET, person=person, programme=row)
    page = _page(request, chosen.narrow(found).values_list("pk", flat=True))
    rows = found.in_bulk(list(page.object_list))
    page.object_list = [rows[key] for key in page.object_list if key in rows]
    shown = {
        "programme": row,
        "page": page,
        "filter": chosen,
        "may_manage": access.may_manage(person, row),
        "tab": "points",
    }
    return render(request, "plan/_points.html" if wants_part(request) else "plan/points.html", shown)


@require_safe
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """The indicators of a programme with their targets, filtered by category, unit and words."""
    person = person_of(request)
    row = get_object_or_404(access.visible_programmes(person), pk=pk)
    targets = Prefetch("targets", Target.objects.select_related("period"))
    found = (
        access.visible_indicators(person)
        .filter(programme=row)
        .select_related("task", "unit", "group")
        .prefetch_related(targets)
    )
    chosen = forms.IndicatorFilter(request.GET, person=person, programme=row)
    page = _page(request, chosen.narrow(found))
    periods = [period for period in row.periods.all() if period.targets.exists()]
    for each in page:
        by_period = {target.period_id: target for target in each.targets.all()}
        each.cells = [by_period.get(period.pk) for period in periods]
    shown = {
        "programme": row, "page": page, "filter": chosen, "periods": periods, "tab": "indicators",
        "may_manage": access.may_manage(person, row),
    }  # fmt: skip
    return render(request, "plan/_indicators.html" if wants_part(request) else "plan/indicators.html", shown)


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


@require_safe
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """One task point: the plan, what was told of it in each round, and its history."""
    person = person_of(request)
    row = get_object_or_404(
        access.visible_points(person).select_related("programme__college", "task__team", "unit", "person"), pk=pk
    )
    return render(request, "plan/point.html", {"point": row, **_told(person, row)})


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: targets, what was told of it in each round, and its history."""
    person = person_of(request)
    row = get_object_or_404(
        access.visible_indicators(person).select_related("programme__college", "task", "unit", "group", "person"), pk=pk
    )
    targets = list(row.targets.select_related("period"))
    end = next((each.number for each in targets if each.period.kind == PeriodKind.END), None)
    ratio = midterm_ratio(row.programme.profile)
    # A rate, a yearly figure and a figure of the moment are not folded down to the half of the way.
    folds = row.basis == Basis.CUMULATIVE and "%" not in row.measure and row.direction == Direction.HIGHER
    usual = midterm_target(end, ratio) if folds else None
    shown = {
        "indicator": row, "targets": targets, "usual": usual, "ratio": ratio, **_told(person, row),
        "follows": access.figured_indicators(person).filter(pk=row.pk).exists(),
    }  # fmt: skip
    return render(request, "plan/indicator.html", shown)


def _told(person: Person, row: Point | Indicator) -> dict[str, Any]:
    entries = access.visible_entries(person).select_related("round__period", "unit")
    found = entries.filter(point=row) if isinstance(row, Point) else entries.filter(indicator=row)
    manages = access.may_manage(person, row.programme)
    return {"entries": found, "may_manage": manages, "changes": history.of(row) if manages else []}


def edit(request: HttpRequest, pk: int, what: str, row_pk: int | None = None) -> HttpResponse:
    """Add or change a task, a point or an indicator of the plan."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person), pk=pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    form_class = forms.FORMS[what]
    row = get_object_or_404(form_class.Meta.model, pk=row_pk, programme=owner) if row_pk else None
    form = form_class(request.POST or None, instance=row, programme=owner)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。"), form):
            made = form.keep(person, row)
        if form.is_valid():
            return redirect(form.after(made))
    titles = (
        {"tasks": _("修改任务"), "points": _("修改任务点"), "indicators": _("修改绩效指标")}
        if row
        else {"tasks": _("添加任务"), "points": _("添加任务点"), "indicators": _("添加绩效指标")}
    )
    shown = {"form": form, "title": titles[what], "programme": owner, "row": row}
    return render(request, "plan/form.html", shown, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take a point or an indicator out of the plan, with a reason."""
    person = person_of(request)
    if what == "tasks":
        raise Http404
    rows: QuerySet[Any] = access.visible_points(person) if what == "points" else access.visible_indicators(person)
    row = get_object_or_404(rows.select_related("programme__college"), pk=pk)
    with telling(request, _("已从方案中取消，历史仍保留。")):
        verbs.drop(person, row, request.POST.get("reason", ""))
    return redirect("point" if what == "points" else "indicator", pk)


def programme_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, profile and day of approval of a programme, and its periods."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    form = forms.ProgrammeForm(request.POST or None, instance=owner)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。"), form):
            verbs.keep_programme(person, owner, form.cleaned_data)
        if form.is_valid():
            return redirect("programme_settings", pk)
    shown = {
        "programme": owner, "form": form, "periods": owner.periods.annotate(target_count=Count("targets")),
        "may_manage": True, "tab": "settings", "ratio": midterm_ratio(owner.profile),
    }  # fmt: skip
    return render(request, "plan/settings.html", shown, status=422 if form.errors else 200)


def period(request: HttpRequest, pk: int, period_pk: int | None = None) -> HttpResponse:
    """Add or change a period of a programme."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    row = get_object_or_404(owner.periods, pk=period_pk) if period_pk else None
    form = forms.PeriodForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。"), form):
            verbs.keep_period(person, owner, row, form.cleaned_data)
        if form.is_valid():
            return redirect("programme_settings", pk)
    shown = {"form": form, "title": _("期"), "programme": owner, "row": row}
    return render(request, "plan/form.html", shown, status=422 if form.errors else 200)


@require_POST
def drop_period(request: HttpRequest, pk: int, period_pk: int) -> HttpResponse:
    """Take away a period that nothing hangs on."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person).select_related("college"), pk=pk)
    row = get_object_or_404(owner.periods, pk=period_pk)
    with telling(request, _("已删除。")):
        verbs.drop_period(person, row)
    return redirect("programme_settings", pk)


def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept versions of the plan, and what differs between two of them, or between one and now."""
    person = person_of(request)
    owner = get_object_or_404(access.visible_programmes(person), pk=pk)
    if not access.may_manage(person, owner):
        return render(request, "403.html", status=403)
    if request.method == "POST":
        with telling(request, _("已留存这一版。")):
            verbs.keep_version(person, owner, request.POST.get("label", ""))
        return redirect("versions", pk)
    kept = list(owner.versions.select_related("taken_by"))
    older = _version(kept, request.GET.get("from")) or (kept[-1] if kept else None)
    newer = _version(kept, request.GET.get("to"))
    differing = []
    if older is not None:
        later = newer.content if newer else content_of(owner)
        found = list(alterations(older.content, later))
        last = _last_changes(owner, found)
        differing = [(NAMES[each.what], each, last.get((THINGS[each.what], each.key))) for each in found]
    shown = {"programme": owner, "versions": kept, "older": older, "newer": newer, "differing": differing, "may_manage": True,
             "tab": "versions"}  # fmt: skip
    return render(request, "plan/versions.html", shown)


def _version(kept: list[Any], number: str | None) -> Any:  # noqa: ANN401 - a version or None
    return next((version for version in kept if str(version.number) == number), None)


def _last_changes(owner: Programme, found: list[Alteration]) -> dict[tuple[str, str], Change]:
    """The last change to each thing that differs, by its table and id."""
    keys = {each.key for each in found}
    changes = owner.college.changes.filter(thing__in=THINGS.values(), thing_id__in=keys).order_by("number")
    return {(change.thing, change.thing_id): change for change in changes}
