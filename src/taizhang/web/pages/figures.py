"""派生值: a figure opened down: formula, the records that count with what they add, those left out with why, their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taizhang.core.attainment import Attainment, Direction, Goal, attained, each_year, plain
from taizhang.core.figure import Counted, Figure, LeftOut
from taizhang.core.formula import Basis, Formula, explained
from taizhang.web.ledger import access, derived
from taizhang.web.ledger.models import Indicator, IndicatorFormula, Method, Period, Person, Record, RecordCitation
from taizhang.web.pages.asking import person_of
from taizhang.web.pages.formula_forms import departments

SHOWN = 100  # records of each list on a page; more are told in one line
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure on the page: numerator, denominator, or the only one."""

    title: str
    figure: Figure
    counted: Sequence[_Row]
    left_out: Sequence[_Row]
    more_counted: int
    more_left_out: int
    hidden: int
    hidden_amount: Decimal
    hidden_left_out: int


@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure of an indicator at the end of a period; without a formula, why its value is typed by hand."""
    person = person_of(request)
    rows = access.figured_indicators(person).select_related("programme__college", "unit", "task", "group")
    indicator = get_object_or_404(rows, pk=pk)
    kept = IndicatorFormula.objects.filter(indicator=indicator).select_related("kept_by").first()
    periods = list(indicator.programme.periods.all())
    asked = request.GET.get("period", "")
    period = next((each for each in periods if str(each.pk) == asked), None) or derived.usual_period(
        indicator.programme
    )
    shown: _Row = {
        "indicator": indicator, "programme": indicator.programme, "kept": kept, "periods": periods, "period": period,
        "may_manage": access.may_manage(person, indicator.programme),
        "entries": access.visible_entries(person).filter(indicator=indicator).select_related("round__period"),
    }  # fmt: skip
    if kept is not None and kept.method == Method.DERIVED:
        shown |= _opened(person, indicator, kept, period)
    return render(request, "figures/figure.html", shown)


def _opened(person: Person, indicator: Indicator, kept: IndicatorFormula, period: Period | None) -> _Row:
    formula = Formula.from_json({**kept.formula, "basis": indicator.basis})
    source = derived.source_of(indicator.programme.college, formula.kinds)
    found = derived.figure_of(indicator, kept.formula, source, period)
    titles = (_("分子"), _("分母")) if found.parts else ("",)
    drafts = access.held_records(person).filter(
        college=indicator.programme.college, kind__in=formula.kinds, stage__in=derived.DRAFTS, withdrawn_at=None
    )
    parts = found.parts or (found,)
    seen = _seen(person, indicator, parts)
    return {
        "figure": found,
        "sentence": explained(
            derived.named(formula, dict(departments(indicator.programme.college))), source.pool.kinds
        ),
        "parts": [_part(title, part, seen) for title, part in zip(titles, parts, strict=True)],
        "draft_count": drafts.count(),
        "kinds": formula.kinds,
        "unconfirmed": len({each.record.id for part in parts for each in part.counted} & source.unconfirmed),
        **_attained(indicator, found, period),
    }


def _attained(indicator: Indicator, found: Figure, period: Period | None) -> _Row:
    """The target of the period and how far the figure reaches it."""
    target = indicator.targets.filter(period=period).first() if period else None
    if target is None or target.number is None or found.value is None:
        return {"target": target}
    goal = Goal(target.number, target.upper, Direction(indicator.direction))
    result: Attainment = attained(goal, found.value)
    if indicator.basis == Basis.PER_YEAR and period is not None:
        years = {
            year: value or Decimal(0)
            for year, value in found.years.items()
            if period.first_year <= year <= period.last_year
        }
        yearly = each_year(goal, years)
        result = yearly.whole if yearly is not None else result
    return {"target": target, "attainment": result, "ratio": plain(round(result.ratio, 2))}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person may open: the codes of all visible records, and the rows of those on the page, with evidence."""

    codes: frozenset[str]
    rows: dict[str, Record]


def _seen(person: Person, indicator: Indicator, parts: Sequence[Figure]) -> Seen:
    college = indicator.programme.college
    told = [each.record for part in parts for each in part.counted]
    told += [each.record for part in parts for each in part.left_out]
    visible = access.visible_records(person).filter(college=college)
    kinds = {record.kind for record in told}
    codes = frozenset(visible.filter(kind__in=kinds).order_by().values_list("code", flat=True))
    on_page: set[str] = set()
    for part in parts:
        for named in ([each.record.id for each in part.counted], [each.record.id for each in part.left_out]):
            on_page.update([code for code in named if code in codes][:SHOWN])
    cited = Prefetch(
        "citations", RecordCitation.objects.filter(withdrawn_at=None).select_related("evidence"), to_attr="cited"
    )
    found = visible.filter(code__in=on_page).select_related("unit").prefetch_related(cited)
    return Seen(codes, {row.code: row for row in found})


def _part(title: str, found: Figure, seen: Seen) -> Part:
    """What the person may open row by row; of the records of others only how many they are and what they add."""
    mine = [each for each in found.counted if each.record.id in seen.codes]
    others = [each for each in found.counted if each.record.id not in seen.codes]
    out = [each for each in found.left_out if each.record.id in seen.codes]
    return Part(
        title=title,
        figure=found,
        counted=[_counted(each, seen) for each in mine[:SHOWN] if each.record.id in seen.rows],
        left_out=[_left_out(each, seen) for each in out[:SHOWN] if each.record.id in seen.rows],
        more_counted=max(len(mine) - SHOWN, 0),
        more_left_out=max(len(out) - SHOWN, 0),
        hidden=len(others),
        hidden_amount=sum((each.amount for each in others), Decimal(0)),
        hidden_left_out=len(found.left_out) - len(out),
    )


def _counted(each: Counted, seen: Seen) -> _Row:
    return {"row": seen.rows[each.record.id], "amount": plain(each.amount), "when": each.when, "note": each.note}


def _left_out(each: LeftOut, seen: Seen) -> _Row:
    return {"row": seen.rows[each.record.id], "why": each.why}
