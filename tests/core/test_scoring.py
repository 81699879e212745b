"""Scoring: merit, weights that add up, bands, reasons owed, and a form's total."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.attainment import Direction, Goal
from taizhang.core.scoring import (
    Scheme,
    Scorable,
    band_of,
    combined,
    execution_rate,
    execution_score,
    grade_of,
    merit,
    scored,
)
from taizhang.profiles import load

D = Decimal
SCHEME = Scheme.of(load("budget-form").sections)
POSITIVE = some.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)
PARTS = ("产出", "效益", "满意度")


def item(**told):
    return Scorable(**{"key": 1, "name": "培训量", "part": "产出"} | told)


ITEMS = some.lists(
    some.builds(
        Scorable,
        key=some.integers(1, 99),
        name=some.just("指标"),
        part=some.sampled_from(PARTS),
        weight=some.none(),
        goal=some.builds(Goal, POSITIVE, some.none(), some.sampled_from(Direction)),
        actual=some.one_of(some.none(), POSITIVE),
        text=some.just(""),
        share=some.none(),
        is_explained=some.booleans(),
    ),
    max_size=12,
)


@given(ITEMS)
def test_no_score_is_above_its_weight_and_only_what_is_met_is_full(items):
    for row in scored(items, SCHEME).rows:
        assert 0 <= row.score <= row.weight
        if row.is_told and row.lost <= 0:
            assert row.item.goal is not None and row.item.actual is not None
            reached = row.item.actual >= row.item.goal.number
            assert reached if row.item.goal.direction is Direction.HIGHER else row.item.actual <= row.item.goal.number


@given(ITEMS)
def test_even_shares_make_the_part(items):
    sheet = scored(items, SCHEME)
    for part in PARTS:
        weights = [row.weight for row in sheet.rows if row.item.part == part]
        if weights:
            assert abs(sum(weights) - SCHEME.parts[part]) < D("1e-20")
    assert 0 <= sheet.total <= 100


@given(POSITIVE, POSITIVE, POSITIVE, some.sampled_from(Direction))
def test_merit_is_between_nothing_and_the_weight(weight, goal, reached, direction):
    found = merit(weight, goal, reached, direction)
    assert found is not None
    assert all(0 <= score <= weight for score in found.scores)
    assert found.is_met == (found.best == weight)


def test_merit_of_a_target_of_nothing_cannot_be_told():
    assert merit(D(10), D(0), D(3), Direction.HIGHER) is None
    refused = merit(D(10), D(0), D(3), Direction.LOWER)
    assert refused is not None
    assert refused.best == 0


def test_a_declared_weight_leaves_the_rest_to_the_others():
    rows = scored([item(weight=D(20)), item(key=2), item(key=3)], SCHEME).rows
    assert [row.weight for row in rows] == [20, 15, 15]


def test_what_is_short_scores_in_proportion_and_owes_a_reason():
    (row,) = scored([item(goal=Goal(D(10)), actual=D(6))], SCHEME).rows
    assert row.score == 30
    assert row.asks == "没有达到目标，要写明偏差原因和改进措施"
    assert row.working == ("6 ÷ 10 = 60%", "没有达到目标，完成度 60%：50 分中得 30 分")


def test_less_is_better_falls_to_nothing_at_twice_the_target():
    (row,) = scored([item(goal=Goal(D(10), direction=Direction.LOWER), actual=D(15))], SCHEME).rows
    assert row.score == 25
    (row,) = scored([item(goal=Goal(D(0), D(10), Direction.LOWER), actual=D(40))], SCHEME).rows
    assert row.score == 0


def test_far_above_the_target_owes_a_reason_until_it_is_given():
    (row,) = scored([item(goal=Goal(D(10)), actual=D(13))], SCHEME).rows
    assert (row.score, row.asks) == (50, "达到目标的 130% 以上，要说明原因")
    (row,) = scored([item(goal=Goal(D(10)), actual=D(13), is_explained=True)], SCHEME).rows
    assert not row.asks
    (row,) = scored([item(goal=Goal(D(0)), actual=D(30))], SCHEME).rows
    assert row.asks == "目标为 0 而实现值达到 30，要说明原因"
    (row,) = scored([item(goal=Goal(D(10), direction=Direction.LOWER), actual=D(1))], SCHEME).rows
    assert not row.asks


@pytest.mark.parametrize(
    ("text", "share", "score", "told"),
    [
        ("达成年度指标", D(95), D("47.5"), True),
        ("达成年度指标", None, D(40), True),
        ("部分达成年度指标并具有一定效果", D(95), D(30), True),
        ("未达成年度指标且效果较差", D(10), D(5), True),
        ("基本建立", None, D(0), False),
        ("开展了三次", None, D(0), False),
        ("", None, D(0), False),
    ],
)
def test_qualitative_indicators_score_within_their_band(text, share, score, told):
    (row,) = scored([item(text=text, share=share)], SCHEME).rows
    assert (row.score, row.is_told) == (score, told)


def test_the_total_is_of_a_hundred_even_where_a_part_is_missing():
    sheet = scored([item(goal=Goal(D(10)), actual=D(9))], SCHEME, execution=D(95))
    assert sheet.parts == {"预算执行率": (D("9.50"), D(10)), "产出": (D(45), D(50))}
    assert sheet.total == D("90.83")
    assert sheet.working[-1] == "54.5 ÷ 60 × 100 = 90.83 分"
    assert scored([], SCHEME).total == 0


def test_the_working_prints_two_decimals():
    items = [item(key=place, goal=Goal(D(1)), actual=D(place)) for place in range(3)]
    assert scored(items, SCHEME).working[0] == "产出：33.33 分（满分 50）"


def test_a_whole_form_says_its_total():
    items = [item(key=place, part=part, goal=Goal(D(1)), actual=D(1)) for place, part in enumerate(PARTS)]
    sheet = scored(items, SCHEME, execution=D(103))
    assert (sheet.total, sheet.working[-1]) == (100, "合计 100 分")


def test_rates_grades_and_shares():
    assert execution_rate(D(460), D(500)) == 92
    assert execution_rate(D(460), D(0)) is None
    assert execution_score(D(10), D(110)) == 10
    assert combined([(D(50), D(94)), (D(25), D(90)), (D(25), D(86))]) == 91
    best = grade_of(D(90), SCHEME.grades)
    assert best is not None and best.name == "优"
    assert grade_of(D(-1), SCHEME.grades) is None
    assert SCHEME.shares_for(3) == (50, 25, 25)
    assert SCHEME.shares_for(10) is None


def test_the_national_rule_has_its_floors_and_conditions():
    scheme = Scheme.of(load("national").sections, parts={"产出": 50})
    assert (scheme.least_completion, scheme.least_management) == (80, 18)
    assert len(scheme.fails) == 4
    assert scheme.parts == {"产出": 50}
    assert Scheme.of(load("generic").sections).least_completion is None


def test_a_band_is_found_by_its_words():
    found = band_of("部分完成", SCHEME.bands)
    assert found is not None and found.name == "部分达成"
    assert band_of("三项", SCHEME.bands) is None
