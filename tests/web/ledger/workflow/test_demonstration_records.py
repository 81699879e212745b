"""What the demonstration tells of the invented college is true by its kinds, except what is there to be found."""

from dataclasses import replace
from datetime import date

from taizhang.records import Likenesses, judge, shelf
from taizhang.records.places import addresses
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar
from taizhang.web.ledger.workflow.demonstration_records import REPORTERS, flawed, told

CALENDAR = Calendar(date(2026, 11, 22))


def test_what_is_told_is_beyond_reproach():
    kinds = shelf()
    found = {
        (record.title, flaw.message)
        for _unit, record in told(CALENDAR)
        for flaw in judge(record, kinds[record.kind], as_of=CALENDAR.today)
    }
    assert found == set()


def test_every_kind_is_told_of_and_nothing_twice():
    records = [replace(record, id=str(number)) for number, (_unit, record) in enumerate(told(CALENDAR))]
    assert {record.kind for record in records} == set(shelf())
    index = Likenesses(records)
    assert [(record.title, index.of(record)) for record in records if index.of(record)] == []


def test_what_is_flawed_is_found():
    kinds = shelf()
    codes = {flaw.code for _unit, record in flawed(CALENDAR) for flaw in judge(record, kinds[record.kind])}
    assert {"level_combined", "postponed", "unit", "title_state", "evidence"} <= codes
    index = Likenesses(replace(record, id=str(number)) for number, (_unit, record) in enumerate(told(CALENDAR)))
    assert any(index.of(replace(record, id="x")) for _unit, record in flawed(CALENDAR))


def test_units_are_the_casts_and_places_can_be_read():
    assert {unit for unit, _record in (*told(CALENDAR), *flawed(CALENDAR))} == set(REPORTERS)
    places = {record.place for _unit, record in told(CALENDAR) if record.place}
    assert {place for place in places if not addresses(place)} == {"西岭州"}
    assert told(CALENDAR) == told(CALENDAR)
