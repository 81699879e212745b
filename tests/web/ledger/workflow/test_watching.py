"""Warnings as they come, rise, are handled and close."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Forewarning, ForewarningState, Handling, Notice
from taizhang.web.ledger.workflow import watching as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)


@pytest.fixture
def point(scene):
    """Only the first point is watched."""
    scene.programme.points.exclude(pk=scene.points[0].pk).update(is_dropped=True)
    scene.programme.indicators.update(is_dropped=True)
    return scene.points[0]


@pytest.fixture
def row(scene, point):
    """Half the year is gone and nothing is told: red."""
    verbs.watch(scene.college, DAY)
    return Forewarning.objects.get()


def told(scene, **fields):
    Entry.objects.filter(pk=scene.entries[0].pk).update(**fields)


def test_a_warning_is_raised_once_however_often_it_is_computed(scene, row):
    assert (row.cause, row.level, row.unit, row.state) == ("gap", 3, scene.teaching, ForewarningState.OPEN)
    assert "按时间应到 49.8%，实际 0%" in row.sentence
    again = verbs.watch(scene.college, DAY)
    assert (again.raised, again.risen, again.gone, again.holding) == ([], [], [], 1)
    assert Forewarning.objects.count() == 1


def test_those_whom_it_reaches_find_one_line_on_their_desks(scene, row):
    reached = set(Notice.objects.values_list("person__name", flat=True))
    assert reached == {"林晓", "何芳", "许宁"}
    assert Notice.objects.first().text == "有 1 条预警新增或升级，请处置。"


def test_a_blue_one_reaches_only_who_answers_for_it_and_rises_when_nobody_handles_it(scene, point):
    told(scene, rate="35%")
    verbs.watch(scene.college, DAY)
    row = Forewarning.objects.get()
    assert row.level == 1
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"林晓"}
    verbs.watch(scene.college, DAY + timedelta(days=7))
    row.refresh_from_db()
    assert (row.level, row.reach) == (1, 2)
    assert "何芳" in set(Notice.objects.values_list("person__name", flat=True))


def test_what_was_handled_rises_no_further(scene, point):
    told(scene, rate="35%")
    verbs.watch(scene.college, DAY)
    row = Forewarning.objects.get()
    verbs.handle(scene.people.reporter, row, "设备招标流标", "重新挂网", None)
    verbs.watch(scene.college, DAY + timedelta(days=7))
    row.refresh_from_db()
    assert row.reach == 1


def test_it_closes_only_after_something_was_done(scene, row):
    with pytest.raises(OutOfOrderError, match="先写明原因和措施"):
        verbs.close(scene.people.office, row)
    verbs.handle(scene.people.reporter, row, "设备招标流标", "重新挂网", date(2024, 9, 1))
    with pytest.raises(RefusedError, match="原因还在"):
        verbs.close(scene.people.office, row)
    told(scene, rate="100%")
    verbs.watch(scene.college, DAY)
    row.refresh_from_db()
    assert (row.state, row.gone_on) == (ForewarningState.HANDLED, DAY)
    verbs.close(scene.people.office, row)
    row.refresh_from_db()
    assert row.state == ForewarningState.CLOSED
    assert [change.verb for change in history.of(row)] == ["close", "handle", "warn"]


def test_a_cause_that_ended_by_itself_leaves_the_warning_open(scene, row):
    told(scene, rate="100%")
    verbs.watch(scene.college, DAY)
    row.refresh_from_db()
    assert (row.state, row.gone_on) == (ForewarningState.OPEN, DAY)
    told(scene, rate="1%")
    verbs.watch(scene.college, DAY)
    row.refresh_from_db()
    assert row.gone_on is None
    assert Forewarning.objects.count() == 1


def test_what_was_closed_knowingly_comes_back_only_when_it_is_graver(scene, point):
    told(scene, rate="35%")
    verbs.watch(scene.college, DAY)
    row = Forewarning.objects.get()
    verbs.handle(scene.people.reporter, row, "设备晚到", "已催货", None)
    verbs.close(scene.people.lead, row, "货已在途")
    assert verbs.watch(scene.college, DAY).raised == []
    told(scene, rate="1%")
    (graver,) = verbs.watch(scene.college, DAY).raised
    assert graver.level == 3
    assert verbs.watch(scene.college, DAY).raised == []


def test_what_was_closed_and_ended_may_be_raised_anew(scene, row):
    verbs.handle(scene.people.reporter, row, "设备晚到", "已催货", None)
    verbs.close(scene.people.office, row, "货已在途")
    told(scene, rate="100%")
    verbs.watch(scene.college, DAY)
    told(scene, rate="1%")
    assert len(verbs.watch(scene.college, DAY).raised) == 1


@pytest.mark.parametrize("role", ["colleague", "admin", "expert", "province", "outsider", "nobody"])
def test_others_neither_handle_nor_close(scene, row, role):
    person = getattr(scene.people, role)
    Handling.objects.create(forewarning=row, reason="甲", measure="乙", at=timezone.now(), by=scene.people.lead)  # fmt: skip
    for attempt in (
        lambda: verbs.handle(person, row, "甲", "乙", None),
        lambda: verbs.close(person, row, "丙"),
        lambda: verbs.reopen(person, row, "丙"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_red_one_is_closed_by_the_office_and_not_by_the_lead(scene, row):
    verbs.handle(scene.people.reporter, row, "设备晚到", "已催货", None)
    with pytest.raises(NotAllowedError, match="双高办关闭"):
        verbs.close(scene.people.lead, row, "货已在途")
    with pytest.raises(NotAllowedError):
        verbs.close(scene.people.reporter, row, "货已在途")
    verbs.close(scene.people.office, row, "货已在途")


def test_more_may_be_asked_for_with_a_reason(scene, row):
    with pytest.raises(OutOfOrderError, match="等待处置"):
        verbs.reopen(scene.people.office, row, "再说说")
    verbs.handle(scene.people.reporter, row, "设备晚到", "已催货", None)
    with pytest.raises(RefusedError, match="写明理由"):
        verbs.reopen(scene.people.office, row, " ")
    verbs.reopen(scene.people.office, row, "没有期限")
    row.refresh_from_db()
    assert row.state == ForewarningState.OPEN


@pytest.mark.parametrize(("reason", "measure"), [("", "乙"), ("甲", " "), ("甲" * 1001, "乙")])
def test_an_empty_or_endless_handling_is_refused(scene, row, reason, measure):
    with pytest.raises(RefusedError):
        verbs.handle(scene.people.reporter, row, reason, measure, None)


def test_thresholds_are_the_offices_to_set(scene, point):
    limit = verbs.Limit(name="gap_red", number=Decimal(60), unit=scene.teaching, year=2024)
    with pytest.raises(NotAllowedError):
        verbs.set_threshold(scene.people.lead, scene.college, limit)
    row = verbs.set_threshold(scene.people.office, scene.college, limit)
    assert verbs.set_threshold(scene.people.office, scene.college, limit) == row
    verbs.watch(scene.college, DAY)
    assert Forewarning.objects.get().level == 2
    with pytest.raises(NotAllowedError):
        verbs.drop_threshold(scene.people.lead, row)
    verbs.drop_threshold(scene.people.office, row)
    verbs.watch(scene.college, DAY)
    assert Forewarning.objects.get().level == 3
    for wrong in (
        verbs.Limit(name="nosuch", number=Decimal(1)),
        verbs.Limit(name="gap_red", number=Decimal(-1)),
        verbs.Limit(name="gap_red", number=Decimal(1), unit=scene.elsewhere),
    ):
        with pytest.raises(RefusedError):
            verbs.set_threshold(scene.people.office, scene.college, wrong)


def test_a_closed_programme_is_watched_no_more(scene, point):
    scene.programme.is_closed = True
    scene.programme.save()
    assert verbs.watch(scene.college, DAY).raised == []
