"""Triggers: what is found in all texts at once is what each text by itself is found to hold."""

import re

from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks.rules._triggers import Held

TEXTS = st.lists(st.text("甲乙%1 \n", max_size=6), max_size=8)


@given(TEXTS, st.lists(st.text("甲乙%1", min_size=1, max_size=2), min_size=1, max_size=3))
def test_words_are_found_in_the_texts_that_hold_them(texts: list[str], words: list[str]) -> None:
    numbers = range(len(texts))
    found = Held(numbers, texts).by(*words)
    assert found == [number for number in numbers if any(word in texts[number] for word in words)]


@given(TEXTS, st.sampled_from(["甲\\s*乙", "^[甲%]", "[乙1]\\s*$", "甲[^乙]+1", "(?<!\\S)乙", "1+%"]))
def test_no_text_in_which_a_pattern_is_found_is_passed_by(texts: list[str], pattern: str) -> None:
    trigger = re.compile(pattern, re.MULTILINE)
    numbers = range(len(texts))
    assert set(Held(numbers, texts).by(trigger)) >= {number for number in numbers if trigger.search(texts[number])}
