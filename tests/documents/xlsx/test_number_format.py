"""Numbers are shown as Excel shows them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.xlsx.number_format import UnknownFormatError, builtin_code, show_number, show_text


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.82", "0%", "82%"),
        ("0.1256", "0.00%", "12.56%"),
        ("1.005", "0.00", "1.01"),
        ("2.5", "0", "3"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("-3.2", "#,##0.0;[Red](#,##0.0)", "(3.2)"),
        ("1234567", "#,##0,", "1,235"),
        ("1234567", '0.0,,"百万"', "1.2百万"),
        ("12", "000", "012"),
        ("12345678", "000-0000", "1234-5678"),
        ("0.5", "#.##", ".5"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("120", '[>=100]0"高";0"低"', "120高"),
        ("7", '[>=100]0"高";0"低"', "7低"),
        ("3", '0"间"', "3间"),
        ("3", "[$¥-804]#,##0.00", "¥3.00"),
        ("0", '0;-0;"—"', "—"),
        ("12", "@", "12"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", "aaaa", "星期一"),
        ("45292.75", "yyyy/m/d h:mm", "2024/1/1 18:00"),
        ("45292.5", '上午/下午h"时"mm"分"', "下午12时00分"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.5", "h:mm:ss", "12:00:00"),
        ("-1", "yyyy/m/d", "########"),
    ],
)
def test_code_shows(value: str, code: str, shown: str) -> None:
    assert show_number(Decimal(value), code) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.30000000000000004", "0.3"),
        ("0.82000000000000006", "0.82"),
        ("0.333333333333333", "0.333333333"),
        ("1234567.891234", "1234567.891"),
        ("12345678901", "12345678901"),
        ("123456789012", "1.23457E+11"),
        ("0.00001", "0.00001"),
        ("0.000012345678", "1.23457E-05"),
        ("-17.50", "-17.5"),
        ("0E-10", "0"),
    ],
)
def test_general_has_eleven_characters(value: str, shown: str) -> None:
    assert show_number(Decimal(value), "General") == shown


def test_a_day_in_the_other_epoch_is_four_years_later() -> None:
    assert show_number(Decimal(0), "yyyy/m/d", epoch_1904=True) == "1904/1/1"


def test_ids_left_to_the_language_are_chinese() -> None:
    assert show_number(Decimal(45292), builtin_code(57)) == "2024年1月"
    assert builtin_code(9) == "0%"


@pytest.mark.parametrize("code", ["# ?/?", "0" * 300])
def test_an_unknown_format_is_said(code: str) -> None:
    with pytest.raises(UnknownFormatError):
        show_number(Decimal(1), code)


def test_a_number_beyond_excel_is_refused() -> None:
    with pytest.raises(UnknownFormatError):
        show_number(Decimal("1E+99999999"), "0")


def test_text_is_kept_unless_the_format_adds_to_it() -> None:
    assert show_text("已完成", "0.00%") == "已完成"
    assert show_text("甲", '@"组"') == "甲组"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_two_places_are_shown_exactly(value: Decimal) -> None:
    assert Decimal(show_number(value, "#,##0.00").replace(",", "")) == value


@given(
    st.text(alphabet='0#?,.%;"yMdhs[]<>=@E+-_*\\年 /', max_size=30), st.decimals(allow_nan=False, allow_infinity=False)
)
def test_any_code_shows_something_or_is_refused(code: str, value: Decimal) -> None:
    with suppress(UnknownFormatError):
        assert isinstance(show_number(value, code), str)


def test_a_fraction_with_its_own_denominator_is_not_guessed():
    with pytest.raises(UnknownFormatError):
        show_number(Decimal("1.25"), "# ?/4")
