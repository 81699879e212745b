"""Suppositions: better never counts less, what each does adds up to the whole, and nothing told is changed."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as some

from taizhang.core.attainment import Direction, Goal
from taizhang.core.grade import Tier, projected
from taizhang.core.scoring import Scheme, Scorable, scored
from taizhang.core.supposing import at_target, at_value, effects
from taizhang.profiles import load

D = Decimal
SCHEME = Scheme.of(load("national").sections, parts=load("budget-form").sections["scoring"]["parts"])
VALUES = some.decimals(min_value=0, max_value=1000, places=2)
GOALS = some.builds(Goal, VALUES, some.none(), some.sampled_from(Direction))
SHARES = some.decimals(min_value=0, max_value=100, places=1)


def numbered(key, goal, actual):
    return Scorable(key=key, name=f"指标{key}", part="产出", goal=goal, actual=actual)


def worded(key, text="尚在推进"):
    return Scorable(key=key, name=f"指标{key}", part="效益", text=text)


ITEMS = some.lists(
    some.one_of(some.builds(numbered, some.just(0), GOALS, VALUES), some.builds(worded, some.just(0))),
    min_size=1, max_size=8,
).map(lambda items: [replace(item, key=key) for key, item in enumerate(items, 1)])  # fmt: skip


def alone(item):
    return scored([item], SCHEME).rows[0]


@given(ITEMS)
def test_at_its_target_everything_is_full_whatever_was_told(items):
    for item in items:
        row = alone(at_target(item, SCHEME))
        assert (row.score, row.is_told, row.asks) == (row.weight, True, "")


@given(GOALS, VALUES, VALUES)
def test_a_better_value_never_scores_less(goal, one, other):
    worse, better = sorted([one, other], reverse=goal.direction is Direction.LOWER)
    item = numbered(1, goal, D(1))
    scores = [alone(at_value(item, value, SCHEME)).score for value in (worse, better)]
    assert scores == sorted(scores)


@given(SHARES, SHARES)
def test_a_qualitative_indicator_scores_the_share_that_is_supposed(one, other):
    rows = [alone(at_value(worded(1), share, SCHEME)) for share in sorted((one, other))]
    assert [row.score for row in rows] == sorted(row.score for row in rows)
    assert abs(rows[1].score - rows[1].weight * max(one, other) / 100) < D("0.01")


def test_a_share_that_no_band_has_is_none():
    assert at_value(worded(1), D(101), SCHEME) is None
    assert at_value(worded(1), D(-1), SCHEME) is None


@given(VALUES, GOALS)
def test_supposing_what_is_told_changes_nothing(value, goal):
    item = numbered(1, goal, value)
    assert at_value(item, value, SCHEME) == item
    tiers = [Tier("学校", scored([item], SCHEME))]
    assert effects(tiers, tiers, SCHEME) == ()


@given(some.lists(ITEMS, min_size=1, max_size=3), some.data())
def test_what_each_does_adds_up_to_what_the_whole_gains(told, data):
    assume(SCHEME.shares_for(len(told)) is not None or len(told) == 1)
    supposed = [
        [data.draw(some.sampled_from([item, at_target(item, SCHEME)]) if item.goal is None
                   else VALUES.map(lambda value, item=item: at_value(item, value, SCHEME))) for item in items]
        for items in told
    ]  # fmt: skip
    now, then = (
        [Tier(f"层面{place}", scored(items, SCHEME)) for place, items in enumerate(each)] for each in (told, supposed)
    )
    found = effects(now, then, SCHEME)
    gained = projected(then, SCHEME).total - projected(now, SCHEME).total
    assert abs(sum((each.points for each in found), D(0)) - gained) < D("0.05")
    assert [each.points for each in found] == sorted((each.points for each in found), reverse=True)


def test_tiers_that_do_not_count_do_nothing():
    many = [Tier(f"层面{place}", scored([numbered(1, Goal(D(10)), D(5))], SCHEME)) for place in range(5)]
    better = [*many[:4], Tier("层面4", scored([numbered(1, Goal(D(10)), D(9))], SCHEME))]
    assert effects(many, better, SCHEME) == ()
