"""Snapshots of the ledger: what the school approved, by the hard rules, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.reports.snapshot import PeriodKind, from_json, to_json
from taizhang.web.ledger.models import Entry, FundSource, LifeState, Stage
from taizhang.web.ledger.snapshots import taken
from web_assessing import evidence
from web_records import record

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


def test_two_pieces_with_one_house_number_are_kept_apart_and_pages_are_told(filled):
    one = evidence(filled, "课程建设通知", filled.entries[0], number="1-0-2024-1-1")
    evidence(filled, "课程验收表", filled.entries[0], number="1-0-2024-1-1")
    one.citations.update(pages="3-5")
    told = snapshot(filled)
    assert [each.title for each in told.evidence] == ["课程建设通知", "课程验收表"]
    assert len({each.number for each in told.evidence}) == 2
    point = told.points[0]
    assert len(point.evidence) == 2
    assert [(each.ref, each.number, each.pages) for each in told.citings] == [(point.ref, "1-0-2024-1-1", "3-5")]


def test_money_is_that_of_the_programme_by_source_and_landmarks_are_judged(filled):
    for year, spent in ((2023, 80), (2024, 90)):
        filled.programme.funds.create(
            year=year, source=FundSource.PROVINCIAL, budget=100, arrived=100, spent=spent,
            explanation="设备招标流标" if year == 2023 else "",
        )  # fmt: skip
    filled.programme.funds.create(year=2026, source=FundSource.OWN, budget=500)
    filled.programme.landmarks.create(
        name="国家级规划教材", level="国家级", unit=filled.teaching, state="won", won_level="省级"
    )
    told = snapshot(filled)
    (fund,) = told.funds
    assert (fund.name, fund.budget, fund.spent, fund.note) == ("省级财政", 200, 170, "2023 年，设备招标流标")
    (promise,) = told.promises
    assert not promise.is_kept and promise.said == "实际是省级，低于承诺的国家级"
    assert from_json(to_json(told)) == told


def test_an_untagged_result_finds_its_task_and_says_how(filled):
    record(
        filled, "省级在线课程《果树栽培》认定", kind="award", state="awarded", level="省级", stage=Stage.APPROVED,
        start=date(2024, 5, 1), first_year=2024, last_year=2024,
    )  # fmt: skip
    (result,) = [each for each in snapshot(filled).results if each.task]
    assert (result.task, result.why) == ("1", "责任部门")
