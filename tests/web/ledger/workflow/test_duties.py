"""What is due by the clock is done once, by whichever worker asks first; what fails is told and tried again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taizhang.web.ledger.models import Duty, Pull
from taizhang.web.ledger.workflow import connectors, duties

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 22, 6, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
DECLARED = """
name: 培训班
every: hand
source:
  kind: csv
  address: 培训班.csv
row: [code]
record:
  kind: training_programme
  take: {title: title, state: {text: held}}
"""


def test_each_is_done_once_a_day_and_not_before_the_morning(scene):
    assert duties.do_due(MORNING - timedelta(hours=2)) == ["pull"]
    assert duties.do_due(MORNING) == ["watch", "send", "remind", "pull"]
    assert duties.do_due(MORNING + timedelta(minutes=1)) == []
    assert duties.do_due(MORNING + timedelta(minutes=6)) == ["pull"]
    assert duties.do_due(MORNING + timedelta(days=1, hours=9)) == ["watch", "send", "remind", "pull"]


def test_what_a_worker_holds_another_leaves_until_it_must_be_dead(scene):
    Duty.objects.create(name="watch", held_until=MORNING + timedelta(minutes=10))
    assert "watch" not in duties.do_due(MORNING)
    assert "watch" in duties.do_due(MORNING + timedelta(minutes=11))


def test_what_fails_is_told_and_keeps_nothing_else_from_its_time(scene, monkeypatch, caplog):
    monkeypatch.setitem(duties._DAILY, "watch", lambda _now: 1 / 0)
    assert duties.do_due(MORNING) == ["send", "remind", "pull"]
    assert "watch" in caplog.text
    assert duties.do_due(MORNING + timedelta(minutes=1)) == []
    monkeypatch.setitem(duties._DAILY, "watch", lambda _now: None)
    assert "watch" in duties.do_due(MORNING + timedelta(minutes=16))


def test_a_connector_is_fetched_by_its_schedule_and_by_no_one_else(scene, tmp_path, settings):
    settings.IMPORTS = tmp_path
    (tmp_path / "培训班.csv").write_text("code,title\n1,茶园管护培训班\n", encoding="utf-8")
    told = connectors.Declaring(text=DECLARED.replace("every: hand", "every: day\nhour: 0"), unit=scene.training)
    row = connectors.declare(scene.people.office, scene.college, told)
    duties.do_due(MORNING)
    assert [(pull.rows, pull.pulled_by) for pull in Pull.objects.filter(connector=row)] == [(1, None)]
    duties.do_due(MORNING + timedelta(minutes=6))
    assert Pull.objects.count() == 1
