"""A turned page keeps its bound side, and only the body prints page numbers."""

from taizhang.reports.word.appearance import official
from taizhang.reports.word.sections import Section, closing


def test_a_portrait_page_has_the_margins_of_official_documents() -> None:
    written = Section(official()).written()
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in written
    assert 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"' in written


def test_a_landscape_page_is_the_same_page_turned() -> None:
    written = Section(official(), landscape=True).written()
    assert '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' in written
    assert 'w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"' in written


def test_the_front_prints_no_numbers_and_the_body_begins_at_one() -> None:
    assert "Reference" not in Section(official(), is_front=True).written()
    assert '<w:pgNumType w:start="1"/>' in Section(official(), restarts=True).written()
    assert "pgNumType" not in Section(official()).written()


def test_a_section_is_closed_by_a_line_of_one_point() -> None:
    assert closing(Section(official())).startswith('<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr>')
