"""One fast pass over the parts of a Word file, so that the walk after it looks closely only where it must."""

from collections.abc import Callable, Iterable
from typing import cast

from lxml import etree

from taizhang.documents.docx.text import (
    ALTERNATE,
    CHARACTERS,
    DELETED,
    MERGES,
    NUMPR,
    OBJECTS,
    OFF,
    OUTLINE,
    PROMPT,
    PSTYLE,
    RSTYLE,
    RUBY_TEXT,
    TXBX,
    VAL,
    P,
    Styled,
    T,
    W,
    printed,
    unstyled,
)

# Where one of these stands in a paragraph, its text is more than its `w:t` one after the other.
_UNPLAIN = frozenset({*CHARACTERS, *OBJECTS, *DELETED, RUBY_TEXT, PROMPT})
_SURVEYED = (P, T, NUMPR, OUTLINE, *MERGES, *_UNPLAIN)
# Every paragraph has a style, and hardly ever one that makes a list.
_STYLES_OF = etree.XPath("//w:pStyle/@w:val", namespaces={"w": W.strip("{}")}, smart_strings=False)
_RUN_STYLES_OF = etree.XPath("//w:rStyle/@w:val", namespaces={"w": W.strip("{}")}, smart_strings=False)


class Index:
    """What the pass finds.

    `numbers` counts the `w:p` of all parts from 1. `texts` are the texts of those paragraphs that are plain, equal to
    what `Content` gives for them, `styled` telling what styles do to words. `marked` are the paragraphs whose own properties or whose style (`is_listed`) set a
    level, a list or a deleted mark, and the cells that are merged.
    """

    def __init__(
        self,
        roots: Iterable[etree._Element],
        is_listed: Callable[[str | None], bool] | None = None,
        styled: Styled = unstyled,
    ) -> None:
        self.numbers: dict[etree._Element, int] = {}
        self.texts: dict[etree._Element, str] = {}
        self.marked: set[etree._Element] = set()
        self._listed: set[str] = set()  # of the styles that are used
        self._changing: set[str] = set()
        self._is_listed = is_listed or (lambda _: False)
        self._styled = styled
        for root in roots:
            self._survey(root)

    def _survey(self, root: etree._Element) -> None:
        numbers, texts, marked = self.numbers, self.texts, self.marked
        unplain: list[etree._Element] = [root]
        number = len(numbers)
        paragraph = root
        texts[root] = ""
        styles = set(cast(list[str], _STYLES_OF(root)))
        self._listed = {style for style in styles if self._is_listed(style)}
        self._changing = {
            style for style in styles.union(cast(list[str], _RUN_STYLES_OF(root))) if any(self._styled(style))
        }
        surveyed = (*_SURVEYED, PSTYLE) if self._listed or self._changing else _SURVEYED
        surveyed = (*surveyed, RSTYLE) if self._changing else surveyed
        for element in root.iter(*surveyed):
            tag = element.tag
            if tag == T:
                texts[paragraph] += printed(element)
            elif tag == P:
                number += 1
                numbers[element] = number
                texts[element] = ""
                paragraph = element
            elif tag in (PSTYLE, RSTYLE):
                unplain += self._dressed(element, paragraph)
            elif tag in _UNPLAIN:
                unplain += self._unplain(element, paragraph)
            elif tag in (NUMPR, OUTLINE):
                marked.add(paragraph)
            else:
                self._mark_cell(element)
        for paragraph in unplain:
            texts.pop(paragraph, None)

    def _dressed(self, style: etree._Element, paragraph: etree._Element) -> list[etree._Element]:
        """The paragraph that a style in it makes more than plain, or none."""
        name = style.get(VAL)
        if name in self._listed:
            self.marked.add(paragraph)
        return [paragraph] if name in self._changing else []

    def _unplain(self, element: etree._Element, paragraph: etree._Element) -> list[etree._Element]:
        """The paragraphs that an element of `_UNPLAIN` in one makes more than plain."""
        if element.get(VAL) in OFF:
            return []
        if element.tag in DELETED:
            self.marked.add(paragraph)
        # After the box its paragraph goes on, which this flat pass cannot see.
        return [paragraph, *element.iter(P)] if element.tag in (TXBX, ALTERNATE) else [paragraph]

    def _mark_cell(self, merge: etree._Element) -> None:
        properties = merge.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None:
            self.marked.add(cell)
