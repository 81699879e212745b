"""What may be the same thing is found before it is saved."""

from dataclasses import replace

import pytest

from taizhang.core.record import Partner
from taizhang.web.ledger import record_search
from taizhang.web.ledger.likeness import twins
from taizhang.web.ledger.workflow import record_steps as steps
from taizhang.web.ledger.workflow import records
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


@pytest.mark.parametrize("title", ["社区电工安全用电培训", "社区电工安全用电技能培训班"])
def test_what_is_alike_is_found_among_any_number_of_newer_ones(scene, title):
    row = entered(scene)
    others = [
        replace(CLASS, title=f"{number}号茶艺与烘焙培训班", partners=(), place=None, measures=())
        for number in range(130)
    ]
    records.enter_many(scene.people.office, scene.college, [records.Entering(scene.teaching, each) for each in others])
    assert [each.record for each in twins(scene.college, replace(CLASS, title=title))] == [row]


def test_pairs_that_all_have_in_common_do_not_hide_one(scene, monkeypatch):
    monkeypatch.setattr(record_search, "_COMMON", 3)
    row = entered(scene)
    others = [
        replace(CLASS, title=f"社区电工安全用电培训班第{number}期", start=None, end=None, period="2020")
        for number in range(9)
    ]
    records.enter_many(scene.people.office, scene.college, [records.Entering(scene.teaching, each) for each in others])
    assert [each.record for each in twins(scene.college, replace(CLASS, title="社区电工安全用电的培训班"))] == [row]
