"""What the rules on contradictions share: a figure of the wider thing that is smaller than one of its parts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context
from taizhang.checks.rules._sameness import Sameness, Span, place, sameness
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import ABOVE, Wording, one_sided

_HELD = 0.9  # share of the wider thing's words that the narrower must have
_FEW = 3  # pairs of characters: with fewer, words are too general
_ALIKE = 0.45  # below this the words in common are too general


@dataclass(frozen=True, slots=True)
class Inversion:
    """A narrower thing told with more than the wider one has; `total` is what all years of the wider add up to."""

    narrow: Statement
    wide: tuple[Statement, ...]
    total: Decimal
    likeness: float
    near: bool  # in the same part of the college


_ADDED = re.compile("新增|净增|年均")
_HOUSEHOLDS = frozenset({"户", "万户"})
_PARTS = frozenset({Role.ACTUAL, Role.LISTED, Role.SAID})


def inversions(context: Context) -> list[Inversion]:
    """The parts larger than their whole, in one document and one part of the college, worked out once."""
    if "inversions" not in context.memo:
        context.memo["inversions"] = list(_inversions(sameness(context)))
    made: list[Inversion] = context.memo["inversions"]
    return made


def _inversions(same: Sameness) -> Iterator[Inversion]:
    for narrow in same.statements:
        if narrow.part or narrow.role not in _PARTS or same.span(narrow) is Span.YEAR:
            continue
        here = same.areas.of(narrow)
        wide: dict[frozenset[str], list[tuple[Statement, float]]] = defaultdict(list)
        for link in same.links(narrow):
            other = link.other
            if link.likeness < _ALIKE or other.part or other.role is Role.TARGET or other.document != narrow.document:
                continue
            if other.table is not None and other.table is narrow.table:
                continue
            if (narrow.quantity.unit in _HOUSEHOLDS) is not (other.quantity.unit in _HOUSEHOLDS):
                continue  # “老旧小区 128 个，惠及 4.6 万户”: households are not what they live in
            if _ADDED.search(other.text) and not _ADDED.search(narrow.text):
                continue  # what came in addition may be less than all that there is of a part
            if not _is_wider(other.wording, narrow.wording, same):
                continue
            there = same.areas.of(other)
            if here == there or here & there or narrow.role is other.role is Role.ACTUAL:
                told = same.answers.get(id(other), []) if other.role is Role.PLAN else [other]
                wide[other.wording.key].extend((each, link.likeness) for each in told)
        for group in wide.values():
            found = _inverted(narrow, group, same)
            if found is not None:
                yield found
                break


def _is_wider(wide: Wording, narrow: Wording, same: Sameness) -> bool:
    if len(wide.key) < _FEW or (narrow.several and not wide.several):
        return False
    if wide.several and not narrow.several:
        return wide.levels == narrow.levels and not one_sided(wide, narrow) and narrow.key in wide.items
    if wide.key == narrow.key and wide.levels == narrow.levels:
        return False  # the same thing: told by other rules
    whole = same.matcher.whole
    if wide.tail != narrow.tail or whole(wide.key & narrow.key) < _HELD * whole(wide.key):
        return False
    if not _persons(wide) <= _persons(narrow) or not wide.narrowed <= narrow.narrowed:
        return False
    levels = wide.levels - {ABOVE}
    return not levels or (narrow.levels <= wide.levels and bool(narrow.levels)) or levels == narrow.levels


def _persons(wording: Wording) -> set[tuple[int, int]]:
    return {side for side in wording.sides if side[0] >= 0}


def _inverted(narrow: Statement, group: list[tuple[Statement, float]], same: Sameness) -> Inversion | None:
    others = [other for other, _ in group if place(other) != place(narrow)]
    if not others or any(agree(narrow, other) or other.value > narrow.value for other in others):
        return None
    told = [other for other in others if other.role is Role.TOLD]
    whole = [other for other in others if same.span(other) is Span.WHOLE or other.role is Role.TOLD]
    if not whole or (told and not any(other.year == same.last_year[other.document] for other in told)):
        return None
    total = max([other.value for other in whole] + [sum((other.value for other in told), Decimal(0))])
    if total >= narrow.value:
        return None
    here = same.areas.of(narrow)
    near = all(here == there or bool(here & there) for there in map(same.areas.of, others))
    return Inversion(narrow, tuple(others), total, max(likeness for _, likeness in group), near)
