"""What is kept of a text changes nothing that is told of a report, whatever was read before it."""

import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.checks import check_files
from taizhang.checks.present.json import to_json
from taizhang.core.remembering import PROFILES, TEXTS, per_profile, per_text
from taizhang.profiles import load

CORPUS = Path(__file__).parents[2] / "corpus"
REPORTS = sorted(CORPUS.glob("[12]*.txt"))[:2] + sorted(CORPUS.glob("05*.docx"))
RUNS = [(report, profile) for report in REPORTS for profile in ("generic", "provincial")]


def kept() -> "Iterator[_lru_cache_wrapper[Any]]":
    """What our modules keep."""
    for each in gc.get_objects():
        # Not isinstance: lazy objects of others would then come to life.
        if type(each) is _lru_cache_wrapper and str(each.__module__).startswith("taizhang."):
            yield each


@cache
def at_first(run: tuple[Path, str]) -> str:
    """What is told of a report where nothing of any text is kept."""
    for each in kept():
        if each.cache_parameters()["maxsize"] in {TEXTS, PROFILES}:
            each.cache_clear()
    return told(run)


def told(run: tuple[Path, str]) -> str:
    report, profile = run
    return to_json(check_files([report], profile=load(profile)))


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(RUNS), min_size=2, max_size=4))
def test_no_report_or_profile_leaves_anything_to_the_next(runs: list[tuple[Path, str]]) -> None:
    expected = [at_first(run) for run in runs]
    assert [told(run) for run in runs] == expected


def test_the_longest_unused_text_goes_first() -> None:
    asked: list[int] = []
    square = per_text(lambda number: asked.append(number) or number * number)
    assert [square(number) for number in (*range(TEXTS), 0, TEXTS, 0, 1)][-4:] == [0, TEXTS * TEXTS, 0, 1]
    assert asked == [*range(TEXTS), TEXTS, 1]
    assert per_profile(len).cache_parameters()["maxsize"] == PROFILES
