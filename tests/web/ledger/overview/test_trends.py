"""An indicator over time: targets and values by period, each leading to where it stands."""

from datetime import timedelta
from decimal import Decimal

from taizhang.web.ledger.models import Entry, Period, Round
from taizhang.web.ledger.overview import trends


def test_targets_and_values_stand_in_their_periods(scene):
    scene.value.number = Decimal(4)
    scene.value.save()
    (chart,) = trends.trends(scene.people.office, scene.programme, [scene.indicator])
    found = {row.name: [mark.value for mark in row.marks] for row in chart.rows}
    assert found == {"中期": [6, 4], "期满": [10, None]}
    assert chart.rows[0].marks[1].link == f"/entries/{scene.value.pk}/"


def test_the_newest_round_of_a_period_has_the_last_word(scene):
    scene.value.number = Decimal(4)
    scene.value.save()
    again = Round.objects.get(pk=scene.round.pk)
    again.pk, again.name, again.opened_at = None, "再报一次", scene.round.opened_at + timedelta(days=1)
    again.save()
    Entry.objects.create(round=again, indicator=scene.indicator, unit=scene.teaching, number=5)
    (chart,) = trends.trends(scene.people.office, scene.programme, [scene.indicator])
    assert chart.rows[0].marks[1].value == 5


def test_others_values_are_not_shown(scene):
    assert list(trends.indicators(scene.people.outsider, scene.programme)) == []
    assert list(trends.indicators(scene.people.colleague, scene.programme)) == []
    assert list(trends.indicators(scene.people.reporter, scene.programme)) == [scene.indicator]


def test_twenty_need_no_more_queries_than_one(scene, django_assert_max_num_queries):
    Period.objects.create(programme=scene.programme, name="2025 年度", kind="year", first_year=2025, last_year=2025)
    for count in (1, 20):
        with django_assert_max_num_queries(4):
            trends.trends(scene.people.office, scene.programme, [scene.indicator] * count)
