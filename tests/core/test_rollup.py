"""Roll-ups: parts make the whole, postponed is never done, and nearly all is not all."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.rollup import Progress, Rolled, mean, one, progress, rolled, upward

D = Decimal
POINTS = some.lists(some.tuples(some.sampled_from(("1-1", "1-2", "2-1")), some.sampled_from(Progress)), max_size=40)


@given(POINTS)
def test_rows_make_the_whole_however_they_are_cut(points):
    rows = rolled(points)
    whole = rolled((0, what) for _, what in points).get(0, Rolled())
    assert sum(rows.values(), Rolled()) == whole == sum((one(what) for _, what in points), Rolled())
    assert whole.done == Counter(what for _, what in points)[Progress.DONE]


@given(POINTS)
def test_a_tree_adds_every_row_to_all_above_it(points):
    rows = upward(rolled(points), lambda code: code.rpartition("-")[0] or None)
    for top in ("1", "2"):
        below = [row for code, row in rows.items() if code.startswith(f"{top}-")]
        assert rows.get(top, Rolled()) == sum(below, Rolled())


@pytest.mark.parametrize(
    ("state", "rate", "what"),
    [
        ("built", D(100), Progress.DONE),
        ("", D(120), Progress.DONE),
        ("", D("99.99"), Progress.OPEN),
        ("", None, Progress.OPEN),
        ("applied", D(100), Progress.OPEN),
        ("postponed", D(100), Progress.POSTPONED),
        ("cancelled", D(100), Progress.CANCELLED),
    ],
)
def test_only_what_is_done_is_done(state, rate, what):
    assert progress(state, rate) is what


def test_the_working_says_what_does_not_count():
    row = Rolled(12, 10, 1, 1)
    assert row.rate == D("83.33")
    assert row.working == "任务点 12 个，完成 10 个（延期 1 个、取消 1 个，不计完成）：10 ÷ 12 = 83.33%"
    assert Rolled().working == "没有任务点"
    assert Rolled(20_001, 20_000).rate == D("99.99")


@given(some.lists(some.decimals(-50, 900, places=2), max_size=20))
def test_one_indicator_far_above_its_target_hides_no_other(values):
    found = mean(values)
    assert (found is None) == (not values)
    if found is not None:
        assert 0 <= found <= 100
        assert (found == 100) == all(value >= 100 for value in values)
