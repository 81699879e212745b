"""Beginnings: a sifted pattern finds what the pattern finds, and is one that passes most characters by."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.beginnings import Alternation, Sieve, sifted
from taizhang.profiles import load


def _words(section: object) -> Iterator[str]:
    """All texts in a section of a profile, and each list of them as one pattern."""
    if isinstance(section, str):
        yield section
    elif isinstance(section, dict):
        for each in section.values():
            yield from _words(each)
    elif isinstance(section, list):
        if section and all(isinstance(each, str) for each in section):
            yield "|".join(section)
        for each in section:
            yield from _words(each)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error:  # a label, and no pattern
        return None


SHIPPED = [found for pattern in sorted(set(_words(load("generic").sections))) if (found := _compiled(pattern))]
SIFTED = [pattern for pattern in SHIPPED if sifted(pattern.pattern) != pattern.pattern]
LETTERS = sorted({letter for pattern in SIFTED for letter in pattern.pattern if letter.isprintable()})


def test_many_shipped_patterns_are_sifted() -> None:
    assert len(SIFTED) > 20


@given(text=st.text(st.sampled_from([*LETTERS, *"0189aZ \n，。"]), max_size=40), data=st.data())
def test_sifting_changes_nothing(text: str, data: Any) -> None:
    pattern = data.draw(st.sampled_from(SIFTED))
    again = re.compile(sifted(pattern.pattern), re.MULTILINE)
    assert [match.span() for match in again.finditer(text)] == [match.span() for match in pattern.finditer(text)]


@given(text=st.text(st.sampled_from([*LETTERS, *"0189aZ-]\\ \n，。"]), max_size=40))
def test_a_sieve_finds_what_each_of_its_patterns_finds(text: str) -> None:
    odd = [
        re.compile(pattern)
        for pattern in ("[a-c]x", r"[\d]甲", r"\s乙", "", "[]-]丙?", r"\\|[一-鿿]{0,3}的", "(?!)", "[^甲]")
    ]
    named = list(enumerate([*SHIPPED, *odd]))
    assert Sieve(named).found(text) == [name for name, pattern in named if pattern.search(text)]


@given(text=st.text(st.sampled_from("甲乙丙的公布开展了 \n"), max_size=30))
def test_an_alternation_matches_what_its_patterns_match_in_their_order(text: str) -> None:
    patterns = ["甲乙", "公(?!布)", "[一-鿿]{0,4}(?:公布|丙)的", "^[^ ]{0,3}(?:开展)了?(?=[一-鿿]{2})", "乙"]
    for listed in (patterns, patterns[:2], []):
        plain = re.compile("|".join(f"(?:{pattern})" for pattern in listed) or "(?!)", re.MULTILINE)
        found = Alternation(listed, re.MULTILINE).of(text).finditer(text)
        assert [match.span() for match in found] == [match.span() for match in plain.finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "begins_with"),
    [
        ("(?<!甲)乙|丙", "丙乙"),
        ("(?:仍|尚)?在建", "仍在尚"),
        (r"[(（]\d|甲{0,2}乙", "(（乙甲"),
        (r"\d+-?|-", r"\-\d"),
        ("(?P<a>甲)|(?P<b>乙丙)", "乙甲"),
        ("[a-c]x|[]]", None),
        ("甲|乙(?!丙)", None),  # plain already
        ("(?:甲|乙)?", None),  # may match nothing
        ("(?:甲)?.", None),
        ("[^甲]乙|丙", None),
        (r"(甲)?\1", None),
        ("", None),
    ],
)
def test_what_a_match_begins_with(pattern: str, begins_with: str | None) -> None:
    assert sifted(pattern) == (pattern if begins_with is None else f"(?=[{begins_with}])(?:{pattern})")
