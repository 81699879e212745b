from dataclasses import replace
from decimal import Decimal

import pytest

from taizhang.connect.differences import Altered, Doing, KnownValue, laid_over, of_records, of_values
from taizhang.connect.items import Item
from taizhang.core.record import Move, Partner, Record, RecordMeasure

KNOWN = Record(
    id="J000001", kind="training_programme", title="农机维修班", place="清溪镇", state="planned", moves=(Move("planned"),),
    measures=(RecordMeasure("人次", Decimal(40), "人次"), RecordMeasure("满意度", Decimal(98), "%")),
    partners=(Partner("云岭农机站", "委托"),), fields={"theme": "农机"}, tags=("双百",),
)  # fmt: skip
ARRIVED = Record(
    id="x", kind="training_programme", title="农机维修班", state="held", moves=(Move("held"),), tags=("社会培训",),
    measures=(RecordMeasure("人次", Decimal(43), "人次"),), partners=(Partner("清溪合作社"),), fields={"mode": "线下"},
)  # fmt: skip


def item(record=None, **more):
    return Item(key="C1", rows=(2,), record=record, **more)


def test_what_the_other_system_says_nothing_of_stays_as_people_left_it():
    merged = laid_over(KNOWN, ARRIVED)
    assert (merged.id, merged.place, merged.state) == ("J000001", "清溪镇", "held")
    assert [move.state for move in merged.moves] == ["planned", "held"]
    assert [(measure.name, measure.value) for measure in merged.measures] == [("人次", 43), ("满意度", 98)]
    assert [partner.name for partner in merged.partners] == ["云岭农机站", "清溪合作社"]
    assert (dict(merged.fields), merged.tags) == ({"theme": "农机", "mode": "线下"}, ("双百", "社会培训"))


def test_laying_over_twice_changes_nothing_more():
    merged = laid_over(KNOWN, ARRIVED)
    assert laid_over(merged, ARRIVED) == merged


def test_differences_name_each_place_before_and_after():
    (found,) = of_records([item(ARRIVED)], {"C1": KNOWN}, {})
    assert found.doing is Doing.CHANGE
    assert found.altered == (
        Altered("状态", "planned", "held"),
        Altered("人次", "40 人次", "43 人次"),
        Altered("合作单位", "云岭农机站", "云岭农机站、清溪合作社"),
        Altered("mode", "", "线下"),
        Altered("标签", "双百", "双百、社会培训"),
    )


def test_a_record_not_seen_before_is_new_and_one_without_change_is_the_same():
    assert of_records([item(ARRIVED)], {}, {})[0].doing is Doing.ADD
    assert of_records([item(KNOWN)], {"C1": KNOWN}, {})[0].doing is Doing.SAME


def test_a_record_that_may_not_change_is_refused_only_where_it_would_change():
    closed = {"C1": "已锁定。"}
    assert of_records([item(ARRIVED)], {"C1": KNOWN}, closed)[0].doing is Doing.REFUSED
    assert of_records([item(replace(KNOWN))], {"C1": KNOWN}, closed)[0].doing is Doing.SAME


@pytest.mark.parametrize(
    ("known", "doing"),
    [
        (None, Doing.REFUSED),
        (KnownValue(None, "门"), Doing.ADD),
        (KnownValue(Decimal("6.0"), "门"), Doing.SAME),
        (KnownValue(Decimal(5), "门"), Doing.CHANGE),
        (KnownValue(Decimal(5), "门", "已锁定。"), Doing.REFUSED),
        (KnownValue(Decimal(6), "门", "已锁定。"), Doing.SAME),
    ],
)
def test_a_figure_is_held_against_the_one_of_the_ledger(known, doing):
    arrived = item(indicator="1.1.1", period="2024 年度", number=Decimal(6))
    (found,) = of_values([arrived], {"C1": known} if known else {})
    assert found.doing is doing
    assert bool(found.sentence) is (doing is Doing.REFUSED)
