"""A factor leads only between units of one thing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.records.units import are_apart, factor_refused, measured

KNOWN = [
    "人",
    "名",
    "人次",
    "万人次",
    "人日",
    "人天",
    "万人日",
    "人时",
    "学时",
    "个",
    "项",
    "期",
    "元",
    "万元",
    "亿元",
    "%",
]


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_only_the_true_factor_is_taken_and_only_within_one_thing(one: str, other: str) -> None:
    mine, its = measured(one), measured(other)
    assert mine is not None and its is not None
    refused = factor_refused(other, its.scale / mine.scale, one)
    if one == other:
        assert "已经是规范单位" in refused
    elif are_apart(one, other):
        assert ("计的不是一回事" in refused) or {one, other} in ({"个", "人"}, {"个", "名"})
    else:
        assert refused == ""
        assert factor_refused(other, its.scale / mine.scale * 3, one) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("人", "人次"), ("人次", "人日"), ("学时", "人时"), ("个", "人次"), ("元", "美元")]
)
def test_what_counts_different_things_is_never_converted(one: str, other: str) -> None:
    assert are_apart(one, other)
    assert factor_refused(other, Decimal(1), one).endswith("不能换算。")
