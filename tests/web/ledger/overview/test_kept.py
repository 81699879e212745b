"""What was counted is counted again when the ledger changed, and for whoever sees something else."""

import pytest
from django.core.cache import cache

from taizhang.web.ledger.overview.kept import kept
from taizhang.web.ledger.workflow import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


def test_it_is_counted_once_until_the_history_grows(scene):
    asked = []

    def count():
        asked.append(1)
        return len(asked)

    people.add_person(scene.people.admin, scene.college, "xinren", "新人")
    assert [kept("a", scene.people.office, scene.college.pk, count) for _ in range(3)] == [1, 1, 1]
    assert kept("b", scene.people.office, scene.college.pk, count) == 2
    assert kept("a", scene.people.reporter, scene.college.pk, count) == 3
    people.add_person(scene.people.admin, scene.college, "xinren2", "新人二")
    assert kept("a", scene.people.office, scene.college.pk, count) == 4
