"""What the demonstration shows beside the reports: all of it by the verbs of a real college."""

from datetime import date

import pytest

from taizhang.web.ledger.models import Forewarning, ForewarningState, Gauging, PullState
from taizhang.web.ledger.models import Pull as Fetch
from taizhang.web.ledger.workflow import demonstration_watching
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar

pytestmark = pytest.mark.django_db


def test_there_are_warnings_handlings_a_diagnosis_and_two_imports(scene):
    people = {"shuanggao": scene.people.office, "jiaowu": scene.people.reporter, "jidian": scene.people.reporter}
    units = {"继续教育学院": scene.training}
    for name in {unit for _code, _name, unit, _values in demonstration_watching.SPECIALTIES}:
        units[name] = scene.teaching.__class__.objects.create(
            name=name, kind="group", parent=scene.teaching, college=scene.college, path=f"{scene.teaching.path}{len(units)}0/"
        )  # fmt: skip
    demonstration_watching.plant(Calendar(date(2026, 11, 22)), scene.programme, units, people)
    assert Gauging.objects.count() == 24
    assert sorted(Fetch.objects.values_list("state", flat=True)) == [PullState.SHOWN, PullState.WRITTEN]
    states = set(Forewarning.objects.values_list("state", flat=True))
    assert states == set(ForewarningState.values)
