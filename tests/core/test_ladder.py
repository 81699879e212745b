"""Ladders of levels and states."""

from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.ladder import ladder
from taizhang.profiles import load

LEVELS, STATES = load().levels, load().states
NAMES = st.sampled_from([rung.name for rung in LEVELS.order])


@given(NAMES, NAMES)
def test_of_two_rungs_one_falls_short_or_they_are_the_same(one: str, other: str) -> None:
    assert LEVELS.falls_short(one, other) + LEVELS.falls_short(other, one) == (one != other)


def test_levels_go_from_national_to_department() -> None:
    assert [rung.name for rung in LEVELS.order] == ["国家级", "省级", "市级", "县级", "校级", "院系级"]
    assert LEVELS.falls_short("校级", "省级")
    assert LEVELS.falls_short("校内", "省部级")


def test_states_go_from_accepted_down_to_applied() -> None:
    assert [rung.name for rung in STATES.order] == ["验收", "建成", "在建", "立项", "申报"]
    assert STATES.falls_short("立项", "建成")
    assert not STATES.falls_short("验收", "建成")


def test_what_stands_apart_is_neither_above_nor_below() -> None:
    assert STATES.rank("延期") is None
    assert STATES.named("该任务已延期") == ("延期",)
    assert not STATES.falls_short("延期", "建成")
    assert not STATES.falls_short("建成", "取消")


def test_the_longest_word_wins() -> None:
    assert [(m.name, m.start, m.end) for m in STATES.mentions("已通过验收")] == [("验收", 1, 5)]
    assert LEVELS.named("省部级、国家级课题") == ("省级", "国家级")


def test_an_empty_ladder_finds_nothing() -> None:
    assert ladder([]).named("国家级") == ()
