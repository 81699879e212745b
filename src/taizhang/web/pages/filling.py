"""Filling in: save a draft, by itself or by hand; two versions side by side where two people saved the same item."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.models import Entry, Person
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, StaleError
from taizhang.web.ledger.workflow.typed import FIELDS, LONGEST
from taizhang.web.pages.asking import person_of, wants_part, whole_in
from taizhang.web.pages.entries import by_field, entry_page, shown_values, visible_entry

NAMES = {
    "text": gettext_lazy("完成情况 / 实现值"), "number": gettext_lazy("实现值"), "rate": gettext_lazy("完成度"),
    "state": gettext_lazy("状态"), "reason": gettext_lazy("原因和改进措施"),
}  # fmt: skip


def typed_in(form: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """The fields that a form brought; where two versions were shown, those that the person chose to keep."""
    return {
        name: form[prefix + name]
        for name in FIELDS
        if prefix + name in form and form.get(f"{prefix}keep-{name}") != "theirs"
    }


def version_in(form: Mapping[str, str], prefix: str = "") -> int:
    """The version that the person saw; 0, which is never the newest, where the form does not say."""
    return whole_in(form.get(f"{prefix}version")) or 0


@login_not_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed. Open to strangers for one reason: a session that ended must not cost what was typed."""
    if not isinstance(request.user, Person):
        return _held_back(request, pk)
    row = visible_entry(person_of(request), pk)
    typed = typed_in(request.POST)
    try:
        saved = verbs.save(request.user, row, version_in(request.POST), typed)
        if request.POST.get("then") == "submit":
            saved = verbs.submit(request.user, saved)
    except StaleError as clash:
        return clashed(request, row, clash)
    except TaizhangError as refusal:
        return _refused(request, row, typed, refusal)
    if wants_part(request):
        return render(request, "entries/_saved.html", {"entry": saved, "findings": by_field(saved), "is_answer": True})
    said = _("“%s”已提交。") if request.POST.get("then") == "submit" else _("“%s”已保存。")
    messages.success(request, said % saved)
    return redirect("entry", pk)


def clashed(request: HttpRequest, row: Entry, clash: StaleError, why: str | None = None) -> HttpResponse:
    """Both versions. Saved by itself, the form only says so and offers them; nothing typed leaves the page."""
    theirs = clash.theirs
    if not isinstance(theirs, Entry):
        raise TypeError(theirs)
    if wants_part(request):
        return render(request, "entries/_saved.html", {"entry": theirs, "clash": str(clash)})
    before = shown_values(theirs)
    pairs = [
        {"field": name, "name": NAMES[name], "mine": clash.mine[name], "theirs": before[name],
         "is_same": clash.mine[name].strip() == before[name].strip()}
        for name in FIELDS if name in clash.mine
    ]  # fmt: skip
    action = reverse("entry-save" if why is None else "entry-correct", args=[row.pk])
    context: dict[str, Any] = {"entry": theirs, "pairs": pairs, "sentence": str(clash), "action": action, "why": why}
    return render(request, "entries/clash.html", context, status=409)


def _refused(request: HttpRequest, row: Entry, typed: dict[str, str], refusal: TaizhangError) -> HttpResponse:
    """The sentence, and the form with what was typed."""
    if wants_part(request):
        return render(request, "entries/_saved.html", {"entry": row, "refusal": str(refusal)})
    status = 403 if isinstance(refusal, NotAllowedError) else 409 if isinstance(refusal, OutOfOrderError) else 400
    row.refresh_from_db()
    return entry_page(request, row, typed=typed, refusal=str(refusal), status=status)


def _held_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The session ended: what was typed waits in a new one, and stands in the form again after login."""
    typed = typed_in(request.POST)
    request.session["typed"] = {"entry": pk, "fields": {name: text[:LONGEST] for name, text in typed.items()}}
    there = reverse("entry", args=[pk])
    if wants_part(request):
        return render(request, "entries/_saved.html", {"login": f"{reverse('login')}?next={there}"})
    return redirect(f"{reverse('login')}?next={there}")
