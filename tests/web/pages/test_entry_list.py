"""The address says which list is shown."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from taizhang.web.ledger.models import Stage
from taizhang.web.pages.entry_list import EntryList


def codes(scene, role, query, day=date(2026, 11, 1)):
    asked = EntryList.of(getattr(scene.people, role), QueryDict(query), day)
    return [entry.code for entry in asked.entries]


ALL = ["1 2024①", "1 2024②", "1.1.1"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ALL), ("round=999", ALL), ("stage=nonsense&unit=x&task=-1&year=20x&page=abc", ALL), ("kind=point", ALL[:2]),
        ("kind=indicator", ALL[2:]), ("year=2024", ALL[:2]), ("year=2025", []), ("q=课程", [ALL[0], ALL[2]]),
        ("q=1.1", ALL[2:]), ("q=%27%22%3B--", []), ("worst=none", ALL), ("worst=any", []), ("whose=late", []),
        ("stage=20-submitted", []), ("sort=nonsense", ALL), ("whose=altered", []), ("whose=waiting", []),
    ],
)  # fmt: skip
def test_a_choice_narrows_the_list_and_nonsense_does_not(scene, query, seen):
    assert codes(scene, "office", query) == seen


def test_a_unit_or_a_task_brings_what_is_below_it(scene):
    assert codes(scene, "office", f"unit={scene.training.pk}") == ["1 2024②"]
    assert codes(scene, "office", f"unit={scene.college.pk}") == ALL
    assert codes(scene, "office", f"task={scene.task.pk}") == ALL


def test_mine_late_and_waiting(scene):
    assert codes(scene, "office", "whose=mine") == []
    assert codes(scene, "reporter", "whose=mine") == [ALL[0], ALL[2]]
    assert codes(scene, "reporter", "whose=late", date(2026, 12, 2)) == [ALL[0], ALL[2]]
    scene.round.entries.filter(pk=scene.value.pk).update(stage=Stage.SUBMITTED)
    assert codes(scene, "lead", "whose=waiting") == ["1.1.1"]


def test_a_list_holds_nothing_that_the_person_may_not_see(scene):
    assert codes(scene, "colleague", f"unit={scene.college.pk}") == ["1 2024②"]
    for role in ("admin", "expert", "outsider", "nobody"):
        assert codes(scene, role, f"round={scene.round.pk}") == []


def test_the_address_holds_every_choice_but_the_page(scene):
    asked = EntryList.of(scene.people.office, QueryDict("kind=point&q=%E8%AF%BE&page=3&utm=x"), date(2026, 1, 1))
    assert (asked.address, asked.page) == ("kind=point&q=%E8%AF%BE", 3)


def test_the_last_changed_stands_first_and_the_untouched_last(scene):
    for number, entry in enumerate((scene.value, scene.entries[1]), 1):
        entry.changed_at = datetime(2026, 10, number, tzinfo=UTC)
        entry.save()
    assert codes(scene, "office", "sort=changed") == [ALL[1], ALL[2], ALL[0]]
