"""What a quantity is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.intake.subjects import bare, is_joint
from taizhang.profiles import load

PROFILE = load()


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("，2023 年新增省级课程共", "省级课程"), ("其中累计培训员工", "员工"), ("开展社会培训", "社会培训"), ("培训量", "培训量"),
        ("现场签约", "现场签约"), ("任务点完成率为", "任务点完成率"), ("二是建成产业学院", "产业学院"), ("共", ""),
    ],
)  # fmt: skip
def test_words_are_stripped_to_the_noun(words: str, subject: str) -> None:
    assert bare(words, PROFILE) == subject


@given(st.text("获立项建成课程省级共约为的、 培训量2023年", max_size=20))
def test_stripping_twice_changes_nothing_more(words: str) -> None:
    once = bare(words, PROFILE)
    assert bare(once, PROFILE) == once


@given(st.text("获的", max_size=5000))
def test_long_runs_are_no_trouble(words: str) -> None:
    assert len(bare(words, PROFILE)) <= 120


def test_only_marks_join() -> None:
    assert all(is_joint(mark) for mark in ("、", " 和 ", "，", ""))
    assert not is_joint("，课程")
