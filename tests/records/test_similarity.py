"""The same thing entered twice is found; two things of a series are not taken for one."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.record import Partner, Record, RecordMeasure
from taizhang.records.similarity import Likenesses, likeness_of, similar, title_pairs

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold/records.json"
titles = st.lists(
    st.sampled_from(["茶艺", "培训", "社区", "电工", "师资", "骨干", "农村", "物流", "安全"]), min_size=1, max_size=5
).map("".join)


def course(number: str, title: str, **more: Any) -> Record:
    return Record(**({"id": number, "kind": "training_programme", "title": title} | more))


ONE = course(
    "1", "青石镇茶艺师培训班", period="2023-05-08..12", partners=(Partner("青石镇商会"),), place="青石县青石镇"
)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (course("2", "青石镇茶艺师培训班"), "标题相近（100%）"),
        (course("2", "茶艺师培训班（青石镇）", period="2023"), "时间重叠"),
        (course("2", "茶艺师培训", period="2023-05", partners=(Partner("青石镇 商会"),)), "时间重叠，合作方相同"),
        (course("2", "茶艺师培训", place="青石镇"), "地点相同"),
    ],
)
def test_the_same_thing_told_in_other_words_is_found(other: Record, why: str) -> None:
    found = similar(ONE, [other, course("3", "电工安全用电考核")])
    assert [each.record for each in found] == [other]
    assert found[0].why.startswith("标题相近") and why in found[0].why


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        replace(ONE, id="2", kind="event"),
        replace(ONE, id="2", period="2022"),
        replace(ONE, id="2", title="第二期青石镇茶艺师培训班"),
        replace(ONE, id="2", title="2023年青石镇茶艺师培训班"),
        replace(replace(ONE, level="省级"), id="2", title="电工安全用电考核"),
        course("2", "茶艺比赛"),
    ],
)
def test_another_year_another_number_another_kind_is_another_thing(other: Record) -> None:
    assert similar(ONE, [other]) == ()


def test_another_level_or_another_college_is_another_thing() -> None:
    assert similar(replace(ONE, level="省级"), [replace(ONE, id="2", level="市级")]) == ()
    assert similar(replace(ONE, org="云岭职业技术学院"), [replace(ONE, id="2", org="青石职业学院")]) == ()
    assert len(similar(replace(ONE, level="省级"), [replace(ONE, id="2")])) == 1


def test_like_names_in_two_departments_are_two_things_unless_more_agrees() -> None:
    one = replace(ONE, department="旅游学院", place=None, partners=())
    other = replace(one, id="2", department="继续教育学院")
    assert len(similar(one, [other])) == 1
    assert similar(one, [replace(other, title="青石镇茶艺师培训")]) == ()
    assert len(similar(one, [replace(other, title="青石镇茶艺师培训", department="")])) == 1
    agreed = replace(other, title="青石镇茶艺师培训", partners=ONE.partners)
    assert "合作方相同" in similar(replace(one, partners=ONE.partners), [agreed])[0].why


def test_the_same_office_of_another_county_is_another_partner() -> None:
    one = course("1", "茶艺师初级培训", partners=(Partner("青石县民政局"),))
    other = course("2", "茶艺师培训班结业", partners=(Partner("柳坪县民政局"),))
    assert similar(one, [other]) == ()
    assert len(similar(one, [replace(other, partners=one.partners)])) == 1


def test_the_same_figures_speak_for_the_same_thing() -> None:
    figures = (RecordMeasure("人数", Decimal(46), "人"),)
    other = course("2", "茶艺师培训", start=date(2023, 5, 8), end=date(2023, 5, 12), measures=figures)
    assert similar(ONE, [other]) == ()
    assert "数值相同" in similar(replace(ONE, measures=figures), [other])[0].why


@given(st.lists(titles, min_size=1, max_size=12), titles)
def test_the_index_finds_what_holding_all_against_all_would(told: list[str], asked: str) -> None:
    records = [course(str(number), title) for number, title in enumerate(told, 1)]
    question = course("0", asked)
    found = {each.record.id for each in Likenesses(records).of(question, at_most=99)}
    for record in records:
        mine, its = title_pairs(asked), title_pairs(record.title)
        likeness = Decimal(2 * len(mine & its)) / (len(mine) + len(its))
        assert (record.id in found) == (likeness >= Decimal("0.75"))


@given(titles, titles)
def test_likeness_is_mutual(one: str, other: str) -> None:
    left, right = course("1", one), course("2", other)
    assert [each.likeness for each in similar(left, [right])] == [each.likeness for each in similar(right, [left])]


def test_among_the_annotated_records_only_doubles_are_shown() -> None:
    if not GOLD.exists():
        pytest.skip("../shared with the annotated records is not beside this clone")
    records = [Record.from_json(each) for each in json.loads(GOLD.read_text(encoding="utf-8"), parse_float=Decimal)]
    index = Likenesses(records)
    found = {tuple(sorted((record.id, each.record.id))) for record in records for each in index.of(record)}
    assert ("R000-054", "R003-098") in found, "one academy told by two reports"
    assert ("R001-015", "R001-031") in found, "one course told with two numbers"
    assert len(found) <= 8


def test_how_alike_two_titles_are_goes_from_nothing_to_one():
    assert likeness_of("社区电工培训班", "社区电工培训班") == 1
    assert likeness_of("社区电工培训班", "茶艺师大赛") == 0
    assert likeness_of("", "茶艺师大赛") == 0
    assert 0 < likeness_of("社区电工培训班", "社区电工培训") < 1
