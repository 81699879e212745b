"""The words around a quantity."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.quantities import quantities
from taizhang.intake.clauses import clauses
from taizhang.profiles import load

CATALOGUE = load().catalogue
TEXTS = st.lists(
    st.sampled_from(
        ["课程 3 门", "，", "；", "。", "、", "其中", "（", "）", "近百万元", "省级", "8-10 个", "立项", "："]
    ),
    max_size=14,
)


@given(TEXTS.map("".join))
def test_clauses_hold_their_quantity_and_share_nothing(text: str) -> None:
    found = list(clauses(text, quantities(text, CATALOGUE)))
    for clause in found:
        assert clause.sentence <= clause.start <= clause.quantity.start
        assert clause.quantity.end <= clause.end
        assert text[clause.start : clause.quantity.start] == clause.before
        assert text[clause.quantity.end : clause.end] == clause.after
    assert all(one.quantity.end <= other.start for one, other in pairwise(found))


def test_a_clause_ends_at_its_mark() -> None:
    text = "学校高度重视，立项课程 3 门（省级），建成基地。"
    (clause,) = clauses(text, quantities(text, CATALOGUE))
    assert (clause.before, clause.after) == ("立项课程 ", "")
