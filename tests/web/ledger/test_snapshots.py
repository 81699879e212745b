"""Snapshots of the ledger: what the school approved, by the hard rules, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.reports.snapshot import PeriodKind, from_json, to_json
from taizhang.web.ledger.models import Entry, LifeState, Stage
from taizhang.web.ledger.snapshots import taken

DAY = date(2026, 3, 1)


@pytest.fixture
def filled(scene):
    """Both points and the indicator, approved."""
    for row in (*scene.entries, scene.value):
        row.stage, row.rate = Stage.APPROVED, "100%"
        row.text, row.state = "①新建校级课程 8 门", LifeState.BUILT
        row.save()
    scene.value.text, scene.value.number, scene.value.rate = "9", Decimal(9), ""
    scene.value.save()
    return scene


def snapshot(scene):
    return taken(scene.periods["mid"], "中期", DAY)


def test_what_is_approved_is_in_it_and_comes_back_from_json(filled, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        told = snapshot(filled)
    assert (told.college, told.programme, told.period.kind) == (
        "云岭职业技术学院",
        "省域高水平高职学校建设",
        PeriodKind.CHECKPOINT,
    )
    assert [(p.plan, p.done, p.is_done) for p in told.points] == [
        ("新建校级课程 6 门", "新建校级课程 8 门", True), ("制定培训办法 1 项", "新建校级课程 8 门", True),
    ]  # fmt: skip
    (row,) = told.indicators
    assert (row.end, row.goal, row.actual, row.rate, row.is_met) == ("10", "6", "9", "100%", True)
    assert row.working == ("9 ÷ 6 = 150%",)
    assert from_json(to_json(told)) == told


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.RETURNED, Stage.SUBMITTED, Stage.DEPARTMENT, Stage.TEAM])
def test_what_the_school_has_not_approved_is_not_told(filled, stage):
    Entry.objects.update(stage=stage)
    told = snapshot(filled)
    assert [p.done for p in told.points] == ["", ""] and told.indicators[0].actual == ""
    assert all(p.is_done is None for p in told.points) and told.unapproved == 3


@pytest.mark.parametrize("state", [LifeState.APPLIED, LifeState.POSTPONED, LifeState.CANCELLED])
def test_applied_postponed_and_cancelled_are_never_done_whatever_the_rate_says(filled, state):
    Entry.objects.filter(point__isnull=False).update(state=state)
    assert [p.is_done for p in snapshot(filled).points] == [False, False]


def test_a_value_below_its_target_is_short_and_words_stand_as_they_were_approved(filled):
    Entry.objects.filter(pk=filled.value.pk).update(number=Decimal(5))
    assert (snapshot(filled).indicators[0].rate, snapshot(filled).indicators[0].is_met) == ("83.33%", False)
    Entry.objects.filter(pk=filled.value.pk).update(number=None, text="已评审", rate="100%")
    assert (snapshot(filled).indicators[0].rate, snapshot(filled).indicators[0].is_met) == ("100%", True)


def test_changes_after_approval_are_counted(filled):
    assert snapshot(filled).unseen == 0
    Entry.objects.filter(pk=filled.value.pk).update(altered=True)
    assert snapshot(filled).unseen == 1


def test_dropped_points_and_those_of_other_years_are_left_out(filled):
    first, second = filled.points
    first.is_dropped, second.year = True, 2026
    first.save()
    second.save()
    assert snapshot(filled).points == ()
