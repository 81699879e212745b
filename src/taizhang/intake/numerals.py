"""Every number printed in a document, and whether it was understood: what the coverage statement stands on."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.core.quantities import number, quantities
from taizhang.core.quantity import Catalogue
from taizhang.core.remembering import per_text
from taizhang.documents.blocks import Cell, Document, Leftover, Paragraph
from taizhang.profiles import Profile

_DIGITS = re.compile(r"[0-9０-９][0-9０-９]*(?:[.,，．][0-9０-９]+)*")
_ASIDE = re.compile(
    r"^\s*(?:[0-9]+(?:[.．-][0-9]+)*[.、．)）]?\s*(?=\D|$)|[（(][0-9]+[)）])"  # the number in front of an item
    r"|[A-Za-z][A-Za-z0-9+/._-]{0,60}[0-9]+|[0-9]+(?:\.[0-9]+)*[A-Za-z+]"  # names: IPv6, NTA5, 3D, 2.0 with a letter
    r"|[0-9]+(?:[.-][0-9]+)+"  # codes: 1-2, 1.1.2.3
    r"|[0-9]+(?:\.[0-9]+)?\s*[:：∶]\s*[0-9]+(?:\.[0-9]+)?"  # ratios and times of day: 18.5∶1, 9:30
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
        printed, left = _counted(text, profile.catalogue)
        count += printed
        for start, end in left:
            around = text[max(start - 12, 0) : end + 12].replace("\n", " ")
            unread.append(Leftover(around, "数字没有单位，不知道计的是什么", block.at(start, end)))
    return Numerals(count, tuple(unread))


@per_text
def _counted(text: str, catalogue: Catalogue) -> tuple[int, Sequence[Span]]:
    """How many numbers a text prints, and where those stand that were not understood."""
    found = [match.span() for match in _DIGITS.finditer(text)]
    if not found or number(text) is not None:
        return len(found), ()
    left = _beyond(found, [(quantity.start, quantity.end) for quantity in quantities(text, catalogue)])
    if left:  # what else explains a number is asked only where no quantity does
        left = _beyond(left, [match.span() for match in _ASIDE.finditer(text)])
    if left:
        left = _beyond(left, [match.span() for match in catalogue.pattern.finditer(text) if match["number"] is None])
    return len(found), left


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
