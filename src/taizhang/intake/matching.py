"""Matching: which statements are of the same fact, found by rare character pairs and never by comparing all pairs."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from taizhang.core.quantity import Bound, Quantity
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import Wording, opposed

_PARTS = 1 << 24  # of which a weight is a whole number
_LOOKED_UP = 3  # how many of its rarest pairs a statement is looked up by
_CROWDED = 60  # a pair that more statements share tells nothing
_MOST_COMPARED = 250_000  # neighbours looked at in one document; four times those of a report of 90 tables
_FEWEST = 4
_NEAR = 0.66  # likeness from which two subjects are the same thing
_AKIN = 0.4  # likeness from which they are close enough for equal figures to be the same
_HELD = 0.9  # share of the shorter subject's words from which the longer holds it
_TELLING = 9.0  # the weight of the pairs in common from which a likeness is not chance
_TELLING_ALL = 4.0  # the same, where the words are wholly the same and both name their level
_USUAL = 500  # how many statements a report has at least, for the weight of a pair in a short one
_LONG = 4  # digits: two things do not have the same figure of so many by chance
_HINT = 3.0  # the weight of the words in common that then suffices
_ENOUGH = 20  # equal figures below this are too common to prove anything


_NOBODY: list[int] = []


class Relation(Enum):
    """How two statements stand to each other."""

    SAME = auto()
    RELATED = auto()


class Link(NamedTuple):
    """Another statement, how it stands to the one asked for, and how alike their subjects are (0 to 1)."""

    other: Statement
    relation: Relation
    likeness: float


class _Lists(NamedTuple):
    """The places that the rarest pairs of some words lead to: lists of few, and `common`, the rarest, where it is of many.

    Of that only what stands near is looked at; without it, `found` is what comes of the others.
    """

    few: list[list[int]]
    common: list[int]
    needs_two: bool
    found: set[int]


_Words = tuple[str, str, frozenset[str]]  # of which group and in which dimension, and the words


class Matcher:
    """An index of statements by dimension and rare pair; `groups` names, for each document, those compared with it."""

    def __init__(self, statements: Sequence[Statement], groups: Sequence[str]) -> None:
        self.statements = list(statements)
        self._groups = groups
        self._known: list[dict[int, tuple[Relation, float] | None]] = [{} for _ in self.statements]
        # Reports say the same things again and again, and sister reports in the very same words: those are one key.
        one: dict[frozenset[str], frozenset[str]] = {}
        self._keys = [one.setdefault(each.wording.key, each.wording.key) for each in self.statements]
        count: dict[str, int] = defaultdict(int)
        for key, times in Counter(self._keys).items():
            for pair in key:
                count[pair] += times
        total = max(len(self.statements), _USUAL)
        weight_of = {times: summable(math.log(1 + total / times)) for times in set(count.values())}
        self.weight = {pair: weight_of[times] for pair, times in count.items()}
        self._weigh = self.weight.__getitem__
        by_rarity = sorted(count.items(), key=itemgetter(1, 0))
        rank = {pair: place for place, (pair, _) in enumerate(by_rarity)}
        self._rarest = {key: sorted(key, key=rank.__getitem__)[:_LOOKED_UP] for key in one}
        sums = {key: self.whole(key) for key in self._rarest}
        self._sums = [sums[key] for key in self._keys]
        asked = frozenset(chain.from_iterable(self._rarest.values()))  # by what nobody looks, nobody need be found
        self._worded: dict[_Words, list[int]] = defaultdict(list)
        self._figures: dict[tuple[str, str, Decimal], list[int]] = defaultdict(list)  # long ones recur for a reason
        self._named: dict[_Words, list[int]] = defaultdict(list)  # 互联网+ in a longer name
        for place, (each, key) in enumerate(zip(self.statements, self._keys, strict=True)):
            group = groups[each.document]
            self._worded[group, each.dimension, key].append(place)
            if significant(each.value) >= _LONG:
                self._figures[group, each.dimension, each.value].append(place)
            if each.wording.names:
                self._named[group, each.dimension, each.wording.names].append(place)
        self._index = self._indexed({key: key & asked for key in one})
        self._lists: dict[_Words, _Lists] = {}
        self._place = {id(each): place for place, each in enumerate(self.statements)}
        self._with_sisters = {group for group, times in Counter(groups).items() if times > 1}
        # In a register of ten thousand like rows each is held against fewer others, or it would take minutes.
        sizes = Counter(groups[each.document] for each in self.statements)
        self._crowd = {group: min(max(_MOST_COMPARED // size, _FEWEST), _CROWDED) for group, size in sizes.items()}

    def links(self, statement: Statement, dimension: str | None = None, *, only_sisters: bool = False) -> list[Link]:
        """The statements that are of the same fact as this one, or of a related one; likest first.

        `dimension` looks among those in another dimension than its own (“元” for a figure in “元/年”). With
        `only_sisters`, all are left out but what other documents tell as achieved.
        """
        group = self._groups[statement.document]
        if only_sisters and group not in self._with_sisters:
            return []
        here = self._place[id(statement)]
        candidates = self._near(statement, here, statement.dimension if dimension is None else dimension)
        if not candidates:
            return []
        found: list[Link] = []
        known, statements, own = self._known[here], self.statements, statement.document
        for place in sorted(candidates):
            other = statements[place]
            if only_sisters and (other.document == own or other.role not in ACHIEVED):
                continue
            if place in known:
                link = known[place]
            else:
                link = self._compared(here, place) if here < place else self._compared(place, here)
                known[place] = self._known[place][here] = link
            if link is not None:
                found.append(_new(Link, (other, *link)))
        found.sort(key=_by_likeness)
        return found

    def _near(self, statement: Statement, here: int, dimension: str) -> set[int]:
        """The places of the statements with which one has rare pairs, a long figure or names in common."""
        group = self._groups[statement.document]
        crowd = self._crowd[group]
        asked = group, dimension, self._keys[here]
        lists = self._lists.get(asked)
        if lists is None:
            lists = self._lists[asked] = self._looked_up(asked, crowd)
        if lists.common:
            middle = bisect_left(lists.common, here)
            found = _in_common([*lists.few, lists.common[max(middle - crowd, 0) : middle + crowd]], lists.needs_two)
        else:
            found = set(lists.found)
        if significant(statement.value) >= _LONG:
            found.update(self._figures.get((group, dimension, statement.value), _NOBODY)[:crowd])
        if statement.wording.names:
            found.update(self._named.get((group, dimension, statement.wording.names), _NOBODY)[:crowd])
        found.discard(here)
        return found

    def _looked_up(self, asked: "_Words", crowd: int) -> "_Lists":
        """What the rarest pairs of some words lead to, the same for all statements with them."""
        index = self._index.get(asked[:2], {})
        lists = [index.get(pair, _NOBODY) for pair in self._rarest[asked[2]]]
        few = [places for places in lists if len(places) <= crowd]
        needs_two = len(lists) >= _LOOKED_UP  # one rare pair alone is then too little in common
        if lists and len(lists[0]) > crowd and (few or not needs_two):
            return _Lists(few, lists[0], needs_two, set())
        return _Lists(few, _NOBODY, needs_two, _in_common(few, needs_two))

    @cached_property
    def _whole_index(self) -> dict[tuple[str, str], dict[str, list[int]]]:
        return self._indexed({key: key for key in self._rarest})

    def _indexed(self, pairs: Mapping[frozenset[str], frozenset[str]]) -> dict[tuple[str, str], dict[str, list[int]]]:
        """The places of the statements of a group and dimension by these pairs of their words, in order."""
        index: dict[tuple[str, str], dict[str, list[int]]] = {}
        for (group, dimension, key), places in self._worded.items():
            own = index.setdefault((group, dimension), defaultdict(list))
            for pair in pairs[key]:
                own[pair] += places
        for own in index.values():
            for each in own.values():
                each.sort()
        return index

    def at(self, document: int, dimension: str, pair: str) -> list[int]:
        """The places of the statements in a dimension that have a pair; none where it is too common."""
        places = self._whole_index.get((self._groups[document], dimension), {}).get(pair, [])
        return places if len(places) <= _CROWDED else []

    def held(self, key: frozenset[str], among: frozenset[str]) -> float:
        """How much of a key's weight is found among other words."""
        whole = self.whole(key)
        return self.whole(key & among) / whole if whole else 0.0

    def whole(self, pairs: frozenset[str]) -> float:
        """What pairs weigh together."""
        return sum(map(self._weigh, pairs))

    def _compared(self, here: int, there: int) -> tuple[Relation, float] | None:
        one, other = self.statements[here], self.statements[there]
        mine, theirs = self._sums[here], self._sums[there]
        shared = sum(map(self._weigh, self._keys[here] & self._keys[there]))
        smaller = min(theirs, mine)
        if shared < _AKIN * smaller and not (shared >= _HINT and one.value == other.value):
            return None
        likeness = shared / (mine + theirs - shared)
        relation = _relation(one, other, likeness, shared, shared / smaller)
        return None if relation is None else (relation, likeness)


