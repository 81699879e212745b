"""A round asks for what its period asks for, each thing once."""

from dataclasses import replace
from datetime import date

import pytest

from taizhang.web.ledger.models import Point
from taizhang.web.ledger.workflow import rounds
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

DATES = {"due_person": date(2026, 1, 1), "due_department": date(2026, 1, 5), "due_team": date(2026, 1, 8),
         "due_school": date(2026, 1, 9)}  # fmt: skip


def opening(scene, period="mid", **changes):
    return replace(rounds.Opening(name="又一轮", period=scene.periods[period], **DATES), **changes)


@pytest.mark.parametrize(("period", "count"), [("mid", 3), ("year", 2), ("end", 3)])
def test_a_round_asks_for_the_points_of_its_years_and_the_indicators_with_a_target(scene, period, count):
    assert rounds.open_round(scene.people.office, scene.programme, opening(scene, period)).entries.count() == count


def test_what_is_added_later_is_asked_for_once(scene):
    made = rounds.open_round(scene.people.office, scene.programme, opening(scene))
    Point.objects.create(
        programme=scene.programme, task=scene.task, year=2025, ordinal=1, plan="甲", unit=scene.teaching
    )
    assert rounds.take_later_items(scene.people.office, made) == 1
    assert rounds.take_later_items(scene.people.office, made) == 0


def test_deadlines_go_from_person_to_school(scene):
    with pytest.raises(RefusedError, match="部门截止日"):
        rounds.open_round(scene.people.office, scene.programme, opening(scene, due_person=date(2026, 1, 6)))


def test_a_name_is_given_once_and_nothing_is_left_of_a_refused_round(scene):
    with pytest.raises(RefusedError, match="已经有"):
        rounds.open_round(scene.people.office, scene.programme, opening(scene, name=scene.round.name))
    assert scene.programme.rounds.count() == 1


def test_only_the_office_opens_puts_off_closes_and_reopens(scene):
    for role in ("reporter", "lead", "admin", "province", "outsider", "expert"):
        person = getattr(scene.people, role)
        for step in (
            lambda who: rounds.open_round(who, scene.programme, opening(scene)),
            lambda who: rounds.put_off(who, scene.round, list(DATES.values()), "节假日"),
            lambda who: rounds.close(who, scene.round),
            lambda who: rounds.take_later_items(who, scene.round),
        ):
            with pytest.raises(NotAllowedError):
                step(person)


def test_a_closed_round_opens_again_only_with_a_reason(scene):
    office = scene.people.office
    rounds.close(office, scene.round)
    with pytest.raises(OutOfOrderError):
        rounds.close(office, scene.round)
    with pytest.raises(RefusedError):
        rounds.reopen(office, scene.round, " ")
    assert rounds.reopen(office, scene.round, "补报").is_open
