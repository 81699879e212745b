"""What the rule on things told in other words looks for: figures that are of one thing by their digits or their words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._sameness import Sameness, is_exchanged, is_reached, place
from taizhang.checks.rules._scopes import differ
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree, digits, significant
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_HEAD = re.compile(r"^(?P<lead>[^\d]*?)[\d.,]+\s*(?:万|亿)?\s*(?:余|多)?")
_LACKING = re.compile("没有|未[^来央]|尚无|缺少")
_LEADS = re.compile("(?:全年|目前|现有|这|该|全部|所有|全校)*")
_NOUN = re.compile(r"\s*([一-鿿]{2,3})")
_UNNAMED = frozenset({"%", "元"})  # dimensions of which the words beside a figure say what was done, not what it is of
_SHARES = frozenset({"占比", "比例", "比重"})  # which name nothing that a figure is of
_OWN = frozenset({"校级"})  # “全校 22 个订单班” is of no other level than “订单班 22 个”
_FEW = 4  # figures that share a rare pair of characters
_CROWDED = 60  # figures of one word: too many things bear it
_TELLING, _SURE = 18.0, 30.0  # the weight of the words in common from which they are one thing
_LIKE = 0.3  # of all their words
_NAMED = 3  # pairs of characters of a name that needs no other proof
_HINT, _HINTS = 4.0, 9.0  # the same, where their figures have the same digits
_ALIKE = 12.0  # the same, where those are two
_CHANCE = 2  # digits that the value of an indicator has in another order by chance
_DIGITS, _CERTAIN = 3, 4  # digits that two things hardly, and never, have in another order
_TWICE, _NEAR = Decimal(2), Decimal("1.5")
_USUAL = 500  # figures, by which a pair of characters is weighed


class Pair(NamedTuple):
    """A figure, the other of the same thing, and how sure that is."""

    odd: Statement
    other: Statement
    severity: Severity


class Said(NamedTuple):
    """A figure of the running text, all words of its clause, the nouns behind its unit, and whether it begins with both."""

    statement: Statement
    words: frozenset[str]
    nouns: tuple[str, ...]  # of “22 个订单班”: 订单 and 单班
    is_reference: bool

    @classmethod
    def of(cls, statement: Statement, same: Sameness) -> "Said":
        """A statement with what its clause says."""
        text = statement.text
        head = _HEAD.match(text)
        unit = statement.quantity.unit.lstrip("万亿")
        end = head.end() if head else 0
        noun = _NOUN.match(text, end + len(unit)) if text.startswith(unit, end) else None
        leads = head is not None and _LEADS.fullmatch(head["lead"].strip()) is not None
        words = same.words.wording(text).key
        if len(words) <= 1:  # of “其中 2024 年 1510 万元” the unit: the words are with the figure before
            words = words | statement.wording.key
        nouns = (
            tuple(dict.fromkeys(noun[1][place : place + 2] for place in (0, 1) if len(noun[1]) > place + 1))
            if noun
            else ()
        )
        return cls(statement, words, nouns, noun is not None and leads)


def _comparable(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether two figures differ, stand apart, and are of one thing as far as level, side, group and part tell."""
    mine, theirs = one.wording, other.wording
    if theirs.free in mine.items or mine.free in theirs.items:  # “演出、放映 120 场” and “放映 60 场”
        return False
    return one.part == other.part and mine.narrowed == theirs.narrowed and _apart(one, other, same)


def _apart(one: Statement, other: Statement, same: Sameness) -> bool:
    mine, theirs = one.wording, other.wording
    if differ(one, other):
        return False
    if _LACKING.search(one.text) or _LACKING.search(other.text):
        return False  # those without one thing are others than those without, or with, another
    if one.sphere and other.sphere and not one.sphere & other.sphere:
        return False
    if agree(one, other) or place(one) == place(other):
        return False
    return mine.levels ^ theirs.levels <= _OWN and not opposed(mine, theirs) and same.near(one, other)


def _ratio(one: Statement, other: Statement) -> Decimal:
    return max(one.value, other.value) / min(one.value, other.value)


def plainly_said(context: Context, same: Sameness) -> Sequence[Said]:
    """What the running text tells as reached and nothing yet contradicts, worked out once."""
    if "plainly_said" not in context.memo:
        known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
        context.memo["plainly_said"] = [
            Said.of(each, same)
            for each in same.statements
            if each.role is Role.SAID and is_reached(each) and id(each) not in known
        ]
    made: Sequence[Said] = context.memo["plainly_said"]
    return made


def slips(context: Context, same: Sameness) -> Sequence[Pair]:
    """The figures of the text with the digits, in another order, of another or of an indicator, worked out once."""
    if "slips" not in context.memo:
        known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
        values = [
            Said.of(each, same)
            for each in same.statements
            if each.role is Role.ACTUAL and significant(each.value) > _CHANCE and id(each) not in known
        ]
        pairs = exchanged([*values, *plainly_said(context, same)], same)
        context.memo["slips"] = [pair for pair in pairs if pair.odd.role is Role.SAID]
    made: Sequence[Pair] = context.memo["slips"]
    return made


