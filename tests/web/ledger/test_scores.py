"""The score of a round: items by their part and tier, points that are done, money that was spent."""

from decimal import Decimal

from taizhang.web.ledger import scores
from taizhang.web.ledger.models import Entry, FundLine, Indicator, UnitKind
from taizhang.web.ledger.workflow import appraisal
from web_figures import formula
from web_people import unit


def told(scene, entry, **values):
    Entry.objects.filter(pk=entry.pk).update(**values)


def test_what_is_not_told_scores_nothing_yet(scene):
    found = scores.standing_of(scene.round)
    assert (found.projection.total, found.projection.grade.name, found.is_borrowed) == (0, "差", True)
    assert found.tiers[0].sheet.rows[0].is_told is False


def test_a_met_target_is_a_full_part(scene):
    told(scene, scene.value, number=6, text="6")
    found = scores.standing_of(scene.round)
    assert found.projection.total == 100
    told(scene, scene.value, number=3, text="3")
    assert scores.standing_of(scene.round).projection.total == 50


def test_a_specialty_group_is_a_tier_of_its_own(scene):
    group = unit("农机专业群", UnitKind.GROUP, scene.college)
    own = Indicator.objects.create(
        programme=scene.programme, name="群课程", category="social", unit=scene.teaching, group=group, position="9"
    )
    Entry.objects.create(round=scene.round, indicator=own, unit=scene.teaching, text="达成年度指标", rate="90%")
    found = scores.standing_of(scene.round)
    assert [tier.name for tier in found.tiers] == ["学校", "农机专业群"]
    assert found.tiers[1].sheet.total == 90
    assert found.projection.total == 63


def test_a_declared_weight_is_used(scene):
    formula(scene, {"part": {"operation": "count", "kinds": ["course"]}}, measure="门", weight=Decimal(20))
    assert scores.standing_of(scene.round).tiers[0].sheet.rows[0].weight == 20


def test_money_up_to_the_end_of_the_period_counts(scene):
    for year, spent in ((2024, 90), (2027, 0)):
        FundLine.objects.create(
            programme=scene.programme, year=year, source="5-own", budget=100, arrived=100, spent=spent
        )
    found = scores.standing_of(scene.round)
    assert found.money.execution == 90
    assert found.tiers[0].sheet.parts["预算执行率"] == (Decimal("9.00"), Decimal(10))
    assert len(scores.lines_of(scene.programme)) == 2


def test_postponed_points_are_never_done(scene):
    told(scene, scene.entries[0], rate="100%", state="postponed")
    told(scene, scene.entries[1], rate="100%", state="built")
    points = scores.standing_of(scene.round).points
    assert (points.total, points.done, points.postponed) == (2, 1, 1)


def test_floors_of_the_national_rule_beat_the_score(scene):
    scene.programme.profile = "national"
    scene.programme.save()
    told(scene, scene.value, number=6, text="6")
    appraisal.keep(scene.people.office, scene.round, 0, {"学校": Decimal(17)}, {})
    found = scores.standing_of(scene.round)
    assert found.projection.grade.name == "差"
    assert len(found.projection.fails) == 2


def test_a_rate_is_read_as_it_is_typed():
    assert [scores.percent(each) for each in ("95%", " 87.5 ", "达标", "")] == [95, Decimal("87.5"), None, None]
