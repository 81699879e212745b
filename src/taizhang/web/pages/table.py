"""表格填报: many items at once in a table like a spreadsheet; without script it is one long form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Entry, LifeState, Person
from taizhang.web.ledger.workflow import entries as verbs
from taizhang.web.ledger.workflow.trouble import StaleError
from taizhang.web.pages.asking import person_of, wants_part, whole_in
from taizhang.web.pages.entries import SHOWN, asked_by, paged, shown_values
from taizhang.web.pages.filling import typed_in, version_in

_FIELDS = ("text", "rate", "state", "reason")


@dataclass(slots=True)
class Line:
    """A row of the table: the item, what stands in its cells, and what became of saving it."""

    entry: Entry
    values: Mapping[str, str]
    may_fill: bool
    refusal: str = ""
    theirs: Mapping[str, str] | None = None
    is_saved: bool = False

    @property
    def seen(self) -> list[tuple[str, str]]:
        """What the ledger holds as the person now sees it: the next save tells by it which cells were changed."""
        values = shown_values(self.entry)
        return [(name, values[name]) for name in _FIELDS]

    @property
    def is_unsaved(self) -> bool:
        """Whether the cells hold something that is not in the ledger."""
        return bool(self.refusal)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The same list as that of the items, to be typed into."""
    asked = asked_by(request)
    context = paged(asked, asked.entries)
    lines = [Line(row, shown_values(row), access.may_fill(asked.person, row)) for row in context["entries"]]
    return _shown(request, lines, context)


def _shown(request: HttpRequest, lines: list[Line], context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    shown = {**context, "lines": lines, "states": LifeState.choices}
    return render(request, "entries/table.html", shown, status=status)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save what was typed: one row as soon as it is left, or, without script, every row that was changed."""
    person = person_of(request)
    keys = [key for text in request.POST.getlist("row") if (key := whole_in(text)) is not None]
    rows = {row.pk: row for row in access.visible_entries(person).filter(pk__in=keys).select_related(*SHOWN)}
    lines = [_kept(person, rows[key], request.POST) for key in keys if key in rows]
    if wants_part(request):
        return render(request, "entries/_lines_said.html", {"lines": lines})
    trouble = [line for line in lines if line.is_unsaved]
    if trouble:
        context = {"asked": asked_by(request), "trouble": len(trouble), "entries": [line.entry for line in lines]}
        return _shown(request, lines, context, status=409)
    saved = sum(line.is_saved for line in lines)
    messages.success(request, _("保存了 %d 行。") % saved if saved else _("没有改动。"))
    query = request.GET.urlencode()
    return redirect(reverse("entry-table") + (f"?{query}" if query else ""))


def _kept(person: Person, row: Entry, form: Mapping[str, str]) -> Line:
    """One row, saved if it was changed; refused with what was typed still in its cells."""
    prefix = f"{row.pk}-"
    typed = typed_in(form, prefix)
    before = shown_values(row)
    seen = {name: form.get(f"{prefix}seen-{name}", before[name]) for name in typed}
    # Only cells that this person changed: what another wrote into the others in the meantime is not undone.
    changed = {name: text for name, text in typed.items() if _plain(text) != _plain(seen[name])}
    if not changed:
        return Line(row, before, access.may_fill(person, row))
    try:
        saved = verbs.save(person, row, version_in(form, prefix), changed)
    except StaleError as clash:
        theirs = clash.theirs if isinstance(clash.theirs, Entry) else row
        return Line(theirs, {**before, **changed}, True, str(clash), shown_values(theirs))
    except TaizhangError as refusal:
        return Line(row, {**before, **changed}, access.may_fill(person, row), str(refusal))
    return Line(saved, shown_values(saved), True, is_saved=True)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
