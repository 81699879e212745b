"""记录类型: what kinds there are, what each asks for, and the page on which a college's office declares its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taizhang.core.errors import TaizhangError
from taizhang.records import Kind
from taizhang.records.declaration import levels_known
from taizhang.records.drafting import added, drafted
from taizhang.web.ledger import access
from taizhang.web.ledger.models import KindDeclaration, Person, Unit
from taizhang.web.ledger.ordering import spelled
from taizhang.web.ledger.shelves import in_force, shelf_of
from taizhang.web.ledger.workflow import kinds as verbs
from taizhang.web.pages import kind_forms
from taizhang.web.pages.asking import person_of, status_of, telling, whole_in

BEGINNING = """kind: farm_visit
name: 农户走访
group: 村镇帮扶
about: 驻村队员到农户家中走访一次。
fields:
  - {key: topic, name: 走访主题, required: true}
measures:
  - {name: 户数, unit: 户}
levels: [校级]
states:
  - {key: planned, name: 计划中, phase: before, to: [visited]}
  - {key: visited, name: 已走访, phase: done}
feeds: [乡村振兴]
example: {title: 松岭村走访, state: visited, fields: {topic: 春耕}, measures: [{name: 户数, value: 12, unit: 户}]}
"""
_EXTENDING = """extends: {key}
fields:
  - {{key: remark, name: 备注, type: long}}
"""


def _college(person: Person) -> Unit:
    """The college that the person works in; kinds are nobody else's affair."""
    colleges = access.colleges_of_work(person)
    if not colleges or not access.standing(person).holds(*access.WORKERS, access.OFFICE):
        raise Http404
    return Unit.objects.get(pk=colleges[0])


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds of the college, by group."""
    person = person_of(request)
    college = _college(person)
    own = {row.key for row in in_force(college)}
    context = {
        "groups": shelf_of(college).groups.items(),
        "own": own,
        "office": access.may_keep_records(person, college),
    }
    return render(request, "kinds/kinds.html", context)


@require_safe
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: what it asks for, how it is counted, how its states follow."""
    person = person_of(request)
    college = _college(person)
    found = shelf_of(college).get(kind)
    if found is None:
        raise Http404
    names = {state.key: state.name for state in found.states}
    context = {
        "kind": found, "states": [(state, [names.get(each, each) for each in state.to]) for state in found.states],
        "office": access.may_keep_records(person, college), "declaration": _declared(college, kind),
        "versions": KindDeclaration.objects.filter(college=college, key=kind).select_related("kept_by"),
    }  # fmt: skip
    return render(request, "kinds/kind.html", context)


def _declared(college: Unit, key: str) -> KindDeclaration | None:
    return next((row for row in in_force(college) if row.key == key), None)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """The page on which the office writes a declaration; it is checked, and told with its line what is wrong."""
    person = person_of(request)
    college = _college(person)
    if not access.may_keep_records(person, college):
        return render(request, "403.html", status=403)
    key = request.GET.get("kind", "")
    before = _declared(college, key)
    kind = shelf_of(college).get(key)
    shown: dict[str, Any] = {
        "text": _begun(college, key, before),
        "version": before.version if before else "",
        "key": key, "form": kind_forms.typed(request.POST),
        **kind_forms.offered(kind, shelf_of(college).groups, levels_known()),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "kinds/declare.html", shown)
    if "draft" in request.POST:
        return _drafted(request, college, kind, before, shown)
    text, version = request.POST.get("text", ""), request.POST.get("version", "")
    shown |= {"text": text, "version": version}
    try:
        checked = verbs.checked(college, text)
        if "check" in request.POST:
            return render(request, "kinds/declare.html", {**shown, "checked": checked})
        row = verbs.declare(person, college, text, whole_in(version))
    except TaizhangError as refusal:
        status = max(status_of(refusal), 409) if status_of(refusal) == 409 else 422
        return render(request, "kinds/declare.html", {**shown, "refusal": str(refusal)}, status=status)
    messages.success(request, _("已保存第 %(version)s 版，现在就能写这类记录。") % {"version": row.version})
    return redirect("kind", row.key)


def _drafted(
    request: HttpRequest, college: Unit, kind: Kind | None, before: KindDeclaration | None, shown: dict[str, Any]
) -> HttpResponse:
    """The answers of the form as a declaration, to be looked at and saved; what is missing or wrong is told."""
    try:
        answers = kind_forms.answers_of(shown["form"], kind)
        if kind is None:
            text = drafted(answers, spelled, shelf_of(college))
        else:
            text = added(answers, kind, spelled, before.text if before else "")
        shown |= {"text": text, "is_drafted": True, "checked": verbs.checked(college, text)}
    except TaizhangError as refusal:
        return render(request, "kinds/declare.html", {**shown, "refusal": str(refusal)}, status=422)
    return render(request, "kinds/declare.html", shown)


def _begun(college: Unit, key: str, before: KindDeclaration | None) -> str:
    """What stands in the field at first: the college's own text, an extension of a shipped kind, or an example."""
    if before is not None:
        return before.text
    return _EXTENDING.format(key=key) if key in shelf_of(college) else BEGINNING


@require_POST
def withdraw(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the college's own declaration of a kind back."""
    person = person_of(request)
    college = _college(person)
    with telling(request, _("已撤销本校的声明。")):
        verbs.withdraw(person, college, kind)
        return redirect("kinds")
    return redirect(*(["kind", kind] if kind in shelf_of(college) else ["kinds"]))
