"""Pages are guessed in order, and turn where Word turns them."""

from outlines import INDICATORS, POINTS
from taizhang.reports.outline import Heading, Items, PageBreak, Paragraph
from taizhang.reports.word.appearance import official
from taizhang.reports.word.pagination import Pages


def pages(*blocks: object) -> list[int]:
    turned = [block is POINTS for block in blocks]
    found = Pages(official()).follow(blocks, turned)  # type: ignore[arg-type]
    return [found[id(block)] for block in blocks if id(block) in found]


def test_a_page_break_begins_a_page() -> None:
    assert pages(Heading("甲"), PageBreak(), Heading("乙")) == [1, 2]


def test_a_page_holds_twenty_two_lines() -> None:
    line = Paragraph(("字" * 25,))
    assert pages(*[line] * 18, Heading("甲")) == [1]
    assert pages(*[line] * 22, Heading("甲")) == [2]
    assert pages(Paragraph(("字" * (27 * 50),)), Heading("甲")) == [3]


def test_a_heading_is_not_left_alone_at_the_foot() -> None:
    assert pages(*[Items((("字",),))] * 20, Heading("甲")) == [2]


def test_turned_pages_are_pages_of_their_own() -> None:
    assert pages(INDICATORS, POINTS, Heading("甲")) == [1, 2, 3]
