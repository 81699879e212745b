"""Formulas and the records that feed them, for web tests: 培训量 of the college, counted for the indicator of the scene."""

from datetime import date
from decimal import Decimal

from taizhang.core import record as core
from taizhang.web.ledger.models import IndicatorFormula, Method
from taizhang.web.ledger.workflow import figures, record_steps
from web_records import entered

DAYS = {"part": {"operation": "sum", "kinds": ["training_programme"], "measure": "培训量", "unit": "人日"}}
CLASSES = {"part": {"operation": "count", "kinds": ["training_programme"]}}


def formula(scene, told=None, measure="人日", **more):
    """The scene's indicator is made by this formula: the training days of the college unless told otherwise."""
    scene.indicator.measure = measure
    scene.indicator.save()
    kept = IndicatorFormula.objects.filter(indicator=scene.indicator).first()
    version = kept.version if kept else 0
    usual = {"method": Method.DERIVED, "formula": DAYS if told is None else told}
    return figures.keep_formula(scene.people.office, scene.indicator, version, **(usual | more))


def trained(scene, days=230, year=2024, unit=None, person=None, *, is_handed_in=True, **changed):
    """A class of so many training days in that year, handed in."""
    person = person or (scene.people.colleague if unit == scene.training else scene.people.reporter)
    measures = (core.RecordMeasure("培训量", Decimal(days), "人日"),)
    told = {"start": date(year, 5, 8), "end": date(year, 5, 12), "period": f"{year}-05", "measures": measures} | changed
    row = entered(scene, person, unit, **told)
    return record_steps.take(record_steps.submitting(), person, row) if is_handed_in else row


def confirmed(scene, row):
    """The record, confirmed by the lead and by the office."""
    lead = scene.people.lead if row.unit == scene.teaching else scene.people.office
    row = record_steps.take(record_steps.confirming(), lead, row)
    return record_steps.take(record_steps.confirming(), scene.people.office, row)