def _relation(one: Statement, other: Statement, likeness: float, shared: float, held: float) -> Relation | None:
    mine, theirs = one.wording, other.wording
    if mine.sides and theirs.sides and opposed(mine, theirs):
        return None
    same_levels = mine.levels == theirs.levels
    if same_levels and one.part == other.part:  # the same scope
        telling = _TELLING_ALL if likeness == 1 and mine.levels else _TELLING
        if likeness >= _NEAR and shared >= telling and _alike(mine, theirs):
            return Relation.SAME
        if held >= _HELD and _same_award(mine, theirs):
            return Relation.SAME
        if one.document != other.document and _is_turned_about(mine, theirs) and shared >= 2 * _TELLING_ALL:
            return Relation.SAME
    if shared >= _HINT and one.value == other.value and significant(one.value) >= _LONG:
        return Relation.SAME
    enough = held >= 0.7 and one.value >= _ENOUGH and (likeness >= _AKIN or shared >= _TELLING)
    if (enough or (same_levels and likeness >= 0.5)) and agree(one, other):
        return Relation.SAME
    return Relation.RELATED if likeness >= _AKIN or held >= 0.9 else None


_new = tuple.__new__  # thousands of links are made: far quicker so than by the name of their type


def _by_likeness(link: Link) -> float:
    return -link[2]


