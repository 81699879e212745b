"""Clauses: the words around each quantity of a text, from which its subject and scope are read."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.core.quantity import Quantity

_CLAUSE = re.compile(r"[，。；：！？（）()\n;!?]|(?<![0-9]),|,(?![0-9]{3})|:(?![0-9])")
_ENDS = frozenset("。；！？;!?\n")  # of sentences; each of them ends a clause too
_STOP_AFTER = re.compile(r"[，。；：！？、（）()\n;!?,:]|(?<=\S)[—…]")


class Clause(NamedTuple):
    """A quantity in its clause: `before` and `after` are the words about it that belong to no other quantity.

    [start, end) is the clause in the text, and `sentence` where its sentence begins.
    """

    quantity: Quantity
    start: int
    end: int
    sentence: int
    before: str
    after: str


def clauses(text: str, quantities: Sequence[Quantity]) -> Iterator[Clause]:
    """Each quantity with its surroundings, in order."""
    starts = [0, *[match.end() for match in _CLAUSE.finditer(text)]]
    sentences = [0, *[start for start in starts if start and text[start - 1] in _ENDS]]
    left, sentence, previous = 0, 0, 0
    for place, quantity in enumerate(quantities):
        while left + 1 < len(starts) and starts[left + 1] <= quantity.start:
            left += 1
        while sentence + 1 < len(sentences) and sentences[sentence + 1] <= quantity.start:
            sentence += 1
        following = quantities[place + 1].start if place + 1 < len(quantities) else len(text)
        stop = _STOP_AFTER.search(text, quantity.end, max(following, quantity.end))
        end = stop.start() if stop else max(following, quantity.end)
        begin = max(starts[left], previous)
        yield Clause(
            quantity, begin, end, sentences[sentence], text[begin : quantity.start], text[quantity.end : end]
        )  # fmt: skip
        previous = quantity.end
