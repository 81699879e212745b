"""Canonical JSON of frozen values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from report_snapshots import small, snapshots
from taizhang.core.errors import SnapshotError
from taizhang.core.record import Record, RecordMeasure
from taizhang.reports.canonical import text_of, value_of
from taizhang.reports.snapshot import Fund, Recorded, Snapshot


@given(snapshots())
def test_what_was_written_is_read_back_equal(told: Snapshot) -> None:
    assert value_of(text_of(told), Snapshot) == told


def test_records_and_days_and_money_come_back_as_they_were() -> None:
    record = Record(
        id="R1",
        kind="award",
        title="省级奖",
        start=date(2023, 5, 1),
        measures=(RecordMeasure("数量", Decimal("1.50"), "项"),),
    )
    told = replace(
        small(),
        records=(Recorded(ref="record/1", record=record, kind="荣誉与奖项", counts=True),),
        funds=(Fund(ref="f", name="省级财政", budget=Decimal("0.10")),),
    )
    again = value_of(text_of(told), Snapshot)
    assert again == told and str(again.funds[0].budget) == "0.10"


def test_equal_values_give_equal_bytes_and_the_order_of_keys_is_fixed() -> None:
    text = text_of(small())
    assert text == text_of(replace(small()))
    assert text.index('"college"') < text.index('"indicators"') < text.index('"tasks"') and ": " not in text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"name": 3}', "不是 JSON", '{"name":"x","period":{}}', '{"nonsense":1}']
)
def test_what_is_no_snapshot_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(SnapshotError, match="快照"):
        value_of(text, Snapshot)
