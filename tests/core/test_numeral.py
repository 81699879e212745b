"""Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import numeral


@given(st.integers(1, 99_999_999))
def test_what_was_written_reads_back(value: int) -> None:
    assert numeral.parse(numeral.write(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("两", 2), ("十", 10), ("两百", 200), ("一百零五", 105), ("百万", 10**6), ("三亿零二百万", 302_000_000)],
)
def test_spoken_forms_are_read(text: str, value: int) -> None:
    assert numeral.parse(text) == value


@pytest.mark.parametrize(
    "text", ["", "三二", "十四五", "二〇二三", "三百五", "三万五", "百千万", "零", "一" * 40, "万" * 9999]
)
def test_what_is_ill_formed_is_no_number(text: str) -> None:
    assert numeral.parse(text) is None


@given(st.text(numeral.CHARACTERS, max_size=30))
def test_no_run_of_numerals_breaks_it(text: str) -> None:
    value = numeral.parse(text)
    assert value is None or value > 0
