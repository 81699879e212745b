"""Each filter of the list lets through what it says; what means nothing is left out."""

import pytest

from taizhang.web.ledger.models import Partner, Place, Record, Stage
from taizhang.web.pages.record_list import RecordList
from web_records import entered, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(scene):
    """One of 2023 in 教务处, and one of 2024 in 继续教育学院."""
    one = entered(scene)
    other = entered(
        scene, scene.people.colleague, scene.training, kind="award", state="awarded", title="技能大赛一等奖", level="省级",
        period="2024", start=None, end=None, place=None, partners=(), tags=("标志性成果",), fields={}, measures=(),
    )  # fmt: skip
    return one, other


def found(scene, **chosen):
    return set(RecordList.of(scene.people.office, chosen).records)


@pytest.mark.parametrize(
    ("chosen", "which"),
    [
        ({"kind": "award"}, 1), ({"level": "省级"}, 1), ({"state": "held"}, 0), ({"year": "2023"}, 0), ({"year": "2024"}, 1),
        ({"tag": "标志性成果"}, 1), ({"q": "电工"}, 0), ({"q": "大赛 一等奖"}, 1),
    ],
)  # fmt: skip
def test_a_filter_lets_through_what_it_says(scene, rows, chosen, which):
    assert found(scene, **chosen) == {rows[which]}


def test_filters_by_what_rows_name(scene, rows):
    one, other = rows
    assert found(scene, unit=str(scene.training.pk)) == {other}
    assert found(scene, partner=str(Partner.objects.get().pk)) == {one}
    assert found(scene, place=str(Place.objects.get().pk)) == {one}
    assert found(scene, stage=Stage.DRAFT) == {one, other}


def test_whose_they_are(scene, rows):
    one, other = rows
    Record.objects.filter(pk=one.pk).update(stage=Stage.SUBMITTED, altered=True, worst="error")
    lead = RecordList.of(scene.people.lead, {"whose": "waiting"})
    assert set(lead.records) == {one}
    assert found(scene, whose="waiting") == set()
    assert found(scene, whose="altered") == {one}
    assert one in found(scene, whose="wrong")
    assert found(scene, whose="uncited") == {one, other}
    assert set(RecordList.of(scene.people.colleague, {"whose": "mine"}).records) == {other}


@pytest.mark.parametrize("chosen", [{"unit": "x"}, {"year": "二〇二三"}, {"stage": "99"}, {"partner": "x"}, {"place": "0"}, {"page": "x"}, {"sort": "x"}, {"whose": "x"}])  # fmt: skip
def test_what_means_nothing_is_left_out(scene, rows, chosen):
    assert found(scene, **chosen) == set(rows)


def test_orders(scene, rows):
    assert list(RecordList.of(scene.people.office, {}).records) == [rows[1], rows[0]]
    assert list(RecordList.of(scene.people.office, {"sort": "years"}).records) == [rows[1], rows[0]]
    titles = [row.title for row in RecordList.of(scene.people.office, {"sort": "title"}).records]
    assert titles == sorted(titles)


def test_another_college_s_unit_shows_nothing_of_it(scene):
    record(scene)
    assert not set(RecordList.of(scene.people.outsider, {"unit": str(scene.teaching.pk)}).records)
