"""人员: the accounts that an administrator keeps, their roles, links and sessions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Role, RoleName, Unit, UnitKind
from taizhang.web.ledger.ordering import strokes_key
from taizhang.web.ledger.sheets import export
from taizhang.web.ledger.workflow import organisation, roster
from taizhang.web.ledger.workflow import people as verbs
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages import history
from taizhang.web.pages.asking import person_of, wants_part, whole_in
from taizhang.web.pages.sheet import answer

PAGE = 50
_STATES = {
    "active": Q(is_active=True, activated_at__isnull=False),
    "waiting": Q(is_active=True, activated_at=None),
    "closed": Q(is_active=False),
}
_ROLES = Prefetch("roles", Role.objects.select_related("unit", "lent_by"))


def keeper(request: HttpRequest) -> Person:
    """The administrator who asks; for others these pages are not there."""
    person = person_of(request)
    if not access.standing(person).holds(RoleName.ADMIN):
        raise Http404
    return person


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people whose accounts the person keeps, searched, filtered, in the order of pinyin or of strokes."""
    person = keeper(request)
    rows = _filtered(access.kept_people(person), person, request.GET)
    if request.GET.get("format") == "xlsx":
        return answer(export(roster.PEOPLE, _lines(rows)), f"人员{timezone.localdate():%Y%m%d}")
    if request.GET.get("order") == "strokes":
        # Strokes are known to us, not to the database; a college has hundreds of people, not millions.
        ordered = sorted(rows.values_list("name", "pk"), key=lambda row: (strokes_key(row[0]), row[1]))
        page: Any = Paginator([pk for _name, pk in ordered], PAGE).get_page(request.GET.get("page"))
        found = rows.filter(pk__in=page.object_list).select_related("home").prefetch_related(_ROLES).in_bulk()
        page.object_list = [found[pk] for pk in page.object_list]
    else:
        page = Paginator(rows.select_related("home").prefetch_related(_ROLES), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page, "query": request.GET, "units": _units(person), "roles": RoleName.choices, "today": timezone.localdate(),
        "several_homes": access.kept_units(person).filter(kind=UnitKind.COLLEGE).count() > 1, "tab": "people",
    }  # fmt: skip
    return render(request, "people/_people.html" if wants_part(request) else "people/people.html", shown)


def _filtered(rows: QuerySet[Person], person: Person, query: QueryDict) -> QuerySet[Person]:
    words = str(query.get("words", "")).strip()
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(username__icontains=words) | Q(phone__contains=words))
    unit = access.kept_units(person).filter(pk=whole_in(query.get("unit")) or 0).first()
    if unit is not None:
        rows = rows.filter(pk__in=Role.objects.filter(unit__path__startswith=unit.path).values("person"))
    if query.get("role") in RoleName.values:
        rows = rows.filter(pk__in=Role.objects.filter(name=query["role"]).values("person"))
    return rows.filter(_STATES.get(str(query.get("state")), Q()))


def _lines(rows: QuerySet[Person]) -> Any:  # noqa: ANN401 - rows for a sheet
    """A line for each role, or one for a person without; as the import reads them."""
    for person in rows.select_related("home").prefetch_related(
        Prefetch("roles", Role.objects.filter(lent_by=None).select_related("unit__parent__parent__parent"))
    ):
        told = {key: getattr(person, key) for key in ("username", "name", "phone", "email")}
        told["home"] = person.home.name
        for role in person.roles.all() or [None]:
            days = {"since": role.since, "until": role.until} if role else {}
            yield {**told, "unit": path_of(role.unit) if role else "", "role": role.name if role else None, **days}


def path_of(unit: Unit) -> str:
    """The unit from the college down, so that namesakes can be told apart."""
    names: list[str] = []
    above: Unit | None = unit
    while above is not None and (not names or above.kind not in {UnitKind.COLLEGE, UnitKind.PROVINCE}):
        names.insert(0, above.name)
        above = above.parent
    return "/".join(names)


def _units(person: Person) -> list[Unit]:
    return list(access.kept_units(person).filter(is_active=True).order_by("path"))


