"""Places are read as far as they are told, and two writings of one are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.records.names import Proposal
from taizhang.records.places import RANKS, Address, addresses, proposals, short

names = st.text("云岭青石竹溪柳坪", min_size=2, max_size=3)
maybe = st.just("") | names
endings = dict(zip(RANKS, ("省", "市", "县", "镇", "村"), strict=True))


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        ("云岭省青石市竹溪县柳坪镇双河村", ("云岭省", "青石市", "竹溪县", "柳坪镇", "双河村")),
        ("云岭省-竹溪县", ("云岭省", "", "竹溪县", "", "")),
        ("柳坪镇", ("", "", "", "柳坪镇", "")),
        ("青石市竹溪市", ("", "青石市", "竹溪市", "", "")),
        ("青石街道办事处", ("", "", "", "青石街道办事处", "")),
        ("双河社区", ("", "", "", "", "双河社区")),
        ("广西壮族自治区", ("广西壮族自治区", "", "", "", "")),
        ("重庆市南岸区", ("重庆市", "", "南岸区", "", "")),
        ("恩施土家族苗族自治州", ("", "恩施土家族苗族自治州", "", "", "")),
    ],
)
def test_the_five_levels_are_read(told: str, parts: tuple[str, ...]) -> None:
    assert addresses(told) == (Address(*parts),)


@pytest.mark.parametrize("told", ["", "全国", "海外", "云岭", "定点帮扶地区", "粤港澳大湾区", "东校区", "高新技术园区"])
def test_what_is_none_of_the_five_levels_is_no_place(told: str) -> None:
    assert addresses(told) == ()


def test_several_places_are_told_apart() -> None:
    assert [each.text for each in addresses("竹溪县、青石市柳坪镇")] == ["竹溪县", "青石市柳坪镇"]


@given(st.tuples(maybe, maybe, maybe, maybe, maybe).filter(any))
def test_what_is_written_out_is_read_again(parts: tuple[str, ...]) -> None:
    address = Address(*(part and part + ending for part, ending in zip(parts, endings.values(), strict=True)))
    assert addresses(address.text) == (address,)
    assert address.may_be(address)
    assert address.name == getattr(address, address.rank)


@pytest.mark.parametrize(
    ("name", "bare"), [("双河畲族村", "双河"), ("双河村", "双河"), ("竹溪县", "竹溪"), ("河村", "河村")]
)
def test_endings_and_peoples_are_not_the_name(name: str, bare: str) -> None:
    assert short(name) == bare


def test_three_writings_of_one_village_are_found_and_another_of_its_name_is_not() -> None:
    known = ["双河村", "双河畲族村", "柳坪镇双河村", "竹溪县青石镇双河村", "柳坪镇", "双河、柳坪"]
    found = {(each.keep, each.merge) for each in proposals(known)}
    assert ("双河畲族村", "双河村") in found
    assert ("柳坪镇双河村", "双河畲族村") in found
    assert ("竹溪县青石镇双河村", "柳坪镇双河村") not in found
    assert all(isinstance(each, Proposal) and each.why for each in proposals(known))
