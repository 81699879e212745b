"""What is too long, or has no place, is refused and never cut off or guessed."""

import pytest

from taizhang.core.source import Source
from taizhang.intake.programme import Figure, Printed, When
from taizhang.web.ledger.known import dated
from taizhang.web.ledger.models import Taking
from taizhang.web.ledger.planting import Planting
from taizhang.web.ledger.workflow.trouble import RefusedError


@pytest.fixture
def planting(scene):
    return Planting(scene.people.office, Taking(programme=scene.programme, unit=scene.teaching, period=None))


def figure(text, when, year=None):
    return Figure(when=when, year=year, printed=Printed(text=text, source=Source(file="甲")))


def test_a_target_goes_to_the_period_it_names(scene, planting):
    assert planting._period(figure("1", When.MID)) == scene.periods["mid"]
    assert planting._period(figure("1", When.YEAR, 2024)) == scene.periods["year"]


def test_a_target_of_a_period_that_is_not_there_is_refused(planting):
    with pytest.raises(RefusedError, match="2031"):
        planting._period(figure("1", When.YEAR, 2031))


def test_a_target_is_not_cut_off(scene, planting):
    with pytest.raises(RefusedError, match="太长"):
        planting._target(scene.indicator, figure("长" * 301, When.END))


def test_a_target_without_a_time_is_put_to_the_period_reported_on_or_refused(scene, planting):
    undated = figure("1", When.YEAR)
    with pytest.raises(RefusedError, match="没有写明是哪一期"):
        planting._period(undated)
    assert planting._period(dated(undated, scene.periods["mid"])) == scene.periods["mid"]
    assert planting._period(dated(undated, scene.periods["year"])) == scene.periods["year"]
