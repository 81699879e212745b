"""Units and what they measure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.quantity import Quantity
from taizhang.profiles import load

CATALOGUE = load().catalogue


@pytest.mark.parametrize(
    ("unit", "dimension", "scale"),
    [
        ("万元", "元", 10_000), ("元", "元", 1), ("亿元", "元", 10**8), ("万人日", "人日", 10_000), ("人天", "人日", 1),
        ("名", "人", 1), ("人次", "人次", 1), ("公顷", "亩", 15), ("万元/年", "元/年", 10_000), ("万", "", 10_000),
        ("门（个）", "件", 1), ("台（套）", "件", 1), ("平方公里", "面积", 10**6),
    ],
)  # fmt: skip
def test_a_printed_unit_measures_its_dimension(unit: str, dimension: str, scale: int) -> None:
    assert CATALOGUE.measure(unit) == (dimension, scale)


def test_an_unknown_unit_measures_nothing() -> None:
    assert CATALOGUE.measure("咕噜") is None
    assert CATALOGUE.normal(Quantity(Decimal(3), "咕噜")) == (3, "咕噜")


@given(st.decimals(0, 10**6, places=4))
def test_ten_thousand_of_a_unit_are_one_of_its_myriad(value: Decimal) -> None:
    assert CATALOGUE.normal(Quantity(value, "万元")) == CATALOGUE.normal(Quantity(value * 10_000, "元"))


def test_the_longest_unit_is_read() -> None:
    assert [CATALOGUE.unit_at(text, 0).name for text in ("人次", "人日", "人员", "个百分点", "个月")] == [
        "人次", "人日", "人", "个百分点", "个月",
    ]  # fmt: skip


def test_a_unit_that_begins_another_word_is_none() -> None:
    assert CATALOGUE.unit_at("部门", 0) is None
