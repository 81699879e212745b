"""The same thing entered twice: records of one kind alike in title, that share a period and a partner or a place.

An index by pairs of characters finds them among hundreds of thousands; two records are compared only where they share
one of the rarest pairs of the title. Nothing is merged: a person looks.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.core import numeral
from taizhang.core.record import Record
from taizhang.core.span import Span, span_of
from taizhang.records.names import alike, folded
from taizhang.records.places import addresses


class Alike(NamedTuple):
    """疑似重复: a record that may tell of the same thing, how alike the titles are (0 to 1), and why, in words."""

    record: Record
    likeness: Decimal
    why: str


_ALONE = Decimal("0.75")  # titles so alike are shown unless something speaks against it
_WITH = Decimal("0.45")  # titles so alike are shown where partner, place or figures agree too
_ORDINAL = re.compile(
    rf"[0-9]+(?:\.[0-9]+)?|第[{numeral.CHARACTERS}]+(?=[期批届次轮季])|[{numeral.CHARACTERS}]+(?=[期批届次轮季])"
)


class Likenesses:
    """An index of records, to be asked of many; for one question use `similar`."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: list[Record] = []
        self._pairs: list[frozenset[str]] = []
        self._by_pair: dict[tuple[str, str], list[int]] = {}
        for record in records:
            place = len(self._records)
            pairs = title_pairs(record.title)
            self._records.append(record)
            self._pairs.append(pairs)
            for pair in pairs:
                self._by_pair.setdefault((record.kind, pair), []).append(place)

    def of(self, record: Record, at_most: int = 5) -> tuple[Alike, ...]:
        """Records that may tell of the same thing as this one, which itself is not among them; the likest first."""
        found = [
            alike
            for place, likeness in self._near(record)
            if self._records[place].id != record.id and (alike := _alike(record, self._records[place], likeness))
        ]
        return tuple(sorted(found, key=lambda each: (-each.likeness, each.record.id)))[:at_most]

    def _near(self, record: Record) -> Iterable[tuple[int, Decimal]]:
        """Places of records whose titles are alike enough, with how much."""
        pairs = title_pairs(record.title)
        if not pairs:
            return
        rarest = sorted(pairs, key=lambda pair: (len(self._by_pair.get((record.kind, pair), ())), pair))
        # Dice ≥ w needs w·|A|/(2-w) pairs in common at least: whoever shares none of the others cannot reach it.
        needed = int(_WITH * len(pairs) / (2 - _WITH))
        asked = rarest[: len(rarest) - max(needed - 1, 0)]
        candidates = {place for pair in asked for place in self._by_pair.get((record.kind, pair), ())}
        for place in candidates:
            likeness = _dice(pairs, self._pairs[place])
            if likeness >= _WITH:
                yield place, likeness


def similar(record: Record, others: Iterable[Record], at_most: int = 5) -> tuple[Alike, ...]:
    """Records among others that may tell of the same thing, the likest first."""
    return Likenesses(each for each in others if each.kind == record.kind).of(record, at_most)


@lru_cache(maxsize=65536)
def title_pairs(title: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a title, by which an index finds its likes: two alike share many."""
    text = folded(title)
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) or frozenset({text} - {""})


def likeness_of(one: str, other: str) -> Decimal:
    """How alike two titles are, from 0 to 1."""
    mine, its = title_pairs(one), title_pairs(other)
    return _dice(mine, its) if mine and its else Decimal(0)


def _dice(mine: frozenset[str], its: frozenset[str]) -> Decimal:
    return Decimal(2 * len(mine & its)) / (len(mine) + len(its))


def _alike(one: Record, other: Record, likeness: Decimal) -> Alike | None:
    """Two records with titles alike, if nothing tells them apart and enough holds them together."""
    if _ordinals(one.title) != _ordinals(other.title):
        return None  # 第一期 and 第二期, 2022 and 2023 are two things
    spans = _span(one), _span(other)
    if spans[0] is not None and spans[1] is not None and not spans[0].overlaps(spans[1]):
        return None
    if any(mine and its and mine != its for mine, its in ((one.org, other.org), (one.level, other.level))):
        return None
    reasons = list(_shared(one, other))
    apart = one.department and other.department and one.department != other.department
    if not reasons and likeness < (1 if apart else _ALONE):
        return None  # two departments do like things under like names
    if spans[0] is not None and spans[1] is not None:
        reasons.insert(0, "时间重叠")
    percent = (likeness * 100).to_integral_value()
    return Alike(other, likeness, "，".join([f"标题相近（{percent}%）", *reasons]))


def _shared(one: Record, other: Record) -> Iterable[str]:
    if any(alike(mine.name, its.name) for mine in one.partners for its in other.partners):
        yield "合作方相同"
    if one.place and other.place and _same_place(one.place, other.place):
        yield "地点相同"
    figures = [Counter((each.value, each.unit) for each in record.measures) for record in (one, other)]
    if figures[0] and figures[0] == figures[1]:
        yield "数值相同"


def _same_place(one: str, other: str) -> bool:
    if folded(one) == folded(other):
        return True
    return any(mine.may_be(its) for mine in addresses(one) for its in addresses(other))


def _ordinals(title: str) -> Counter[str]:
    """The numbers of a title, which tell one of a series from the next."""
    return Counter(_ORDINAL.findall(title))


def _span(record: Record) -> Span | None:
    span = span_of(record)
    return None if span is None or span.every_year else span
