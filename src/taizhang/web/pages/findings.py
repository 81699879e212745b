"""报告问题: one finding with what the rule says, the ledger's item, and what is being done about it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.checks.registry import rules
from taizhang.web.ledger import access
from taizhang.web.ledger.models import FindingStatus, Person, ReportFinding
from taizhang.web.ledger.workflow import reports as verbs
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.report_forms import ExemptForm, GiveForm
from taizhang.web.pages.reports import PAGE


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What the person was given to mend, the nearest day first."""
    person = person_of(request)
    rows = access.visible_findings(person).filter(assigned_to=person, status=FindingStatus.OPEN)
    page = Paginator(rows.select_related("report").order_by("due", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/findings.html", {"page": page, "today": timezone.localdate()})


def _finding(request: HttpRequest, pk: int) -> ReportFinding:
    rows = access.visible_findings(person_of(request)).select_related(
        "report__college", "report__unit", "assigned_to", "exempt_by", "entry__point__task", "entry__indicator"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, refused: dict[str, Any] | None = None) -> HttpResponse:
    """The page of a finding; `refused` is a form with what was typed and why it was not taken."""
    person, row = person_of(request), _finding(request, pk)
    rule = rules().get(row.code)
    entry = access.visible_entries(person).filter(pk=row.entry_id or 0).first()
    shown: dict[str, Any] = {
        "finding": row, "entry": entry, "today": timezone.localdate(), "rule": rule,
        "why": rule.section("为什么") if rule else "", "ground": rule.section("依据") if rule else "",
        "sees_report": access.visible_reports(person).filter(pk=row.report_id).exists(),
        "may_treat": access.may_treat(person, row.report), "may_exempt": access.may_exempt(person, row.report),
        "is_mine": row.assigned_to_id == person.pk,
        "elsewhere": list(zip(row.content.get("elsewhere", ()), row.content.get("related", ()), strict=True)),
        "exempt_form": ExemptForm(),
        "give_form": GiveForm(
            initial={"person": row.assigned_to_id, "measure": row.measure, "due": row.due}, finding=row, asker=person
        ),
    }  # fmt: skip
    return render(request, "reports/finding.html", shown | (refused or {}), status=422 if refused else 200)


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Exempt, give to a colleague, mark as mended, or open again."""
    person, row = person_of(request), _finding(request, pk)
    form = _form(request, person, row, verb)
    with telling(request, _("已保存。") if form is None or form.is_valid() else "", form):
        if form is None:
            (verbs.mend if verb == "mend" else verbs.open_again)(person, row)
        elif form.is_valid():
            got = form.cleaned_data
            if verb == "exempt":
                verbs.exempt(person, row, got["reason"], got["until"])
            else:
                verbs.give(person, row, got["person"], got["measure"], got["due"])
    if form is not None and form.errors:
        return _page(request, pk, {f"{verb}_form": form})
    return redirect("finding", pk)


def _form(request: HttpRequest, person: Person, row: ReportFinding, verb: str) -> ExemptForm | GiveForm | None:
    if verb == "exempt":
        return ExemptForm(request.POST)
    return GiveForm(request.POST, finding=row, asker=person) if verb == "give" else None
