from decimal import Decimal

import pytest

from taizhang.web.ledger.models import Gauge, Gauging
from taizhang.web.ledger.workflow import diagnosis as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError

pytestmark = pytest.mark.django_db
BARS = {
    "kind": "course",
    "name": "评教分",
    "measure": "分",
    "lower": False,
    "yellow": Decimal(85),
    "red": Decimal(75),
    "drop": None,
}


def line(**more):
    told = {"kind": "course", "code": "K1", "name": "农机维修", "unit": "教务处", "gauge": "评教分", "term": "2025"}
    return verbs.Reported(row=2, **told, **({"number": Decimal(90), "part": None, "whole": None} | more))


def test_only_the_own_office_sets_bars_and_takes_values_in(scene):
    for person in (scene.people.lead, scene.people.outsider):
        with pytest.raises(NotAllowedError):
            verbs.keep_gauge(person, scene.college, None, BARS)
        with pytest.raises(NotAllowedError):
            verbs.take_in(person, scene.college, [line()])
    assert not Gauge.objects.exists()


def test_a_value_told_again_changes_nothing_and_another_changes_it(scene):
    verbs.keep_gauge(scene.people.office, scene.college, None, BARS)
    assert verbs.take_in(scene.people.office, scene.college, [line()]) == (1, 0)
    assert verbs.take_in(scene.people.office, scene.college, [line()]) == (0, 0)
    assert verbs.take_in(scene.people.office, scene.college, [line(number=Decimal(88))]) == (0, 1)
    assert Gauging.objects.get().number == 88
