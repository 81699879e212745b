"""What stands beside a computed score is kept by the office, once, and told in the history."""

from decimal import Decimal

import pytest

from taizhang.web.ledger import history, scores
from taizhang.web.ledger.models import Change, Entry
from taizhang.web.ledger.workflow import appraisal
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError

SCORE = {"学校": Decimal("17.5")}


@pytest.fixture
def round_(scene):
    scene.programme.profile = "national"
    scene.programme.save()
    scene.round.programme = scene.programme
    return scene.round


def test_it_goes_into_the_grade_and_into_the_history(scene, round_):
    office = scene.people.office
    row = appraisal.keep(office, round_, 0, SCORE, {"偏离建设方案的目标": " 通报 "})
    assert (row.management, row.fails, row.version) == ({"学校": "17.5"}, {"偏离建设方案的目标": "通报"}, 1)
    assert len(scores.standing_of(round_).projection.fails) == 3  # the points are not done either
    with pytest.raises(StaleError):
        appraisal.keep(office, round_, 0, {}, {})
    assert appraisal.keep(office, round_, 1, {}, {}).version == 2
    assert scores.standing_of(round_).projection.fails == ("任务完成度 0% 低于 80%",)
    assert list(history.breaks(scene.college)) == []


def test_unknown_tiers_and_items_are_refused_and_others_may_not(scene, round_):
    office, reporter = scene.people.office, scene.people.reporter
    with pytest.raises(RefusedError):
        appraisal.keep(office, round_, 0, {"别的层面": Decimal(20)}, {})
    with pytest.raises(RefusedError):
        appraisal.suppose(office, round_, "a", {scene.entries[0].pk: None})
    for attempt in (
        lambda: appraisal.keep(reporter, round_, 0, SCORE, {}),
        lambda: appraisal.suppose(reporter, round_, "a", {scene.value.pk: None}),
        lambda: appraisal.forget(reporter, appraisal.suppose(office, round_, "a", {scene.value.pk: None})),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_supposing_never_lowers_the_total_and_writes_nothing(scene, round_):
    Entry.objects.filter(pk=scene.value.pk).update(number=3, text="3")
    now, then = scores.standing_of(round_), scores.standing_of(round_, {scene.value.pk: None})
    assert then.projection.total > now.projection.total
    assert Entry.objects.get(pk=scene.value.pk).number == 3


def test_a_supposed_value_is_kept_and_told_by_the_name_of_its_indicator(scene, round_):
    Entry.objects.filter(pk=scene.value.pk).update(number=6, text="6")
    row = appraisal.suppose(scene.people.office, round_, "少一半", {scene.value.pk: Decimal("3.0")})
    assert (row.entries, row.values, row.size) == ([], {str(scene.value.pk): "3"}, 1)
    worse = scores.standing_of(round_, {scene.value.pk: Decimal(3)})
    assert worse.projection.total < scores.standing_of(round_).projection.total
    appraisal.forget(scene.people.office, row)
    added, dropped = Change.objects.filter(thing="supposition").order_by("pk")
    assert (
        added.after == dropped.before == {"name": "少一半", "entries": [], "values": {str(scene.value.indicator): "3"}}
    )
