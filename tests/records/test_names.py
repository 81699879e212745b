"""Names that mean one body are proposed with a reason; others are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.records.names import Names, Proposal, alike, folded, is_short_for, trunk

words = st.text("云岭青石县市机床职业技术学校有限公司中等集团（）() ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云岭机床（集团）", "云岭机床(集团)"),
        ("ＡＢＢ 中国", "abb中国"),
        ("云岭·青石商会", "云岭青石商会"),
        ("“青石”茶社", "青石茶社"),
    ],
)
def test_ways_of_writing_do_not_count(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("云岭省云岭机床（集团）有限公司", "云岭机床"),
        ("云岭市青石县竹艺股份有限公司", "竹艺"),
        ("有限公司", "有限公司"),
        ("（集团）", "(集团)"),
        ("青石县", "青石县"),
        ("竹艺加工厂等", "竹艺加工厂"),
    ],
)
def test_place_and_legal_form_are_not_the_name(name: str, left: str) -> None:
    assert trunk(name) == left


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("青石职校", "青石县青石职业技术学校", True),
        ("青石县中职", "青石县中等职业学校", True),
        ("竹溪村", "青石镇竹溪村", True),
        ("青石镇", "青石镇商会", False),
        ("青石镇", "青石镇党委", False),
        ("机床", "云岭机床", False),
        ("云岭机床", "云岭机床", False),
        ("云岭商会", "云岭机床有限公司", False),
    ],
)
def test_an_abbreviation_begins_and_ends_as_the_name_does(short: str, long: str, is_short: bool) -> None:
    assert is_short_for(short, long) is is_short


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("青石县民政局", "柳坪县民政局", ""),
        ("云岭市青石县民政局", "青石县民政局", "去掉地名和公司后缀后相同"),
        ("青石县人民政府", "柳坪县人民政府", ""),
        ("云岭市机床公司", "青石市机床公司", ""),
        ("江北省云岭机床有限公司", "云岭机床集团", "去掉地名和公司后缀后相同"),
        ("青石县商会", "青石县 商会", "写法相同"),
    ],
)
def test_offices_of_two_places_are_two(one: str, other: str, why: str) -> None:
    assert alike(one, other) == alike(other, one) == why


def test_a_told_name_leads_to_the_one_body_that_goes_by_it() -> None:
    names = Names({"云岭机床有限公司": "1", "云岭机床": "1", "青石商会": "2", "青石 商会": "3"})
    assert names.match("云岭机床") == names.match("云岭 机床") == "1"
    assert names.match("青石商会") == "2"
    assert names.match("青石-商会") is None, "two bodies go by it"
    assert names.match("竹艺厂") is None
    assert names.like("云岭省云岭机床集团公司") == (
        Proposal("云岭机床", "云岭省云岭机床集团公司", "去掉地名和公司后缀后相同"),
        Proposal("云岭机床有限公司", "云岭省云岭机床集团公司", "去掉地名和公司后缀后相同"),
    )


def test_bodies_that_may_be_one_are_proposed_once_the_surest_first() -> None:
    known = [
        "云岭机床有限公司",
        "云岭机床集团公司",
        "青石县中等职业学校",
        "青石县中职",
        "青石县商会",
        "竹艺厂",
        "竹艺 厂",
    ]
    assert Names({name: name for name in known}).proposals() == (
        Proposal("竹艺 厂", "竹艺厂", "写法相同"),
        Proposal("云岭机床有限公司", "云岭机床集团公司", "去掉地名和公司后缀后相同"),
        Proposal("青石县中等职业学校", "青石县中职", "一个像是另一个的简称"),
    )
    assert Names(dict.fromkeys(known, "1")).proposals() == ()


@given(st.lists(words, max_size=8, unique=True))
def test_proposals_are_of_two_known_bodies_and_do_not_hang_on_the_order(known: list[str]) -> None:
    names = Names({name: name for name in known})
    found = names.proposals()
    assert all(each.keep in known and each.merge in known and each.keep != each.merge for each in found)
    assert {frozenset(each[:2]) for each in Names({name: name for name in reversed(known)}).proposals()} == {
        frozenset(each[:2]) for each in found
    }


@given(words)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert trunk(name) or not folded(name)
