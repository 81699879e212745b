"""Many at once: what is new is entered, what is there is changed, all of it or nothing."""

from dataclasses import replace

import pytest

from taizhang.core import record as core
from taizhang.web.ledger.models import Record, Stage
from taizhang.web.ledger.recorded import told
from taizhang.web.ledger.workflow import record_import as verbs
from taizhang.web.ledger.workflow.record_import import Incoming, Outcome
from web_records import CLASS, entered, record

pytestmark = pytest.mark.django_db


def taken(scene, *incoming, person=None, **more):
    return verbs.take_in(person or scene.people.reporter, scene.teaching, incoming, Outcome(), **more)


def test_new_ones_are_entered_and_told_ones_changed(scene):
    row = entered(scene, id="R1")
    outcome = taken(
        scene, Incoming(replace(told(row), title="新标题")), Incoming(replace(CLASS, id="R2", title="另一期"))
    )
    assert ([each.code for each in outcome.added], [each.code for each in outcome.changed]) == (["R2"], ["R1"])
    again = taken(scene, Incoming(told(Record.objects.get(code="R1"))), Incoming(told(Record.objects.get(code="R2"))))
    assert (again.unchanged, again.added, again.changed) == (2, [], [])


def test_one_fault_holds_back_everything(scene):
    entered(scene, id="R1", title="原标题")
    outcome = taken(
        scene, Incoming(replace(CLASS, id="R1", title="改")), Incoming(replace(CLASS, id="R2", kind="no_such")),
        Incoming(replace(CLASS, id="R3", title="好的")), Incoming(replace(CLASS, id="R3", title="重号")),
    )  # fmt: skip
    assert [place for place, _sentence in outcome.faults] == [1, 3]
    assert list(Record.objects.values_list("title", flat=True)) == ["原标题"]


def test_an_older_sheet_is_a_fault(scene):
    row = entered(scene, id="R1")
    Record.objects.update(version=3)
    outcome = taken(scene, Incoming(replace(told(row), title="改"), 1))
    assert "刚刚保存过" in outcome.faults[0][1]


def test_what_looks_like_one_that_is_there_waits_for_a_person(scene):
    row = entered(scene, id="R1")
    outcome = taken(scene, Incoming(replace(CLASS, id="R2")))
    assert outcome.twice == [(0, row)]
    assert Record.objects.count() == 1
    assert len(taken(scene, Incoming(replace(CLASS, id="R2")), anyway=True).added) == 1


def test_a_department_of_the_own_ones_gets_its_records(scene):
    records = [replace(CLASS, id=name, title=name, department=name) for name in ("教务处", "继续教育学院", "信息学院")]
    taken(scene, *map(Incoming, records), person=scene.people.office)
    assert list(Record.objects.order_by("pk").values_list("unit__name", flat=True)) == [
        "教务处",
        "继续教育学院",
        "教务处",
    ]
    assert list(Record.objects.order_by("pk").values_list("department", flat=True)) == [
        "教务处",
        "继续教育学院",
        "信息学院",
    ]


def test_nobody_changes_what_is_not_theirs_by_a_file(scene):
    row = record(scene, code="R1", unit=scene.training)
    outcome = taken(scene, Incoming(replace(CLASS, id="R1")))
    assert "职责范围" in outcome.faults[0][1]
    locked = record(scene, code="R2", stage=Stage.LOCKED)
    assert taken(scene, Incoming(replace(told(locked), title="改"))).faults
    assert {row.title, locked.title} == set(Record.objects.values_list("title", flat=True))


def test_what_is_no_record_is_told_with_its_place(scene):
    outcome = Outcome()
    assert len(verbs.understood([CLASS.to_json() | {"id": "R1"}, {"id": "R2", "surprise": 1}], outcome)) == 1
    assert outcome.faults[0][0] == 1
    assert verbs.take_in(scene.people.reporter, scene.teaching, [], outcome) is outcome


def test_too_many_are_asked_for_in_parts(scene):
    outcome = taken(scene, *[Incoming(core.Record(id="", kind="award", title="t"))] * (verbs.MOST + 1))
    assert str(verbs.MOST) in outcome.faults[0][1]
