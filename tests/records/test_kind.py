"""A kind answers by key and by name, and converts only what can be converted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.records import FieldType, Kind, Phase, shelf


def test_a_measure_is_found_by_its_names_and_else_by_a_unit_that_is_its_alone() -> None:
    training = shelf()["training_programme"]
    volume = training.measure("培训量")
    assert volume is not None
    assert training.measure("人日数") is volume
    assert training.measure("职业培训", "万人日") is volume
    assert training.measure("说不清", "个") is None  # 项目数 and 覆盖单位数 are both told in 个
    assert training.measure("说不清") is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**6))
def test_ten_thousand_person_days_are_one_myriad(value: Decimal) -> None:
    volume = shelf()["training_programme"].measure("培训量")
    assert volume is not None
    assert volume.canonical(value, "万人日") == volume.canonical(value * 10000, "人日") == value * 10000


@pytest.mark.parametrize(("name", "unit"), [("人数", "人次"), ("人次", "人"), ("培训量", "人次"), ("学时", "人日")])
def test_people_times_and_days_are_never_converted(name: str, unit: str) -> None:
    measure = shelf()["training_programme"].measure(name)
    assert measure is not None
    assert measure.canonical(Decimal(1), unit) is None


def test_a_state_counts_only_where_the_kind_says_so() -> None:
    project = shelf()["project"]
    counting = [state.key for state in project.states if project.counts(state.key)]
    assert counting == ["accepted", "closed"]
    assert not project.counts(None)
    assert not project.counts("heard_of")


def test_states_are_known_by_key_and_by_name() -> None:
    project = shelf()["project"]
    assert project.state_named("已立项") is project.state("approved") is project.state_named("approved")
    assert project.follows("approved", "in_progress")
    assert not project.follows("applied", "accepted")


def test_a_section_that_asks_for_a_tag_shows_only_what_carries_it() -> None:
    training = shelf()["training_programme"]
    plain, helping = replace(training.example, tags=()), replace(training.example, tags=("对口支援", "乡村振兴"))
    counterpart = {feed.section for feed in training.shown(helping) if feed.report == "counterpart_support"}
    assert counterpart == {"partner_colleges"}
    assert {feed.report for feed in training.shown(plain)} == {"self_evaluation"}
    college = shelf()["industry_college"]
    assert {feed.report for feed in college.shown(college.example)} == {"industry_education", "self_evaluation"}


@pytest.mark.parametrize("kind", shelf().values(), ids=lambda kind: kind.key)
def test_every_tag_that_a_section_asks_for_is_offered(kind: Kind) -> None:
    assert {tag for feed in kind.reports for tag in feed.tags} <= set(kind.feeds)
    assert len(set(kind.shown(kind.example))) == len(kind.shown(kind.example)) > 0
    assert set(kind.example.tags) <= set(kind.feeds)


def test_every_type_and_phase_has_a_chinese_name() -> None:
    assert all(each.chinese for each in (*FieldType, *Phase))
    assert [each for each in FieldType if each.is_several] == [FieldType.CHOICES, FieldType.PERSON, FieldType.PARTNER]
