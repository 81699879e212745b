from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.watching import (
    Bar,
    Cause,
    Level,
    Observed,
    Thresholds,
    Watched,
    alarms,
    escalated,
    expected,
    next_escalation,
    time_left,
    worst,
)
from taizhang.profiles import load

USUAL = Thresholds.of(load("generic").sections["watching"])
START, DUE = date(2024, 1, 1), date(2024, 4, 10)  # a hundred days
POINT = Watched(key="1", name="新建课程", start=START, due=DUE, progress=Decimal(0))


def on(days):
    return START + timedelta(days=days)


def causes(watched, day, thresholds=USUAL):
    return {alarm.cause: alarm.level for alarm in alarms(watched, thresholds, day)}


days = st.dates(min_value=START - timedelta(days=50), max_value=DUE + timedelta(days=50))
progresses = st.decimals(min_value=0, max_value=100, places=1)


@pytest.mark.parametrize(
    ("gone", "level"),
    [
        (0, None),
        (69, None),
        (70, Level.YELLOW),
        (84, Level.YELLOW),
        (85, Level.RED),
        (100, Level.RED),
        (101, Level.RED),
    ],
)
def test_little_time_left_warns_at_thirty_and_fifteen_per_cent_and_when_overdue(gone, level):
    watched = replace(POINT, progress=Decimal(99))
    assert causes(watched, on(gone)).get(Cause.TIME) == level


def test_what_is_done_is_warned_of_neither_for_time_nor_for_progress():
    assert causes(replace(POINT, progress=Decimal(100), is_done=True), on(200)) == {}


@pytest.mark.parametrize(("progress", "level"), [(41, None), (40, Level.BLUE), (30, Level.YELLOW), (10, Level.RED)])
def test_falling_behind_the_time_gone_by_warns_by_how_much(progress, level):
    assert causes(replace(POINT, progress=Decimal(progress)), on(50)).get(Cause.GAP) == level


def test_a_gap_is_told_with_its_working():
    (alarm,) = alarms(replace(POINT, progress=Decimal("12.55")), USUAL, on(50))
    assert alarm.sentence == "进度落后：按时间应到 50%，实际 12.5%，差 37.4 个百分点"
    assert alarm.working == ("50 − 12.5 = 37.4",)


def test_nothing_is_compared_at_the_very_beginning():
    assert causes(POINT, on(14)) == {}
    assert causes(POINT, on(15)) == {Cause.GAP: Level.BLUE}


def test_what_has_not_begun_is_not_warned_of():
    assert causes(POINT, START - timedelta(days=1)) == {}


@given(days, days)
def test_time_passing_never_lowers_what_is_expected(earlier, later):
    first, second = sorted((earlier, later))
    assert expected(USUAL, START, DUE, first) <= expected(USUAL, START, DUE, second)
    assert time_left(START, DUE, first) >= time_left(START, DUE, second)


@given(days, progresses, progresses)
def test_more_progress_never_makes_a_warning_graver(day, one, other):
    less, more = sorted((one, other))
    before, after = causes(replace(POINT, progress=less), day), causes(replace(POINT, progress=more), day)
    assert after.get(Cause.GAP, 0) <= before.get(Cause.GAP, 0)


@given(days, progresses)
def test_stricter_thresholds_never_warn_of_less(day, progress):
    watched = replace(POINT, progress=progress)
    strict = USUAL.but({"left_yellow": Decimal(60), "gap_blue": Decimal(1), "gap_yellow": Decimal(2)})
    assert (worst(alarms(watched, USUAL, day)) or 0) <= (worst(alarms(watched, strict, day)) or 0)


@given(days, progresses)
def test_there_is_one_warning_of_a_cause_and_the_gravest_comes_first(day, progress):
    found = alarms(replace(POINT, progress=progress, claims=True, errors=1), USUAL, day)
    assert len({alarm.cause for alarm in found}) == len(found)
    assert [alarm.level for alarm in found] == sorted((alarm.level for alarm in found), reverse=True)


def test_a_steeper_curve_expects_less_early():
    late = replace(USUAL, curve=((Decimal(0), Decimal(0)), (Decimal(50), Decimal(20)), (Decimal(100), Decimal(100))))
    assert expected(late, START, DUE, on(50)) == 20
    assert expected(late, START, DUE, on(75)) == 60
    assert expected(USUAL, START, DUE, on(75)) == 75


