"""总览: who has which dashboard, and that every mark opens a list of as many items as it says."""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.cache import cache
from django.http import QueryDict

from taizhang.web.ledger.models import Entry
from taizhang.web.ledger.overview import progress
from taizhang.web.ledger.overview.scope import Scope
from taizhang.web.pages.entry_list import EntryList
from web_dashboards import told_in_every_way
from web_records import record

DAY = date(2026, 11, 22)
CHARTS = (
    progress.by_task_and_unit, progress.by_task_and_year, progress.by_year, progress.by_year_and_stage,
    progress.by_category, progress.by_unit_and_stage,
)  # fmt: skip


def listed(person, link):
    asked = EntryList.of(person, QueryDict(urlsplit(link).query), DAY)
    return asked.entries.count()


@pytest.mark.parametrize("role", ["office", "reporter", "team_lead"])
@pytest.mark.parametrize("chart", CHARTS)
def test_every_mark_opens_a_list_of_as_many_items(scene, role, chart):
    told_in_every_way(scene)
    person = getattr(scene.people, role)
    made = chart(Scope(person, scene.round, DAY))
    for row in made.rows:
        for mark in row.marks:
            if mark.value is not None:
                says = int(mark.note.split("/")[1]) if mark.note else mark.value
                assert listed(person, mark.link) == says, (row.name, mark)


def test_the_figures_above_open_as_many_items(scene):
    told_in_every_way(scene)
    for tile in progress.tiles(Scope(scene.people.office, scene.round, DAY))[:2]:
        assert listed(scene.people.office, tile.link) == int(tile.note.split("/")[1])


def test_the_page_has_each_chart_as_a_picture_and_as_a_table(scene, as_):
    told_in_every_way(scene)
    page = as_("office").get("/dashboards/").content.decode()
    drawn = re.findall(r'<script id="chart-([\w-]+)" type="application/json">(.*?)</script>', page)
    assert [key for key, _text in drawn] == ["tasks", "years", "stages", "categories", "units", "furthest"]
    for key, text in drawn:
        assert json.loads(text)["option"]["series"]
        table = re.search(rf'id="figure-{key}".*?<table(.*?)</table>', page, re.DOTALL)[1]
        assert "<a href=" in table
    assert "unsafe" not in as_("office").get("/dashboards/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 200), ("lead", 200), ("office", 200), ("admin", 404), ("expert", 404), ("nobody", 404)],
)
def test_who_works_in_a_college_has_its_dashboards(as_, role, status):
    for path in ("/dashboards/", "/dashboards/units/", "/dashboards/indicators/", "/dashboards/wall/"):
        assert as_(role).get(path).status_code == status


def test_the_province_has_its_own_dashboard_and_no_other(scene, as_):
    Entry.objects.filter(pk=scene.entries[0].pk).update(stage="60-locked")
    browser = as_("province")
    assert browser.get("/dashboards/").headers["Location"] == "/dashboards/province/"
    page = browser.get("/dashboards/province/").content.decode()
    assert "云岭职业技术学院" in page
    assert f"/judging/{scene.round.pk}/" in page
    for path in ("/dashboards/units/", "/dashboards/indicators/", "/dashboards/wall/"):
        assert browser.get(path).status_code == 404
    assert as_("office").get("/dashboards/province/").status_code == 404


def test_records_and_partners_have_their_own(scene, as_):
    told = {
        "kind": "award",
        "state": "awarded",
        "level": "省级",
        "first_year": 2024,
        "last_year": 2024,
        "counted_year": 2024,
    }
    record(scene, "农机班", stage="20-submitted", **told)
    page = as_("office").get("/dashboards/business/").content.decode()
    assert re.search(r'id="figure-levels".*?<a href="/records/\?[^"]*level=%E7%9C%81%E7%BA%A7', page, re.DOTALL)
    assert (
        "还没有写明合作单位的记录"
        in as_("office").get(f"/dashboards/network/?unit={scene.training.pk}").content.decode()
    )
    assert as_("colleague").get("/dashboards/business/").content.decode().count("省级") == 0
    assert as_("admin").get("/dashboards/business/").status_code == 404


