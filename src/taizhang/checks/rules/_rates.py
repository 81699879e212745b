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
_BEHIND = re.compile(
    r"(?P<stem>[一-鿿]{2})率(?:为|达到?|是)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％][，,；;]\s*(?P<of>[^，。；\d]{0,8})(?P<whole>\d+)\s*"
    r"(?P<unit>[名人位个家户份项])[^，。；\d]{0,10}?(?:中[，,]?)?(?:共|已)?有?\s*(?P<part>\d+)\s*(?:(?P=unit)|[名人位])(?:已|均|仍|实现|继续)*(?P=stem)"
)
_BEFORE = 12  # characters before a rate that say whose it is
_OF_OTHERS = re.compile("平均|近|以来|上年|去年|往年|全省|全国|目标|计划|力争|总体")
_FAR = Decimal(10)  # points: what misses by more is of other things


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


def of_counts_behind(sentence: Sentence) -> Iterator[Problem]:
    """A rate told before its two counts, the second of which has its very name: “留任率 86.5%，160 名学徒有 136 人留任”."""
    if "率" not in sentence.text[sentence.begin : sentence.end]:
        return
    for match in _BEHIND.finditer(sentence.text, sentence.begin, sentence.end):
        whole, part, rate = (Decimal(match[name]) for name in ("whole", "part", "rate"))
        computed, places = part / whole * 100 if whole else Decimal(0), len(match["rate"].partition(".")[2])
        said = sentence.text[max(match.start() - _BEFORE, sentence.begin) : match.start()]
        if part > whole or fits(computed, rate, places) or abs(computed - rate) > _FAR or _OF_OTHERS.search(said):
            continue
        expected = percent(computed, places)
        yield sentence.passage.problem(
            match.start(), match.end("rate") + 1, f"{match['part']} ÷ {match['whole']} = {expected}，写的是 {match['rate']}%",
            printed=f"{match['rate']}%", expected=expected, severity=Severity.WARNING,
            related=(sentence.passage.related(match.start("whole"), match.end()),),
        )  # fmt: skip


def fits_any(told: Sequence[Figure], part: Figure, rate: Decimal, places: int) -> bool:
    """Whether any two figures of one unit make the rate, the part not taken for the whole."""
    return any(
        fits(small.value / large.value * 100, rate, places)
        for small in told
        for large in told
        if small is not large and large is not part and large.value and small.counts_like(large)
    )
