"""History pages: one thing's, and a college's."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Change

SEERS = ("office", "admin")
OTHERS = ("reporter", "lead", "team_lead", "expert", "province", "nobody")


@pytest.fixture
def past(scene):
    people = scene.people
    history.record(
        scene.college, people.reporter, "save", scene.entries[0], before={"text": ""}, after={"text": "六门"}
    )
    history.record(scene.college, people.lead, "return", scene.entries[0], reason="缺佐证")
    history.record(
        scene.college, people.admin, "rename", scene.teaching, before={"name": "教务"}, after={"name": "教务处"}
    )
    history.record(scene.elsewhere, people.outsider, "save", scene.entries[1], after={"text": "外校的事"})
    return scene


@pytest.mark.parametrize("role", SEERS)
def test_office_and_administrators_see_the_history_of_their_college(past, as_, role):
    page = as_(role).get("/history/").content.decode()
    assert "林晓" in page and "缺佐证" in page and "外校的事" not in page


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_knows_of_it(past, as_, role):
    assert as_(role).get("/history/").status_code == 404


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("verb=return", 1), ("thing=unit", 1), ("label=教务处", 1), ("since=2000-01-01&until=2000-01-02", 0),
        ("since=2000-01-01", 3), ("until=2099-01-01&verb=save", 1), ("verb=none", 0), ("who=abc", 3),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(past, as_, query, number):
    page = as_("office").get(f"/history/?{query}").content.decode()
    assert page.count("<tr>") == (number + 1 if number else 0)


def test_the_history_of_one_person(past, as_):
    page = as_("office").get(f"/history/?who={past.people.lead.pk}").content.decode()
    assert "缺佐证" in page and "<ins>六门</ins>" not in page


def test_a_day_that_is_none_gets_a_sentence(past, as_):
    for day in ("gestern", "2026-02-31"):
        assert "日期请写成" in as_("office").get(f"/history/?since={day}").content.decode()


def test_the_list_is_paged_and_costs_the_same_at_any_length(scene, as_, django_assert_max_num_queries):
    office = as_("office")
    for total in (60, 120):
        for _ in range(60):
            history.record(scene.college, scene.people.office, "save", scene.value, after={"text": "一"})
        with django_assert_max_num_queries(14):
            page = office.get("/history/").content.decode()
        assert page.count("<tr>") == 51
        assert f"before={total - 49}" in page
    assert office.get("/history/?before=21").content.decode().count("<tr>") == 21


def test_htmx_gets_the_list_alone(past, as_):
    page = as_("office").get("/history/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page and "缺佐证" in page


def test_the_list_is_exported_as_filtered(past, as_):
    answer = as_("office").get("/history/?format=xlsx&verb=save")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [row[3] for row in rows] == ["做了什么", "填写"]
    assert rows[1][6] == "完成情况：（空） → 六门"


def test_whoever_sees_a_thing_sees_its_history(past, as_):
    address = f"/history/entry/{past.entries[0].pk}/"
    for role in ("reporter", "lead", "team_lead", "office"):
        page = as_(role).get(address).content.decode()
        assert "缺佐证" in page and "<ins>六门</ins>" in page
    for role in ("colleague", "outsider", "expert", "province", "admin", "nobody"):
        assert as_(role).get(address).status_code == 404
    assert as_("office").get("/history/session/1/").status_code == 404


def test_a_part_of_a_page_is_a_part(past, as_):
    page = as_("office").get(f"/history/entry/{past.entries[0].pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page and "退回" in page


def test_a_thing_without_history_says_so(scene, as_):
    assert "还没有改动" in as_("office").get(f"/history/entry/{scene.value.pk}/").content.decode()
    assert not Change.objects.exists()


def test_names_are_sought_among_the_newest_and_that_is_said(past, as_, monkeypatch):
    browser = as_("office")
    assert "最近 20 万条" not in browser.get("/history/?label=教务处").content.decode()
    monkeypatch.setattr("taizhang.web.pages.history._MOST_READ", 2)
    page = browser.get("/history/?label=2024").content.decode()
    assert "最近 20 万条" in page and "缺佐证" in page and "六门" not in page
    everything = browser.get("/history/?label=2024&since=2020-01-01").content.decode()
    assert "最近 20 万条" not in everything and "六门" in everything
