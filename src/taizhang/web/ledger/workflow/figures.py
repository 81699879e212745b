"""Derived figures: say how an indicator's value is made, and keep what the formulas of a college come to."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.core.figure import Figure, evaluated
from taizhang.core.formula import Formula, faults
from taizhang.profiles import load
from taizhang.web.ledger import access, derived, history
from taizhang.web.ledger.models import (
    DerivedFigure,
    Indicator,
    IndicatorFormula,
    Method,
    Person,
    Programme,
    Unit,
)
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError

_WRITTEN = ("value", "unit", "years", "at", "counted", "left_out", "unconfirmed", "inputs", "made_at")
_MOST_NAMED = 500  # ids in one question
FIELDS = ("method", "formula", "reason", "weight")


def keep_formula(
    person: Person, indicator: Indicator, version: int, *, method: str, formula: Mapping[str, Any] | None = None,
    reason: str = "", weight: Decimal | None = None,
) -> IndicatorFormula:  # fmt: skip
    """Say where the value of an indicator comes from; a formula that cannot be right is refused, with its faults."""
    if not access.may_manage(person, indicator.programme):
        raise NotAllowedError("只有双高办能定指标的取值方式。")
    kept = _sound(indicator, formula or {}) if method == Method.DERIVED else {}
    if method == Method.MANUAL and not reason.strip():
        raise RefusedError("手工填报要写明理由，比如“数据来自统计年报”。")
    if weight is not None and not 0 <= weight <= 100:
        raise RefusedError("分值应在 0 到 100 之间。")
    with transaction.atomic():
        locked = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        row = IndicatorFormula.objects.filter(indicator=locked).first() or IndicatorFormula(indicator=locked, version=0)
        if row.version != version:
            raise StaleError("取值方式刚刚被改过，请看过新内容再改。", row, {})
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
        if method == Method.MANUAL:
            DerivedFigure.objects.filter(indicator=locked).delete()
    return row


def _sound(indicator: Indicator, told: Mapping[str, Any]) -> dict[str, Any]:
    if indicator.qualitative:
        raise RefusedError("定性指标没有数可算，只能手工填报。")
    try:
        formula = Formula.from_json({**told, "basis": indicator.basis})
    except ValueError as error:
        raise RefusedError("公式没有写完整。") from error
    college = indicator.programme.college
    profile = load(indicator.programme.profile)
    found = faults(formula, derived.terms_of(shelf_of(college)), profile.levels, profile.catalogue, indicator.measure)
    known = {str(pk) for pk in Unit.objects.filter(college=college).values_list("pk", flat=True)}
    if any(pk not in known for part in formula.parts for pk in part.departments):
        found.append("所选的部门不是本校的")
    if found:
        raise RefusedError("；".join(found) + "。")
    return formula.to_json()


def recompute(college: Unit) -> int:
    """Bring the kept figures of a college up to its records; how many were worked out anew.

    One question tells which kinds of records changed; only the formulas that read these are worked out.
    """
    rows = IndicatorFormula.objects.filter(indicator__programme__college=college, method=Method.DERIVED).order_by()
    told = list(rows.values_list("pk", "indicator_id", "formula", "indicator__basis", "indicator__programme_id"))
    if not told:
        return 0
    programmes = {each.pk: each for each in Programme.objects.filter(college=college).prefetch_related("periods")}
    years = {
        pk: [programme.first_year, programme.last_year, *(x for each in programme.periods.all() for x in (each.pk, each.last_year))]
        for pk, programme in programmes.items()
    }  # fmt: skip
    source = derived.source_of(
        college, {kind for _pk, _id, formula, *_more in told for kind in derived.kinds_of(formula)}
    )
    kept = dict(
        DerivedFigure.objects.filter(indicator__programme__college=college).values_list("indicator_id", "inputs")
    )
    stale = {
        pk: inputs
        for pk, indicator, formula, basis, programme in told
        if kept.get(indicator) != (inputs := derived.inputs_of(formula, basis, years[programme], source))
    }
    found = rows.filter(pk__in=stale) if len(stale) < _MOST_NAMED else rows
    made = [
        _figure(row, source, programmes[row.indicator.programme_id], stale[row.pk])
        for row in found.select_related("indicator")
        if row.pk in stale
    ]
    _write(made)
    return len(made)


def _figure(row: IndicatorFormula, source: derived.Source, programme: Programme, inputs: str) -> DerivedFigure:
    formula = derived.formula_of(row.formula, row.indicator, source.units)
    whole = evaluated(formula, source.pool, derived.window_of(programme))
    at = derived.at_periods(formula, whole, source, programme, programme.periods.all())
    parts = whole.parts or (whole,)
    counted = {each.record.id for part in parts for each in part.counted}
    return DerivedFigure(
        indicator=row.indicator, value=_kept(whole.value), unit=whole.unit, inputs=inputs, made_at=timezone.now(),
        years={str(year): _text(number) for year, number in whole.years.items()},
        at={key: _text(number) for key, number in at.items()}, counted=len(counted), left_out=_left_out(parts),
        unconfirmed=len(counted & source.unconfirmed),
    )  # fmt: skip


def _left_out(parts: Iterable[Figure]) -> int:
    return sum(len(part.left_out) for part in parts)


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
