"""Texts of the plan as values."""

from decimal import Decimal

import pytest

from taizhang.web.ledger.reading import midterm_ratio, midterm_target, number_of, place_of, position_of


@pytest.mark.parametrize(
    ("text", "measure", "number"),
    [
        ("≥120", "门", (Decimal(120), None)),
        ("8-10", "项", (Decimal(8), Decimal(10))),
        ("95%", "%", (Decimal(95), None)),
        ("1.2 万元", "元", (None, None)),
        ("形成制度", "", (None, None)),
    ],
)
def test_a_target_is_read_in_the_measure_of_its_indicator(text, measure, number):
    assert number_of(text, measure) == number


def test_codes_sort_as_their_numbers_do():
    codes = ["1", "1-1", "1-2", "1-10", "2", "10"]
    assert sorted(codes, key=position_of) == codes


def test_the_college_comes_before_groups_and_what_has_no_code_comes_last():
    rows = [
        place_of(None, "1", number=9), place_of(None, "1-2"), place_of(None, "1-10"), place_of(None, "G-1"),
        place_of(None, "", "无编号的任务"), place_of(7, "1"), place_of(12, "1"),
    ]  # fmt: skip
    assert sorted(rows) == rows


@pytest.mark.parametrize(("profile", "ratio"), [("provincial", Decimal("0.5")), ("generic", None), ("nosuch", None)])
def test_the_midterm_rule_is_the_profiles(profile, ratio):
    assert midterm_ratio(profile) == ratio
    assert midterm_target(Decimal(10), ratio) == (Decimal(5) if ratio else None)
