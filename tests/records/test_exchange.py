"""Records go out as JSON and come back equal, whatever numbers they tell."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.errors import RecordError
from taizhang.core.record import Record, RecordMeasure
from taizhang.records import read, shelf, written

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold/records.json"


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), max_size=4))
def test_numbers_come_back_exact(values: list[Decimal]) -> None:
    told = Record(
        id="1", kind="event", title="会", measures=tuple(RecordMeasure("数", value, "项") for value in values)
    )
    assert read(written([told])) == (told,)


def test_the_examples_of_all_kinds_come_back_equal() -> None:
    examples = tuple(kind.example for kind in shelf().values())
    assert read(written(examples)) == examples


def test_the_annotated_records_go_out_as_they_came_in() -> None:
    if not GOLD.exists():
        pytest.skip("../shared with the annotated records is not beside this clone")
    text = GOLD.read_text(encoding="utf-8")
    assert json.loads(written(read(text))) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "第 1 行不合 JSON 写法"),
        ("{}", "最外层应是列表"),
        ("[1]", "最外层应是列表"),
        ('[{"id": "1", "kind": "event", "title": "会", "measures": [{"name": "数", "value": NaN}]}]', "“NaN”不是数"),
    ],
)
def test_what_is_no_list_of_records_is_refused(text: str, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        read(text)
