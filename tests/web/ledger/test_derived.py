"""Derived figures read from the ledger: drafts never count, units with all below them, and one fingerprint for one state."""

from decimal import Decimal

import pytest

from taizhang.core.figure import evaluated
from taizhang.records import shelf
from taizhang.web.ledger import derived
from taizhang.web.ledger.models import Partner, Record, UnitKind
from taizhang.web.ledger.workflow import record_steps
from web_figures import CLASSES, DAYS, confirmed, formula, trained
from web_people import unit


def value(scene, kept=None, period=None):
    source = derived.source_of(scene.college, ["training_programme"])
    return derived.figure_of(scene.indicator, kept or DAYS, source, period).value


def test_what_was_handed_in_counts_and_drafts_do_not(scene):
    trained(scene, 230)
    trained(scene, 100, is_handed_in=False)
    assert value(scene) == 230


def test_one_more_record_is_seen_at_once(scene):
    trained(scene, 230)
    assert value(scene) == 230
    row = trained(scene, 70, unit=scene.training)
    assert value(scene) == 300
    record_steps.take(record_steps.taking_back(), scene.people.colleague, row)
    assert value(scene) == 230


def test_a_withdrawn_record_counts_no_more(scene):
    row = confirmed(scene, trained(scene, 230))
    assert value(scene) == 230
    record_steps.take(record_steps.dropping("重复登记"), scene.people.office, row)
    assert value(scene) == 0


def test_a_period_takes_the_years_up_to_its_end(scene):
    trained(scene, 100, year=2023)
    trained(scene, 30, year=2026)
    assert value(scene, period=scene.periods["mid"]) == 100
    assert value(scene, period=scene.periods["end"]) == 130
    trained(scene, 9, year=2022)
    assert value(scene, period=scene.periods["end"]) == 130


@pytest.mark.parametrize(("basis", "mid", "end"), [("per_year", 7, 0), ("point_in_time", 107, 107)])
def test_the_indicators_own_basis_is_the_formulas(scene, basis, mid, end):
    scene.indicator.basis = basis
    scene.indicator.save()
    trained(scene, 100, year=2023)
    trained(scene, 7, year=2025)
    assert (value(scene, period=scene.periods["mid"]), value(scene, period=scene.periods["end"])) == (mid, end)


def test_a_unit_counts_with_all_that_is_below_it(scene):
    office = unit("培训科", UnitKind.DEPARTMENT, scene.training)
    trained(scene, 20, unit=scene.training)
    row = trained(scene, 5, unit=scene.training)
    Record.objects.filter(pk=row.pk).update(unit=office, version=9)
    trained(scene, 100)
    by_unit = {"part": DAYS["part"] | {"departments": [str(scene.training.pk)]}}
    assert value(scene, by_unit) == 25
    gone = {"part": DAYS["part"] | {"departments": ["0"]}}
    assert value(scene, gone) == 0


def test_merged_partners_are_one(scene):
    each_once = {"part": {"operation": "distinct", "kinds": ["training_programme"], "over": "partner"}}
    trained(scene)
    trained(scene, partners=())
    assert value(scene, each_once) == 1
    before = derived.source_of(scene.college, ["training_programme"]).prints
    partner = Partner.objects.get()
    partner.name, partner.version = "青石街道", 2
    partner.save()
    assert derived.source_of(scene.college, ["training_programme"]).prints != before


def test_the_inputs_are_the_same_until_something_they_hang_on_changes(scene):
    def inputs():
        source = derived.source_of(scene.college, ["training_programme", "award"])
        return derived.inputs_of(DAYS, "cumulative", [2023, 2027], source)

    trained(scene)
    first = inputs()
    assert inputs() == first
    confirmed(scene, Record.objects.get())
    second = inputs()
    assert second != first
    assert derived.inputs_of(CLASSES, "cumulative", [2023, 2027], derived.source_of(scene.college)) != second
    scene.training.name = "继教学院"
    scene.training.save()
    assert inputs() != second


def test_every_shipped_kind_can_be_counted(scene):
    source = derived.source_of(scene.college)
    for key, kind in shelf().items():
        told = {"part": {"operation": "count", "kinds": [key]}}
        assert derived.figure_of(scene.indicator, told, source).value == 0
        assert source.pool.kinds[key].done == {state.key for state in kind.states if state.counts}


def test_values_at_periods_agree_with_each_worked_out_by_itself(scene):
    for year in (2023, 2024, 2026):
        trained(scene, year - 2000, year=year)
    latest = {"part": DAYS["part"] | {"operation": "latest"}}
    each_once = {"part": {"operation": "distinct", "kinds": ["training_programme"], "over": "partner"}}
    share = CLASSES | {"divisor": {"operation": "count", "kinds": ["award", "training_programme"]}}
    for kept in (DAYS, CLASSES, latest, each_once, share):
        source = derived.source_of(scene.college)
        how = derived.formula_of(kept, scene.indicator.basis, source.units)
        whole, found = derived.tally_of(how, source, scene.programme, scene.periods.values())
        assert whole.value == evaluated(how, source.pool, derived.window_of(scene.programme)).value
        for period in scene.periods.values():
            assert found[str(period.pk)] == value(scene, kept, period)


def test_a_formula_is_explained_with_the_names_of_units(scene):
    how = derived.formula_of(DAYS, scene.indicator.basis, {})
    with_units = derived.formula_of({"part": DAYS["part"] | {"departments": ["7"]}}, scene.indicator.basis, {})
    assert derived.named(with_units, {"7": "继续教育学院"}).part.departments == ("继续教育学院",)
    assert derived.named(how, {}) == how


def test_the_usual_period_is_the_end(scene):
    assert derived.usual_period(scene.programme) == scene.periods["end"]
    scene.periods["end"].targets.all().delete()
    scene.programme.periods.filter(kind="end").delete()
    assert derived.usual_period(scene.programme).kind != "end"
    assert derived.kinds_of(CLASSES | {"divisor": {"kinds": ["award"]}}) == {"training_programme", "award"}
    assert derived.profile_of(scene.programme).name == "省级双高"
    assert isinstance(value(scene), Decimal)


def test_an_item_is_offered_what_its_period_makes(scene):
    assert derived.offered(scene.value) is None
    assert derived.offered(scene.entries[0]) is None
    formula(scene)
    trained(scene, 230, year=2024)
    trained(scene, 9, year=2027)
    found = derived.offered(scene.value)
    assert (found.text, found.unit, found.counted) == ("230", "人日", 1)


@pytest.mark.parametrize(
    ("value", "typed", "agrees"),
    [
        ("230", "230", True), ("230", "231", False), ("85.714286", "85.7", True), ("85.714286", "85.71", True),
        ("85.714286", "86", True), ("85.714286", "85", False), ("230", "229.9", False), ("0", "0", True), ("90", "90.0", True),
    ],
)  # fmt: skip
def test_a_typed_value_may_be_rounded_and_nothing_else(value, typed, agrees):
    assert derived.Offered(Decimal(value), "", 1).agrees(Decimal(typed)) == agrees


def test_nothing_typed_agrees_with_no_value():
    assert not derived.Offered(None, "", 0).agrees(Decimal(1))
    assert derived.Offered(None, "", 0).text == ""
