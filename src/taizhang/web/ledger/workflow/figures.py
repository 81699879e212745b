"""Derived figures: say how an indicator's value is made, and keep what the formulas of a college come to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.formula import Formula, faults
from taizhang.core.tally import Tally
from taizhang.profiles import load
from taizhang.web.ledger import access, derived, history
from taizhang.web.ledger.models import (
    DerivedFigure,
    Indicator,
    IndicatorFormula,
    Method,
    Period,
    Person,
    Programme,
    Unit,
)
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow.programme import keep_indicator
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError

_WRITTEN = ("value", "unit", "years", "at", "counted", "left_out", "unconfirmed", "inputs", "made_at")
FIELDS = ("method", "formula", "reason", "weight")


def keep_formula(
    person: Person, indicator: Indicator, version: int, *, method: str, formula: Mapping[str, Any] | None = None,
    reason: str = "", weight: Decimal | None = None,
) -> IndicatorFormula:  # fmt: skip
    """Say where the value of an indicator comes from; a formula that cannot be right is refused, with its faults.

    Another basis that it tells becomes that of the indicator: a figure and its target are always on the same.
    """
    if not access.may_manage(person, indicator.programme):
        raise NotAllowedError(_("只有双高办能定指标的取值方式。"))
    basis = (formula or {}).get("basis", indicator.basis) if method == Method.DERIVED else indicator.basis
    kept = _sound(indicator, {**(formula or {}), "basis": basis}) if method == Method.DERIVED else {}
    if method == Method.MANUAL and not reason.strip():
        raise RefusedError(_("手工填报要写明理由，比如“数据来自统计年报”。"))
    if weight is not None and not 0 <= weight <= 100:
        raise RefusedError(_("分值应在 0 到 100 之间。"))
    with transaction.atomic():
        locked = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        row = IndicatorFormula.objects.filter(indicator=locked).first() or IndicatorFormula(indicator=locked, version=0)
        if row.version != version:
            raise StaleError(_("取值方式刚刚被改过，请看过新内容再改。"), row, {})
        before = history.written(row, *FIELDS) if row.pk else None
        row.method, row.formula, row.weight = method, kept, weight
        row.reason = reason.strip() if method == Method.MANUAL else ""
        row.kept_at, row.kept_by = timezone.now(), person
        row.version += 1
        row.save()
        history.record(
            indicator.programme.college, person, "keep_formula", indicator, before=before,
            after=history.written(row, *FIELDS),
        )  # fmt: skip
        if basis != locked.basis:
            keep_indicator(person, locked.programme, locked, locked.version, {"basis": basis})
        if method == Method.MANUAL:
            DerivedFigure.objects.filter(indicator=locked).delete()
    return row


def _sound(indicator: Indicator, told: Mapping[str, Any]) -> dict[str, Any]:
    if indicator.qualitative:
        raise RefusedError(_("定性指标没有数可算，只能手工填报。"))
    try:
        formula = Formula.from_json(told)
    except ValueError as error:
        raise RefusedError(_("公式没有写完整。")) from error
    college = indicator.programme.college
    profile = load(indicator.programme.profile)
    found = faults(formula, derived.terms_of(shelf_of(college)), profile.levels, profile.catalogue, indicator.measure)
    known = {str(pk) for pk in Unit.objects.filter(college=college).values_list("pk", flat=True)}
    if any(pk not in known for part in formula.parts for pk in part.departments):
        found.append(_("所选的部门不是本校的"))
    if found:
        raise RefusedError("；".join(found) + "。")
    return formula.to_json()


def recompute(college: Unit) -> int:
    """Bring the kept figures of a college up to its records; how many were worked out anew.

    One question tells which kinds of records changed; only the formulas that read these are worked out.
    """
    rows = IndicatorFormula.objects.filter(indicator__programme__college=college, method=Method.DERIVED).order_by()
    told = list(rows.values_list("indicator_id", "formula", "indicator__basis", "indicator__programme_id"))
    if not told:
        return 0
    programmes = {each.pk: each for each in Programme.objects.filter(college=college)}
    periods: dict[int, list[Period]] = {pk: [] for pk in programmes}
    for period in Period.objects.filter(programme__in=programmes):
        periods[period.programme_id].append(period)
    years = {
        pk: [each.first_year, each.last_year, *(x for period in periods[pk] for x in (period.pk, period.last_year))]
        for pk, each in programmes.items()
    }
    source = derived.source_of(college, {kind for _id, formula, *_more in told for kind in derived.kinds_of(formula)})
    known = DerivedFigure.objects.filter(indicator__programme__college=college).order_by()
    kept = dict(known.values_list("indicator_id", "inputs"))
    made, now = [], timezone.now()
    for indicator, formula, basis, programme in told:
        inputs = derived.inputs_of(formula, basis, years[programme], source)
        if kept.get(indicator) != inputs:
            how = derived.formula_of(formula, basis, source.units)
            tally, at = derived.tally_of(how, source, programmes[programme], periods[programme])
            made.append(_figure(indicator, tally, at, inputs, now))
    _write(made)
    return len(made)


def _figure(
    indicator: int, tally: Tally, at: Mapping[str, Decimal | None], inputs: str, made_at: datetime
) -> DerivedFigure:
    return DerivedFigure(
        indicator_id=indicator, value=_kept(tally.value), unit=tally.unit, inputs=inputs, made_at=made_at,
        years={str(year): _text(number) for year, number in tally.years.items()},
        at={key: _text(number) for key, number in at.items()}, counted=tally.counted, left_out=tally.left_out,
        unconfirmed=tally.marked,
    )  # fmt: skip


def _kept(value: Decimal | None) -> Decimal | None:
    """As the column holds it."""
    return None if value is None else round(value, 10)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(round(value, 10).normalize(), "f")


def _write(made: Sequence[DerivedFigure]) -> None:
    """Put the figures in place of those that were kept, in one statement; the newest to come wins."""
    if not made:
        return
    DerivedFigure.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["indicator"], update_fields=_WRITTEN, batch_size=500
    )
