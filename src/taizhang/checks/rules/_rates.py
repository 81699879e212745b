"""What ARI033 makes of rates with a name of their own (留州率), told right behind two counts."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Problem
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import fits
from taizhang.checks.rules._prose import Figure, Sentence, clause
from taizhang.core.finding import Severity

_COMMON = frozenset("学生教师人数总其的年全校")  # characters that tell nothing
_PAIR = 2
_PERSONS = frozenset("人名位")
_NEAR = Decimal(2)  # points


def of_neighbours(sentence: Sentence, match: re.Match[str], told: Sequence[Figure]) -> Iterator[Problem]:
    """A rate of a name of its own (留州率) right behind two counts, the second of which its name takes up."""
    if len(told) < _PAIR or told[-1].unit not in _PERSONS or not told[-1].counts_like(told[-2]) or not told[-2].value:
        return
    whole, part = told[-2:]
    between = sentence.text[part.end : match.start()].strip("，,、 \u3000")
    if between or not set(match["name"]) & set(clause(part.label)) - _COMMON or part.value > whole.value:
        return
    rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    computed = part.value / whole.value * 100
    if abs(computed - rate) > _NEAR or fits_any(told, part, rate, places) or fits(computed, rate, places):
        return
    expected = percent(computed, places)
    yield sentence.passage.problem(
        match.start("name"), match.end(), f"{sentence.printed(part)} ÷ {sentence.printed(whole)} = {expected}，写的是 {match['rate']}%",
        printed=f"{match['rate']}%", expected=expected, severity=Severity.WARNING,
        related=tuple(sentence.passage.related(f.start, f.end) for f in (whole, part)),
    )  # fmt: skip


def fits_any(told: Sequence[Figure], part: Figure, rate: Decimal, places: int) -> bool:
    """Whether any two figures of one unit make the rate, the part not taken for the whole."""
    return any(
        fits(small.value / large.value * 100, rate, places)
        for small in told
        for large in told
        if small is not large and large is not part and large.value and small.counts_like(large)
    )
