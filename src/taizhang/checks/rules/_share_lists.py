"""What ARI008 makes of parts told each with its share (“甲 420 万元，占 12%；乙 636 万元，占 18%”), or with its whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import fits, shown
from taizhang.checks.rules._parts import Passage, alike
from taizhang.checks.rules._prose import Figure, Sentence
from taizhang.checks.rules._slips import is_slip
from taizhang.core.quantity import Quantity

# The whole told between: “进驻 86 个，占 96 个行政村的 90%”.
_OF_COUNT = re.compile(
    r"(?P<part>\d[\d,]*)\s*(?P<unit>[一-鿿])[^，。；\d]{0,8}[，,]\s*占[^，。；、,;\d%（(]{0,12}?(?P<whole>\d[\d,]*)\s*(?P=unit)[^，。；\d%]{0,10}的\s*"
    r"(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_OF_PART = re.compile(r"\s*[，,（(]\s*占(?:比|[^，。；：、,;:（）()\d]{0,14}?)(?:为|约)?$")
_PLAIN = re.compile(r"[\s，,、（(：:]|其?所?占?比?例?(?:约|达|为)?$|人数|数量")
_LONG = 120  # characters of a list
_EACH_OF = re.compile(
    r"[，,]\s*(?:分别)?占(?:比|[^，。；：、,;:（）()\d]{0,14}?的?(?:比重|比例)?)?(?:分别)?(?:为|达)?\s*$"
)
_BOTH = (0, 1)
_MARK = re.compile(r"\s*(?:[、，,]|和)\s*")
_MOST = 6  # parts that one share may be of
_PERSONS = frozenset("人名位")
_SLIP = Decimal(4)  # points: by how much a share that names no whole may miss and still be meant
EACH = re.compile(r"各\s*\d")
_COMMAS = re.compile("[，,。；;：:！？]")
_FEWEST = 3  # pairs of which all but one must agree
_WHOLE = (Decimal(85), Decimal(115))  # per cent: what the shares of all parts make, one of them perhaps wrong


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and its share."""

    part: Figure
    share: Figure

    @property
    def whole(self) -> Decimal:
        """What the part is the share of."""
        return self.part.value / self.share.value * 100

    def fits(self, whole: Decimal, base: "Pair") -> bool:
        """Whether the part is its share of a whole reckoned from another pair, both shares being rounded."""
        slack = (_step(self.share) + _step(base.share) * self.share.value / base.share.value) * Decimal("0.51")
        return abs(self.part.value / whole * 100 - self.share.value) <= slack


def _step(figure: Figure) -> Decimal:
    """One unit of the last place that a figure prints."""
    return Decimal(1).scaleb(int(figure.quantity.value.as_tuple().exponent))


def odd_pairs(sentence: Sentence) -> Iterator[tuple[Problem, int]]:
    """The one pair of a list that is not of the whole that all others are of, and where its share ends."""
    for pairs in (*_lists(sentence), *_respective(sentence)):
        total = sum(pair.share.value for pair in pairs)
        if len(pairs) < _FEWEST or not _WHOLE[0] <= total <= _WHOLE[1]:
            continue
        base = max(pairs, key=lambda one: sum(pair.fits(one.whole, one) for pair in pairs))
        odd = [pair for pair in pairs if not pair.fits(base.whole, base)]
        if len(odd) == 1:
            yield _problem(sentence, odd[0], base), odd[0].share.end
    for pairs in _respective(sentence):
        yield from _of_their_sum(sentence, pairs)


def _of_their_sum(sentence: Sentence, pairs: Sequence[Pair]) -> Iterator[tuple[Problem, int]]:
    """The one of two parts whose share is not of what they make together; or one of two shares that are exchanged."""
    whole = sum((pair.part.value for pair in pairs), start=Decimal(0))
    made = [(pair, pair.part.value / whole * 100) for pair in pairs]
    odd = [(pair, share) for pair, share in made if not _is_near(pair.share, share)]
    is_one_of_two = len(pairs) == _FEWEST - 1 and len(odd) == 1
    is_exchanged = len(odd) == len(_BOTH) and all(_is_near(odd[1 - n][0].share, odd[n][1]) for n in _BOTH)
    if is_one_of_two or (is_exchanged and len(pairs) >= _FEWEST):
        pair, share = odd[0]
        expected = percent(share, max(-int(pair.share.quantity.value.as_tuple().exponent), 0))
        if is_one_of_two and not is_slip(str(pair.share.value), expected.rstrip("%")):
            return
        yield (
            sentence.passage.problem(
                pair.share.start, pair.share.end,
                f"各项合起来，{sentence.printed(pair.part)} 应占 {expected}，写的是 {sentence.printed(pair.share)}",
                printed=sentence.printed(pair.share), expected=expected,
                related=(sentence.passage.related(pair.part.start, pair.part.end),),
            ),
            pair.share.end,
        )  # fmt: skip


def _is_near(share: Figure, made: Decimal) -> bool:
    return abs(share.value - made) <= _step(share) * Decimal("0.51")


def _lists(sentence: Sentence) -> Iterator[list[Pair]]:
    """The runs of parts of one unit, each with its share right behind it."""
    pairs: list[Pair] = []
    for part, share in _neighbours(sentence):
        if pairs and not (pairs[-1].part.counts_like(part) and part.start - pairs[-1].share.end <= len(part.label)):
            yield pairs
            pairs = []
        pairs.append(Pair(part, share))
    yield pairs


