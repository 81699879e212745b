"""取数接口: the office declares what is fetched from other systems, sees what it would change, and writes it."""

from pathlib import Path
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from taizhang.connect import examples
from taizhang.connect.differences import Doing
from taizhang.connect.items import Fault
from taizhang.connect.rows import MOST_BYTES
from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access, connecting
from taizhang.web.ledger.models import Connector, Person, Programme, Pull, PullState, Unit
from taizhang.web.ledger.workflow import connectors as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, StaleError
from taizhang.web.pages.asking import person_of, telling, wants_part, whole_in
from taizhang.web.pages.history import of

PAGE = 50
_JOINED = ("college", "unit", "programme", "declared_by")


class DeclaringForm(forms.Form):
    """A declaration, the unit that new records belong to, and the programme that values go into."""

    text = forms.CharField(
        label=gettext_lazy("声明（YAML）"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false", "class": "code"}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=gettext_lazy("责任部门（新记录归它）"), queryset=Unit.objects.none())
    programme = forms.ModelChoiceField(
        label=gettext_lazy("建设项目（取成指标值、外部对标时）"), queryset=Programme.objects.none(), required=False
    )

    def __init__(self, *args: Any, college: Unit, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        units = Unit.objects.filter(college=college, is_active=True).order_by("path")
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        programmes = Programme.objects.filter(college=college)
        cast("forms.ModelChoiceField[Programme]", self.fields["programme"]).queryset = programmes

    @property
    def told(self) -> verbs.Declaring:
        """What the form says."""
        return verbs.Declaring(**self.cleaned_data)


def _college(person: Person) -> Unit:
    """The college whose office the person is in; nobody else learns that there is such a page."""
    for unit in access.standing(person).units(access.OFFICE):
        if unit.college is not None:
            return unit.college
    raise Http404


@require_safe
def connectors(request: HttpRequest) -> HttpResponse:
    """All declared imports, when each last ran, and what waits."""
    person = person_of(request)
    college = _college(person)
    rows = access.visible_connectors(person).select_related("unit").order_by("-is_active", "name")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    last: dict[int, Pull] = {}
    for row in Pull.objects.filter(connector__in=[each.pk for each in page]).defer("items", "faults").order_by("pk"):
        last[row.connector_id] = row
    shown = [(row, connecting.declared_now(row), last.get(row.pk)) for row in page]
    told = {"rows": shown, "page": page, "college": college, "examples": examples.names()}
    return render(request, "connectors/_list.html" if wants_part(request) else "connectors/list.html", told)


def declare(request: HttpRequest) -> HttpResponse:
    """A new import, perhaps begun from a shipped example."""
    person = person_of(request)
    college = _college(person)
    begun = examples.text(request.GET.get("example", "")) or examples.text(examples.names()[0][0])
    form = DeclaringForm(request.POST or None, initial={"text": begun}, college=college)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。请先试取一次，看过差异再写入。"), form):
            made = verbs.declare(person, college, form.told)
        if form.is_valid():
            return redirect("connector", made.pk)
    told = {"form": form, "examples": examples.names()}
    return render(request, "connectors/declare.html", told, status=422 if form.errors else 200)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another declaration for the same import."""
    person = person_of(request)
    row = _row(request, pk)
    started = {"text": row.text, "unit": row.unit_id, "programme": row.programme_id}
    form = DeclaringForm(request.POST or None, initial=started, college=row.college)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。"), form):
            verbs.change(person, row, whole_in(request.POST.get("version")) or 0, form.told)
        if form.is_valid():
            return redirect("connector", pk)
    told = {"form": form, "row": row}
    return render(request, "connectors/declare.html", told, status=422 if form.errors else 200)


def _row(request: HttpRequest, pk: int) -> Connector:
    return get_object_or_404(access.visible_connectors(person_of(request)).select_related(*_JOINED), pk=pk)


@require_safe
def connector(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what it says, its password (given or not), its runs."""
    return _page(request, _row(request, pk))


def _page(request: HttpRequest, row: Connector, problem: str = "") -> HttpResponse:
    pulls = row.pulls.select_related("pulled_by", "settled_by").defer("items", "text")
    page = Paginator(pulls, 20).get_page(request.GET.get("page"))
    told = {
        "row": row, "declared": connecting.declared_now(row), "page": page, "problem": problem, "told": of(row),
        "has_secret": bool(row.sealed),
    }  # fmt: skip
    return render(request, "connectors/connector.html", told, status=422 if problem else 200)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Keep a password, stop, go on, fetch."""
    row, person = _row(request, pk), person_of(request)
    try:
        if verb == "secret":
            verbs.keep_secret(person, row, request.POST.get("secret", ""))
            messages.success(request, _("已保存，以后不再显示。"))
        elif verb == "pull":
            return _pulled(request, row)
        else:
            verbs.set_active(person, row, active=verb == "resume")
            messages.success(request, _("已保存。"))
    except TaizhangError as refusal:
        return _page(request, row, str(refusal))
    return redirect("connector", pk)


def _pulled(request: HttpRequest, row: Connector) -> HttpResponse:
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > MOST_BYTES:
        return _page(request, row, _("文件太大，请分批导入。"))
    if file is None and not connecting.declared_now(row).source.is_given:
        return redirect("pull", verbs.ask(person_of(request), row).pk)
    content = file.read() if file is not None else None
    made = verbs.pull(person_of(request), row, content, Path(file.name or "").name if file is not None else "")
    return redirect("pull", made.pk)


def _pull(request: HttpRequest, pk: int) -> Pull:
    joined = ("connector__college", "connector__unit", "connector__programme", "pulled_by", "settled_by")
    return get_object_or_404(access.visible_pulls(person_of(request)).select_related(*joined), pk=pk)


@require_safe
def pull(request: HttpRequest, pk: int) -> HttpResponse:
    """One fetch: how far it is, what writing it would change, row by row, and what could not be understood."""
    row = _pull(request, pk)
    if wants_part(request):
        if row.state not in verbs.UNDER_WAY:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "connectors/_waiting.html", {"row": row})
    return _pull_page(request, row)


def _pull_page(request: HttpRequest, row: Pull, problem: str = "", status: int = 200) -> HttpResponse:
    waits = row.state == PullState.SHOWN
    found = connecting.differences(row) if waits else []
    counts = {doing.value: sum(each.doing is doing for each in found) for doing in Doing}
    wanted = request.GET.get("doing", "")
    listed = (
        [each for each in found if each.doing == wanted]
        if wanted
        else [each for each in found if each.doing is not Doing.SAME]
    )
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    told = {
        "row": row, "is_under_way": row.state in verbs.UNDER_WAY, "stalled": verbs.is_stalled(row), "waits": waits, "page": page, "counts": counts, "doing": wanted, "problem": problem,
        "seen": verbs.shown(found), "faults": [Fault(*each) for each in row.faults],
        "provenances": row.provenances.select_related("entry__indicator", "entry__point__task", "record", "benchmark__indicator")[:PAGE],
        "may_write": waits and bool(counts["add"] + counts["change"] + counts["same"]),
    }  # fmt: skip
    return render(request, "connectors/pull.html", told, status=status)


@require_POST
def settle(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Write what was shown, or leave it."""
    row, person = _pull(request, pk), person_of(request)
    try:
        if verb == "write":
            done = verbs.write(person, row, request.POST.get("seen", ""))
            messages.success(request, _("已写入 %(count)s 条。") % {"count": done.written})
        else:
            verbs.drop(person, row)
            messages.success(request, _("没有采用，台账没有改动。"))
    except StaleError as stale:
        return _pull_page(request, _pull(request, pk), str(stale), 409)
    except NotAllowedError:
        raise
    except TaizhangError as refusal:
        return _pull_page(request, _pull(request, pk), str(refusal), 422)
    return redirect("pull", pk)
