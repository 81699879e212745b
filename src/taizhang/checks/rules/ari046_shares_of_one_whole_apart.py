"""ARI046: two shares that name one whole are not of one whole, or a share is not of the whole told elsewhere."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Sentence, clause, sentences
from taizhang.checks.rules._share_near import of_rows, of_sentence_before
from taizhang.checks.rules._share_told import (
    OWN,
    TIME,
    Share,
    of_named_part,
    of_summed_part,
    of_whole_elsewhere,
    shares,
)

_TIMES = Decimal("1.35")  # wholes further apart are not meant to be one
_LONG = 3  # characters of the name of a whole


@rule("ARI046", kind="rate_mismatch", severity="warning", since="0.7")
def shares_of_one_whole_apart(context: Context) -> Iterator[Problem]:
    """占同一个总数的两个比例，推算出的总数不一样；占比与别处写的总数算不出来。

    ## 为什么
    “705 人，占单位就业人数的 25.0%；1834 人，占单位就业人数的 56.0%”，前一个推出总数约 2820，后一个推出约 3275：
    总数没有写出来，读的人照样能看出有一个比例错了。

    ## 不合格
    到国有企业就业 705 人，占单位就业人数的 25.0%；中小微企业吸纳 1834 人，占单位就业人数的 56.0%。

    ## 合格
    到国有企业就业 705 人，占单位就业人数的 25.0%；中小微企业吸纳 1834 人，占单位就业人数的 65.0%。

    ## 例外
    只比同一段里写明占同一个总数的；两处各有年份、各是一校一县一届的，推出的总数相差三成以上、看来不是一回事的，不报。
    逐项合计以后又说其中一项占多少的，按所列的那一项和合计算。
    总数写在别处（前一句、同一张表里叫这个名称的行）的，算出来与所写的只像是写错或颠倒了一个数字，才报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        known = sentences(reading, context)
        told = [share for sentence in known for share in shares(sentence)]
        for one, other in pairwise(told):
            if _is_one_whole(one, other) and not one.agrees(other):
                odd, base = _odd(one, other, known)
                yield _apart(odd, base)
        alone = [share for share in told if len(share.of) > _LONG]
        elsewhere = list(of_whole_elsewhere(alone, known))
        yield from elsewhere
        yield from () if elsewhere else of_sentence_before(alone)
        for sentence in known:
            if "占" in sentence.text:
                yield from of_named_part(sentence)
                yield from of_summed_part(sentence)
                yield from of_rows(sentence, reading, context)


def _is_one_whole(one: Share, other: Share) -> bool:
    """Whether two shares that follow each other say that they are of one whole, and nothing sets them apart."""
    if one.of != other.of or one.sentence.passage is not other.sentence.passage or not one.part.counts_like(other.part):
        return False
    said = one.sentence.text[one.sentence.begin : one.start], one.sentence.text[one.end : other.start]
    labels = clause(one.part.label), clause(other.part.label)
    if any(OWN.search(label) for label in (*labels, one.of)) or any(TIME.search(text) for text in said):
        return False
    return max(one.whole, other.whole) <= _TIMES * min(one.whole, other.whole)


def _odd(one: Share, other: Share, known: Sequence[Sentence]) -> tuple[Share, Share]:
    """Which of two is odd: the one whose whole no figure of the document is, where there is one such; else the second."""
    values = [f.value for sentence in known for f in sentence.figures if f.counts_like(one.part)]
    has = [any(share.least <= value <= share.most for value in values) for share in (one, other)]
    return (one, other) if has == [False, True] else (other, one)


def _told(share: Share) -> str:
    """The whole that a share makes, in the unit of its part."""
    scale = share.part.value / share.part.quantity.value
    return f"{shown(round(share.whole / scale, 0))} {share.part.unit}"


def _apart(odd: Share, base: Share) -> Problem:
    names = [f"按“{share.sentence.text[share.part.start : share.end]}”推算约为 {_told(share)}" for share in (base, odd)]
    return odd.sentence.passage.problem(
        odd.part.start, odd.end, f"“{odd.of}”{names[0]}，{names[1]}",
        printed=odd.printed, related=(base.sentence.passage.related(base.part.start, base.end),),
    )  # fmt: skip