def _neighbours(sentence: Sentence) -> Iterator[tuple[Figure, Figure]]:
    for part, share in pairwise(sentence.figures):
        if share.dimension != "%" or part.dimension == "%" or not share.value or not (part.is_exact and share.is_exact):
            continue
        if _OF_PART.match(sentence.text, part.end, share.start):
            yield part, share


def _respective(sentence: Sentence) -> Iterator[list[Pair]]:
    """Parts in one run and their shares in another: “甲 5 万元、乙 3 万元、丙 2 万元，分别占 50%、30%、20%”."""
    figures = sentence.figures
    for place, first in enumerate(figures):
        if first.dimension != "%" or not _EACH_OF.search(first.label):
            continue
        shares = [first]
        for figure in figures[place + 1 :]:
            if figure.dimension != "%" or not _MARK.fullmatch(figure.label):
                break
            shares.append(figure)
        parts = figures[max(place - len(shares), 0) : place]
        if len(parts) == len(shares) and all(
            part.is_exact and part.value and share.value and share.is_exact and part.counts_like(parts[0])
            for part, share in zip(parts, shares, strict=True)
        ):
            yield [Pair(part, share) for part, share in zip(parts, shares, strict=True)]


def _problem(sentence: Sentence, odd: Pair, base: Pair) -> Problem:
    places = max(-int(odd.share.quantity.value.as_tuple().exponent), 0)
    expected = percent(odd.part.value / base.whole * 100, places)
    scale = odd.part.value / odd.part.quantity.value if odd.part.quantity.value else Decimal(1)
    whole = shown(round(base.whole / scale, 1))
    return sentence.passage.problem(
        odd.part.start if _OF_PART.match(sentence.text, odd.part.end, odd.share.start) else odd.share.start,
        odd.share.end,
        f"按其余各项的占比推算，总数约为 {whole}{odd.part.unit}，{sentence.printed(odd.part)} 应占 {expected}，"
        f"写的是 {sentence.printed(odd.share)}",
        printed=sentence.printed(odd.share),
        expected=expected,
        related=(sentence.passage.related(base.part.start, base.share.end),),
    )


def sums_up_to(before: Sequence[Quantity], part: Quantity) -> list[Decimal]:
    """The part, and what it makes with those right before it: “教授 16 人、副教授 47 人，高级职称占 43%”."""
    values: list[Decimal] = []
    for quantity in reversed(before):
        if not alike(quantity.unit, part.unit) or len(values) > _MOST:
            break
        values.append(quantity.value + (values[-1] if values else 0))
    return values


def wholes_that_fit(
    wholes: Sequence[Quantity], parts: Sequence[Decimal], share: tuple[Decimal, int], about: Decimal
) -> list[Quantity]:
    """The wholes of which a part makes the share told, with its decimals; one told roughly may miss `about` as much."""
    rate, places = share
    makes = [(whole, part / whole.value * 100) for whole in wholes for part in parts]
    return [whole for whole, made in makes if fits(made, rate, places) or abs(made - rate) <= about]


def list_begins(text: str, start: int) -> int | None:
    """Where the list with “、” begins whose last item a part is; None where it is in none."""
    begin = max(
        (mark.end() for mark in _COMMAS.finditer(text, max(start - _LONG, 0), start)), default=max(start - _LONG, 0)
    )
    return begin if "、" in text[begin:start] else None


def names_another(text: str, before: Sequence[Quantity], start: int) -> bool:
    """Whether the share is told of something that the words of its part do not name."""
    part = before[-1]
    subject = _PLAIN.sub("", text[part.end : start].rpartition("，")[2])
    label = text[before[-2].end if len(before) > 1 else 0 : part.start]
    if "以上" in subject and "以上" not in label:  # “硕士 402 人，硕士及以上学位教师占 75.2%” counts the doctors too
        return True
    return len(subject) > 1 and not any(subject[i : i + 2] in label for i in range(len(subject) - 1))


def slip_of(wholes: Sequence[Quantity], part: Quantity, rate: Decimal) -> Quantity | None:
    """The one figure that a share which names no whole must be of: it comes near, and all others miss by far."""
    if part.unit not in _PERSONS:
        return None
    gaps = {whole.value: abs(part.value / whole.value * 100 - rate) for whole in wholes}
    near = [whole for whole in wholes if gaps[whole.value] <= _SLIP]
    far = [value for value, gap in gaps.items() if gap > 2 * _SLIP]
    return near[-1] if near and len(gaps) - len(far) == 1 else None


def of_counts(passage: Passage, context: Context) -> Iterator[Problem]:
    """A share with the whole told in the same clause, counted by the same word."""
    for match in _OF_COUNT.finditer(passage.text):
        part, whole = (Decimal(match[name].replace(",", "")) for name in ("part", "whole"))
        rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
        if not whole or part > whole:
            continue
        context.judged_in(passage.block, *map(match.start, ("part", "whole", "rate")))
        if fits(part / whole * 100, rate, places):
            continue
        expected = percent(part / whole * 100, places)
        yield passage.problem(
            match.start("rate"),
            match.end(),
            f"{match['part']} ÷ {match['whole']} = {expected}，写的是 {match['rate']}%",
            expected=expected,
            related=(passage.related(match.start("part"), match.end("part")),),
        )
