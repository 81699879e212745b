"""Every number printed in a document, and whether it was understood: what the coverage statement stands on."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.core.quantities import number, quantities
from taizhang.documents.blocks import Cell, Document, Leftover, Paragraph
from taizhang.profiles import Profile

_DIGITS = re.compile(r"(?=[0-9０-９])[0-9０-９]+(?:[.,，．][0-9０-９]+)*")
_ASIDE = re.compile(
    r"^\s*(?:[0-9]+(?:[.．-][0-9]+)*[.、．)）]?\s*(?=\D|$)|[（(][0-9]+[)）])"  # the number in front of an item
    r"|[A-Za-z][A-Za-z0-9+/._-]{0,60}[0-9]+|[0-9]+(?:\.[0-9]+)*[A-Za-z+]"  # names: IPv6, NTA5, 3D, 2.0 with a letter
    r"|[0-9]+(?:[.-][0-9]+)+"  # codes: 1-2, 1.1.2.3
)


Span = tuple[int, int]


class Numerals(NamedTuple):
    """How many numbers a document prints, and those that were not understood, each with its place."""

    printed: int
    unread: tuple[Leftover, ...]


def numerals(document: Document, profile: Profile) -> Numerals:
    """The numbers in running text and table cells; a date, code or name that holds digits counts as understood."""
    count = 0
    unread: list[Leftover] = []
    for block in _texts(document):
        text = block.text
        found = [match.span() for match in _DIGITS.finditer(text)]
        if not found:
            continue
        count += len(found)
        if number(text) is not None:
            continue
        known = [(q.start, q.end) for q in quantities(text, profile.catalogue)]
        found = _beyond(found, known)
        if found:  # seldom: what else explains a number is asked only where no quantity does
            patterns = ((profile.catalogue.pattern, "number"), (_ASIDE, None))
            known += [match.span() for pattern, but in patterns for match in pattern.finditer(text)
                      if but is None or match[but] is None]  # fmt: skip
            found = _beyond(found, sorted(known))
        for start, end in found:
            around = text[max(start - 12, 0) : end + 12].replace("\n", " ")
            unread.append(Leftover(around, "数字没有单位，不知道计的是什么", block.at(start, end)))
    return Numerals(count, tuple(unread))


def _beyond(found: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """The numbers that no known stretch covers; both are in order."""
    left: list[Span] = []
    reach = place = 0  # the furthest end of what begins at or before a number
    for start, end in found:
        while place < len(known) and known[place][0] <= start:
            reach = max(reach, known[place][1])
            place += 1
        if end > reach:
            left.append((start, end))
    return left


def _texts(document: Document) -> Iterator[Cell | Paragraph]:
    """The texts that hold statements; a cell merged downward once."""
    yield from document.paragraphs
    for table in document.tables:
        above: list[Cell] = []
        for row in table.body:
            yield from (cell for column, cell in enumerate(row) if column >= len(above) or above[column] is not cell)
            above = row
