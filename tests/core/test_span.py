"""What a period told as text covers, and that nothing is guessed."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.record import Record
from taizhang.core.span import Span, span_of, understood

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold/records.json"
TODAY = date(2023, 12, 31)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def covered(told: str) -> str:
    found = understood(told, TODAY)
    return "；".join(f"{first}..{last}" for first, last in found.parts) if found else ""


@pytest.mark.parametrize(
    ("told", "covers"),
    [
        ("2023", "2023-01-01..2023-12-31"),
        ("2023年", "2023-01-01..2023-12-31"),
        ("2023年度", "2023-01-01..2023-12-31"),
        ("2022-2023", "2022-01-01..2023-12-31"),
        ("2022—2023年", "2022-01-01..2023-12-31"),
        ("2022年至2023年", "2022-01-01..2023-12-31"),
        ("2022-2023学年", "2022-09-01..2023-08-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2023年3月", "2023-03-01..2023-03-31"),
        ("２０２３年３月８日", "2023-03-08..2023-03-08"),
        ("2023.3.8", "2023-03-08..2023-03-08"),
        ("2023-11-20..21", "2023-11-20..2023-11-21"),
        ("2023年11月20-21日", "2023-11-20..2023-11-21"),
        ("2023年11月20日至21日", "2023-11-20..2023-11-21"),
        ("2023年11月28日至12月3日", "2023-11-28..2023-12-03"),
        ("2023年3月至6月", "2023-03-01..2023-06-30"),
        ("2023-12..2024-02", "2023-12-01..2024-02-29"),
        ("2023-11-11;2023-12-04..05", "2023-11-11..2023-11-11；2023-12-04..2023-12-05"),
        ("2022;2023", "2022-01-01..2022-12-31；2023-01-01..2023-12-31"),
        ("2016 to 2024-06", "2016-01-01..2024-06-30"),
        ("since 2010", "2010-01-01..None"),
        ("2010年以来", "2010-01-01..None"),
        ("自2010年5月起", "2010-05-01..None"),
        ("截至2023年底", "None..2023-12-31"),
        ("截至2023年6月", "None..2023-06-30"),
        ("last 5 years", "2019-01-01..2023-12-31"),
        ("近五年", "2019-01-01..2023-12-31"),
        ("2023年上半年", "2023-01-01..2023-06-30"),
        ("2023年第三季度", "2023-07-01..2023-09-30"),
    ],
)
def test_periods_are_understood(told: str, covers: str) -> None:
    assert covered(told) == covers


@pytest.mark.parametrize(
    "told",
    ["", "since opening", "中期", "2023-13", "2023-02-30", "2023-12..2023-03", "3+2", "12345", "2023;去年", "0023"],
)
def test_what_cannot_be_known_is_not_guessed(told: str) -> None:
    assert understood(told, TODAY) is None


def test_recent_years_need_to_know_from_when() -> None:
    assert understood("近五年") is None


def test_every_year_has_no_days_of_its_own() -> None:
    assert understood("per year") == understood("每年") == Span(None, None, every_year=True)


@given(days, days)
def test_a_range_of_days_covers_both_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = understood(f"{first.isoformat()}..{last.isoformat()}")
    assert found is not None and (found.start, found.end) == (first, last)
    assert found.years == tuple(range(first.year, last.year + 1))
    assert understood(f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日") == found


@given(days, days, days, days)
def test_overlapping_is_mutual_and_means_a_shared_day(a: date, b: date, c: date, d: date) -> None:
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    one, other = Span(a, b, ((a, b),)), Span(c, d, ((c, d),))
    assert one.overlaps(other) == other.overlaps(one) == (max(a, c) <= min(b, d))


@given(st.text(max_size=20))
def test_no_text_breaks_it(told: str) -> None:
    understood(told, TODAY)


def test_a_records_own_days_come_before_its_period() -> None:
    told = Record(id="1", kind="event", title="会", period="2023", start=date(2023, 5, 8), end=date(2023, 5, 9))
    assert span_of(told) == Span(date(2023, 5, 8), date(2023, 5, 9), ((date(2023, 5, 8), date(2023, 5, 9)),))
    assert span_of(Record(id="1", kind="event", title="会", period="2023")) == understood("2023")
    assert span_of(Record(id="1", kind="event", title="会")) is None
    counted = span_of(Record(id="1", kind="event", title="会", as_of=TODAY))
    assert counted is not None and (counted.start, counted.end) == (None, TODAY)
    begun = span_of(Record(id="1", kind="event", title="会", start=TODAY))
    assert begun is not None and begun.end == TODAY
    open_ended = span_of(Record(id="1", kind="event", title="会", period="since 2020", start=date(2020, 3, 1)))
    assert open_ended is not None and (open_ended.start, open_ended.end) == (date(2020, 3, 1), None)


def test_all_periods_of_the_annotated_records_are_understood_but_one() -> None:
    if not GOLD.exists():
        pytest.skip("../shared with the annotated records is not beside this clone")
    told = {each["period"] for each in json.loads(GOLD.read_text(encoding="utf-8"), parse_float=Decimal)} - {None}
    assert {each for each in told if understood(each, TODAY) is None} == {"since opening"}
