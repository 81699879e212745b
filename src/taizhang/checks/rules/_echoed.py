"""What the rule on passages told twice looks for: a figure that alone differs where the others of its passage agree."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from taizhang.checks.registry import Context
from taizhang.checks.rules._rows import rows_of
from taizhang.checks.rules._sameness import Sameness, is_exchanged, sameness
from taizhang.checks.rules._scopes import differ
from taizhang.intake.matching import agree, significant
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import opposed

_NEAR, _TENFOLD = Decimal(2), Decimal(10)
_LONG = 3  # digits that two things hardly have in another order by chance
_CROWDED = 24  # figures of one value: too many to say that two are of one thing
_SHARED = 2  # pairs of characters that two figures of one thing have in common at least
_ECHOES = 2  # figures that two passages have in common, to tell of the same things
_LIKE, _VERY_LIKE = 0.6, 0.75  # of the words of the shorter one; where the two are not in passages that agree
_SEVERAL = 3  # things that stand at two levels in two passages hardly by chance
_OWNER = 2  # pairs of characters of the words that tell whose a rate is
_WHOLLY = 3  # pairs of characters of one that all stand in the other, where they end in different things
_OTHER_TIME = re.compile(
    "累计|以来|[两二三四五]年|新增|新建|新招|今年|当年|上年|去年|同期|[比较](?:上|去|20)|增加|减少|其余|剩余|另有|年均"
)
_AHEAD = re.compile("计划|目标|预计|预期|力争|将[^军]|拟|不少于|不低于|至少")  # of all that follows in the sentence
_RATIO = re.compile("平均|人均|每")
_FIGURE = re.compile(r"[约近超达为到过共占仅]*\s*\d[\d.,]*\s*(?:余|多)?\s*[万亿]?\s*(?:余|多)?\s*[一-鿿]?")
_SHARE = re.compile("占比|占|比例|比重")
_OWN = frozenset({"校级"})


class Told(NamedTuple):
    """A figure, the words of its clause, and of which passage or table it is."""

    statement: Statement
    words: frozenset[str]
    own: frozenset[str]  # those that its own text has, where it leaves its thing to the figure before
    group: int


class Echo(NamedTuple):
    """Two figures of one thing in two passages that have other figures in common."""

    odd: Statement
    other: Statement
    common: int


def echoes(context: Context) -> Sequence[Echo]:
    """The figures that differ in passages, or a passage and a table, that agree in others, worked out once."""
    if "echoes" not in context.memo:
        context.memo["echoes"] = list(_echoes(context))
    made: Sequence[Echo] = context.memo["echoes"]
    return made


def echoed(context: Context) -> frozenset[frozenset[int]]:
    """The pairs of figures that echoes are of, by their identity: what another rule doubts is certain there."""
    return frozenset(frozenset((id(each.odd), id(each.other))) for each in echoes(context))


def _echoes(context: Context) -> Iterator[Echo]:
    same = sameness(context)
    told = list(_told(context, same))
    groups: dict[int, list[Told]] = defaultdict(list)
    by_value: dict[tuple[str, Decimal], list[Told]] = defaultdict(list)
    for each in told:
        groups[each.group].append(each)
        by_value[each.statement.dimension, each.statement.value].append(each)
    done: set[int] = set()
    for count, found in _compared(groups, _akin(by_value.values()), told, same):
        for one, other in _alone(found):
            pair = {id(one.statement), id(other.statement)}
            if pair & done or (
                one.statement.value != other.statement.value
                and _is_told_twice(one, by_value)
                and _is_told_twice(other, by_value)
            ):
                continue
            done |= pair
            odd, rest = (other, one) if other.group > one.group else (one, other)  # of two passages the later one
            if odd.statement.value != rest.statement.value and _is_told_twice(odd, by_value):
                odd, rest = rest, odd
            yield Echo(odd.statement, rest.statement, count)


def _compared(
    groups: Mapping[int, Sequence[Told]], akin: Mapping[tuple[int, int], int], told: Sequence[Told], same: Sameness
) -> Iterator[tuple[int, list[tuple[Told, Told]]]]:
    """How many figures passages have in common, and the others in them that differ: two by two, then each with all."""
    met: Counter[int] = Counter()
    for (here, there), count in akin.items():
        met.update({here: count, there: count})
        if count >= _ECHOES:
            mine = [each for each in groups[here] if not _is_met(each, groups[there])]
            theirs = [each for each in groups[there] if not _is_met(each, groups[here])]
            yield count, [(a, b) for a in mine for b in theirs if _is_one_thing(a, b, _LIKE, same)]
            yield count, list(_on_other_levels(groups[here], groups[there], same))
    by_word: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for each in told if any(count >= _ECHOES for count in met.values()) else ():
        for word in each.words:
            by_word[each.statement.dimension, word].append(each)
    for here, count in met.items():
        found: list[tuple[Told, Told]] = []
        for one in groups[here] if count >= _ECHOES else ():
            lists = [by_word[one.statement.dimension, word] for word in one.words]
            near = {id(each): each for few in lists if len(few) <= _CROWDED for each in few if each.group != here}
            if not any(agree(one.statement, each.statement) for each in near.values()):
                found += [(one, each) for each in near.values() if _is_one_thing(one, each, _VERY_LIKE, same)]
        yield count, [(one, each) for one, each in found if not _is_met(each, groups[here])]


def _on_other_levels(here: Sequence[Told], there: Sequence[Told], same: Sameness) -> Iterator[tuple[Told, Told]]:
    """The equal figures of one thing, of which one passage says 国家级, the other 省级, and neither has both."""
    for one in here:
        first = one.statement
        for other in there if first.wording.levels and first.value >= _SEVERAL else ():
            second = other.statement
            levels = first.wording.levels, second.wording.levels
            if (
                first.value != second.value
                or first.dimension != second.dimension
                or not levels[1]
                or levels[0] & levels[1]
            ):
                continue
            both = any(
                each.statement.value == first.value and each.words & one.words and each.statement.wording.levels in levels
                for each in (*here, *there) if each is not one and each is not other
            )  # fmt: skip
            if not both and _is_named_alike(one, other, _LIKE) and _is_of_one_scope(first, second, same):
                yield one, other


def _alone(found: Sequence[tuple[Told, Told]]) -> Iterator[tuple[Told, Told]]:
    """The pairs of which neither figure could be held against one of another value."""
    for one, other in found:
        rest = [a if other is b else b for a, b in found if one is a or other is b]
        if {each.statement.value for each in rest} <= {one.statement.value, other.statement.value}:
            yield one, other


def _told(context: Context, same: Sameness) -> Iterator[Told]:
    """The figures of the running text and of tables that tell what was reached."""
    last = same.origins.of[0].last
    for each in (*same.statements, *rows_of(context, same.words)):
        if each.role is Role.SAID and each.paragraph is not None:
            spoken = each.sentence + each.text
            if (
                each.former
                or not each.value
                or _AHEAD.search(spoken, spoken.rfind("实际") + 1)
                or _RATIO.search(each.text)
            ):
                continue
            if each.year is not None and last is not None and each.year > last:
                continue
            yield Told(each, *_words(each, same), each.paragraph)
        elif each.role in (Role.ACTUAL, Role.TABLED) and each.value and each.table is not None:
            yield Told(each, *_words(each, same), -1 - each.table.index)


def _words(one: Statement, same: Sameness) -> tuple[frozenset[str], frozenset[str]]:
    """The pairs of characters of what a figure is of, and those of its own text where that leaves the thing open."""
    words = same.words.wording(_SHARE.sub("、", one.subject)).key
    if one.role is not Role.SAID:
        return words, frozenset()
    unit = one.quantity.unit.lstrip("万亿")
    text = _FIGURE.sub("、", one.text.replace(unit, "") if len(unit) > 1 else one.text)
    told = same.words.wording(_SHARE.sub("、", text)).key
    return (told, frozenset()) if one.subject in one.text and told else (words | told, told)


def _akin(buckets: Iterable[Sequence[Told]]) -> dict[tuple[int, int], int]:
    """The passages and tables that have figures of one thing in common, with how many."""
    found: dict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for bucket in buckets:
        if not 1 < len(bucket) <= _CROWDED:
            continue
        for number, later in enumerate(bucket):
            for earlier in bucket[:number]:
                if earlier.group != later.group and _is_met_by(earlier, later):
                    for told, each in zip(found[earlier.group, later.group], (earlier, later), strict=True):
                        told.add(id(each))
    return {groups: min(map(len, both)) for groups, both in found.items()}


def _is_met_by(one: Told, other: Told) -> bool:
    """Whether two equal figures are of one thing."""
    shared = len(one.words & other.words)
    return shared >= _SHARED or (one.words == other.words and shared > 0 and significant(one.statement.value) > 1)


def _is_met(one: Told, there: Sequence[Told]) -> bool:
    """Whether its value stands among the others."""
    return any(
        other.statement.dimension == one.statement.dimension and agree(one.statement, other.statement)
        for other in there
    )


def _is_told_twice(one: Told, by_value: dict[tuple[str, Decimal], list[Told]]) -> bool:
    """Whether another place has the same figure of it."""
    bucket = by_value[one.statement.dimension, one.statement.value]
    return any(each.group != one.group and len(each.words & one.words) >= _SHARED for each in bucket)


def _is_one_thing(one: Told, other: Told, like: float, same: Sameness) -> bool:
    """Whether two figures can only be of one thing, told in passages that agree in others."""
    first, second = one.statement, other.statement
    if first.dimension != second.dimension or not _is_named_alike(one, other, like) or not _is_close(first, second):
        return False
    if first.wording.levels ^ second.wording.levels - _OWN or not _is_of_one_scope(first, second, same):
        return False
    return _is_in_conflict(first, second, same) and (first.dimension != "%" or _are_of_one_base(one, other))


def _is_named_alike(one: Told, other: Told, like: float) -> bool:
    """Whether the words of the one are for the most part those of the other."""
    shared, least = one.words & other.words, min(len(one.words), len(other.words))
    if not shared or len(shared) < like * least or any(each.own and not each.own & shared for each in (one, other)):
        return False
    mine, theirs = one.statement, other.statement
    if len(shared) < _SHARED:  # 小学 143 所, 改扩建小学 134 所
        return least == 1 and mine.wording.tail == theirs.wording.tail and _is_slip(mine, theirs)
    if like > _LIKE and len(shared) < _WHOLLY and one.words != other.words and not _is_slip(mine, theirs):
        return False  # 困难毕业生 286 人, 毕业生 499 人
    tails = mine.wording.tail, theirs.wording.tail
    ends = tails[0] == tails[1] or tails[0] in other.words or tails[1] in one.words
    return ends or (len(shared) == least and (least >= _WHOLLY or mine.dimension == "%"))


def _is_of_one_scope(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether neither is narrower, of another side, time, part or place than the other."""
    mine, theirs = one.wording, other.wording
    if mine.narrowed != theirs.narrowed or opposed(mine, theirs) or not _is_of_one_time(one, other, same):
        return False
    return (
        same.near(one, other)
        and not differ(one, other)
        and bool(one.sphere & other.sphere or not (one.sphere and other.sphere))
    )


