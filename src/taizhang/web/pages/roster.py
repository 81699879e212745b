"""People and units from Excel: a template, a preview of what will be added and changed, then all or nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.sheets import template
from taizhang.web.ledger.workflow import roster
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.people import keeper
from taizhang.web.pages.sheet import answer, held, held_again, uploaded

_KINDS = {
    "people": (roster.PEOPLE, roster.try_people, roster.take_people),
    "units": (roster.UNITS, roster.try_units, roster.take_units),
}


@require_GET
def form(request: HttpRequest, what: str) -> HttpResponse:
    """The template to fill in offline."""
    keeper(request)
    sheet = _KINDS[what][0]
    return answer(template(sheet), f"{sheet.name}导入模板")


def take_in(request: HttpRequest, what: str) -> HttpResponse:
    """Upload, see what it would do, confirm."""
    keeper(request)
    person = person_of(request)
    sheet, attempt, take = _KINDS[what]
    shown = {"what": what, "sheet": sheet, "tab": what}
    if request.method != "POST":
        return render(request, "people/take_in.html", shown)
    try:
        if "held" in request.POST:
            filled = roster.filled_again(sheet, held_again(person, what, request.POST["held"]))
            outcome = take(person, filled)
            if not filled.faults:
                messages.success(request, _("已导入，共 %(number)s 处改动。") % {"number": len(outcome.steps)})
                return redirect(what)
        else:
            filled = uploaded(request, sheet)
            if not filled.faults and not filled.rows:
                raise RefusedError(_("表里没有可导入的行。"))
            outcome = attempt(person, filled) if not filled.faults else roster.Outcome()
    except TaizhangError as refusal:
        return render(request, "people/take_in.html", {**shown, "problem": str(refusal)}, status=422)
    if not filled.faults:
        shown["held"] = held(person, what, roster.rows_of(filled))
    return render(
        request, "people/take_in.html", {**shown, "filled": filled, "outcome": outcome}, status=422 if filled.faults else 200
    )  # fmt: skip
