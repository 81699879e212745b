from decimal import Decimal

import pytest
from django.utils import timezone

from taizhang.connect.items import Item
from taizhang.web.ledger.connecting import known_entries
from taizhang.web.ledger.models import Connector, Entry, Indicator, Round

pytestmark = pytest.mark.django_db


def item(indicator="1.1.1", period="中期"):
    return Item(key="k", rows=(2,), indicator=indicator, period=period, number=Decimal(6))


@pytest.fixture
def connector(scene):
    return Connector(college=scene.college, programme=scene.programme, unit=scene.teaching, name="甲")


@pytest.mark.parametrize("name", ["1.1.1", "省级在线课程"])
def test_a_figure_finds_its_item_by_code_or_by_name(scene, connector, name):
    assert known_entries(connector, [item(name)]) == {"k": scene.value}


def test_a_year_means_the_period_of_that_year(scene, connector):
    assert known_entries(connector, [item(period="2024")]) == {}
    Round.objects.filter(pk=scene.round.pk).update(period=scene.periods["year"])
    for period in ("2024", "2024 年", "2024年度", "2024 年度"):
        assert known_entries(connector, [item(period=period)]) == {"k": scene.value}


def test_the_newest_open_round_is_meant_and_a_closed_one_never(scene, connector):
    later = Round.objects.create(
        programme=scene.programme, period=scene.round.period, name="补报", opened_at=timezone.now(),
        opened_by=scene.people.office, due_person=scene.round.due_person, due_department=scene.round.due_department,
        due_team=scene.round.due_team, due_school=scene.round.due_school,
    )  # fmt: skip
    newer = Entry.objects.create(round=later, indicator=scene.indicator, unit=scene.teaching)
    assert known_entries(connector, [item()]) == {"k": newer}
    Round.objects.update(closed_at=timezone.now())
    assert known_entries(connector, [item()]) == {}


def test_the_same_code_of_a_specialty_group_is_another_indicator(scene, connector):
    Indicator.objects.filter(pk=scene.indicator.pk).update(group=scene.team)
    assert known_entries(connector, [item()]) == {}


def test_without_a_programme_there_is_nothing_to_find(scene, connector):
    connector.programme = None
    assert known_entries(connector, [item()]) == {}
