"""What may be the same thing is found before it is saved."""

from dataclasses import replace

import pytest

from taizhang.core.record import Partner
from taizhang.web.ledger.likeness import twins
from taizhang.web.ledger.workflow import record_steps as steps
from web_records import CLASS, entered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, True), ({"title": "社区电工安全用电培训"}, True), ({"kind": "award", "state": "awarded", "fields": {}, "measures": ()}, False),
        ({"period": "2024", "start": None, "end": None}, False), ({"title": "茶艺师大赛"}, False),
        ({"partners": (Partner("别的单位"),)}, True),
    ],
)  # fmt: skip
def test_what_is_alike_is_found(scene, changed, found):
    row = entered(scene)
    assert [each.record for each in twins(scene.college, replace(CLASS, **changed))] == ([row] if found else [])


def test_neither_itself_nor_what_was_withdrawn_nor_others(scene):
    row = entered(scene)
    assert twins(scene.college, replace(CLASS, id=row.code)) == []
    assert twins(scene.elsewhere, CLASS) == []
    steps.take(steps.dropping("重复"), scene.people.reporter, row)
    assert twins(scene.college, CLASS) == []
