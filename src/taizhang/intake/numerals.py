"""Every number printed in a document, and whether it was understood: what the coverage statement stands on."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
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


class Numerals(NamedTuple):
    """How many numbers a document prints, and those that were not understood, each with its place."""

    printed: int
    unread: tuple[Leftover, ...]


def numerals(document: Document, profile: Profile) -> Numerals:
    """The numbers in running text and table cells; a date, code or name that holds digits counts as understood."""
    count = 0
    unread: list[Leftover] = []
    for block in _texts(document):
        found = list(_DIGITS.finditer(block.text))
        count += len(found)
        if not found or number(block.text) is not None:
            continue
        known = [(q.start, q.end) for q in quantities(block.text, profile.catalogue)]
        found = _beyond(found, known)
        if found:  # seldom: what else explains a number is asked only where no quantity does
            patterns = ((profile.catalogue.pattern, "number"), (_ASIDE, None))
            known += [match.span() for pattern, but in patterns for match in pattern.finditer(block.text)
                      if but is None or match[but] is None]  # fmt: skip
        for match in _beyond(found, sorted(known)):
            around = block.text[max(match.start() - 12, 0) : match.end() + 12].replace("\n", " ")
            unread.append(Leftover(around, "数字没有单位，不知道计的是什么", block.at(*match.span())))
    return Numerals(count, tuple(unread))


def _beyond(found: list[re.Match[str]], known: Sequence[tuple[int, int]]) -> list[re.Match[str]]:
    """The numbers that no known stretch covers; `known` is in order."""
    reach = list(accumulate((end for _, end in known), max, initial=0))
    # Of what begins at or before a number, the furthest end.
    return [match for match in found if match.end() > reach[bisect_right(known, match.start(), key=itemgetter(0))]]


def _texts(document: Document) -> Iterator[Cell | Paragraph]:
    """The texts that hold statements; a cell merged downward once."""
    yield from document.paragraphs
    for table in document.tables:
        above: list[Cell] = []
        for row in table.body:
            yield from (cell for column, cell in enumerate(row) if column >= len(above) or above[column] is not cell)
            above = row
