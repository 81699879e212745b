"""What records come to: counted where they count, added up only where that is right."""

from dataclasses import replace
from decimal import Decimal

from report_snapshots import small, with_records
from taizhang.core.record import Record, RecordMeasure
from taizhang.records import shelf
from taizhang.reports.digest import all_totals, by_kind, of_record, of_section, totals

KIND = shelf()["training_programme"]
DONE = next(state.key for state in KIND.states if state.counts)


def training(number: int, value: int, unit: str = "人次", **more: object):
    measure = replace_measure(RecordMeasure("人次", Decimal(value), unit), more)
    return of_record(
        f"record/{number}",
        Record(id=f"R{number}", kind=KIND.key, title="农机手培训", state=DONE, measures=(measure,)),
        KIND,
    )


def replace_measure(measure: RecordMeasure, more: dict[str, object]) -> RecordMeasure:
    return measure._replace(**more)


def sums(*rows):
    return {(total.name, total.unit): total.value for total in totals("s", rows)}


def test_what_is_of_one_unit_and_one_period_is_added_up_in_the_unit_of_the_kind() -> None:
    assert sums(training(1, 30), training(2, 20)) == {("培训项目", "条"): 2, ("培训项目人次", "人次"): 50}


def test_running_totals_bounds_and_foreign_units_are_in_no_sum() -> None:
    for odd in (training(2, 20, cumulative=True), training(2, 20, qualifier="超")):
        assert ("培训项目人次", "人次") not in sums(training(1, 30), odd)
    assert ("培训项目人次", "人次") in sums(training(1, 30)) and all(
        unit != "公里" for _, unit in sums(training(1, 3, "公里"))
    )


def test_what_is_only_applied_for_is_counted_nowhere() -> None:
    told = with_records(small())
    assert not next(each for each in told.records if each.ref == "record/99").counts
    assert all("record/99" not in total.members for total in all_totals(told))


def test_a_section_shows_the_records_of_its_kinds() -> None:
    rows = of_section(with_records(small()), "regional_service/lifelong_learning")
    assert "培训项目" in by_kind(rows)


def test_a_record_of_an_unknown_kind_says_only_what_it_says() -> None:
    row = of_record("r", Record(id="R", kind="gone", title="旧事", state="done"), None)
    assert (row.kind, row.counts, row.sections) == ("gone", False, ())


def test_addresses_of_sums_are_given_once() -> None:
    found = [total.address for total in all_totals(with_records(small()))]
    assert len(found) == len(set(found))
    assert replace(small()).records == ()
