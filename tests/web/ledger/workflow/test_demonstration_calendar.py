"""The demonstration is always in mid-flight, and what it tells has always happened already."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.documents import read
from taizhang.records import shelf
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar

REPORT = Path(__file__).resolve().parents[4] / "samples/自评报告-云岭职业技术学院.docx"
DAYS = some.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(DAYS)
def test_today_is_in_the_second_year_or_the_first_half_of_the_third(today):
    calendar = Calendar(today)
    assert calendar.first_year < today.year <= calendar.first_year + 2
    assert calendar.last_year - calendar.first_year == 3
    assert all(int(term[:4]) <= today.year for term in calendar.terms)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022 年立项，2023年度完成", "2025 年立项，2026年度完成"),
        ("截至2023年12月31日", "截至2026年10月31日"),
        ("2023年12月调查", "2026年10月调查"),
        ("推迟到2024年4月", "推迟到2027年4月"),
        ("1310 人，22000 人日，12023 元", "1310 人，22000 人日，12023 元"),
    ],
)
def test_years_are_moved_and_numbers_are_not(written, meant):
    assert Calendar(date(2026, 11, 22)).text(written) == meant


@given(DAYS)
def test_examples_of_kinds_have_happened(today):
    calendar = Calendar(today)
    for kind in shelf().values():
        assert calendar.is_past(calendar.bygone(kind.example))


def test_a_report_says_the_same_of_other_years(tmp_path):
    moved = tmp_path / "a.docx"
    moved.write_bytes(Calendar(date(2026, 11, 22)).report(REPORT.read_bytes()))
    then, now = read(REPORT), read(moved)
    calendar = Calendar(date(2026, 11, 22))
    assert [[calendar.text(cell.text) for cell in row] for table in then.tables for row in table.rows] == [
        [cell.text for cell in row] for table in now.tables for row in table.rows
    ]
    assert Calendar(date(2024, 5, 15)).report(b"any") == b"any"
