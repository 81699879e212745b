"""Submitting and reviewing: one item, or as many as were ticked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, Person, Stage
from taizhang.web.ledger.owed import waiting
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.ledger.workflow.stepping import Step
from taizhang.web.ledger.workflow.steps import approving, locking, returning, seeing, submitting, withdrawing
from taizhang.web.ledger.workflow.trouble import StaleError
from taizhang.web.pages.asking import person_of, status_of, telling, ticked
from taizhang.web.pages.entries import SHOWN, asked_by, entry_page, visible_entry
from taizhang.web.pages.filling import clashed, typed_in, version_in

AT_ONCE = 500

STEPS: dict[str, tuple[Callable[..., Entry], Any]] = {
    "submit": (verbs.submit, lazy("提交")),
    "withdraw": (verbs.withdraw, lazy("撤回")),
    "approve": (verbs.approve, lazy("通过")),
    "return": (verbs.return_for_revision, lazy("退回")),
    "lock": (verbs.lock, lazy("锁定")),
    "see": (verbs.see_alteration, lazy("确认改动")),
}
MANY: dict[str, Callable[[str], Step[Entry]]] = {
    "submit": lambda _reason: submitting(),
    "withdraw": lambda _reason: withdrawing(),
    "approve": lambda _reason: approving(),
    "return": returning,
    "lock": lambda _reason: locking(),
    "see": lambda _reason: seeing(),
}
_SEEN = {"submit", "approve"}  # steps that answer for a text: only for the version that was seen


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of one item; what is refused is said on its page."""
    person = person_of(request)
    row = visible_entry(person, pk)
    take, name = STEPS[verb]
    more: tuple[Any, ...] = (request.POST.get("reason", ""),) if verb == "return" else ()
    if verb in _SEEN and "version" in request.POST:
        more = (version_in(request.POST),)
    try:
        take(person, row, *more)
    except TaizhangError as refusal:
        row = visible_entry(person, pk)
        reason = request.POST.get("reason", "")
        return entry_page(request, row, refusal=str(refusal), reason=reason, status=status_of(refusal))
    messages.success(request, _("“%(item)s”已%(done)s。") % {"item": row, "done": name})
    return redirect(_back(request, reverse("entry", args=[pk])))


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The office changes an approved value, with a reason."""
    person = person_of(request)
    row = visible_entry(person, pk)
    typed, reason = typed_in(request.POST), request.POST.get("why", "")
    try:
        verbs.correct(person, row, version_in(request.POST), typed, reason)
    except StaleError as clash:
        return clashed(request, row, clash, why=reason)
    except TaizhangError as refusal:
        return entry_page(request, row, typed=typed, refusal=str(refusal), why=reason, status=status_of(refusal))
    messages.success(request, _("已改动，并标为“审后改动”，等待确认。"))
    return redirect("entry", pk)


@require_POST
def steps(request: HttpRequest) -> HttpResponse:
    """One step for many items: the ticked ones, or all that the list's filters let through."""
    person = person_of(request)
    verb = request.POST.get("verb", "")
    back = reverse("entries") + (f"?{request.GET.urlencode()}" if request.GET else "")
    if verb not in STEPS:
        messages.error(request, _("请选择要办的事。"))
        return redirect(back)
    name = STEPS[verb][1]
    chosen, left = _chosen(request, person)
    if not chosen:
        messages.error(request, _("还没有选中任何一项；请先在左边打勾。"))
        return redirect(back)
    with telling(request):
        taken = MANY[verb](request.POST.get("reason", ""))
        seen = {row.pk: version for row, version in chosen} if verb in _SEEN else None
        tally = verbs.each(taken, person, (row for row, _seen in chosen), seen)
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        context = {"tally": tally, "name": name, "back": back, "left": left, "verb": verb, "query": query}
        context["reason"] = request.POST.get("reason", "")
        return render(request, "entries/steps.html", context)
    return redirect(back)


def _chosen(request: HttpRequest, person: Person) -> tuple[list[tuple[Entry, int | None]], int]:
    """The items with the versions seen, at most as many as one answer can hold, and how many are left for the next."""
    if request.POST.get("all") == "1":
        rows = asked_by(request).entries.filter(_ready(person, request.POST.get("verb", "")))
        found = list(rows.select_related(*SHOWN)[:AT_ONCE])
        return [(row, row.version) for row in found], max(rows.order_by().count() - len(found), 0)
    seen = ticked(request, "entry")
    visible = access.visible_entries(person).filter(pk__in=list(seen)[:AT_ONCE]).select_related(*SHOWN)
    return [(row, seen[row.pk]) for row in visible], max(len(seen) - AT_ONCE, 0)


def _ready(person: Person, verb: str) -> Q:
    """Items at which the step may be taken: “all” means all of these."""
    return {
        "submit": Q(stage__in=(Stage.DRAFT, Stage.RETURNED)) & ~Q(text="", number=None),
        "withdraw": Q(stage=Stage.SUBMITTED),
        "approve": waiting(person),
        "return": waiting(person),
        "lock": Q(stage=Stage.APPROVED, altered=False),
        "see": Q(altered=True),
    }[verb]


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, if that is on this site."""
    wanted = request.POST.get("back", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
