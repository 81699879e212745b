"""The wording of the reports as data: patterns that can be filled, kinds that are all told, clues that lead somewhere."""

import re

import pytest

from taizhang.records import REPORTS, SECTIONS, shelf
from taizhang.reports.outline import Figure
from taizhang.reports.wording import clues, patterns, said, telling


def test_parts_are_put_in_where_the_pattern_names_them() -> None:
    n = Figure("a:b", "3")
    assert said("task.short_points", n=n) == ("任务点 ", n, " 个")
    assert said("deed.title", title="甲", about=("（", "省级", "）")) == ("“", "甲", "”", "（", "省级", "）")


def test_a_part_that_the_pattern_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        said("task.short_points", n="3", extra="x")


def test_no_pattern_claims_or_counts_anything_by_itself() -> None:
    for text in patterns().values():
        assert not re.search(r"\d|全面|全部|圆满|显著|超额|均|第一|领先|最", text)


def test_every_shipped_kind_whose_records_are_told_has_its_words_and_counts_by_a_measure_that_it_has() -> None:
    for kind in shelf().values():
        told = telling(kind.key, kind.name)
        known = {each.name: each for each in kind.measures}
        assert not told.counts or known[told.counts].unit in set("项个门本份支篇家场人"), kind.key


def test_a_kind_that_a_college_added_goes_by_its_name() -> None:
    assert telling("own", "劳模讲堂").say == "劳模讲堂"


def test_every_clue_is_of_a_section_that_some_kind_gates_by_tags() -> None:
    gated = {f"{feed.report}/{feed.section}" for kind in shelf().values() for feed in kind.reports if feed.tags}
    known = {f"{report}/{key}" for report in REPORTS for key in SECTIONS[report]}
    assert set(clues()) <= known
    assert gated - set(clues()) <= {"counterpart_support/organisation", "counterpart_support/results"}
