"""What ARI002 makes of parts that are each told by two or three measures: one adds up to its total, the other does not."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Problem
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, clause, slack
from taizhang.core.finding import Severity

# What stands between the totals and the first part, or before totals that stand behind the parts.
_AMONG = re.compile("其中|[：:]|分别|(?:按|分|从)[^，。；、,;\\d]{1,8}(?:看|分|划分|统计)|包括")
_OPENS = re.compile(r"\s*(?:其中|(?:按|分|从)[^，。；、,;\d]{1,8}(?:看|分|划分|统计))")
_ALTOGETHER = re.compile(r"\s*(?:以上|上述)?[两三四五六七八九十\d]+[批期类个项地校村镇]?(?:合计|共)")
_IN_ALL = re.compile("(?<![其各])共(?![建享育创同])|合计|总计|累计")
_NOT_ADDED = re.compile("均|每|率|最|比|较|增长|增加|减少|下降|占|名次|第\\d|主要|约|排")
_NO_SUMS = frozenset({"%", "百分点", "年", "月", "日", "分", "届", "级", "名次", "位", "倍"})
_MEASURES = (2, 3)
_NO_ONE_TWICE = re.compile("去重|重复|人均|兼")
_FEWEST = 2  # parts
_MANY, _LARGE = 3, 100  # parts, or a total, from which it is no chance that they agree
_NEAR = Decimal("0.25")  # of the sum: a total further off is rather that of something else


def of_two_measures(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """The totals of which one is what the parts make, and another is not (“36 期、2860 人次，其中 …”)."""
    figures = [f for f in sentence.figures if f.is_exact and f.unit not in _NO_SUMS]
    before = sentence.before
    if before is not None and _ALTOGETHER.match(sentence.text, sentence.begin, sentence.end):
        figures = [f for f in before.figures if f.is_exact and f.unit not in _NO_SUMS] + figures
    if len(figures) < _FEWEST * _MEASURES[0]:
        return
    if before is not None and _OPENS.match(sentence.text, sentence.begin, sentence.end):
        figures = [f for f in before.figures if f.is_exact and f.unit not in _NO_SUMS][-_MEASURES[-1] :] + figures
    for width in _MEASURES:
        for stretch in _stretches(figures, width):
            totals, parts = _divided(sentence, stretch, width)
            if totals and not any((id(sentence.passage.block), part.start) in told for row in parts for part in row):
                yield from _problems(sentence, totals, parts, told)


def _stretches(figures: Sequence[Figure], width: int) -> Iterator[Sequence[Figure]]:
    """The longest stretches of figures whose units come again and again in one order, all unlike within one turn."""
    start = 0
    while start + width * (_FEWEST + 1) <= len(figures):
        end = start + width
        turn = figures[start:end]
        if not any(a.counts_like(b) for place, a in enumerate(turn) for b in turn[place + 1 :]):
            while end < len(figures) and figures[end].counts_like(figures[end - width]):
                end += 1
        whole = start + (end - start) // width * width
        if whole - start >= width * (_FEWEST + 1):
            yield figures[start:whole]
            start = whole
        else:
            start += 1


def _divided(
    sentence: Sentence, stretch: Sequence[Figure], width: int
) -> tuple[Sequence[Figure], Sequence[Sequence[Figure]]]:
    """The totals, and the parts by measure; nothing where no words part them."""
    text = sentence.text
    if any(_NOT_ADDED.search(clause(f.label)) for f in stretch):
        return (), ()
    if _AMONG.search(text, stretch[width - 1].end, stretch[width].start):
        return stretch[:width], [stretch[width + place :: width] for place in range(width)]
    behind = stretch[-width:]
    if _IN_ALL.search(behind[0].label) and not any(_IN_ALL.search(f.label) for f in stretch[:-width]):
        return behind, [stretch[place:-width:width] for place in range(width)]
    return (), ()


def _problems(
    sentence: Sentence, totals: Sequence[Figure], parts: Sequence[Sequence[Figure]], told: set[tuple[int, int]]
) -> Iterator[Problem]:
    off = [
        abs(sum((f.value for f in row), Decimal(0)) - total.value) > slack([*row, total])
        for total, row in zip(totals, parts, strict=True)
    ]
    if all(off) or not any(off) or _NO_ONE_TWICE.search(sentence.text, sentence.begin, sentence.end):
        return
    agreeing = max(total.quantity.value for total, is_off in zip(totals, off, strict=True) if not is_off)
    if len(parts[0]) < _MANY and agreeing < _LARGE:
        return
    for total, row, is_off in zip(totals, parts, off, strict=True):
        added = sum((f.value for f in row), Decimal(0))
        if not is_off or not total.value or abs(added - total.value) > max(_NEAR * added, Decimal(1)):
            continue
        told.update((id(sentence.passage.block), part.start) for part in row)
        scale = total.value / total.quantity.value
        expected = shown(added / scale)
        terms = " + ".join(shown(f.value / scale) for f in row)
        yield sentence.passage.problem(
            total.start,
            total.end,
            f"{terms} = {expected}，与总数 {sentence.printed(total)} 不符",
            expected=expected,
            related=tuple(sentence.passage.related(f.start, f.end) for f in row),
            severity=Severity.WARNING,
        )
