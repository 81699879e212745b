"""A place is told as far as it is known, to programs and to people."""

from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.source import Source

places = st.builds(
    Source,
    file=st.just("report.docx"),
    line=st.none() | st.integers(1, 9999),
    page=st.none() | st.integers(1, 99),
    paragraph=st.none() | st.integers(1, 9999),
    sheet=st.none() | st.just("质量指标"),
    cell=st.none() | st.just("B12"),
    table=st.none() | st.integers(1, 99),
    start=st.none() | st.integers(0, 99),
)


@given(places)
def test_a_place_holds_what_is_known_and_nothing_else(source: Source) -> None:
    place = source.place()
    assert None not in place.values()
    assert "file" not in place
    assert Source(source.file, **place) == source


@given(places)
def test_every_place_has_words(source: Source) -> None:
    assert source.sentence()


def test_a_person_is_told_the_place_that_the_program_they_use_shows() -> None:
    assert "B12" in Source("a.xlsx", sheet="质量指标", cell="B12", table=1).sentence()
    assert "3" in Source("a.pdf", page=3).sentence()
    assert "812" in Source("a.txt", line=812).sentence()