@pytest.mark.parametrize("curve", [[[0, 0], [50, 60], [100, 40]], [[10, 0], [100, 100]], [[0, 0], [100, 90]]])
def test_a_curve_that_does_not_rise_to_the_end_is_refused(curve):
    with pytest.raises(ValueError, match="curve"):
        Thresholds.of({**load("generic").sections["watching"], "curve": curve})


def test_a_claim_without_evidence_is_graver_near_the_end():
    claim = replace(POINT, claims=True, is_done=True)
    assert causes(claim, on(10)) == {Cause.EVIDENCE: Level.YELLOW}
    assert causes(claim, on(90)) == {Cause.EVIDENCE: Level.RED}
    assert causes(replace(claim, evidence=1), on(90)) == {}


def test_a_cumulative_value_may_not_fall():
    told = (Observed("2023 年度", Decimal(8)), Observed("2024 年度", Decimal(6)))
    watched = Watched(key="1", name="课程", values=told, measure="门", cumulative=True)
    (alarm,) = alarms(watched, USUAL, START)
    assert (alarm.cause, alarm.sentence) == (Cause.FALLING, "累计值变小：2023 年度 8门，2024 年度 6门")
    assert alarms(replace(watched, cumulative=False), USUAL, START) == ()


@pytest.mark.parametrize(
    ("errors", "doubts", "level"), [(0, 0, None), (0, 1, None), (0, 2, Level.YELLOW), (1, 0, Level.RED)]
)
def test_findings_warn_from_so_many_on(errors, doubts, level):
    assert causes(Watched(key="1", name="课程", errors=errors, doubts=doubts), START).get(Cause.FINDINGS) == level
    never = USUAL.but({"errors_red": Decimal(0), "doubts_yellow": Decimal(0)})
    assert causes(Watched(key="1", name="课程", errors=errors, doubts=doubts), START, never) == {}


def measured(*numbers, bar):
    told = tuple(Observed(f"第 {place} 学期", Decimal(number)) for place, number in enumerate(numbers, 1))
    return Watched(key="1", name="护理 报到率", values=told, measure="%", bar=bar)


@pytest.mark.parametrize(
    ("number", "lower", "level"),
    [(90, False, None), (89, False, Level.YELLOW), (79, False, Level.RED), (80, False, Level.YELLOW)],
)
def test_a_value_beyond_its_bar_warns(number, lower, level):
    bar = Bar(Decimal(90), Decimal(80), lower)
    assert causes(measured(number, bar=bar), START).get(Cause.THRESHOLD) == level


def test_a_bar_may_lie_above():
    bar = Bar(Decimal(20), Decimal(30), lower=True)
    (alarm,) = alarms(measured(31, bar=bar), USUAL, START)
    assert (alarm.level, alarm.sentence) == (Level.RED, "第 1 学期 31%，高于警戒线 30%")
    assert alarms(measured(20, bar=bar), USUAL, START) == ()


def test_a_value_much_worse_than_the_one_before_warns():
    bar = Bar(drop=Decimal(10))
    (alarm,) = alarms(measured(100, 89, bar=bar), USUAL, START)
    assert (alarm.cause, alarm.sentence) == (Cause.DROP, "第 2 学期 比第 1 学期下降 11%：100% → 89%")
    assert alarms(measured(89, 100, bar=bar), USUAL, START) == ()
    assert causes(measured(20, 25, bar=bar._replace(lower=True)), START) == {Cause.DROP: Level.YELLOW}
    assert alarms(measured(0, 25, bar=bar), USUAL, START) == ()


def test_nobody_measured_is_nobody_warned_of():
    assert alarms(measured(bar=Bar(Decimal(90))), USUAL, START) == ()


def test_a_warning_that_nobody_handles_goes_up_week_by_week():
    levels = [escalated(Level.BLUE, START, USUAL, on(days)) for days in (0, 6, 7, 14, 70)]
    assert levels == [Level.BLUE, Level.BLUE, Level.YELLOW, Level.RED, Level.RED]
    assert next_escalation(Level.BLUE, START, USUAL) == on(7)
    assert next_escalation(Level.RED, START, USUAL) is None
    never = USUAL.but({"escalate_days": Decimal(0)})
    assert escalated(Level.BLUE, START, never, on(70)) == Level.BLUE
    assert next_escalation(Level.BLUE, START, never) is None
