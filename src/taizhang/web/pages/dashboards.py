"""总览: dashboards of a round, of a unit and of indicators; every mark leads to the list it was counted from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, RoleName, Round, Unit
from taizhang.web.ledger.overview import business, colleges, network, progress, trends
from taizhang.web.ledger.overview.business import Business
from taizhang.web.ledger.overview.chart import Chart, Tile
from taizhang.web.ledger.overview.kept import kept
from taizhang.web.ledger.overview.scope import Scope
from taizhang.web.pages import chart_sheet
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.drawing import drawing

_WORK = (RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE)
_MOVING = 8  # charts on a page: where there are more, each is drawn at once
_RENEWED_EVERY = 300  # seconds between two looks of the wall at its own figures


@dataclass
class View:
    """What one dashboard shows: figures, charts, and what may be chosen above them."""

    tiles: list[Tile]
    charts: list[Chart]
    chosen: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard: its key, its name, what it shows to a person who asks so, and the roles that have it."""

    key: str
    name: Any
    lead: Any
    view: Callable[[HttpRequest, Person], View]
    roles: tuple[RoleName, ...] = _WORK

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse("dashboards") if self.key == "programme" else reverse("dashboard", args=[self.key])


def _programme(request: HttpRequest, person: Person) -> View:
    scope, chosen = _asked(request, person)
    if scope is None:
        return View([], [], chosen)
    charts = [
        progress.by_task_and_unit(scope), progress.by_year(scope), progress.by_year_and_stage(scope),
        progress.by_category(scope), progress.by_unit_and_stage(scope), progress.furthest(scope),
    ]  # fmt: skip
    return View(progress.tiles(scope), charts, chosen)


def _units(request: HttpRequest, person: Person) -> View:
    scope, chosen = _asked(request, person)
    if scope is None:
        return View([], [], chosen)
    units = list(scope.units.values())
    wanted = request.GET.get("unit", "")
    scope.unit = next((unit for unit in units if str(unit.pk) == wanted), units[0] if units else None)
    chosen |= {"units": units, "unit": scope.unit}
    own = Scope(scope.person, scope.round, scope.day, scope.unit)
    charts = [
        progress.by_task_and_year(own), progress.by_year(own), progress.by_year_and_stage(own), progress.by_category(own),
        progress.furthest(own),
    ]  # fmt: skip
    return View(progress.tiles(own), charts, chosen)


def _indicators(request: HttpRequest, person: Person) -> View:
    scope, chosen = _asked(request, person)
    if scope is None:
        return View([], [], chosen)
    found = trends.indicators(person, scope.round.programme)
    words = request.GET.get("q", "").strip()
    if words:
        found = found.filter(name__icontains=words)
    page = Paginator(found, trends.PER_PAGE).get_page(request.GET.get("page"))
    chosen |= {"page": page, "q": words}
    return View([], trends.trends(person, scope.round.programme, list(page)), chosen)


def _business(request: HttpRequest, person: Person) -> View:
    asked, chosen = _records(request, person)
    if asked is None:
        return View([], [], chosen)
    return View([], _kept("business", asked, business.charts), chosen)


def _network(request: HttpRequest, person: Person) -> View:
    asked, chosen = _records(request, person)
    return View([], _kept("network", asked, network.charts) if asked is not None else [], chosen)


def _kept(name: str, asked: Business, charts: Callable[[Business], list[Chart]]) -> list[Chart]:
    """The charts as they were worked out last; their words are of a language."""
    known = f"{name}-{asked.unit and asked.unit.pk}-{get_language()}"
    return kept(known, asked.person, asked.college.pk, lambda: charts(asked))


def _records(request: HttpRequest, person: Person) -> tuple[Business | None, dict[str, Any]]:
    """The records of the person's college, of the unit that the address names, and what may be chosen instead."""
    college = Unit.objects.filter(pk__in=access.colleges_of_work(person)).order_by("path").first()
    if college is None:
        return None, {}
    units = list(access.visible_units(person).filter(college=college, is_active=True).order_by("path"))
    unit = next((each for each in units if str(each.pk) == request.GET.get("unit")), None)
    return Business(person, college, unit), {"units": units, "unit": unit, "any_unit": True}


