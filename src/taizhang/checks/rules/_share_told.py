"""What ARI046 makes of a share by itself: where its whole lies, and which whole told elsewhere it is of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from taizhang.checks.registry import Problem
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier
from taizhang.checks.rules._share_wholes import GENERIC
from taizhang.checks.rules._slips import is_slip

_SHARE = re.compile(
    r"\s*[，,（(]?\s*占(?P<of>[^，。；、,;\d%（(]{2,14}?)(?:的(?:比例|比重)?|比例)(?:为|达)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
    r"|\s*[，,（(]\s*与(?P<to>[^，。；、,;\d（(]{2,10}?)(?:人?数)?之?比(?:例)?(?:为|是|达)?\s*1\s*[∶:：]\s*(?P<ratio>\d+(?:\.\d+)?)"
)
# “年中追加 1157.70 万元，…，追加部分占年初预算的 19.92%”: the part is named once more.
_NAMED = re.compile(
    r"[，,](?P<name>[一-鿿]{2,6}?)(?:部分|资金|金额|额|人数)?占(?P<of>[^，。；、,;\d%（(]{2,14}?)的(?:比例|比重)?(?:为|达)?\s*"
    r"(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
# “设备 1210 万元、课程 426 万元，合计 1636 万元，设备占 74.0%”: a part of a list that was just added up.
_OF_SUM = re.compile(
    r"[，,；;]\s*(?P<name>[一-鿿]{2,10}?)占(?:比)?(?:为|达)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_SUMMED = re.compile(r"[，,、]\s*(?:合计|共计|总计)\s*$")
OWN = re.compile("[校院系县区市镇乡村班届级所]|学年|分别|本|该|各|每|其")
TIME = re.compile(r"20\d\d|上年|去年|上一年|往年|年初|同期|前年")
_ALL = re.compile(
    r"(?:全[省市县区校院镇]|我[省市县区校院]|辖区|现有?|共?有|当期|本期|本年度?|全年)*"
)  # before the name of a whole


@dataclass(frozen=True, slots=True)
class Share:
    """A part, the name of its whole, and between which bounds the whole lies by its share."""

    sentence: Sentence
    part: Figure
    of: str
    printed: str
    start: int
    end: int
    least: Decimal
    most: Decimal
    whole: Decimal  # as the share makes it

    def agrees(self, other: "Share") -> bool:
        """Whether both may be of one whole."""
        return self.least <= other.most and other.least <= self.most


def shares(sentence: Sentence) -> Iterator[Share]:
    """The shares of a sentence that name their whole, which is not told beside them."""
    if not any(sign in sentence.text for sign in ("占", "比")):
        return
    for part in sentence.figures:
        match = _SHARE.match(sentence.text, part.end, sentence.end)
        if match is None or not part.is_exact or not part.value or part.dimension in {"%", "百分点"}:
            continue
        of = GENERIC.sub("", match["of"] or match["to"]).strip()
        told = match["rate"] or match["ratio"]
        half, value = Decimal("0.5").scaleb(-len(told.partition(".")[2])), Decimal(told)
        if value <= half or len(of) < 2:
            continue
        if match["rate"]:
            least, most = part.value * 100 / (value + half), part.value * 100 / (value - half)
            whole = part.value * 100 / value
        else:
            least, most = part.value * (value - half), part.value * (value + half)
            whole = part.value * value
        if not any(least <= f.value <= most for f in sentence.figures if f.counts_like(part)):
            start = part.start - len(clause(part.label))
            yield Share(sentence, part, of, match[0].strip("，,（( "), start, match.end(), least, most, whole)


def of_whole_elsewhere(shares: Sequence[Share], known: Sequence[Sentence]) -> Iterator[Problem]:
    """A share of a whole of a long name, which the document tells once, in another paragraph."""
    for share in shares:
        said = share.sentence.text[share.sentence.begin : share.end]
        if "%" not in share.printed.replace("％", "%") or OWN.search(share.of) or TIME.search(said):
            continue
        wholes = [(sentence, f) for sentence, f in _told_of(share, known) if f.value >= share.part.value]
        if not wholes or len({f.value for _, f in wholes}) > 1:
            continue
        place, whole = wholes[0]
        if place.passage is not share.sentence.passage and not share.least <= whole.value <= share.most:
            yield from _unlike(share.sentence, share.part, (place, whole), share.printed, (share.part.start, share.end))


def _told_of(share: Share, known: Sequence[Sentence]) -> Iterator[tuple[Sentence, Figure]]:
    """The figures told right behind the name of the whole."""
    for sentence in known:
        if share.of in sentence.text:
            for figure in sentence.figures:
                words = GENERIC.sub("", clause(figure.label)).rstrip("为达是")
                told = words.endswith(share.of) and _ALL.fullmatch(words.removesuffix(share.of))
                if told and figure.counts_like(share.part) and figure.is_exact:
                    yield sentence, figure


def of_named_part(sentence: Sentence) -> Iterator[Problem]:
    """A share whose part is named once more, both part and whole told before in the sentence."""
    for match in _NAMED.finditer(sentence.text, sentence.begin, sentence.end):
        told = [f for f in earlier(sentence, match.start()) if f.is_exact and f.dimension not in {"%", "百分点"}]
        parts = [f for f in told if clause(f.label).endswith(match["name"])]
        of = GENERIC.sub("", match["of"])
        wholes = [f for f in told if (words := clause(f.label)).endswith(of[-2:]) and of[:2] in words]
        if len(parts) == len(wholes) == 1 and parts[0].counts_like(wholes[0]) and parts[0] is not wholes[0]:
            yield from _unlike(
                sentence, parts[0], (sentence, wholes[0]), match[0][1:], (match.start() + 1, match.end())
            )


def of_summed_part(sentence: Sentence) -> Iterator[Problem]:
    """A share told right behind the total of a list, of a part that the list names so."""
    for whole in sentence.figures if "计" in sentence.text else ():
        match = _OF_SUM.match(sentence.text, whole.end, sentence.end)
        if match is None or not whole.is_exact or not _SUMMED.search(whole.label):
            continue
        alike = [f for f in earlier(sentence, whole.start) if f.is_exact and f.counts_like(whole)]
        parts = [f for f in alike if clause(f.label).strip("、 ") == match["name"]]
        sums = list(accumulate(f.value for f in reversed(alike)))[1:]
        if len(parts) == 1 and whole.value in sums:
            yield from _unlike(sentence, parts[0], (sentence, whole), match[0][1:], (match.start() + 1, match.end()))


def _unlike(
    sentence: Sentence, part: Figure, whole: tuple[Sentence, Figure], told: str, span: tuple[int, int]
) -> Iterator[Problem]:
    """The share where its part over the whole makes another one that looks like it but for a digit."""
    match = re.search(r"(\d+(?:\.\d+)?)\s*[%％]$", told)
    if match is None or not whole[1].value:
        return
    places = len(match[1].partition(".")[2])
    expected = percent(part.value / whole[1].value * 100, places)
    if not is_slip(match[1], expected.rstrip("%")):
        return
    figures = whole[0].printed(whole[1]), sentence.printed(part)
    yield sentence.passage.problem(
        *span, f"{figures[1]} ÷ {figures[0]} = {expected}，写的是 {match[1]}%",
        printed=f"{match[1]}%", expected=expected,
        related=(whole[0].passage.related(whole[1].start, whole[1].end),),
    )  # fmt: skip
