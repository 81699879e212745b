"""Reminders: to those whose turn it is, some days ahead and each day after, once a day."""

from datetime import date, timedelta

import pytest

from taizhang.web.ledger.models import Entry, Notice, Role, RoleName, Stage
from taizhang.web.ledger.workflow.reminders import announce, put_off_told, remind

DUE = date(2026, 12, 1)


def names():
    return sorted(Notice.objects.values_list("person__username", flat=True))


@pytest.mark.parametrize(("ahead", "count"), [(8, 0), (7, 2), (5, 0), (3, 2), (1, 2), (0, 2), (-1, 2)])
def test_reporters_are_reminded_on_certain_days_and_every_day_after(scene, ahead, count):
    assert remind(DUE - timedelta(days=ahead)) == count
    assert set(names()) == ({"baogao", "tonghang"} if count else set())


def test_a_day_reminds_once_however_often_it_is_run(scene):
    assert (remind(DUE), remind(DUE), remind(DUE + timedelta(days=1))) == (2, 0, 2)


@pytest.mark.parametrize(
    ("stage", "due", "who"),
    [(Stage.SUBMITTED, "due_department", ["fuze"]), (Stage.DEPARTMENT, "due_team", ["zuzhang"]),
     (Stage.TEAM, "due_school", ["shuanggao"]), (Stage.APPROVED, "due_school", ["shuanggao"])],
)  # fmt: skip
def test_whose_turn_it_is_is_reminded(scene, stage, due, who):
    Entry.objects.exclude(pk=scene.value.pk).delete()
    Entry.objects.update(stage=stage)
    remind(getattr(scene.round, due))
    assert names() == who
    assert "1 项待审核" in Notice.objects.get().text


def test_an_item_that_names_nobody_is_owed_by_the_units_reporters(scene):
    Entry.objects.exclude(pk=scene.value.pk).delete()
    Entry.objects.update(person=None)
    Role.objects.create(person=scene.people.colleague, unit=scene.teaching, name=RoleName.REPORTER, until="2020-01-01")
    remind(DUE)
    assert names() == ["baogao"]


def test_nothing_is_said_of_what_is_locked_or_closed(scene):
    Entry.objects.update(stage=Stage.LOCKED)
    assert remind(DUE) == 0
    Entry.objects.update(stage=Stage.DRAFT)
    scene.round.closed_at = scene.round.opened_at
    scene.round.save()
    assert remind(DUE) == 0


def test_an_opening_and_new_days_are_told_to_those_who_owe(scene):
    announce(scene.round, [scene.entries[0]])
    assert names() == ["baogao"]
    put_off_told(scene.round)
    assert names() == ["baogao", "baogao", "tonghang"]