def _in_common(lists: Sequence[Sequence[int]], needs_two: bool) -> set[int]:
    if needs_two:
        return _in_two(lists) if len(lists) > 1 else set()
    return set().union(*lists)


def _in_two(lists: Sequence[Sequence[int]]) -> set[int]:
    """What stands in two of the lists at least; each holds a thing once."""
    once: set[int] = set()
    twice: set[int] = set()
    for each in lists:
        twice.update(once.intersection(each))
        once.update(each)
    return twice


def summable(weight: float) -> float:
    """A weight rounded so that sums of thousands are exact: the same in whatever order a set gives its members."""
    return round(weight * _PARTS) / _PARTS


def _same_award(one: Wording, other: Wording) -> bool:
    """Whether both subjects are prizes of one named contest, told at greater or lesser length."""
    if not one.names or one.names != other.names or one.tail != other.tail:
        return False
    if one.tail.endswith("奖"):
        return True
    return one.tail.endswith("赛") and any(group < 0 for group, _ in one.sides & other.sides)  # both of prizes won


def _is_turned_about(one: Wording, other: Wording) -> bool:
    """Whether both say the same in another order (“授权专利”, “专利授权”), neither more narrowly."""
    return len(one.free) > 1 and one.free == other.free and _alike(one, other)


def _alike(one: Wording, other: Wording) -> bool:
    """Whether neither subject narrows what the other says, and both end in the same thing."""
    if one.narrowed != other.narrowed or (one.several != other.several and one.key != other.key):
        return False
    if one.tail == other.tail:
        return True
    longer, shorter = (one, other) if len(one.key) >= len(other.key) else (other, one)
    return longer.tail in shorter.key


