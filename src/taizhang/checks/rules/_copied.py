"""What the rule on things told twice looks for: figures before which the same words stand, from the head of a clause on."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.checks.rules._retold import Pair
from taizhang.checks.rules._sameness import Sameness, place
from taizhang.core.finding import Severity
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role, Statement

_NUMBER = re.compile(r"\d[\d.,]*")
_UNSAID = re.compile(r"\s+|[“”\"'（）()《》]")
_CLAUSE = re.compile("[，,；;。：:、]")
_OF_ANOTHER = re.compile("其|该|此|双方|各自|分别|目标|计划|预期|力争|比|较|同期|上年|增加[^到至]|新增")
_FOUND_BY = 6  # characters before the figure by which a copy is found
_COPIED = 12  # characters in common from which words are copied
_LIKELY = 14  # from which they surely are, where an equal figure stands among them
_SURELY = 20
_FEW = 4  # figures before which the same words stand: more are a list of like things


class _Words(NamedTuple):
    statement: Statement
    before: str  # with # for each figure, without blanks and brackets
    figures: tuple[str, ...]  # the figures among these words


def copied(statements: Sequence[Statement], same: Sameness) -> Iterator[Pair]:
    """The figures of the running text that differ although the words before them are the same."""
    groups: dict[tuple[str, str], list[_Words]] = defaultdict(list)
    for each in statements:
        if each.role is Role.SAID and not each.part:
            words = _words(each)
            if len(words.before) > _FOUND_BY:
                groups[each.quantity.unit, words.before[-_FOUND_BY:]].append(words)
    for group in groups.values():
        if 1 < len(group) <= _FEW:
            for earlier, later in pairwise(group):
                severity = _is_copy(earlier, later, same)
                if severity is not None:
                    yield Pair(later.statement, earlier.statement, severity)


def _words(statement: Statement) -> _Words:
    said = statement.sentence
    return _Words(statement, _UNSAID.sub("", _NUMBER.sub("#", said)), tuple(_NUMBER.findall(said)))


def _is_copy(earlier: _Words, later: _Words, same: Sameness) -> Severity | None:
    one, other = earlier.statement, later.statement
    if agree(one, other) or place(one) == place(other) or one.former is not other.former:
        return None
    if one.quantity.bound is not other.quantity.bound or not same.near(one, other):
        return None
    if one.year and other.year and one.year != other.year:
        return None
    common = _in_common(earlier.before, later.before)
    letters = len(common) - common.count("#") - len(_CLAUSE.findall(common))
    if letters < _COPIED or _OF_ANOTHER.search(common) or not _begins(common, earlier.before, later.before):
        return None
    count = common.count("#")
    if count and earlier.figures[-count:] != later.figures[-count:]:
        return None  # two things told in one form
    return Severity.WARNING if letters >= (_SURELY if not count else _LIKELY) else Severity.INFO


def _in_common(one: str, other: str) -> str:
    """The longest end that both have."""
    length = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        length += 1
    return one[len(one) - length :]


def _begins(common: str, *wholes: str) -> bool:
    """Whether the words in common are, in one of the two at least, all of a clause: otherwise a name before them differs."""
    heads = [whole[: len(whole) - len(common)] for whole in wholes]
    return any(not head or _CLAUSE.search(head[-1]) for head in heads)
