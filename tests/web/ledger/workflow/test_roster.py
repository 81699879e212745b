"""What a preview held comes back the same."""

from datetime import date

from taizhang.web.ledger.models import Change
from taizhang.web.ledger.sheets import export, read
from taizhang.web.ledger.workflow import roster

ROWS = [{"username": "zs", "name": "张三", "unit": "教务处", "role": "lead", "since": date(2026, 1, 2), "until": None}]


def test_rows_are_held_and_come_back(scene):
    filled = read(roster.PEOPLE, export(roster.PEOPLE, ROWS))
    again = roster.filled_again(roster.PEOPLE, roster.rows_of(filled))
    assert again.rows == filled.rows


def test_a_try_leaves_no_trace_and_says_what_taking_does(scene):
    filled = read(roster.PEOPLE, export(roster.PEOPLE, ROWS))
    tried = roster.try_people(scene.people.admin, filled)
    assert not Change.objects.exists()
    taken = roster.take_people(scene.people.admin, filled)
    assert tried.steps == taken.steps
    assert [step.verb for step in taken.steps] == ["新增人员", "授予角色"]
