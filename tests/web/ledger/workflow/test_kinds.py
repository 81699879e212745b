"""A college declares its own kinds; what is wrong is told with its line, what records use cannot be taken away."""

import pytest

from taizhang.core.errors import RecordError
from taizhang.web.ledger import history
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import kinds
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError
from web_records import EXTENDED, FARM, entered

pytestmark = pytest.mark.django_db


def test_the_office_adds_a_kind_and_its_next_version(scene):
    office = scene.people.office
    row = kinds.declare(office, scene.college, FARM)
    assert (row.key, row.version) == ("farm_visit", 1)
    assert kinds.declare(office, scene.college, FARM).version == 1
    again = kinds.declare(office, scene.college, FARM.replace("农户走访", "农户回访"), 1)
    assert again.version == 2
    assert shelf_of(scene.college)["farm_visit"].name == "农户回访"
    with pytest.raises(OutOfOrderError):
        kinds.declare(office, scene.college, FARM, 1)
    assert history.of(again).get().verb == "declare"


def test_a_shipped_kind_is_extended_and_given_back(scene):
    office = scene.people.office
    kinds.declare(office, scene.college, EXTENDED)
    assert shelf_of(scene.college)["training_programme"].field("weather")
    kinds.withdraw(office, scene.college, "training_programme")
    assert shelf_of(scene.college)["training_programme"].field("weather") is None
    with pytest.raises(OutOfOrderError):
        kinds.withdraw(office, scene.college, "training_programme")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FARM.replace("phase: done", "phase: finished"), 13),
        (FARM.replace("name: 户数, unit: 户", "name: 户数"), 9),
        ("name: 没有键\n", 1),
        ("kind: [\n", 2),
        ("extends: no_such\n", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(scene, text, line):
    with pytest.raises(RecordError, match=f"第 {line} 行"):
        kinds.declare(scene.people.office, scene.college, text)
    assert "farm_visit" not in shelf_of(scene.college)


def test_what_records_use_is_not_taken_away(scene):
    office = scene.people.office
    kinds.declare(office, scene.college, EXTENDED)
    entered(scene, fields={"weather": "晴"})
    with pytest.raises(RefusedError, match="weather"):
        kinds.withdraw(office, scene.college, "training_programme")
    with pytest.raises(RefusedError, match="weather"):
        kinds.declare(office, scene.college, EXTENDED.replace("weather", "sky"))


def test_only_the_office_declares(scene):
    for role in ("reporter", "lead", "admin", "province", "outsider"):
        with pytest.raises(NotAllowedError):
            kinds.declare(getattr(scene.people, role), scene.college, FARM)
        with pytest.raises(NotAllowedError):
            kinds.withdraw(getattr(scene.people, role), scene.college, "farm_visit")
