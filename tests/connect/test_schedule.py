from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.connect.declaration import Connector, Destination, Every, Source, SourceKind
from taizhang.connect.schedule import is_due

NOW = datetime(2024, 5, 15, 8, tzinfo=UTC)  # a Wednesday


def connector(every, hour=6):
    source = Source(kind=SourceKind.JSON, address="https://a.example.edu.cn/")
    return Connector(name="甲", source=source, goal=Destination.VALUE, every=every, hour=hour)


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        (Every.DAY, None, True),
        (Every.DAY, NOW - timedelta(hours=1), False),
        (Every.DAY, NOW - timedelta(hours=9), True),
        (Every.WEEK, NOW - timedelta(days=2), False),
        (Every.WEEK, NOW - timedelta(days=3), True),
        (Every.MONTH, NOW - timedelta(days=14), False),
        (Every.MONTH, NOW - timedelta(days=15), True),
        (Every.HAND, None, False),
    ],
)
def test_it_is_due_once_in_each_day_week_or_month(every, last, due):
    assert is_due(connector(every), last, NOW) is due


def test_it_is_not_due_before_its_hour():
    assert not is_due(connector(Every.DAY, hour=9), None, NOW)


@given(st.sampled_from([Every.DAY, Every.WEEK, Every.MONTH]), st.datetimes(timezones=st.just(UTC)))
def test_what_was_just_fetched_is_never_due_again(every, moment):
    assert not is_due(connector(every), moment, moment)
