"""Words that limit a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import bounds


@given(st.sampled_from(sorted(bounds.BEFORE)), st.sampled_from(["", " ", "　"]))
def test_a_bound_word_right_before_the_number_is_found(word: str, blank: str) -> None:
    text = f"经费{word}{blank}5"
    assert bounds.before(text, len(text) - 1) == (bounds.BEFORE[word], 2)


@pytest.mark.parametrize("text", ["签约5", "最近5", "附近 5", "赶超5", "彩超5", "共5", "5"])
def test_a_word_that_only_ends_alike_is_no_bound(text: str) -> None:
    assert bounds.before(text, text.index("5")) == (None, text.index("5"))
