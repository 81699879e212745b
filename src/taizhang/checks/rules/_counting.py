"""Which numbers of a completion answer a planned number."""

from collections.abc import Iterator

from taizhang.checks.rules._clauses import Amount, Clause
from taizhang.checks.rules._promise import AKIN, Pair, Promise

_GROWTH = ("增长", "提高", "提升", "增幅", "增加", "比上年", "同比")
_SAME_LEVEL = 0.3  # what an equal level adds to the likeness of two clauses


def counted_for(promise: Promise, pair: Pair, wanted: Amount) -> Iterator[tuple[Clause, Amount, float]]:
    """The numbers of the completion that answer a planned number: same unit and thing, level not lower."""
    levels = promise.words.levels
    for answer in pair.answers:
        clause = answer.clause
        if answer.likeness < AKIN or _better_elsewhere(promise, pair, clause, answer.likeness, wanted):
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
