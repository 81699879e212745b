"""What records come to: counted where they count, added up only where that is right."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from report_snapshots import small, with_records
from taizhang.core.record import Record, RecordMeasure
from taizhang.records import shelf
from taizhang.reports.digest import all_totals, by_kind, of_record, of_section, things, totals

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
    apart = [total.name for total in all_totals(told) if "record/99" in total.members]
    assert set(apart) == {"没有做成的业务记录"}


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


def award(number: int, year: int, level: str, count: int | None = None):
    measures = () if count is None else (RecordMeasure("获奖数", Decimal(count), "项"),)
    record = Record(
        id=f"R{number}", kind="award", title=f"技能竞赛{number}", state="awarded", level=level or None,
        start=date(year, 5, 1), measures=measures,
    )  # fmt: skip
    return of_record(f"record/{number}", record, shelf()["award"])


def test_a_record_stands_for_as_many_things_as_it_says_and_for_one_where_none_says_so() -> None:
    alone = things("s", [award(1, 2022, "省级"), award(2, 2023, "国家级"), award(3, 2023, "")])
    assert alone is not None and alone.whole.value == 3
    assert [(year, total.value) for year, total in alone.years] == [(2022, 1), (2023, 2)]
    assert [(level, total.value) for level, total in alone.levels] == [("国家级", 1), ("省级", 1)]
    summed = things("s", [award(1, 2022, "省级", 6), award(2, 2023, "省级", 9)])
    assert summed is not None and summed.whole.value == 15


def test_where_some_say_how_many_they_are_and_others_do_not_no_number_is_made() -> None:
    assert things("s", [award(1, 2022, "省级", 6), award(2, 2023, "省级")]) is None


def test_a_record_without_tags_finds_its_section_by_what_it_says_and_one_with_a_tag_keeps_to_it() -> None:
    plain = replace(KIND.example, tags=(), title="西岭职业学校骨干教师跟岗", fields={"plan": "职教帮扶"}, partners=())
    row = of_record("r", plain, KIND)
    assert row.guessed == ("counterpart_support/partner_colleges",) and set(row.guessed) <= set(row.sections)
    assert of_record("r", replace(plain, tags=("产教融合",)), KIND).guessed == ()
    assert of_record("r", replace(plain, title="校内讲座", fields={}), KIND).guessed == ()