def _province(_request: HttpRequest, person: Person) -> View:
    tiles, charts = colleges.charts(person)
    return View(tiles, charts if charts[0].rows else [], {})


BOARDS = (
    Board("programme", gettext_lazy("全局"), gettext_lazy("这一轮做到哪里了，谁落在后面。"), _programme),
    Board("units", gettext_lazy("单位"), gettext_lazy("一个单位承担的任务和指标。"), _units),
    Board("indicators", gettext_lazy("指标走势"), gettext_lazy("每个指标各期的目标值和实现值。"), _indicators),
    Board("business", gettext_lazy("业务"), gettext_lazy("成果、培训、服务和资金，从业务记录数出来。"), _business),
    Board("network", gettext_lazy("合作网络"), gettext_lazy("学校和谁合作，在哪些事上合作。"), _network),
    Board(
        "province",
        gettext_lazy("各校"),
        gettext_lazy("各校放在一起看，只看锁定的填报项。"),
        _province,
        (RoleName.PROVINCE,),
    ),
)


def _asked(request: HttpRequest, person: Person) -> tuple[Scope | None, dict[str, Any]]:
    """The round that the address names, or the newest open one, and what may be chosen instead."""
    rounds = list(access.visible_rounds(person).select_related("programme__college", "period")[:100])
    wanted = request.GET.get("round", "")
    named = next((each for each in rounds if str(each.pk) == wanted), None)
    row: Round | None = named or next((each for each in rounds if each.is_open), rounds[0] if rounds else None)
    chosen = {"rounds": rounds, "round": row}
    return (Scope(person, row, timezone.localdate()) if row is not None else None), chosen


def _board(person: Person, key: str) -> Board:
    """The dashboard, if the person's role has it; of the others nobody is told that there are any."""
    own = access.standing(person)
    found = next((board for board in BOARDS if board.key == key and own.holds(*board.roles)), None)
    if found is None:
        raise Http404
    return found


@require_safe
def board(request: HttpRequest, key: str = "programme") -> HttpResponse:
    """One dashboard; the first address leads whoever has no college of their own to the dashboard that they have."""
    person = person_of(request)
    own = access.standing(person)
    offered = [each for each in BOARDS if own.holds(*each.roles)]
    if key == "programme" and offered and offered[0].key != key:
        return HttpResponseRedirect(offered[0].url)
    asked = _board(person, key)
    view = asked.view(request, person)
    shown = {
        "board": asked, "boards": offered, "view": view, "charts": _drawn(view.charts), "has_library": has_library(),
        "query": request.GET.urlencode(), "now": timezone.localtime(), **view.chosen,
    }  # fmt: skip
    return render(request, "dashboards/board.html", shown)


def _drawn(charts: list[Chart], size: int = 12) -> list[tuple[Chart, dict[str, Any]]]:
    return [(chart, drawing(chart, size, moves=len(charts) <= _MOVING)) for chart in charts]


def has_library() -> bool:
    """Whether the chart library came with the installation."""
    return finders.find("echarts/echarts.min.js") is not None


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """墙面大屏: the same figures, large, without names of people and without anything to press; renews itself."""
    person = person_of(request)
    _board(person, "programme")
    scope, chosen = _asked(request, person)
    charts, tiles = [], []
    if scope is not None:
        tiles = progress.tiles(scope)
        charts = [progress.by_task_and_unit(scope), progress.by_year(scope), progress.by_unit_and_stage(scope)]
    shown = {
        "charts": _drawn([chart for chart in charts if not chart.is_empty], size=18), "tiles": tiles, **chosen,
        "has_library": has_library(), "now": timezone.localtime(), "every": _RENEWED_EVERY,
    }  # fmt: skip
    return render(request, "dashboards/wall.html", shown)


@require_safe
def sheet(request: HttpRequest, key: str, chart: str) -> HttpResponse:
    """The figures of one chart as an Excel file, as the same address shows them."""
    person = person_of(request)
    view = _board(person, key).view(request, person)
    found = next((each for each in view.charts if each.key == chart), None)
    if found is None:
        raise Http404
    return chart_sheet.answered(found)
