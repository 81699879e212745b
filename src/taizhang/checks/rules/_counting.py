"""Which numbers of a completion answer a planned number."""

from collections.abc import Iterator, Sequence

from taizhang.checks.rules._clauses import Amount, Clause
from taizhang.checks.rules._promise import AKIN, Answer, Pair, Promise

_GROWTH = ("增长", "提高", "提升", "增幅", "增加", "比上年", "同比")
_APPLIED = "申报"
_TRACE = 0.2
_SAME_LEVEL = 0.3  # what an equal level adds to the likeness of two clauses


def counted_for(promise: Promise, pair: Pair, wanted: Amount) -> Sequence[tuple[Clause, Amount, float]]:
    """The numbers of the completion that answer a planned number: same unit and thing, level not lower.

    Where some are told as had, those that are only applied for do not count (“申报 15 项，立项 6 项”).
    """
    found = list(_counted(promise, pair, wanted))
    if pair.plan.low == _APPLIED or all(clause.low == _APPLIED for clause, _, _ in found):
        return found
    return [each for each in found if each[0].low != _APPLIED]


def _counted(promise: Promise, pair: Pair, wanted: Amount) -> Iterator[tuple[Clause, Amount, float]]:
    levels = promise.words.levels
    for answer in pair.answers:
        clause = answer.clause
        if not _speaks_of(pair, answer) or _better_elsewhere(promise, pair, clause, answer.likeness, wanted):
            continue
        if wanted.dimension == "%" and any(w in clause.text for w in _GROWTH) != any(
            w in pair.plan.text for w in _GROWTH
        ):
            continue
        for level in clause.levels:
            if pair.plan.levels and levels.falls_short(level, pair.plan.levels[0]):
                break
        else:
            if clause.subset and not clause.levels:
                continue
            yield from (
                (clause, amount, answer.likeness) for amount in clause.amounts if amount.dimension == wanted.dimension
            )


def _speaks_of(pair: Pair, answer: Answer) -> bool:
    """Whether a clause may be of the planned thing; the one number told, where one was planned, needs less proof."""
    if answer.likeness >= AKIN:
        return True
    return pair.sole is answer.clause and (
        answer.likeness >= _TRACE or answer.clause.thing == pair.plan.thing is not None or not answer.clause.grams
    )


def _better_elsewhere(promise: Promise, pair: Pair, done: Clause, likeness: float, wanted: Amount) -> bool:
    """Whether a clause of the completion answers another planned number better than this one."""
    for other in promise.pairs:
        if other is pair or all(amount.dimension != wanted.dimension for amount in other.plan.amounts):
            continue
        mine = likeness + _SAME_LEVEL * (done.levels == pair.plan.levels)
        for answer in other.answers:
            if (
                answer.clause is done
                and answer.likeness + _SAME_LEVEL * (done.levels == other.plan.levels) > mine + 0.05
            ):
                return True
    return False
