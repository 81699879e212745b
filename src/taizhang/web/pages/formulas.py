"""取值方式: how the value of an indicator is made, chosen in a form that says in a sentence what was chosen."""

from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from taizhang.core.figure import Figure
from taizhang.core.formula import Formula, explained, faults
from taizhang.profiles import load
from taizhang.web.ledger import access, derived
from taizhang.web.ledger.models import Indicator, IndicatorFormula, Method
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import figures as verbs
from taizhang.web.ledger.workflow.trouble import RefusedError, StaleError
from taizhang.web.ledger.workflow.typed import number
from taizhang.web.pages import formula_forms as forms
from taizhang.web.pages.asking import person_of, wants_part, whole_in

_EMPTY: dict[str, Any] = {"part": {"operation": "count"}}


def formula(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; what is chosen in it, with its sentence and its value today, where the address tells a choice."""
    person = person_of(request)
    rows = access.figured_indicators(person).select_related("programme__college", "unit")
    indicator = get_object_or_404(rows, pk=pk)
    if not access.may_manage(person, indicator.programme):
        return render(request, "403.html", status=403)
    kept = IndicatorFormula.objects.filter(indicator=indicator).first()
    if request.method == "POST":
        return _kept(request, indicator, kept)
    told = forms.told(request.GET) if "kind" in request.GET else dict(kept.formula) if kept else {}
    shown = _shown(indicator, kept, told or _EMPTY, request.GET)
    return render(request, "figures/_formula.html" if wants_part(request) else "figures/formula.html", shown)


def _kept(request: HttpRequest, indicator: Indicator, kept: IndicatorFormula | None) -> HttpResponse:
    """Keep what was chosen; refused with a sentence and nothing lost."""
    told = forms.told(request.POST) | {"basis": forms.basis(request.POST, indicator)}
    try:
        verbs.keep_formula(
            person_of(request), indicator, whole_in(request.POST.get("seen")) or 0, formula=told,
            method=Method.DERIVED if request.POST.get("method") == Method.DERIVED else Method.MANUAL,
            reason=request.POST.get("reason", "")[:300], weight=_weight(request.POST.get("weight", "")),
        )  # fmt: skip
    except (RefusedError, StaleError) as refusal:
        shown = _shown(indicator, kept, told, request.POST) | {"refusal": str(refusal)}
        return render(request, "figures/formula.html", shown, status=409 if isinstance(refusal, StaleError) else 422)
    messages.success(request, _("取值方式已保存。"))
    return redirect("figure", indicator.pk)


def _weight(text: str) -> Decimal | None:
    return number(text)


def _shown(
    indicator: Indicator, kept: IndicatorFormula | None, told: dict[str, Any], form: Mapping[str, str]
) -> dict[str, Any]:
    """The form as it stands: the choices, the sentence, what is wrong, and what comes out today."""
    college = indicator.programme.college
    kinds = derived.terms_of(shelf_of(college))
    told = forms.fitting(told, kinds)
    units = forms.departments(college)
    is_new = "kind" in form or "method" in form
    basis = forms.basis(form, indicator)
    return {
        "indicator": indicator,
        "programme": indicator.programme,
        "kept": kept,
        "method": form.get("method") if is_new else kept.method if kept else Method.DERIVED,
        "reason": form.get("reason", "") if is_new else kept.reason if kept else "",
        "weight": form.get("weight", "") if is_new else kept.weight.normalize() if kept and kept.weight else "",
        "seen": form.get("seen") if is_new else kept.version if kept else 0,
        "part": forms.side(told.get("part", {}), kinds),
        "divisor": forms.side(told["divisor"], kinds, "d-") if "divisor" in told else None,
        "told": told,
        "operations": forms.OPERATIONS.items(),
        "dated": forms.DATED.items(),
        "bases": forms.BASES.items(),
        "basis": basis,
        "known_tags": forms.tags(college),
        "departments": units,
        "levels": [rung.name for rung in (*load().levels.order, *load().levels.apart)],
        "years": range(indicator.programme.first_year, indicator.programme.last_year + 1),
        **judged(indicator, told, dict(units), basis),
    }


def judged(indicator: Indicator, told: Mapping[str, Any], names: Mapping[str, str], basis: str) -> dict[str, Any]:
    """The sentence of a formula, its faults, and, where there are none, what it comes to with today's records."""
    college = indicator.programme.college
    try:
        formula = Formula.from_json({**told, "basis": basis})
    except ValueError:
        return {"faults": [_("公式没有写完整。")]}
    kinds, profile = derived.terms_of(shelf_of(college)), load(indicator.programme.profile)
    found = faults(formula, kinds, profile.levels, profile.catalogue, indicator.measure)
    sentence = explained(derived.named(formula, names), kinds) if all(part.kinds for part in formula.parts) else ""
    figure: Figure | None = None
    if not found:
        source = derived.source_of(college, formula.kinds)
        indicator = copy(indicator)
        indicator.basis = basis
        figure = derived.figure_of(indicator, told, source)
    parts = (figure.parts or (figure,)) if figure else ()
    return {
        "sentence": sentence,
        "faults": found,
        "figure": figure,
        "counted": sum(len(part.counted) for part in parts),
        "left_out": sum(len(part.left_out) for part in parts),
    }
