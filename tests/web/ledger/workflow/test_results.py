"""Money, landmarks and medians are kept by the office alone, with history, and two never write over each other."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.web.ledger.models import Benchmark, Change, FundLine, Landmark
from taizhang.web.ledger.workflow import results
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError
from web_records import record

D = Decimal
MONEY = {"year": 2024, "source": "5-own", "budget": D(100), "arrived": D(90), "spent": D(80), "explanation": ""}


def landmark(scene, **told):
    return {
        "name": "教学成果奖",
        "level": "国家级",
        "unit": scene.teaching,
        "state": "waiting",
        "won_on": None,
        "lost_on": None,
        **told,
    }


def test_a_line_is_kept_changed_and_told_in_the_history(scene):
    row = results.keep_fund_line(scene.people.office, scene.programme, None, 0, MONEY)
    results.keep_fund_line(scene.people.office, scene.programme, row, 1, MONEY | {"spent": D(95)})
    assert FundLine.objects.get().spent == 95
    assert [change.verb for change in Change.objects.filter(thing="fundline")] == ["change", "add"]
    with pytest.raises(StaleError):
        results.keep_fund_line(scene.people.office, scene.programme, row, 1, MONEY)
    with pytest.raises(RefusedError, match="已经有这样一行"):
        results.keep_fund_line(scene.people.office, scene.programme, None, 0, MONEY)


@pytest.mark.parametrize("told", [{"year": 2030}, {"spent": D(-1)}])
def test_money_that_cannot_be_is_refused(scene, told):
    with pytest.raises(RefusedError):
        results.keep_fund_line(scene.people.office, scene.programme, None, 0, MONEY | told)


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "outsider"])
def test_only_the_office_keeps_them(scene, role):
    person = getattr(scene.people, role)
    with pytest.raises(NotAllowedError):
        results.keep_fund_line(person, scene.programme, None, 0, MONEY)
    with pytest.raises(NotAllowedError):
        results.keep_landmark(person, scene.programme, None, 0, landmark(scene))
    with pytest.raises(NotAllowedError):
        results.take_benchmarks(person, scene.programme, [])


def test_a_landmark_is_won_by_a_record_or_a_note_and_lost_on_a_day(scene):
    row = results.keep_landmark(scene.people.office, scene.programme, None, 0, landmark(scene))
    with pytest.raises(RefusedError, match="要选一条业务记录"):
        results.keep_landmark(scene.people.office, scene.programme, row, 1, landmark(scene, state="won"))
    with pytest.raises(RefusedError, match="哪一天失去"):
        results.keep_landmark(scene.people.office, scene.programme, row, 1, landmark(scene, state="lost"))
    foreign = record(scene, unit=scene.elsewhere)
    with pytest.raises(RefusedError, match="不是本校的"):
        results.keep_landmark(
            scene.people.office, scene.programme, row, 1, landmark(scene, state="won", record=foreign)
        )
    won = landmark(scene, state="won", record=record(scene), won_level="省级", won_on=date(2024, 5, 1))
    results.keep_landmark(scene.people.office, scene.programme, row, 1, won)
    assert Landmark.objects.get().record.title == "农机维修培训班"


def test_medians_are_renewed_and_added(scene):
    def told(median, year=2024):
        return Benchmark(
            indicator=scene.indicator, scope="national", year=year, median=D(median), source="质量年报汇编"
        )

    assert results.take_benchmarks(scene.people.office, scene.programme, [told(5)]) == 1
    assert results.take_benchmarks(scene.people.office, scene.programme, [told(7), told(8, 2025)]) == 2
    assert [(row.year, row.median, row.version) for row in Benchmark.objects.all()] == [(2024, 7, 2), (2025, 8, 1)]
