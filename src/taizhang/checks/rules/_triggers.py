"""Triggers: the words without which a rule finds nothing, and the texts of a document that hold them.

All texts of one sort are laid behind each other once a document, and a trigger is looked for in the whole at once:
that takes far less time than asking each text. A rule loops over `sentences_with`, `paragraphs_with` or
`texts_with` and its triggers instead of over all of them.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from taizhang.checks.registry import Context
from taizhang.checks.rules._prose import Sentence, sentences
from taizhang.checks.rules._structure import Text, texts
from taizhang.documents.blocks import Paragraph
from taizhang.intake.reading import Reading

Trigger = str | re.Pattern[str]
T = TypeVar("T")
_BETWEEN = "\n"  # what begins or ends a text begins or ends a line


class Held(Generic[T]):
    """Texts laid behind each other, and which of them hold a trigger."""

    def __init__(self, items: Sequence[T], words: Iterable[str]) -> None:
        self._items = items
        kept = list(words)
        self._whole = _BETWEEN.join(kept)
        self._starts = [0, *accumulate(len(each) + 1 for each in kept)]
        self._known: dict[Trigger, list[int]] = {}

    def by(self, *triggers: Trigger) -> Sequence[T]:
        """The items whose text holds one trigger at least, in their order."""
        if len(triggers) == 1:
            places: Iterable[int] = self._places(triggers[0])
        else:
            places = sorted(set().union(*map(self._places, triggers)))
        return [self._items[place] for place in places]

    def _places(self, trigger: Trigger) -> list[int]:
        found = self._known.get(trigger)
        if found is None:
            found = self._known[trigger] = self._looked_up(trigger)
        return found

    def _looked_up(self, trigger: Trigger) -> list[int]:
        whole, starts = self._whole, self._starts
        found: list[int] = []
        at = -1 if not self._items else self._next(trigger, 0)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            found.append(place)
            at = self._next(trigger, starts[place + 1]) if starts[place + 1] < len(whole) else -1
        return found

    def _next(self, trigger: Trigger, start: int) -> int:
        if isinstance(trigger, str):
            return self._whole.find(trigger, start)
        match = trigger.search(self._whole, start)
        return -1 if match is None else match.start()


def sentences_with(reading: Reading, context: Context, *triggers: Trigger) -> Sequence[Sentence]:
    """The sentences that tell figures and hold one of the triggers at least.

    A trigger is a word, or a pattern (with `re.MULTILINE`, if it has anchors). What it finds may run on into the next
    text, so that a rule looks at each text itself afterwards.
    """
    return _held(reading, context, "sentences held", _sentences).by(*triggers)


def texts_with(reading: Reading, context: Context, *triggers: Trigger) -> Sequence[Text]:
    """The headings, paragraphs and cells (`texts`) that hold one of the triggers at least."""
    return _held(reading, context, "texts held", _texts).by(*triggers)


def paragraphs_with(reading: Reading, context: Context, *triggers: Trigger) -> Sequence[Paragraph]:
    """The paragraphs that hold one of the triggers at least."""
    return _held(reading, context, "paragraphs held", _paragraphs).by(*triggers)


def _sentences(reading: Reading, context: Context) -> Held[Sentence]:
    known = sentences(reading, context)
    return Held(known, (each.text[each.begin : each.end] for each in known))


def _texts(reading: Reading, context: Context) -> Held[Text]:
    known = texts(reading, context)
    return Held(known, (each.text for each in known))


def _paragraphs(reading: Reading, _context: Context) -> Held[Paragraph]:
    return Held(reading.paragraphs, (each.text for each in reading.paragraphs))


def _held(reading: Reading, context: Context, name: str, make: Callable[[Reading, Context], Held[T]]) -> Held[T]:
    known: dict[int, Held[T]] = context.memo.setdefault(name, {})
    if id(reading) not in known:
        known[id(reading)] = make(reading, context)
    return known[id(reading)]