def _is_in_conflict(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether a figure of the text and one of a table are of the same years: a total is not held against one year."""
    if one.table is None and other.table is None:
        return True
    return same.conflict(one._replace(part=False), other._replace(part=False))


def _are_of_one_base(one: Told, other: Told) -> bool:
    """Whether two rates are of one whole: both shares or none, and neither of a part that it alone names."""
    shares = {_SHARE.search(each.statement.text + each.statement.subject) is not None for each in (one, other)}
    longer, shorter = sorted((len(one.words), len(other.words)), reverse=True)
    return shares == {True} or (len(shares) == 1 and longer - shorter <= _OWNER)


def _is_close(one: Statement, other: Statement) -> bool:
    ratio = max(one.value, other.value) / min(one.value, other.value)
    if ratio <= _NEAR:
        return True
    return ratio <= _TENFOLD and _is_slip(one, other)


def _is_slip(one: Statement, other: Statement) -> bool:
    return is_exchanged(one, other) and significant(one.value) >= _LONG


def _is_of_one_time(one: Statement, other: Statement, same: Sameness) -> bool:
    """Whether neither names a year or a stretch of time that the other does not."""
    texts = [each.text if each.role is Role.SAID else "" for each in (one, other)]
    if _OTHER_TIME.findall(texts[0]) != _OTHER_TIME.findall(texts[1]):
        return False
    if one.stated and other.stated:
        return one.year == other.year
    named, rest = (one, other) if one.stated else (other, one)
    return not named.stated or named.year in {rest.year, same.origins.of[0].last}