def exchanged(said: Sequence[Said], same: Sameness) -> Iterator[Pair]:
    """The figures whose digits are those of another in another order, and which share words."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    count = Counter(chain.from_iterable(each.words for each in said))
    for each in said:
        one = each.statement
        printed = "".join(sorted(digits(one.quantity.value).replace("0", "")))
        if significant(one.value) >= _DIGITS - 1:
            groups[one.dimension, printed].append(each)
    for group in groups.values():
        values = [each.statement.value for each in group[:_CROWDED]]
        for number, later in enumerate(group[:_CROWDED] if len(set(values)) > 1 else ()):
            for earlier, value in zip(group, values[:number], strict=False):
                if value != values[number] and _at_one_time(earlier.statement, later.statement):
                    weight = sum(math.log(1 + _USUAL / count[word]) for word in earlier.words & later.words)
                    severity = _slipped(earlier, later, weight, same)
                    if severity is not None:
                        yield Pair(later.statement, earlier.statement, severity)


def _slipped(earlier: Said, later: Said, weight: float, same: Sameness) -> Severity | None:
    """How sure it is that one of two figures is a slip for the other; None where it is none."""
    one, other = earlier.statement, later.statement
    most = max(significant(one.value), significant(other.value))
    if most >= _DIGITS and _is_tenfold(one, other):
        alike = weight >= _HINTS and one.wording.tail == other.wording.tail and _comparable(one, other, same)
        return Severity.WARNING if alike else None
    if not is_exchanged(one, other):
        return None
    if most < _DIGITS:  # two digits are in another order by chance, but not of things told alike
        held = earlier.words <= later.words or later.words <= earlier.words
        if held and weight >= _ALIKE and _apart(one, other, same):
            return Severity.WARNING if weight >= _TELLING else Severity.INFO
        return None
    if weight < _HINT or not _apart(one, other, same):
        return None
    named = one.wording.tail == other.wording.tail not in _SHARES
    sure = most >= _CERTAIN or weight >= _HINTS or named
    if not sure and one.part != other.part:
        return None
    return Severity.WARNING if sure else Severity.INFO


def _is_tenfold(one: Statement, other: Statement) -> bool:
    """Whether one figure is just ten times the other."""
    return one.value * 10 == other.value or one.value == other.value * 10


def _at_one_time(one: Statement, other: Statement) -> bool:
    return not (one.stated and other.stated and one.year != other.year)


def referred(said: Sequence[Said], same: Sameness) -> Iterator[Pair]:
    """The figures that begin a clause with the noun they count, or the two of a noun, where no other figure agrees."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in said:
        unit = each.statement.quantity.unit
        for noun in {*each.nouns, each.statement.wording.tail} - {""}:
            groups[unit, noun].append(each)
    for (_, noun), group in groups.items():
        is_telling = len(noun) > 1 and "级" not in noun and len(group) <= _CROWDED  # “4 个省级…” names a level
        is_telling = is_telling and not same.words.common.search(noun)
        for each in group if is_telling else ():
            one = each.statement
            others = [other.statement for other in group if other is not each]
            is_reference = each.is_reference and noun in each.nouns
            is_one_of_two = len(group) == 2 and each is group[1] and one.dimension not in _UNNAMED
            if not (is_reference or is_one_of_two) or one.part or one.value < _TWICE:
                continue
            if any(agree(one, other) for other in others):
                continue
            against = [other for other in others if _comparable(one, other, same) and same.conflict(one, other)]
            against = [other for other in against if _ratio(one, other) <= _NEAR]
            if not is_reference:
                against = [other for other in against if _akin(one, other, noun)]
            if against:
                values = {other.value for other in against}
                sure = is_reference and len(values) == 1 and len(against) > 1
                yield Pair(one, against[0], Severity.WARNING if sure else Severity.INFO)


def _akin(one: Statement, other: Statement, noun: str) -> bool:
    """Whether one at least says no more than the noun, or both the same (not 法治讲座 and 心理健康讲座)."""
    mine, theirs = one.wording.free - {noun}, other.wording.free - {noun}
    return not mine or not theirs or bool(mine & theirs)


def anchored(said: Sequence[Said], same: Sameness) -> Iterator[Pair]:
    """The figures whose clauses have several rare words in common."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, each in enumerate(said):
        of_unit = found[each.statement.quantity.unit]
        for word in each.words:
            of_unit[word].append(number)
    rare_of = {unit: {word for word in words if len(words[word]) <= _FEW} for unit, words in found.items()}
    for number, each in enumerate(said):
        one = each.statement
        if one.dimension == "%":
            continue
        of_unit = found[one.quantity.unit]
        rare = [of_unit[word] for word in each.words & rare_of[one.quantity.unit]]
        if not rare:
            continue
        for place_ in sorted({place_ for places in rare for place_ in places if place_ < number}):
            other = said[place_]
            shared = each.words & other.words
            weight = sum(math.log(1 + _USUAL / len(of_unit[word])) for word in shared)
            if weight < _TELLING or not _comparable(one, other.statement, same):
                continue
            if same.conflict(one, other.statement) and _ratio(one, other.statement) <= _TWICE:
                mine, theirs = one.wording.free, other.statement.wording.free
                sure = weight >= _SURE and len(shared) >= _LIKE * len(each.words | other.words)
                sure = sure or is_exchanged(one, other.statement) or (mine == theirs and len(mine) >= _NAMED)
                yield Pair(one, other.statement, Severity.WARNING if sure else Severity.INFO)
                break
