from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.connect.rows import cell, day_of, number_of, text_of


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_a_number_printed_is_read_back_exactly(number):
    assert number_of(text_of(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_marks_and_full_width_digits_change_nothing(number):
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert number_of(f"{number:,}") == number_of(wide) == number


@pytest.mark.parametrize("text", ["", "12,34", "约 30", "3 门", "1.2.3", "--", "nan", "1e5"])
def test_what_is_not_plainly_a_number_is_none(text):
    assert number_of(cell(text)) is None


def test_a_percentage_gives_the_number_before_its_sign():
    assert number_of("98.5%") == Decimal("98.5")
    assert number_of("９８％") == 98


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_is_read_however_it_is_written(day):
    written = (
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d} 08:00:00",
    )
    assert {day_of(text) for text in written} == {day}


def test_no_day_is_made_up():
    assert [day_of(text) for text in ("2024-02-30", "2024", "下周", None, Decimal(3))] == [None] * 5


def test_cells_of_drivers_become_text_numbers_and_days():
    told = [
        None,
        True,
        3,
        2.5,
        Decimal("1.50"),
        datetime(2024, 5, 1, 9, tzinfo=UTC),
        date(2024, 5, 1),
        "  文 ",
        "",
        b"x",
    ]
    day = date(2024, 5, 1)
    assert list(map(cell, told)) == [None, "是", 3, Decimal("2.5"), Decimal("1.5"), day, day, "文", None, "b'x'"]
