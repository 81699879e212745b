"""Beginnings: patterns told with what characters a match can begin, so that a search passes all others by.

`re` itself sees that only where each alternative begins with a plain character. A list of words in which a single
one begins with a group or a look behind is else tried as a whole at every character of every report.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

_ASIDE = ("(?<!", "(?<=", "(?!", "(?=")
_NO_WIDTH = "bBAZ"
_ANY_HAN = "一-鿿"  # nothing is passed by for it
_CODE_POINT = 6  # characters of “\\u4e00”
_LONGEST_RUN = 128  # characters of “a-z” that are told one by one
_LED = re.compile(r"\^?\[(?:一-鿿|\^ )\]\{0,[0-9]+\}[?+]?")  # whatever stands before what a pattern looks for
T = TypeVar("T")


@lru_cache(maxsize=2048)
def sifted(pattern: str) -> str:
    """The pattern, asked only where a character stands with which it can begin; it matches what it matched before."""
    found = _start(pattern)
    if found.characters is None or found.empty or found.plain:
        return pattern
    return f"(?=[{''.join(sorted(found.characters))}])(?:{pattern})"


def either(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Patterns as one, the first that matches being taken; it never matches where there are none."""
    return re.compile(sifted("|".join(f"(?:{pattern})" for pattern in patterns)) or "(?!)", flags)


class Alternation:
    """Patterns as one, of which those that begin with whatever stands before their words wait until the words are met.

    “[一-鿿]{0,8}公布的” begins with any character: together with it a hundred plain words would be tried at each.
    """

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        listed = list(patterns)
        led = {pattern: lead.end() for pattern in listed if (lead := _LED.match(pattern))}
        self._all = either(listed, flags)
        self._most = either([pattern for pattern in listed if pattern not in led], flags) if led else self._all
        self._words = either([pattern[end:] for pattern, end in led.items()], flags)

    def of(self, text: str) -> re.Pattern[str]:
        """The pattern for a text, without those alternatives whose words it does not hold."""
        return self._most if self._words.search(text) is None else self._all


class Sieve(Generic[T]):
    """Named patterns, of which a text is asked only for those that begin with one of its characters."""

    def __init__(self, named: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        self._named = list(named)
        self._always = 0  # the places of those that can begin with anything, as bits
        self._by_beginning: dict[str, int] = {}
        for place, (_, pattern) in enumerate(self._named):
            found = _start(pattern.pattern)
            each_one = None if found.characters is None or found.empty else _each(found.characters)
            if each_one is None:
                self._always |= 1 << place
            for character in each_one or ():
                self._by_beginning[character] = self._by_beginning.get(character, 0) | 1 << place
        self._any = re.compile(f"[{''.join(map(re.escape, self._by_beginning))}]" if self._by_beginning else "(?!)")

    def possible(self, text: str) -> list[tuple[T, re.Pattern[str]]]:
        """The patterns that may be found in a text, in their order."""
        bits = self._always
        for character in self._any.findall(text):
            bits |= self._by_beginning[character]
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._named[lowest.bit_length() - 1])
            bits ^= lowest
        return found

    def found(self, text: str) -> list[T]:
        """The names of the patterns that are found in a text, in their order."""
        return [name for name, pattern in self.possible(text) if pattern.search(text)]


def _each(members: Iterable[str]) -> set[str] | None:
    """The characters that members of a set stand for, one by one; None where they are too many to tell."""
    found: set[str] = set()
    for run in members:
        place = 0
        while place < len(run):
            place += run[place] == "\\"
            if run[place - 1 : place] == "\\" and run[place].isalnum():
                return None
            first = last = run[place]
            if run[place + 1 : place + 2] == "-" and place + 2 < len(run):
                place += 2
                last = run[place]
            if last == "\\" or ord(last) - ord(first) > _LONGEST_RUN:
                return None
            found.update(map(chr, range(ord(first), ord(last) + 1)))
            place += 1
    return found


class _Start(NamedTuple):
    """How a part of a pattern can begin: members of a set (None: with anything), or by matching nothing at all.

    `plain` tells that `re` sees as much by itself.
    """

    characters: frozenset[str] | None
    empty: bool
    plain: bool = False

    def then(self, following: "_Start") -> "_Start":
        """The start of this part and the next together."""
        return _Start(_both(self, following), following.empty, self.plain) if self.empty else self


_NOTHING = _Start(frozenset(), empty=True)
_ANYTHING = _Start(None, empty=False)


def _both(one: _Start, other: _Start) -> frozenset[str] | None:
    if one.characters is None or other.characters is None:
        return None
    return one.characters | other.characters


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0

    def alternatives(self) -> _Start:
        """What stands up to the end, or to the bracket that closes the group."""
        found = self._sequence()
        while self._pattern.startswith("|", self._place):
            self._place += 1
            other = self._sequence()
            found = _Start(_both(found, other), found.empty or other.empty, found.plain and other.plain)
        return found

    def _sequence(self) -> _Start:
        found, first = _NOTHING, True
        while self._place < len(self._pattern) and self._pattern[self._place] not in "|)":
            part = self._part()
            found = _Start(part.characters, part.empty, part.plain) if first else found.then(part)
            first = False
        return found

    def _part(self) -> _Start:
        """One character, set or group, with how often it may stand."""
        part = self._single()
        rest = self._pattern[self._place :]
        if not rest.startswith(("?", "*", "+", "{")):
            return part
        self._place += rest.index("}") + 1 if rest.startswith("{") else 1
        if self._pattern[self._place : self._place + 1] in {"?", "+"}:
            self._place += 1
        return _Start(part.characters, part.empty or rest.startswith(("?", "*", "{0", "{,")))

    def _single(self) -> _Start:
        character = self._pattern[self._place]
        if character == "(":
            return self._group()
        if character == "[":
            return self._set()
        if character == "\\":
            return self._escaped()
        self._place += 1
        if character in "^$":
            return _NOTHING
        return _ANYTHING if character == "." else _Start(frozenset({re.escape(character)}), empty=False, plain=True)

    def _group(self) -> _Start:
        rest = self._pattern[self._place :]
        opening = next(opening for opening in (*_ASIDE, "(?:", "(?P<", "(?", "(") if rest.startswith(opening))
        self._place += rest.index(">") + 1 if opening == "(?P<" else len(opening)
        begin = self._place
        inner = self.alternatives()
        plain = inner.plain and opening == "(?:" and "|" not in self._pattern[begin : self._place]
        self._place += 1
        if opening in _ASIDE:
            return _NOTHING
        return _ANYTHING if opening == "(?" else _Start(inner.characters, inner.empty, plain)

    def _set(self) -> _Start:
        start = place = self._place + 1
        while self._pattern[place] != "]" or place == start:
            place += 2 if self._pattern[place] == "\\" else 1
        self._place = place + 1
        inner = self._pattern[start:place]
        is_odd = inner.startswith(("^", "-", "]")) or inner.endswith("-") or _ANY_HAN in inner
        return _ANYTHING if is_odd else _Start(frozenset({inner}), empty=False)

    def _escaped(self) -> _Start:
        code = self._pattern[self._place + 1]
        start = self._place
        self._place += _CODE_POINT if code == "u" else 2
        if code in _NO_WIDTH:
            return _NOTHING
        return _ANYTHING if code.isdigit() else _Start(frozenset({self._pattern[start : self._place]}), empty=False)


@lru_cache(maxsize=2048)
def _start(pattern: str) -> _Start:
    return _Reader(pattern).alternatives()
