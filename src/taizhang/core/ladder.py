"""Ladder: words in an order from highest to lowest (levels, states), and those that stand apart from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Rung(NamedTuple):
    """One step of a ladder: its name and the words that mean it."""

    name: str
    words: tuple[str, ...]


class Mention(NamedTuple):
    """A word of a ladder in a text: [start, end), and the name of its rung."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Ladder:
    """`order` from the highest rung to the lowest; `apart` are names that are neither above nor below.

    `unmeant` are words that begin with one of a rung and mean none (“行业企业” is no level).
    """

    order: tuple[Rung, ...]
    apart: tuple[Rung, ...] = ()
    unmeant: tuple[str, ...] = ()
    _names: dict[str, str] = field(init=False, repr=False, compare=False)
    _ranks: dict[str, int] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {word: rung.name for rung in (*self.order, *self.apart) for word in (rung.name, *rung.words)}
        words = sorted((*names, *self.unmeant), key=len, reverse=True)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_ranks", {rung.name: rank for rank, rung in enumerate(self.order)})
        object.__setattr__(self, "_pattern", re.compile("|".join(map(re.escape, words)) or "(?!)"))

    def rank(self, name: str) -> int | None:
        """0 for the highest rung; None for a name that stands apart or is unknown."""
        return self._ranks.get(self._names.get(name, name))

    def name(self, word: str) -> str | None:
        """The rung that a word means."""
        return self._names.get(word)

    def mentions(self, text: str) -> list[Mention]:
        """All words of the ladder in a text, in order; the longest word wins."""
        found = self._pattern.finditer(text)
        return [Mention(*match.span(), self._names[match[0]]) for match in found if match[0] in self._names]

    def named(self, text: str) -> tuple[str, ...]:
        """The rungs that a text names, each once, in order of appearance."""
        found = self._pattern.findall(text)
        return tuple(dict.fromkeys(self._names[word] for word in found if word in self._names)) if found else ()

    def falls_short(self, reached: str, wanted: str) -> bool:
        """Whether `reached` is a lower rung than `wanted`; False where the two cannot be compared."""
        low, high = self.rank(reached), self.rank(wanted)
        return low is not None and high is not None and low > high


def ladder(
    order: Iterable[tuple[str, Iterable[str]]],
    apart: Iterable[tuple[str, Iterable[str]]] = (),
    unmeant: Iterable[str] = (),
) -> Ladder:
    """A ladder from (name, words) pairs, highest first."""
    return Ladder(
        tuple(Rung(name, tuple(words)) for name, words in order),
        tuple(Rung(name, tuple(words)) for name, words in apart),
        tuple(unmeant),
    )
