"""The province sees what is locked, college by college, and the median of it; nothing of what is not."""

from decimal import Decimal
from statistics import median

from django.utils import timezone

from taizhang.web.ledger.models import Entry, Period, PeriodKind, Point, Programme, Round, Stage, Task
from taizhang.web.ledger.overview.colleges import charts, colleges
from web_dashboards import told_in_every_way


def another_college(scene, done, points):
    """Another college of the province, all of whose items are locked."""
    programme = Programme.objects.create(college=scene.elsewhere, name="建设", first_year=2023, last_year=2027)
    period = Period.objects.create(
        programme=programme, name="中期", kind=PeriodKind.CHECKPOINT, first_year=2023, last_year=2025
    )
    days = dict.fromkeys(("due_person", "due_department", "due_team", "due_school"), scene.round.due_person)
    round_ = Round.objects.create(
        programme=programme,
        period=period,
        name="中期",
        opened_at=timezone.now(),
        opened_by=scene.people.outsider,
        **days,
    )
    unit = scene.elsewhere
    task = Task.objects.create(programme=programme, code="1", name="任务", unit=unit, position="001")
    for number in range(points):
        point = Point.objects.create(
            programme=programme, task=task, year=2024, ordinal=number + 1, plan="事", unit=unit
        )
        Entry.objects.create(
            round=round_, point=point, unit=unit, stage=Stage.LOCKED, rate="100%" if number < done else "50%"
        )
    return round_


def marks(chart):
    return {row.name: [mark.value for mark in row.marks] for row in chart.rows}


def test_nothing_locked_is_nothing_seen(scene):
    told_in_every_way(scene)
    Entry.objects.update(stage=Stage.APPROVED)
    assert colleges(scene.people.province) == []


def test_each_measure_is_counted_from_locked_items_alone(scene):
    told_in_every_way(scene)
    (found,) = colleges(scene.people.province)
    entries = Entry.objects.filter(round=scene.round)
    locked = entries.filter(stage=Stage.LOCKED).count()
    assert (found.every, found.locked) == (entries.count(), locked)
    assert {portion.stage for portion in found.portions} == {Stage.LOCKED}
    assert sum(portion.count for portion in found.portions) == locked


def test_colleges_stand_beside_each_other_with_their_median(scene):
    Entry.objects.filter(point=scene.points[0]).update(stage=Stage.LOCKED, rate="100%")
    another_college(scene, 1, 4)
    tiles, (table, locked, points, *_more) = charts(scene.people.province)
    assert tiles[0].said == "2"
    assert [row.name for row in table.rows] == [one.name for one in colleges(scene.people.province)]
    assert marks(points) == {"云岭职业技术学院": [100], "望海职业学院": [25]}
    assert points.median == (Decimal("62.5"),)
    assert locked.median == (median([Decimal("33.33"), Decimal(100)]).quantize(Decimal("0.01")),)
    assert [row.name for row in locked.rows] == ["望海职业学院", "云岭职业技术学院"]


def test_a_college_and_the_province_next_door_see_no_other(scene):
    another_college(scene, 1, 4)
    for role in ("office", "outsider", "expert", "reporter"):
        assert colleges(getattr(scene.people, role)) == []


def test_the_questions_do_not_grow_with_the_colleges(scene, django_assert_max_num_queries):
    Entry.objects.filter(round=scene.round).update(stage=Stage.LOCKED)
    with django_assert_max_num_queries(8) as few:
        charts(scene.people.province)
    another_college(scene, 3, 12)
    told_in_every_way(scene)
    with django_assert_max_num_queries(len(few)):
        charts(scene.people.province)
