import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from taizhang.connect.carried import packed, packed_fault, unpacked
from taizhang.connect.items import Fault, Item
from taizhang.core.record import Move, Record, RecordMeasure

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)
records = st.builds(
    Record, id=st.just("甲｜1"), kind=st.just("award"), title=st.text(min_size=1),
    measures=st.tuples(st.builds(RecordMeasure, name=st.just("数量"), value=numbers, unit=st.just("项"))),
    moves=st.tuples(st.builds(Move, state=st.just("awarded"), on=st.dates())), fields=st.just({"grade": "一等"}),
)  # fmt: skip
items = st.builds(
    Item, key=st.text(min_size=1), rows=st.tuples(st.integers(1, 99)), record=st.none() | records,
    indicator=st.sampled_from(["", "1.1"]), period=st.sampled_from(["", "2024 年度"]), number=st.none() | numbers,
    as_of=st.none() | st.just(date(2024, 1, 1)), working=st.sampled_from(["", "3 行"]),
)  # fmt: skip


@given(items)
def test_what_was_shown_is_what_is_written(item):
    assert unpacked(json.loads(json.dumps(packed(item)))) == item


def test_a_fault_is_told_again_in_the_same_words():
    fault = Fault(3, "人次", "“多”不是数。")
    assert Fault(*json.loads(json.dumps(packed_fault(fault)))) == fault
