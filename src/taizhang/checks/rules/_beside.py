"""What the rule on things told twice looks for: two sentences with an equal figure, and another that differs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.rules._retold import Pair
from taizhang.checks.rules._sameness import Sameness, is_reached, place
from taizhang.checks.rules._scopes import differ
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree, significant
from taizhang.intake.statements import Role, Statement

_TELLING = 3  # digits that two things hardly share by chance
_FEW = 3  # pairs of characters: money told with more of them is that of another thing
_TIMES = Decimal("1.5")
_TOLD = frozenset({Role.SAID, Role.LISTED})
_CROWDED = 4  # sentences with one figure: it is that of many things


def beside(statements: Sequence[Statement], same: Sameness) -> Iterator[Pair]:
    """The figures that differ in two sentences which tell the same thing with the same figure of another unit."""
    sentences = list(_sentences(statements))
    by_figure: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for each in sentence:
            if significant(each.value) >= _TELLING and number not in by_figure[each.dimension, each.value][-1:]:
                by_figure[each.dimension, each.value].append(number)
    for (dimension, value), numbers in by_figure.items():
        if not 1 < len(numbers) <= _CROWDED:
            continue
        for earlier, later in pairwise(numbers):
            one, other = sentences[earlier], sentences[later]
            if _shares(one, other, dimension, value):
                yield from _unequal(one, other, dimension, same)
            yield from _unlike_behind(_behind(one, dimension, value), _behind(other, dimension, value), same)


def _sentences(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The figures of the running text, sentence by sentence, and those of lists of results, entry by entry."""
    sentence: list[Statement] = []
    for each in statements:
        if each.role not in _TOLD:
            continue
        if sentence and (place(each) != place(sentence[-1]) or not each.sentence.startswith(sentence[-1].sentence)):
            yield sentence
            sentence = []
        sentence.append(each)
    if sentence:
        yield sentence


def _shares(one: Sequence[Statement], other: Sequence[Statement], dimension: str, value: Decimal) -> bool:
    """Whether both tell of one thing with the equal figure."""
    mine = [each for each in one if (each.dimension, each.value) == (dimension, value)]
    theirs = [each for each in other if (each.dimension, each.value) == (dimension, value)]
    return any(len(a.wording.key & b.wording.key) > 1 for a in mine for b in theirs)


def _behind(sentence: Sequence[Statement], dimension: str, value: Decimal) -> tuple[Statement, Statement] | None:
    """A number of things with the money told right behind it, where the words of that money name no other thing."""
    for number, money in pairwise(sentence):
        if (number.dimension, number.value) == (dimension, value) and money.dimension == "元" != dimension:
            return (number, money) if money.wording.tail and len(money.wording.free) <= _FEW else None
    return None


def _unlike_behind(
    one: tuple[Statement, Statement] | None, other: tuple[Statement, Statement] | None, same: Sameness
) -> Iterator[Pair]:
    """The sums of one kind of money that differ behind an equal number of things which are named alike at their heads."""
    if one is None or other is None or Role.LISTED not in {one[0].role, other[0].role}:
        return
    (number, money), (their_number, theirs) = one, other
    years = {same.year(each) for each in (money, theirs)} - {None}
    if not number.wording.key & their_number.wording.key or money.wording.tail != theirs.wording.tail or len(years) > 1:
        return
    if _may_be_one(money, theirs, same) and not differ(money, theirs):
        yield Pair(theirs, money, Severity.WARNING)


def _unequal(one: Sequence[Statement], other: Sequence[Statement], dimension: str, same: Sameness) -> Iterator[Pair]:
    for unit in {each.dimension for each in one} - {dimension, "%"}:
        mine = [each for each in one if each.dimension == unit]
        theirs = [each for each in other if each.dimension == unit]
        if len(mine) == len(theirs) == 1 and _is_told_twice(mine[0], theirs[0], same):
            sure = mine[0].wording.tail == theirs[0].wording.tail
            yield Pair(theirs[0], mine[0], Severity.WARNING if sure else Severity.INFO)


def _is_told_twice(one: Statement, other: Statement, same: Sameness) -> bool:
    return _may_be_one(one, other, same) and bool(one.wording.key & other.wording.key) and same.conflict(one, other)


def _may_be_one(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether two unequal figures stand in two places, and may be of one thing as far as level, part and size tell."""
    if not (is_reached(one) and is_reached(other)) or agree(one, other) or place(one) == place(other):
        return False
    if one.part or other.part or one.wording.levels != other.wording.levels or not same.near(one, other):
        return False
    return max(one.value, other.value) <= _TIMES * min(one.value, other.value)
