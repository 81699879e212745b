"""What is watched, and by which thresholds: the ledger as values for the core."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from taizhang.core.watching import Cause, Thresholds, alarms
from taizhang.profiles import load
from taizhang.web.ledger.models import (
    Basis,
    DerivedFigure,
    Entry,
    Gauge,
    Gauging,
    Indicator,
    IndicatorFormula,
    Method,
    Stage,
    Subject,
    Threshold,
)
from taizhang.web.ledger.watching import Limits, Watch, gauged
from web_assessing import evidence

pytestmark = pytest.mark.django_db
USUAL = Thresholds.of(load("generic").sections["watching"])


def seen(scene, day=date(2024, 6, 30)):
    return {watched.key: (watched, place) for watched, place in Watch(scene.programme, day).seen()}


def test_points_and_indicators_are_watched_with_who_answers_for_them(scene):
    found = seen(scene)
    watched, place = found[f"point:{scene.points[0].pk}"]
    assert (watched.start, watched.due, watched.progress) == (date(2024, 1, 1), date(2024, 12, 31), None)
    assert (place.unit, place.year) == (scene.teaching, 2024)
    watched, place = found[f"indicator:{scene.indicator.pk}"]
    assert (watched.start, watched.due, watched.cumulative) == (date(2023, 1, 1), date(2025, 12, 31), True)


def test_progress_is_what_the_newest_entry_tells(scene):
    Entry.objects.filter(pk=scene.value.pk).update(number=3)
    Entry.objects.filter(pk=scene.entries[0].pk).update(rate="40%")
    found = seen(scene)
    assert found[f"indicator:{scene.indicator.pk}"][0].progress == 50
    assert found[f"point:{scene.points[0].pk}"][0].progress == 40


def test_the_target_that_comes_next_is_the_one_that_counts(scene):
    Entry.objects.filter(pk=scene.value.pk).update(number=6)
    reached = seen(scene)[f"indicator:{scene.indicator.pk}"][0]
    assert (reached.is_done, reached.progress) == (True, 100)
    later = seen(scene, date(2026, 6, 30))[f"indicator:{scene.indicator.pk}"][0]
    assert (later.due, later.progress) == (date(2027, 12, 31), 60)
    assert seen(scene, date(2030, 1, 1))[f"indicator:{scene.indicator.pk}"][0].due == date(2027, 12, 31)


def test_postponed_is_never_done_and_cancelled_is_not_watched(scene):
    entry = Entry.objects.filter(pk=scene.entries[0].pk)
    entry.update(rate="100%", state="postponed")
    assert not seen(scene)[f"point:{scene.points[0].pk}"][0].is_done
    entry.update(state="cancelled")
    assert f"point:{scene.points[0].pk}" not in seen(scene)


def test_a_claim_is_one_that_was_handed_in_and_evidence_answers_it(scene):
    key, entry = f"point:{scene.points[0].pk}", Entry.objects.filter(pk=scene.entries[0].pk)
    entry.update(rate="100%", text="已建")
    assert not seen(scene)[key][0].claims
    entry.update(stage=Stage.SUBMITTED)
    assert {alarm.cause for alarm in alarms(seen(scene)[key][0], USUAL, date(2024, 6, 30))} == {Cause.EVIDENCE}
    evidence(scene, "名单", entry.get())
    assert seen(scene)[key][0].evidence == 1


def test_findings_of_the_item_come_along(scene):
    Entry.objects.filter(pk=scene.entries[0].pk).update(findings=[{"severity": "error"}, {"severity": "warning"}])
    watched = seen(scene)[f"point:{scene.points[0].pk}"][0]
    assert (watched.errors, watched.doubts) == (1, 1)


def test_a_value_of_another_year_says_nothing_of_a_yearly_target(scene):
    Indicator.objects.filter(pk=scene.indicator.pk).update(basis=Basis.PER_YEAR)
    Entry.objects.filter(pk=scene.value.pk).update(number=6)
    assert seen(scene, date(2024, 6, 30))[f"indicator:{scene.indicator.pk}"][0].progress == 100
    later = seen(scene, date(2026, 6, 30))[f"indicator:{scene.indicator.pk}"][0]
    assert later.progress is None


def test_what_is_counted_from_records_is_taken_from_there(scene):
    IndicatorFormula.objects.create(indicator=scene.indicator, method=Method.DERIVED, kept_at=timezone.now())
    Entry.objects.filter(pk=scene.value.pk).update(number=6, stage=Stage.SUBMITTED)
    key = f"indicator:{scene.indicator.pk}"
    assert seen(scene)[key][0].progress is None
    figure = DerivedFigure.objects.create(
        indicator=scene.indicator, value=9, at={str(scene.periods["mid"].pk): "3"}, inputs="", made_at=timezone.now()
    )
    assert seen(scene)[key][0].progress == 50
    DerivedFigure.objects.filter(pk=figure.pk).update(at={str(scene.periods["mid"].pk): "6"})
    watched = seen(scene)[key][0]
    assert (watched.is_done, watched.claims) == (True, False)


def test_what_was_dropped_is_not_watched(scene):
    scene.programme.points.update(is_dropped=True)
    scene.programme.indicators.update(is_dropped=True)
    assert seen(scene) == {}


def test_the_questions_do_not_grow_with_the_plan(scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        seen(scene)


def test_the_nearest_threshold_holds(scene):
    Threshold.objects.create(college=scene.college, name="gap_red", number=50)
    Threshold.objects.create(college=scene.college, unit=scene.teaching, name="gap_red", number=60)
    Threshold.objects.create(college=scene.college, unit=scene.teaching, year=2024, name="gap_red", number=70)
    Threshold.objects.create(college=scene.college, year=2023, name="left_red", number=1)
    limits = Limits(scene.college)
    assert limits.of(scene.training, 2024).gap_red == 50
    assert limits.of(scene.teaching, 2025).gap_red == 60
    assert limits.of(scene.teaching, 2024).gap_red == 70
    assert limits.of(scene.training, 2023).left_red == 1
    assert Limits(scene.elsewhere).of(scene.elsewhere, 2024) == USUAL


def test_subjects_are_watched_by_their_gauges_in_the_order_of_terms(scene):
    gauge = Gauge.objects.create(college=scene.college, kind="specialty", name="报到率", yellow=90, red=80)
    subject = Subject.objects.create(
        college=scene.college, unit=scene.teaching, kind="specialty", code="S1", name="护理"
    )
    for term, number in (("2025-2026-1", 78), ("2024-2025-1", 95)):
        Gauging.objects.create(subject=subject, gauge=gauge, term=term, number=number)
    ((watched, place),) = gauged(scene.college)
    assert [value.number for value in watched.values] == [95, 78]
    assert (watched.name, place.unit) == ("护理 报到率", scene.teaching)
    (alarm,) = alarms(watched, USUAL, date(2025, 9, 1))
    assert alarm.sentence == "2025-2026-1 78%，低于警戒线 80%"
    assert watched.bar.yellow == Decimal(90)
