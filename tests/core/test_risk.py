"""A draw by risk: repeatable, fair to every unit, and its reasons said."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.risk import Drawable, Weights, draw, risk
from taizhang.profiles import load

WEIGHTS = Weights.of(load("generic").sections["risk"])
ITEMS = some.lists(
    some.builds(
        Drawable,
        number=some.integers(1, 10_000),
        unit=some.sampled_from("甲乙丙丁"),
        errors=some.integers(0, 3),
        evidence=some.integers(0, 3),
        returned=some.integers(0, 9),
        altered=some.booleans(),
        attainment=some.one_of(some.none(), some.decimals(0, 1000, places=2)),
    ),
    max_size=30,
    unique_by=lambda item: item.number,
)
SEEDS = some.integers(0, 2**63 - 1)


@given(ITEMS, some.integers(1, 40), SEEDS)
def test_a_draw_can_be_repeated_whatever_the_order(items, size, seed):
    drawn = draw(items, size, seed, WEIGHTS)
    assert drawn == draw(items[::-1], size, seed, WEIGHTS)
    assert len(drawn) == len({each.item.number for each in drawn}) == min(size, len(items))


@given(ITEMS, SEEDS)
def test_each_unit_comes_as_long_as_places_last(items, seed):
    units = {item.unit for item in items}
    drawn = draw(items, len(units), seed, WEIGHTS)
    assert {each.item.unit for each in drawn} == units


@given(ITEMS)
def test_the_points_are_of_the_reasons_told(items):
    for item in items:
        found = risk(item, WEIGHTS)
        assert bool(found.points) == bool(found.reasons)


@pytest.mark.parametrize(
    ("known", "points", "reasons"),
    [
        ({"evidence": 2}, 0, ()),
        ({"evidence": 0}, 30, ("没有佐证",)),
        ({"evidence": 1, "old_evidence": True}, 20, ("佐证都早于报告期", "只有一件佐证")),
        ({"evidence": 2, "errors": 1, "warnings": 2}, 42, ("检查有错误 1 处", "检查有存疑 2 处")),
        ({"evidence": 2, "differs": True}, 25, ("报告与台账不一致",)),
        ({"evidence": 2, "attainment": Decimal("233.33")}, 15, ("完成度 233.33%，远超目标",)),
        ({"evidence": 2, "attainment": Decimal(100)}, 4, ("完成度恰好 100%",)),
        ({"evidence": 2, "actual": Decimal(1200)}, 4, ("实现值 1200 是整百数",)),
        ({"evidence": 2, "actual": Decimal(50), "before": Decimal(20)}, 15, ("上一轮 20，本轮 50",)),
        ({"evidence": 2, "returned": 7, "altered": True}, 35, ("审核中退回过 7 次", "审后改动过")),
    ],
)
def test_a_risk_says_why(known, points, reasons):
    assert risk(Drawable(number=1, unit="甲", **known), WEIGHTS) == (points, reasons)


def test_what_is_graver_is_drawn_more_often_and_what_is_plain_still_may_be():
    items = [Drawable(number=1, unit="甲", evidence=2), Drawable(number=2, unit="甲", evidence=0, errors=1)]
    times = Counter(draw(items, 1, seed, WEIGHTS)[0].item.number for seed in range(2000))
    assert 1900 < times[2] < 2000


def test_a_profile_whose_points_are_no_list_is_refused():
    with pytest.raises(TypeError):
        Weights.of({"points": 3, "bands": {}})


@pytest.mark.parametrize(("points", "band"), [(0, "low"), (19, "low"), (20, "middle"), (40, "high")])
def test_points_fall_into_three_bands(points, band):
    assert WEIGHTS.band(points) == band
