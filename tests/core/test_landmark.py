"""Landmarks: won, still held and high enough, or they do not count; a substitute never makes up for one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.landmark import Promise, judged, tally
from taizhang.profiles import load

LEVELS = load("generic").levels
NAMES = ("国家级", "省级", "校级", "行业级", "")
PROMISES = some.builds(
    Promise, name=some.just("教学成果奖"), level=some.sampled_from(NAMES), won_level=some.sampled_from(NAMES),
    state=some.sampled_from(("waiting", "won", "lost", "ended")), substitute=some.sampled_from(("", "省级教材奖")),
)  # fmt: skip


@given(PROMISES)
def test_nothing_counts_that_is_not_won_and_high_enough(promise):
    verdict = judged(promise, LEVELS)
    if verdict.counts:
        assert promise.state == "won"
        assert not promise.level or not LEVELS.falls_short(promise.won_level, promise.level)
        assert not promise.level or promise.won_level


@given(PROMISES)
def test_a_substitute_changes_no_verdict(promise):
    bare = Promise(name=promise.name, level=promise.level, state=promise.state, won_level=promise.won_level)
    assert judged(promise, LEVELS).counts == judged(bare, LEVELS).counts


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"state": "waiting"}, "尚未获得"),
        ({"state": "waiting", "substitute": "省级教材奖"}, "尚未获得；另有替代成果“省级教材奖”，不计作原成果"),
        ({"state": "lost"}, "已不再保有"),
        ({"state": "ended"}, "该项已不再评选，没有替代成果"),
        ({"state": "ended", "substitute": "教材奖"}, "该项已不再评选；另有替代成果“教材奖”，不计作原成果"),
        ({"state": "won", "won_level": "省级"}, "实际是省级，低于承诺的国家级"),
        ({"state": "won", "won_level": "行业级"}, "实际是行业级，与承诺的国家级不分高低，不能算达到"),
        ({"state": "won"}, "已获得，但没有写明实际级别，不能算达到国家级"),
        ({"state": "won", "won_level": "国家级"}, "已获得（国家级）"),
        ({"state": "won", "level": ""}, "已获得"),
        ({"state": "won", "level": "", "won_level": "省级"}, "已获得（省级）"),
    ],
)
def test_the_sentence_says_why(told, said):
    assert judged(Promise(**{"name": "教学成果奖", "level": "国家级"} | told), LEVELS).said == said


def test_all_in_one_sentence():
    rows = [
        Promise(name="甲", level="国家级", state="won", won_level="国家级"),
        Promise(name="乙", level="国家级", state="won", won_level="省级"),
        Promise(name="丙", level="", state="lost"),
    ]
    assert (
        tally(rows, LEVELS)
        == "标志性成果 3 项，达到承诺 1 项，已获得而没有达到承诺级别 1 项，尚未获得 0 项，已不再保有 1 项"
    )
    ended = [Promise(name="丁", level="", state="ended")]
    assert tally(ended, LEVELS).endswith("，不再评选 1 项")


@given(some.lists(PROMISES, max_size=9))
def test_the_parts_of_the_sentence_add_up(rows):
    whole, *parts = map(int, re.findall(r" (\d+) 项", tally(rows, LEVELS)))
    assert whole == sum(parts) == len(rows)