_WIDE = frozenset({Bound.AT_MOST, Bound.RANGE})
_OPEN = {Bound.AT_LEAST, Bound.MORE_THAN}
_ROUNDED = {
    Bound.AT_LEAST: ROUND_FLOOR, Bound.MORE_THAN: ROUND_FLOOR, Bound.NEARLY: ROUND_CEILING, Bound.ABOUT: ROUND_HALF_UP,
}  # fmt: skip


def agree(one: Statement, other: Statement) -> bool:
    """Whether two figures in the same dimension can both be true: equal, rounded, or within a bound told."""
    if one.value == other.value:
        return True
    if one.quantity.bound not in _WIDE and other.quantity.bound not in _WIDE:
        mine, theirs = float(one.value), float(other.value)
        if not theirs or not 0.7 < mine / theirs < 1.4:
            return False
    if one.quantity.bound is other.quantity.bound and one.quantity.bound in _ROUNDED:
        return _is_rounded(one, other)
    return _covers(one, other) or _covers(other, one)


def _is_rounded(one: Statement, other: Statement) -> bool:
    """Whether two figures told alike (“近 500”, “近 560”) are one, of which one is told to fewer digits."""
    coarse, fine = (one, other) if significant(one.value) <= significant(other.value) else (other, one)
    digit = Decimal(1).scaleb(coarse.value.adjusted() - significant(coarse.value) + 1)  # its last telling digit
    return (fine.value / digit).to_integral_value(_ROUNDED[fine.quantity.bound]) * digit == coarse.value


def _covers(loose: Statement, exact: Statement) -> bool:
    """Whether the figure of `exact` may be told as `loose` tells it."""
    if not loose.value:
        return False
    ratio = exact.value / loose.value
    bound = loose.quantity.bound
    if bound is Bound.RANGE and loose.quantity.upper is not None:
        return loose.quantity.value <= exact.quantity.value <= loose.quantity.upper
    if bound in _OPEN:
        return 1 <= ratio <= Decimal("1.34")
    if bound is Bound.AT_MOST:
        return ratio <= 1
    if bound is Bound.NEARLY:
        return Decimal("0.88") <= ratio <= 1
    if bound is Bound.ABOUT:
        return Decimal("0.9") <= ratio <= Decimal("1.1")
    return abs(exact.value - loose.value) <= step(loose.quantity, loose.value) / 2


def step(quantity: Quantity, value: Decimal) -> Decimal:
    """What the last printed digit is worth in the base unit; 0 for a whole number that is printed out in full."""
    exponent = quantity.value.as_tuple().exponent
    if not isinstance(exponent, int) or not quantity.value:
        return Decimal(0)
    scale = value / quantity.value
    return Decimal(0) if exponent >= 0 and scale <= 1 else Decimal(1).scaleb(exponent) * scale


def holding(matcher: Matcher, document: int, key: frozenset[str], share: float) -> list[Statement]:
    """The statements whose words, by weight, stand at least for that share among the given ones."""
    found: dict[int, Statement] = {}
    for dimension in ("件", "人"):
        for pair in key:
            for place in matcher.at(document, dimension, pair):
                found.setdefault(place, matcher.statements[place])
    return [each for _, each in sorted(found.items()) if matcher.held(each.wording.key, key) >= share]


ACHIEVED = frozenset({Role.ACTUAL, Role.TOLD, Role.LISTED, Role.SAID})


@lru_cache(maxsize=4096)
def significant(value: Decimal) -> int:
    """How many digits of a number say something: 41.2 has three, 2800 two."""
    return len("".join(map(str, value.as_tuple().digits)).strip("0"))


@lru_cache(maxsize=4096)
def digits(value: Decimal) -> str:
    """The digits of a number without the noughts that only tell how large it is."""
    return f"{value:f}".replace(".", "").rstrip("0")
