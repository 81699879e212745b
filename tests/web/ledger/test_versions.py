"""What differs between two contents of a plan."""

from hypothesis import given
from hypothesis import strategies as st

from taizhang.web.ledger.versions import alterations

rows = st.dictionaries(
    st.integers(1, 9).map(str), st.fixed_dictionaries({"label": st.just("点"), "plan": st.text(max_size=3)}), max_size=4
)
contents = st.fixed_dictionaries({"tasks": st.just({}), "points": rows, "indicators": st.just({})})


@given(contents)
def test_a_plan_does_not_differ_from_itself(content):
    assert list(alterations(content, content)) == []


@given(contents, contents)
def test_each_difference_is_told_once(before, after):
    old, new = before["points"], after["points"]
    expected = {key for key in old | new if old.get(key, {}).get("plan") != new.get(key, {}).get("plan")}
    told = [each.key for each in alterations(before, after)]
    assert sorted(told) == sorted(expected)