def add(request: HttpRequest) -> HttpResponse:
    """A new account, and the role it begins with."""
    person = keeper(request)
    homes = list(
        access.kept_units(person)
        .filter(kind__in=[UnitKind.COLLEGE, UnitKind.PROVINCE], is_active=True)
        .order_by("path")
    )
    if not homes:
        raise Http404
    problem, typed = "", request.POST
    if request.method == "POST":
        home = next((unit for unit in homes if str(unit.pk) == typed.get("home")), homes[0])
        try:
            made = verbs.add_person(
                person, home, typed.get("username", ""), typed.get("name", ""), phone=typed.get("phone", ""),
                email=typed.get("email", ""),
            )  # fmt: skip
        except TaizhangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("已添加%(name)s。接着授予角色，再发激活链接。") % {"name": made.name})
            return redirect("person", made.pk)
    shown = {"homes": homes, "problem": problem, "typed": typed}
    return render(request, "people/add.html", shown, status=422 if problem else 200)


@require_safe
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: who they are, what they are where, how they get in, and what was changed."""
    return _page(request, _kept(request, pk))


def _kept(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(access.kept_people(keeper(request)).select_related("home__college"), pk=pk)


def _page(request: HttpRequest, row: Person, status: int = 200, **more: Any) -> HttpResponse:  # noqa: ANN401 - what the page is told
    actor = keeper(request)
    roles = list(row.roles.select_related("unit", "lent_by"))
    kept = set(access.kept_units(actor).values_list("pk", flat=True))
    shown = {
        "row": row, "today": timezone.localdate(), "roles": [(role, role.unit_id in kept) for role in roles],
        "units": _units(actor), "role_names": RoleName.choices, "told": history.of(row), "is_self": row.pk == actor.pk, **more,
    }  # fmt: skip
    return render(request, "people/person.html", shown, status=status)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, phone or address."""
    row = _kept(request, pk)
    typed = request.POST
    try:
        verbs.change_person(
            person_of(request), row, typed.get("name", ""), phone=typed.get("phone", ""), email=typed.get("email", "")
        )
    except TaizhangError as refusal:
        return _page(request, row, 422, change_problem=str(refusal), typed=typed)
    messages.success(request, _("已保存。"))
    return redirect("person", pk)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """A role in a unit."""
    row, typed = _kept(request, pk), request.POST
    unit = get_object_or_404(access.kept_units(person_of(request)), pk=whole_in(typed.get("unit")) or 0)
    try:
        days = {name: _day(typed.get(name, "")) for name in ("since", "until")}
        organisation.give_role(person_of(request), row, unit, typed.get("name", ""), **days)
    except TaizhangError as refusal:
        return _page(request, row, 422, role_problem=str(refusal), typed=typed)
    messages.success(request, _("已授予角色。"))
    return redirect("person", pk)


@require_POST
def take(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """A role no longer."""
    row = _kept(request, pk)
    role = get_object_or_404(row.roles.select_related("unit__college", "person"), pk=role_pk)
    try:
        organisation.take_role(person_of(request), role)
    except RefusedError as refusal:
        return _page(request, row, 422, role_problem=str(refusal))
    messages.success(request, _("已收回角色。"))
    return redirect("person", pk)


@require_POST
@never_cache
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """An activation link, shown this once: it stands in this answer and nowhere else."""
    row = _kept(request, pk)
    try:
        given = verbs.invite(person_of(request), row)
    except TaizhangError as refusal:
        return _page(request, row, 422, door_problem=str(refusal))
    link = request.build_absolute_uri(reverse("activate", args=[given.who, given.token]))
    return _page(request, row, link=link)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Sign out everywhere, shut the account, open it again."""
    row = _kept(request, pk)
    does, said = {
        "expel": (verbs.expel, _("已让%(name)s在所有地方退出。")),
        "close": (verbs.close_account, _("已停用%(name)s的账号，其登录已全部退出。")),
        "reopen": (verbs.reopen_account, _("已启用%(name)s的账号。")),
    }[verb]
    try:
        does(person_of(request), row)
    except TaizhangError as refusal:
        return _page(request, row, 422, door_problem=str(refusal))
    messages.success(request, said % {"name": row.name})
    return redirect("person", pk)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise RefusedError(_("日期请写成 2026-12-31。"))
    return found