def test_another_college_sees_nothing_of_this_one(scene, as_):
    told_in_every_way(scene)
    page = as_("outsider").get(f"/dashboards/?round={scene.round.pk}").content.decode()
    assert "还没有可看的数据" in page
    assert "深化教学改革" not in page


def test_an_unknown_dashboard_or_chart_is_not_there(as_):
    assert as_("office").get("/dashboards/nonsense/").status_code == 404
    assert as_("office").get("/dashboards/programme/nonsense/sheet/").status_code == 404


def test_a_unit_is_chosen_and_what_means_nothing_is_left_out(scene, as_):
    told_in_every_way(scene)
    page = as_("office").get(f"/dashboards/units/?unit={scene.training.pk}").content.decode()
    assert f'<option value="{scene.training.pk}" selected>' in page
    assert as_("office").get("/dashboards/units/?unit=x&round=-1").status_code == 200


def test_indicators_come_twenty_a_page_and_by_name(scene, as_):
    told_in_every_way(scene, points=1, indicators=30)
    page = as_("office").get("/dashboards/indicators/").content.decode()
    assert page.count('class="drawing"') == 20
    assert "第 1 / 2 页" in page
    page = as_("office").get("/dashboards/indicators/?q=省级在线").content.decode()
    assert page.count('class="drawing"') == 1


def test_the_wall_names_no_person_and_offers_nothing_to_press(scene, as_):
    told_in_every_way(scene)
    page = as_("office").get("/dashboards/wall/").content.decode()
    assert 'data-every="300"' in page
    assert not any(person.name in page for person in vars(scene.people).values())
    shown = re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)
    assert shown.count("<a ") == 1  # back


def test_a_chart_is_saved_for_excel_with_the_same_figures(scene, as_, tmp_path):
    told_in_every_way(scene)
    answer = as_("office").get("/dashboards/programme/years/sheet/")
    file = tmp_path / "图.xlsx"
    file.write_bytes(answer.content)
    rows = list(openpyxl.load_workbook(file).active.values)
    chart = progress.by_year(Scope(scene.people.office, scene.round, DAY))
    assert rows[0] == ("年度", *(f"{each.name}（项）" for each in chart.series))
    assert rows[1:] == [(row.name, *(mark.value for mark in row.marks)) for row in chart.rows]


PATHS = [f"/dashboards/{key}" for key in ("", "units/", "indicators/", "business/", "network/", "wall/")]


@pytest.mark.parametrize("path", PATHS)
def test_the_questions_to_the_database_do_not_grow(scene, as_, path, django_assert_max_num_queries):
    browser = as_("office")
    told_in_every_way(scene, points=6, indicators=4, seed=1)
    cache.clear()
    browser.get(path)
    cache.clear()
    with django_assert_max_num_queries(32) as few:
        browser.get(path)
    Entry.objects.filter(point__ordinal__gte=10).delete()
    scene.task.points.filter(ordinal__gte=10).delete()
    scene.programme.points.filter(ordinal__gte=10).delete()
    scene.programme.tasks.exclude(pk=scene.task.pk).exclude(parent=None).delete()
    scene.programme.tasks.filter(code="2").delete()
    scene.programme.indicators.filter(code__startswith="9.").update(code="")
    told_in_every_way(scene, points=60, indicators=25, seed=2)
    for number in range(30):
        record(scene, f"第 {number} 班", first_year=2020 + number % 5, last_year=2020 + number % 5)
    cache.clear()
    with django_assert_max_num_queries(len(few)):
        browser.get(path)


def test_without_the_library_there_are_tables(scene, as_, monkeypatch):
    from taizhang.web.pages import dashboards

    told_in_every_way(scene)
    monkeypatch.setattr(dashboards.finders, "find", lambda _name: None)
    page = as_("office").get("/dashboards/").content.decode()
    assert "没有图表库" in page
    assert "echarts.min.js" not in page
    assert "<table" in page
