"""Which whole a share is of, as ARI008 asks: one told in the sentence before, or the one that the share names."""

import re
from collections.abc import Sequence
from decimal import Decimal

from taizhang.checks.rules._parts import alike
from taizhang.core.quantity import Quantity

_STOP = re.compile(r"[。！？\n]")
GENERIC = re.compile("总?人数|总数|总量|总额|全部|全校|其中|的|总")
_TAIL = re.compile("(?:总人?数|总量|总额|合计|总计|共计|共|总|为)+$")
_COHORT = re.compile(r"20\d\d\s*(?:[届级]|年度?)$")
_NOW = re.compile("(?:本年度?|全年|当期|本期|当年|目前|现)$")
_TELLING = 8  # characters of a name before which anything may stand
_POWER = Decimal("1.02")  # by how much a share ten times too large or small may miss besides
_AMONG = re.compile(r"\s*其中[：:，,]?")
_AMONG_THEM = re.compile(r"\s*(?:在|全部|上述)?(?P<noun>[一-鿿]{2,8}?)(?:之|当)?中[，,：:]")
_OF_IT = re.compile(r"[^，。；\d]{0,12}[，,]?\s*其中[^，。；\d]{0,12}")
_A_YEAR = re.compile(r"20\d\d|上年|去年")
_LEAST = 2
_LONG = 4  # characters of a name that is looked for in the whole paragraph
_MARK = re.compile("[，,、；;。]")
_TIMES = Decimal(2)  # a share that misses by more is of something not told here
_WITHIN = re.compile("[^，。；]{0,12}(?:[，,]?[^，。；]{0,2}其中|中[，,])")


def of_sentence_before(text: str, begin: int, part: Quantity, found: Sequence[Quantity], of: str) -> Sequence[Quantity]:
    """The figures of the sentence before that a share may be of: told right behind the very words of what it is of.

    Of a sentence beginning with “其中” also those of the same noun, or the only one in the unit of the part.
    """
    previous = max((stop.end() for stop in _STOP.finditer(text, 0, max(begin - 1, 0))), default=0)
    named = [q for q in found if previous <= q.start < begin and _is_told_of(text[previous : q.start].rstrip(), of)]
    if not named and len(_noun(of)) >= _LONG:
        further = [q for q in found if q.start < previous and _is_told_of(_sentence(text, q.start), of, this_year=True)]
        named = further if len({q.value for q in further}) == 1 else []
    if named:
        return named
    among = _AMONG_THEM.match(text, begin, part.start)
    if among is not None:
        return [
            q
            for q in found
            if previous <= q.start < begin and _is_told_of(text[previous : q.start].rstrip(), among["noun"])
        ]
    match = _AMONG.match(text, begin, part.start)
    if match is None:
        return ()
    noun = text[match.end() : part.start].strip()[-2:]
    told = [q for q in found if previous <= q.start < begin]
    of_noun = [q for q in told if len(noun) > 1 and noun in text[max(previous, q.start - 12) : q.start]]
    counted = [q for q in told if alike(q.unit, part.unit)]
    return of_noun or (counted if len(counted) == 1 else ())


def _noun(of: str) -> str:
    return GENERIC.sub("", of).strip()


def _sentence(text: str, end: int) -> str:
    """The words of a sentence up to a place."""
    return _STOP.split(text[:end])[-1].rstrip()


def _is_told_of(before: str, of: str, *, this_year: bool = False) -> bool:
    """Whether a figure stands right behind the words of the whole, which begin a clause of their own.

    Behind the name of a year too, but for what is to be of `this_year`. A long name may stand anywhere.
    """
    noun = _noun(of)
    told = _TAIL.sub("", before)
    if not told.endswith(noun):
        told = GENERIC.sub("", told)
    rest = told.removesuffix(noun)
    if len(noun) <= 1 or rest == told or (this_year and _A_YEAR.search(before)):
        return False
    opened = _NOW.sub("", _COHORT.sub("", rest))
    return len(noun) >= _TELLING or opened != rest or opened[-1:] in {"", "，", ",", "、", "；", "有"}


def without_its_limit(text: str, before: Sequence[Quantity]) -> Sequence[Quantity]:
    """The figures before a share, but not the one that only says which are meant (“11 台使用不足 50 小时，占 27.5%”)."""
    if len(before) <= _LEAST or _MARK.search(text, before[-2].end, before[-1].start):
        return before
    *others, part, limit = before
    is_limit = not any(alike(q.unit, limit.unit) for q in (*others, part)) and any(
        alike(q.unit, part.unit) for q in others
    )
    return (*others, part) if is_limit else before


def named_whole(
    text: str, begin: int, wholes: Sequence[Quantity], of: str, part: Quantity, rate: Decimal
) -> Quantity | None:
    """The whole that the share says it is of; the only one where it names none."""
    if not of:
        own = re.split("[，,；;。]", text[begin : part.start])[-1]
        is_among = wholes[0].start < begin or bool(_WITHIN.match(text, wholes[0].end)) or "其中" in own
        last = wholes[-1]
        if not (len(wholes) == 1 and is_among) and not _OF_IT.fullmatch(text, last.end, part.start):
            return None
        times = part.value * 100 / last.value / rate if rate else Decimal(0)
        is_shifted = any(1 / _POWER <= times * power <= _POWER for power in (10, 100, Decimal("0.1")))
        return last if is_shifted or 1 / _TIMES <= times <= _TIMES else None
    for place, whole in reversed(list(enumerate(wholes))):
        start = wholes[place - 1].end if place else min(begin, max(whole.start - 20, 0))
        if of in (words := text[max(start, whole.start - 20) : whole.start]) or of in GENERIC.sub("", words):
            return whole
    return None
