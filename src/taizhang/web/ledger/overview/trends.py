"""Indicators over time: what was aimed at and what was told, period by period."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Indicator, Period, Person, Programme, Target
from taizhang.web.ledger.overview.chart import NOTHING, Chart, Mark, Row, Series, Shape, Tone

PER_PAGE = 20


def indicators(person: Person, programme: Programme) -> QuerySet[Indicator]:
    """The indicators with numbers that the person sees, in the order of the task book."""
    rows = access.visible_indicators(person).filter(programme=programme, qualitative=False, is_dropped=False)
    return rows.order_by("position", "pk")


def trends(person: Person, programme: Programme, shown: Sequence[Indicator]) -> list[Chart]:
    """One chart for each of the indicators; as many queries for twenty as for one."""
    periods = list(Period.objects.filter(programme=programme))
    goals: dict[tuple[int, int], Decimal] = {
        (indicator, period): number
        for indicator, period, number in Target.objects.filter(indicator__in=shown, number__isnull=False).values_list(
            "indicator", "period", "number"
        )
        if number is not None
    }
    told: dict[tuple[int, int], tuple[int, Decimal]] = {}
    rows = access.visible_entries(person).filter(indicator__in=shown, number__isnull=False).order_by("round__opened_at")
    # The newest round of a period has the last word.
    for entry, indicator, period, number in rows.values_list("pk", "indicator", "round__period", "number"):
        if number is not None:
            told[indicator, period] = (entry, number)
    return [_trend(indicator, periods, goals, told) for indicator in shown]


def _trend(
    indicator: Indicator,
    periods: list[Period],
    goals: dict[tuple[int, int], Decimal],
    told: dict[tuple[int, int], tuple[int, Decimal]],
) -> Chart:
    page = reverse("indicator", args=[indicator.pk])
    rows = []
    for period in periods:
        goal, value = goals.get((indicator.pk, period.pk)), told.get((indicator.pk, period.pk))
        if goal is None and value is None:
            continue
        aimed = Mark(goal, page) if goal is not None else NOTHING
        actual = Mark(value[1], reverse("entry", args=[value[0]])) if value is not None else NOTHING
        rows.append(Row(period.name, (aimed, actual), page))
    return Chart(
        key=f"indicator-{indicator.pk}", title=str(indicator), shape=Shape.LINES, of=_("期间"),
        question=_("%(basis)s，%(direction)s") % {"basis": indicator.get_basis_display(), "direction": indicator.get_direction_display()},
        unit=indicator.measure, series=(Series(_("目标值"), Tone.GOAL), Series(_("实现值"), Tone.GOOD)), rows=tuple(rows),
        empty=_("还没有目标值，也没有填报实现值。"),
    )  # fmt: skip
