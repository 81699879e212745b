"""Figures: years make the total, each record counts once or says why not, and no unit is mixed with another."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.formulas import RECORDS, days, pool, record

from taizhang.core.figure import Window, at, evaluated, keys
from taizhang.core.formula import Basis, DatedBy, Formula, Operation, Part
from taizhang.core.record import Move, Partner, RecordMeasure

D = Decimal
ALL = Window(2021, 2024)
COUNT = Part(operation=Operation.COUNT, kinds=("training",))
DAYS = Part(operation=Operation.SUM, kinds=("training",), measure="培训量", unit="人日")
FIRMS = Part(operation=Operation.DISTINCT, kinds=("training", "award"), over="partner")
PARTS = some.builds(
    Part,
    operation=some.just(Operation.COUNT),
    kinds=some.sampled_from((("training",), ("award",), ("training", "award"))),
    level=some.sampled_from(("", "省级", "国家级")),
    exactly=some.booleans(),
    departments=some.sampled_from(((), ("教务处",))),
    tags=some.sampled_from(((), ("双百",))),
)
SUMS = some.one_of(PARTS, some.just(DAYS))


def value(part, *records, basis=Basis.CUMULATIVE, window=ALL, **told):
    return evaluated(Formula(part=part, basis=basis, **told), pool(*records), window)


@given(SUMS, RECORDS)
def test_the_years_of_a_count_or_a_sum_make_the_cumulative_value(part, records):
    whole = value(part, *records)
    assert whole.value == sum(whole.years.values())
    single = [
        value(part, *records, basis=Basis.PER_YEAR, window=Window(year, year)).value for year in range(2021, 2025)
    ]
    assert whole.value == sum(single)
    split = [value(part, *records, window=Window(*years)).value for years in ((2021, 2022), (2023, 2024))]
    assert whole.value == sum(split)


@given(some.one_of(SUMS, some.just(FIRMS)), RECORDS, some.sampled_from(Basis))
def test_every_record_of_the_kinds_counts_or_says_why_not(part, records, basis):
    found = value(part, *records, basis=basis)
    mine = [each for each in records if each.kind in part.kinds]
    assert len(found.counted) + len(found.left_out) == len(mine)
    assert all(each.why for each in found.left_out)


@given(some.one_of(SUMS, some.just(FIRMS)), RECORDS)
def test_what_records_contribute_adds_up_to_the_value(part, records):
    found = value(part, *records)
    assert found.value == sum(each.amount for each in found.counted)


@given(SUMS, RECORDS, some.randoms())
def test_the_order_of_records_makes_no_difference(part, records, chance):
    mixed = list(records)
    chance.shuffle(mixed)
    assert value(part, *records).value == value(part, *mixed).value


@given(RECORDS)
def test_each_once_is_never_more_than_all_together(records):
    found = value(FIRMS, *records)
    named = sum(len(keys(each.record, "partner")) for each in found.counted)
    assert found.value is not None
    assert found.value <= named
    assert found.value <= sum(number or 0 for number in found.years.values())


@given(SUMS, RECORDS, some.dates(date(2021, 1, 1), date(2024, 12, 31)))
def test_a_figure_at_a_day_ignores_what_came_later(part, records, day):
    window = Window(2021, 2024, day)
    early = [each for each in records if each.day is None or each.day <= day]
    assert value(part, *records, window=window).value == value(part, *early, window=window).value


@given(RECORDS, RECORDS)
def test_a_further_record_never_lowers_a_cumulative_count(records, further):
    assert (value(COUNT, *records).value or 0) <= (value(COUNT, *records, *further).value or 0)


@given(RECORDS)
def test_what_is_not_done_is_never_counted(records):
    for part in (COUNT, FIRMS, DAYS):
        assert {each.record.state for each in value(part, *records).counted} <= {"held", "settled", "awarded"}


@given(RECORDS)
def test_a_ratio_keeps_its_parts(records):
    formula = Formula(part=COUNT, divisor=Part(operation=Operation.COUNT, kinds=("training", "award")))
    found = evaluated(formula, pool(*records), ALL)
    over, under = found.parts
    assert found.value == (over.value / under.value * 100 if under.value else None)
    assert found.value is None or 0 <= found.value <= 100


@given(
    some.one_of(SUMS, some.just(FIRMS)), some.one_of(some.none(), SUMS), RECORDS, some.sampled_from(Basis),
    some.integers(2021, 2024),
)  # fmt: skip
def test_an_earlier_year_follows_from_the_whole(part, divisor, records, basis, last):
    formula = Formula(part=part, basis=basis, divisor=divisor)
    whole = evaluated(formula, pool(*records), ALL)
    assert at(whole, formula, last) == evaluated(formula, pool(*records), Window(2021, last)).value


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"state": "planned"}, "状态是“计划”，还不算做成"),
        ({"state": "postponed"}, "状态是“延期”，还不算做成"),
        ({"state": None}, "没有写明状态"),
        ({"period": "2019"}, "2019 年的，不在 2021—2024 年之内"),
        ({"period": None}, "没有写明时间"),
        ({"period": "近5年"}, "时间“近5年”不是确定的年份"),
        ({"period": "2022-2023学年"}, "按学年记（2022-2023学年），没有日期，分不到自然年"),
        ({"measures": ()}, "没有“培训量”"),
        ({"measures": days(300, "人次")}, "计量单位是“人次”，不能换算成“人日”"),
        ({"measures": days(300) + days(40)}, "“培训量”写了 2 个数，分不清计哪一个"),
        (
            {"measures": days(3494, cumulative=True)},
            "“培训量 3494 人日”本身是累计数，再加会重复",
        ),
        ({"measures": (RecordMeasure("人次", D(40), "人次"),)}, "没有“培训量”"),
    ],
)
def test_why_a_record_does_not_count(told, why):
    found = value(DAYS, record(**{"measures": days(10)} | told))
    assert [each.why for each in found.left_out] == [why]
    assert found.value == 0


@pytest.mark.parametrize(
    ("part", "told", "why"),
    [
        ({"level": "省级"}, {"level": "校级"}, "级别是“校级”，低于省级"),
        ({"level": "省级"}, {"level": None}, "没有写明级别"),
        ({"level": "省级"}, {"level": "国家级/省级"}, "级别写的是“国家级/省级”，两级合写，分不开"),
        ({"level": "省级"}, {"level": "行业级"}, "级别是“行业级”，与省级不分高低"),
        ({"level": "省级", "exactly": True}, {"level": "国家级"}, "级别是“国家级”，只计省级"),
        ({"departments": ("教务处",)}, {"department": "学工处"}, "责任部门是“学工处”"),
        ({"departments": ("教务处",)}, {}, "没有写明责任部门"),
        ({"tags": ("双百",)}, {"tags": ("社区",)}, "没有标签“双百”"),
        ({"where": (("form", ("线上",)),)}, {"fields": {"form": "线下"}}, "形式是“线下”"),
        ({"where": (("form", ("线上",)),)}, {"fields": {"form": ("线下", "送教")}}, "形式是“线下、送教”"),
        ({"where": (("form", ("是",)),)}, {"fields": {"form": False}}, "形式是“否”"),
        ({"where": (("form", ("3",)),)}, {"fields": {"form": D("2.50")}}, "形式是“2.5”"),
        ({"where": (("form", ("线上",)),)}, {}, "没有写明形式"),
        ({"states": ("settled",)}, {}, "状态是“已举办”，公式不计"),
        ({"since": 2024}, {}, "2023 年的，不在 2024—2024 年之内"),
    ],
)
def test_why_a_filter_holds_a_record_back(part, told, why):
    asked = Part(**{"operation": Operation.COUNT, "kinds": ("training",)} | part)
    found = value(asked, record(**told))
    assert [each.why for each in found.left_out] == [why]


def test_a_higher_level_satisfies_a_lower_one_and_other_words_mean_the_same():
    part = Part(operation=Operation.COUNT, kinds=("training",), level="省级")
    told = [record(number, level=level) for number, level in enumerate(("国家级", "省级", "全省", "市级"))]
    assert value(part, *told).value == 3


def test_units_are_converted_as_declared_and_it_is_said():
    found = value(DAYS, record(1, measures=days("2.1", "万人日")), record(2, measures=days(500, qualifier="约")))
    assert found.value == 21_500
    assert [each.note for each in found.counted] == ["2.1 万人日 = 21000 人日", "原文是“约500”"]
    in_myriads = Part(operation=Operation.SUM, kinds=("training",), measure="培训量", unit="万人日")
    assert value(in_myriads, record(measures=days(500))).value == D("0.05")


def test_a_measure_under_another_name_counts_where_its_unit_leaves_no_doubt():
    found = value(DAYS, record(measures=(RecordMeasure("受训规模", D(70), "人日"),)))
    assert found.value == 70


def test_a_record_of_several_things_counts_as_many():
    part = Part(operation=Operation.COUNT, kinds=("award",), measure="数量", unit="项")
    told = [
        record(1, kind="award", state="awarded", measures=(RecordMeasure("数量", D(8), "项"),)),
        record(2, kind="award", state="awarded"),
    ]
    found = value(part, *told)
    assert found.value == 9
    assert found.working == ("计入 2 条记录", "2021 年 0，2022 年 0，2023 年 9，2024 年 0", "0 ＋ 0 ＋ 9 ＋ 0 = 9项")
    assert value(part, *told, window=Window(2023, 2023)).working[-1] == "合计 9项"


def test_a_record_belongs_to_the_year_in_which_it_ended():
    across = record(start=date(2022, 12, 20), end=date(2023, 1, 5))
    assert value(COUNT, across).years == {2021: 0, 2022: 0, 2023: 1, 2024: 0}


def test_a_record_may_belong_to_the_year_in_which_it_came_into_its_state():
    moves = (Move("planned", date(2021, 5, 1)), Move("held", date(2022, 6, 1)), Move("settled", date(2023, 1, 9)))
    told = record(state="settled", moves=moves, end=date(2024, 1, 1))
    assert value(COUNT, told, dated_by=DatedBy.STATE).years[2022] == 1
    assert value(COUNT, told).years[2024] == 1
    found = value(COUNT, record(), dated_by=DatedBy.STATE)
    assert [each.why for each in found.left_out] == ["没有写明哪一天进入“已举办”"]


def test_at_an_earlier_day_the_state_of_that_day_counts():
    told = record(period="2022", moves=(Move("planned"), Move("held", date(2023, 6, 1))))
    assert (
        value(COUNT, told, window=Window(2021, 2024, date(2023, 5, 31))).left_out[0].why == "状态是“计划”，还不算做成"
    )
    assert value(COUNT, told, window=Window(2021, 2024, date(2023, 6, 1))).value == 1
    only = record(period="2022", moves=(Move("held", date(2023, 6, 1)),))
    assert value(COUNT, only, window=Window(2021, 2024, date(2023, 5, 31))).left_out[0].why == "没有写明状态"
    late = record(end=date(2023, 8, 1))
    assert value(COUNT, late, window=Window(2021, 2024, date(2023, 5, 31))).left_out[0].why == "在 2023-05-31 之后"


def test_a_point_in_time_counts_from_the_beginning_of_all_things():
    old = record(period="2015")
    assert value(COUNT, old, basis=Basis.POINT_IN_TIME).value == 1
    assert value(COUNT, old).value == 0


def test_of_each_year_the_last_is_the_value():
    told = [record(number, period=year) for number, year in enumerate(("2022", "2023", "2023"))]
    found = value(COUNT, *told, basis=Basis.PER_YEAR, window=Window(2021, 2023))
    assert found.value == 2
    assert found.working[-1] == "每年口径，取 2023 年：2"


def test_the_newest_record_gives_its_value():
    part = Part(operation=Operation.LATEST, kinds=("training",), measure="培训量", unit="人日")
    told = [
        record(1, end=date(2022, 3, 1), measures=days(5)),
        record(2, end=date(2023, 3, 1), measures=days(7, cumulative=True)),
    ]
    found = value(part, *told)
    assert (found.value, found.years) == (7, {2021: None, 2022: 5, 2023: 7, 2024: None})
    assert [each.why for each in found.left_out] == ["有更新的一条"]
    assert found.working == ("取最新一条“第 2 期”：7人日",)
    assert value(part, *told, basis=Basis.PER_YEAR, window=Window(2021, 2024)).value is None
    assert value(part).working == ("没有可取的记录",)


def test_two_newest_values_that_differ_are_no_value():
    part = Part(operation=Operation.LATEST, kinds=("training",), measure="培训量", unit="人日")
    told = [record(number, end=date(2023, 3, 1), measures=days(number)) for number in (1, 2)]
    found = value(part, *told)
    assert found.value is None
    assert found.working == ("最新的 2 条是同一时间的，数却不同，不能确定",)


def test_each_partner_counts_once_and_a_repeat_says_so():
    told = [
        record(1, period="2022", partners=(Partner("甲公司"), Partner("乙公司"))),
        record(2, period="2023", partners=(Partner("甲公司"),)),
        record(3, period="2023"),
    ]
    found = value(FIRMS, *told)
    assert (found.value, found.years[2022], found.years[2023]) == (2, 2, 1)
    assert [(each.amount, each.note) for each in found.counted] == [(2, ""), (0, "前面已经计过")]
    assert [each.why for each in found.left_out] == ["没有写明去重要看的那一项"]
    yearly = value(FIRMS, *told, basis=Basis.PER_YEAR, window=Window(2022, 2023))
    assert (yearly.value, yearly.working[-1]) == (1, "每年口径，取 2023 年")


def test_things_are_told_apart_by_whatever_a_record_says():
    told = record(department="教务处", owner="", fields={"form": ("线上", "线下")})
    assert [keys(told, over) for over in ("department", "owner", "title", "form", "none")] == [
        ("教务处",), (), ("第 1 期",), ("线上", "线下"), ()
    ]  # fmt: skip


def test_a_ratio_over_nothing_is_no_value():
    found = value(COUNT, record(), divisor=Part(operation=Operation.COUNT, kinds=("award",)))
    assert found.value is None
    assert found.working == ("1 ÷ 0 × 100% = 不能算：分母没有数或为 0",)
    per = value(DAYS, record(measures=days(10)), divisor=COUNT, unit="人日/期")
    assert (per.value, per.unit, per.working[0]) == (10, "人日/期", "10人日 ÷ 1 = 10人日/期")


def test_a_kind_that_is_no_longer_declared_counts_nothing():
    found = value(Part(operation=Operation.COUNT, kinds=("gone",)), record(kind="gone"))
    assert found.value == 0
