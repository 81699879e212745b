"""Attainment: direction, range, zero and cap, and that what fell short is never printed as reached."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.attainment import Cap, Direction, Goal, attained, each_year, plain, shown

NUMBERS = some.decimals(min_value=0, max_value=10**6, places=2)
POSITIVE = some.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)
D = Decimal


@given(POSITIVE, NUMBERS)
def test_more_is_better_is_met_exactly_from_the_target_on(goal, actual):
    result = attained(Goal(goal), actual)
    assert result.is_met == (actual >= goal)
    assert result.ratio == actual / goal * 100


@given(POSITIVE, POSITIVE)
def test_less_is_better_is_met_exactly_down_from_the_target(goal, actual):
    result = attained(Goal(goal, direction=Direction.LOWER), actual)
    assert result.is_met == (actual <= goal)
    assert result.ratio == goal / actual * 100


@given(POSITIVE, NUMBERS, NUMBERS)
def test_a_better_value_never_lowers_the_attainment(goal, first, second):
    low, high = sorted((first, second))
    assert attained(Goal(goal), low).ratio <= attained(Goal(goal), high).ratio


@given(POSITIVE, POSITIVE, NUMBERS)
def test_a_range_is_met_within_it(low, wide, actual):
    result = attained(Goal(low, low + wide), actual)
    assert result.is_met == (actual >= low)
    if low <= actual <= low + wide:
        assert result.ratio == 100


@given(some.sampled_from(Direction), some.decimals(-1000, 1000, places=2), some.decimals(-1000, 1000, places=2))
def test_what_fell_short_is_never_shown_as_100_nor_what_was_met_as_less(direction, goal, actual):
    result = attained(Goal(goal, direction=direction), actual)
    assert (shown(result, Cap.CAPPED) == 100) == result.is_met
    assert (shown(result, Cap.AS_IS, 0) >= 100) == result.is_met
    assert 0 <= shown(result, Cap.CAPPED) <= 100
    assert result.working


@pytest.mark.parametrize(
    ("goal", "actual", "met"),
    [
        (Goal(D(0)), D(0), True),
        (Goal(D(0)), D(-1), False),
        (Goal(D(0), direction=Direction.LOWER), D(0), True),
        (Goal(D(0), direction=Direction.LOWER), D(1), False),
        (Goal(D(-2)), D(-1), True),
        (Goal(D(-2)), D(-3), False),
        (Goal(D(-2), direction=Direction.LOWER), D(-1), False),
    ],
)
def test_a_target_that_nothing_can_be_divided_by_is_met_or_not(goal, actual, met):
    result = attained(goal, actual)
    assert (result.is_met, result.ratio) == (met, D(100) if met else D(0))
    assert "不能作除数" in result.working[0]


def test_nothing_at_all_of_what_should_be_little_meets_the_target():
    assert attained(Goal(D(5), direction=Direction.LOWER), D(0)).is_met


def test_the_cap_is_shown_or_not_as_declared():
    result = attained(Goal(D(8)), D(14))
    assert shown(result, Cap.CAPPED) == 100
    assert shown(result, Cap.AS_IS) == 175
    assert result.working == ("14 ÷ 8 = 175%",)


def test_almost_everything_is_not_everything():
    result = attained(Goal(D(100_000)), D(99_999))
    assert shown(result, Cap.CAPPED) == D("99.99")
    assert shown(result, Cap.AS_IS, 0) == 99


def test_a_yearly_target_is_reached_by_the_worst_year():
    found = each_year(Goal(D(10)), {2024: D(12), 2023: D(9)})
    assert found is not None
    assert not found.whole.is_met
    assert found.whole.ratio == 90
    assert found.whole.working[-1] == "每年都要达到 ≥10，取完成度最低的一年（2023 年）"
    assert each_year(Goal(D(10)), {}) is None


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        (Goal(D("120.00")), "≥120"),
        (Goal(D(5), direction=Direction.LOWER), "≤5"),
        (Goal(D(8), D(10)), "8～10"),
    ],
)
def test_a_goal_is_named_as_people_write_it(goal, text):
    assert goal.text == text


def test_a_number_is_written_without_needless_zeros():
    assert [plain(D(each)) for each in ("10", "1.50", "0.000", "1E+3")] == ["10", "1.5", "0", "1000"]
