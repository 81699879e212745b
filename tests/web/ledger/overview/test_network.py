"""Partners and the kinds of record in which the college meets them."""

from urllib.parse import urlsplit

from django.http import QueryDict

from taizhang.web.ledger.models import Partner, RecordPartner
from taizhang.web.ledger.overview.business import Business
from taizhang.web.ledger.overview.network import charts
from taizhang.web.pages.record_list import RecordList
from web_records import record


def met(scene, name, *kinds):
    partner = Partner.objects.create(college=scene.college, name=name)
    for kind in kinds:
        RecordPartner.objects.create(record=record(scene, name, kind=kind), partner=partner, told=name)
    return partner


def test_a_thread_is_as_many_records_as_its_list(scene):
    met(scene, "石桥农机公司", "training_programme", "training_programme", "agreement")
    met(scene, "青石镇政府", "agreement")
    network, first = charts(Business(scene.people.office, scene.college))
    assert [row.name for row in network.rows] == ["石桥农机公司", "青石镇政府"]
    assert [mark.value for mark in first.rows[0].marks] == [3]
    for chart in (network, first):
        for row in chart.rows:
            for mark in row.marks:
                asked = RecordList.of(scene.people.office, QueryDict(urlsplit(mark.link).query))
                assert asked.records.count() == mark.value


def test_nobody_sees_partners_of_records_they_do_not_see(scene):
    met(scene, "石桥农机公司", "agreement")
    for role in ("colleague", "outsider", "expert"):
        network, first = charts(Business(getattr(scene.people, role), scene.college))
        assert network.is_empty
        assert first.is_empty


def test_forty_partners_need_no_more_questions_than_two(scene, django_assert_max_num_queries):
    met(scene, "甲", "agreement")
    asked = Business(scene.people.office, scene.college)
    with django_assert_max_num_queries(6) as few:
        charts(asked)
    for number in range(40):
        met(scene, f"第 {number} 家", "agreement", "donation")
    with django_assert_max_num_queries(len(few)):
        network, _first = charts(Business(scene.people.office, scene.college))
    assert "没有画出" in network.note
