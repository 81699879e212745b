"""Charts of records count what counts as done, in units that can be added, and lead to lists of exactly those."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from taizhang.core import record as core
from taizhang.core.figure import Window, evaluated
from taizhang.core.formula import Formula, Operation, Part
from taizhang.web.ledger import derived
from taizhang.web.ledger.models import Place, PlaceRank, Record, RecordMeasure, Stage
from taizhang.web.ledger.overview import business
from taizhang.web.ledger.overview.business import Business
from taizhang.web.ledger.workflow import records
from taizhang.web.pages.record_list import RecordList
from web_records import CLASS
from web_records import record as bare


def record(scene, title, **told):
    """One that was handed in, and counts in the year it ended."""
    told = {"stage": Stage.SUBMITTED, "counted_year": told.get("last_year"), **told}
    return bare(scene, title, **told)


@pytest.fixture
def told(scene):
    """Trainings, honours and money of two years, some of which do not count."""
    city = Place.objects.create(college=scene.college, name="云岭市", rank=PlaceRank.CITY, path="/1/")
    town = Place.objects.create(college=scene.college, name="青石镇", rank=PlaceRank.TOWN, parent=city, path="/1/2/")
    rows = [
        (record(scene, "甲班", last_year=2023, first_year=2023, place=town), [("人次", 120, "人次"), ("培训量", "0.05", "万人日")]),
        (record(scene, "乙班", last_year=2023, first_year=2023, place=city), [("培训人次", 30, "人次")]),
        (record(scene, "丙班", last_year=2024, first_year=2023, unit=scene.training), [("人次", 2, "万人次")]),
        (record(scene, "累计", last_year=2024, first_year=2024), [("人次", 999, "人次", True)]),
        (record(scene, "没办成", state="planned", last_year=2024, first_year=2024, place=town), [("人次", 50, "人次")]),
        (record(scene, "省赛", kind="award", state="awarded", level="省级", last_year=2023, first_year=2023), []),
        (record(scene, "入围", kind="award", state="shortlisted", level="国家级", last_year=2023, first_year=2023), []),
        (record(scene, "无级", kind="award", state="awarded", last_year=2024, first_year=2024), []),
        (record(scene, "拨款", kind="funding", state="received", fields={"nature": "地方财政"}), [("金额", 300000, "元"), ("预算额", 50, "万元")]),
        (record(scene, "支付", kind="funding", state="paid", fields={}), [("金额", 12, "万元")]),
        (record(scene, "约定", kind="funding", state="agreed", fields={"nature": "企业"}), [("金额", 88, "万元")]),
    ]  # fmt: skip
    for row, measures in rows:
        for name, value, unit, *cumulative in measures:
            RecordMeasure.objects.create(
                record=row, name=name, value=Decimal(value), unit=unit, cumulative=cumulative[0] if cumulative else None
            )
    return Business(scene.people.office, scene.college)


def figures(chart):
    return {
        row.name: {each.name: mark.value for each, mark in zip(chart.series, row.marks, strict=True) if mark.value}
        for row in chart.rows
    }


def listed(person, link):
    return RecordList.of(person, QueryDict(urlsplit(link).query)).records


def test_sums_are_of_what_counts_in_one_unit_and_nothing_twice(told):
    people, days = business.volumes(told)
    assert figures(people) == {"2023": {"人次": 150}, "2024": {"人次": 20000}}
    assert figures(days) == {"2023": {"培训量": 500}}


def test_shortlisted_is_not_won_and_a_level_is_never_inferred(told):
    assert figures(business.by_level(told)) == {"2023": {"省级": 1}, "2024": {"未写级别": 1}}


def test_an_agreement_is_no_money(told):
    assert figures(business.by_source(told)) == {
        "地方财政": {"预算": 50, "已到款": 30}, "未写来源": {"已支付": 12},
    }  # fmt: skip


def test_places_are_told_by_the_outermost(told):
    assert figures(business.by_place(told)) == {"云岭市": {"培训项目": 2}}


def test_each_kind_says_how_much_of_it_counts(told):
    assert figures(business.by_kind(told))["培训项目"] == {"算完成的": 4, "还不算完成的": 1}


@pytest.mark.parametrize("role", ["office", "reporter"])
def test_every_mark_opens_the_records_it_was_counted_from(told, scene, role):
    person = getattr(scene.people, role)
    seen = Business(person, scene.college)
    for chart in (business.by_level, business.by_service, business.by_place, business.by_kind):
        for row in chart(seen).rows:
            for mark in row.marks:
                assert listed(person, mark.link).count() == mark.value, (row.name, mark)


def test_a_sum_opens_the_records_that_were_added(told, scene):
    people, _days = business.volumes(told)
    opened = [sorted(row.title for row in listed(scene.people.office, row.marks[0].link)) for row in people.rows]
    assert opened == [["乙班", "甲班"], ["丙班"]]
    money = business.by_source(told)
    opened = {
        (row.name, each.name): [one.title for one in listed(scene.people.office, mark.link)]
        for row in money.rows
        for each, mark in zip(money.series, row.marks, strict=True)
        if mark.value
    }
    assert opened == {
        ("地方财政", "预算"): ["拨款"], ("地方财政", "已到款"): ["拨款"], ("未写来源", "已支付"): ["支付"],
    }  # fmt: skip


def test_of_a_unit_only_its_own(told, scene):
    of_unit = Business(scene.people.office, scene.college, scene.training)
    assert figures(business.volumes(of_unit)[0]) == {"2024": {"人次": 20000}}
    assert listed(scene.people.office, business.by_kind(of_unit).rows[0].link).count() == 1


def test_another_college_sees_nothing(told, scene):
    assert business.by_kind(Business(scene.people.outsider, scene.college)).is_empty


def test_nonsense_in_the_address_narrows_nothing(told, scene):
    for query in ("group=x", "ended=20", "done=maybe", "measure=x", "field=nature", "kind=award&field=x:y"):
        every = RecordList.of(scene.people.office, QueryDict(query.split("&")[0] if "kind" in query else "")).records
        assert RecordList.of(scene.people.office, QueryDict(query)).records.count() == every.count(), query


TIMES = (
    {"period": "2023"}, {"period": "2022-2023"}, {"period": "2023-2024学年"}, {"period": "since 2021"}, {"period": "不久前"},
    {"period": None, "start": date(2022, 12, 20), "end": date(2023, 1, 5)}, {"period": "2022-2024", "start": date(2022, 3, 1)},
    {"period": "2023-2024学年", "start": date(2023, 9, 1)}, {"period": "2022", "as_of": date(2023, 6, 30)}, {"period": None},
)  # fmt: skip
MEASURES = (
    (), (core.RecordMeasure("培训量", Decimal(30), "人日"),), (core.RecordMeasure("培训量", Decimal("0.01"), "万人日"),),
    (core.RecordMeasure("培训量", Decimal(9), "人日", cumulative=True),),
    (core.RecordMeasure("培训量", Decimal(5), "人日"), core.RecordMeasure("培训量", Decimal(6), "人日")),
)  # fmt: skip


def test_a_chart_and_a_figure_of_the_same_records_agree(scene):
    office, told = scene.people.office, []
    for number, (time, measures, state) in enumerate(product(TIMES, MEASURES, ("held", "planned"))):
        changed = {"start": None, "end": None, **time, "measures": measures, "state": state}
        told.append(records.Entering(scene.teaching, replace(CLASS, title=f"{number}号培训班", **changed)))
    rows = records.enter_many(office, scene.college, told)
    Record.objects.filter(pk__in=[row.pk for row in rows if row.pk % 7]).update(stage=Stage.SUBMITTED)
    source, seen = derived.source_of(scene.college, ["training_programme"]), Business(office, scene.college)

    def worked_out(**part):
        formula = Formula(part=Part(kinds=("training_programme",), **part))
        years = evaluated(formula, source.pool, Window(2018, 2028)).years
        return {str(year): value for year, value in years.items() if value}

    days = next(chart for chart in business.volumes(seen) if chart.key == "days")
    assert {row.name: row.marks[0].value for row in days.rows} == worked_out(
        operation=Operation.SUM, measure="培训量", unit="人日"
    )
    counts = {row.name: sum(mark.value for mark in row.marks) for row in business.by_service(seen).rows}
    assert counts == worked_out(operation=Operation.COUNT)
    for row in (*days.rows, *business.by_service(seen).rows):
        assert all(listed(office, mark.link).exists() for mark in row.marks if mark.value)
