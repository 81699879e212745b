"""What ARI002 makes of parts that miss their total by just what a slip of the pen makes: two digits exchanged, one digit.

“其中” need not name all, so a sum that falls short proves nothing; but that it falls short by exactly what two
exchanged digits of one of the figures make is no chance.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from taizhang.checks.registry import Problem
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._prose import Figure, Sentence, slack
from taizhang.core.finding import Severity

_AMONG = re.compile(r"其中|[：:](?!\d)|分别|包括|[（(]含?|(?:按|分|从)[^，。；、,;\d]{1,8}(?:看|分|划分|统计)")
_OPENS = re.compile(r"\s*[（(]?\s*(?:其中|(?:按|分|从)[^，。；、,;\d]{1,8}(?:看|分|划分|统计))")
_ADDING = re.compile(r"\s*加上")  # to the figure that the sentence before begins with
_IN_ALL = re.compile("(?:合计|共计|总计|总共|总量|总[收支][入出]|总财力|[，,；;]\\s*共)[^，。；、,;\\d]{0,4}$")
_ASIDE = re.compile(
    "增长|增加(?!值)|增幅|减少|下降|降低|提高|同比|环比|[比较][^，。；、\\d]{0,4}(?:上年|去年|预算|年初)|占|差值|差额|均|每|标准"
)
_OTHER = re.compile("另有?|此外|累计|结[转余]|剩余|结存")
_EXCHANGED = 1000  # smallest units in the total, from which two exchanged digits are no chance
_MISWRITTEN = 100000  # the same of one digit
_FEWEST, _MOST = 2, 12  # parts
_FEW = 9  # figures that are tried out in all combinations


def of_slips(sentence: Sentence, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """Parts before or behind their total that miss it by a slip of the pen."""
    if len(sentence.figures) < _FEWEST:
        return
    depths = _depths(sentence)
    for total, parts, rest in (*_after_totals(sentence, depths), *_before_totals(sentence)):
        if any((id(sentence.passage.block), f.start) in told for f in parts) or not _is_slip_of_one(total, parts, rest):
            continue
        told.update((id(sentence.passage.block), f.start) for f in parts)
        yield _problem(sentence, total, parts)


def _depths(sentence: Sentence) -> dict[int, int]:
    """How many brackets are open at the start of each figure."""
    depth, left, found = 0, sentence.begin, {}
    for figure in sentence.figures:
        between = sentence.text[left : figure.start]
        depth = max(depth + sum(map(between.count, "（(")) - sum(map(between.count, "）)")), 0)
        found[figure.start], left = depth, figure.start
    return found


def _after_totals(
    sentence: Sentence, depths: dict[int, int]
) -> Iterator[tuple[Figure, Sequence[Figure], Sequence[Figure]]]:
    """Each total that words lead on from to its parts, those parts, and all figures that they may be taken from."""
    figures, text = sentence.figures, sentence.text
    leads: list[tuple[Figure, int]] = []
    if sentence.before is not None and _OPENS.match(text, sentence.begin, sentence.end):
        leads.extend((f, 0) for f in [f for f in sentence.before.figures if _may_add(f)][:1])
    for place, total in enumerate(figures[:-_FEWEST]):
        if _may_add(total):
            leads.append((total, place + 1))
    for total, place in leads:
        following = [f for f in figures[place:] if f.counts_like(total)]
        if len(following) < _FEWEST:
            continue
        mark = _AMONG.search(text, max(total.end, sentence.begin), following[0].start)
        if mark is None:
            continue
        level = depths[following[0].start]
        parts: list[Figure] = []
        for figure in following[:_MOST]:
            if depths[figure.start] < level or _OTHER.search(figure.label):
                break
            if depths[figure.start] == level and _may_add(figure):
                parts.append(figure)
        yield total, parts, following


def _before_totals(sentence: Sentence) -> Iterator[tuple[Figure, Sequence[Figure], Sequence[Figure]]]:
    """Each total behind its parts: “…，加上 … 后，总收入 …”, “… 万元、… 万元，共计 … 万元”."""
    for place, total in enumerate(sentence.figures):
        if place == 0 or not total.is_exact or not _IN_ALL.search(total.label):
            continue
        before = [f for f in sentence.figures[:place] if f.counts_like(total)][-_MOST:]
        parts = [f for f in before if _may_add(f)]
        if sentence.before is not None and _ADDING.match(sentence.text, sentence.begin):
            base = [f for f in sentence.before.figures if f.counts_like(total) and _may_add(f)]
            parts, before = [*base[:1], *parts], [*base, *before]
        yield total, parts, before


def _may_add(figure: Figure) -> bool:
    return (
        figure.is_exact
        and figure.dimension not in {"%", "百分点", "年"}
        and bool(figure.value)
        and not _ASIDE.search(figure.label[-14:])
    )


def _is_slip_of_one(total: Figure, parts: Sequence[Figure], near: Sequence[Figure]) -> bool:
    """Whether one slip, in the total or in a part, explains why the parts do not make it, and nothing near makes it."""
    if not _FEWEST <= len(parts) <= _MOST or not all(f.is_exact for f in parts):
        return False
    if len({f.value for f in (total, *parts)}) <= 1 or any(f.value > total.value * 2 for f in parts):
        return False
    off = slack([*parts, total])
    gap = total.value - sum((f.value for f in parts), Decimal(0))
    if abs(gap) <= off:
        return False
    for count in range(1, min(len(near), _FEW) + 1):
        if any(
            abs(sum((f.value for f in some), Decimal(0)) - total.value) <= off
            for some in combinations(near[:_FEW], count)
        ):
            return False
    step = min(_step(f) for f in (total, *parts))
    size = total.value / step
    others = [(f, f.value + gap) for f in parts] + [(total, total.value - gap)]
    return any(
        (size >= _EXCHANGED and _is_exchanged(f.value / step, meant / step))
        or (size >= _MISWRITTEN and _is_one_digit(f.value / step, meant / step))
        for f, meant in others
    )


def _step(figure: Figure) -> Decimal:
    """The last digit that a figure tells, as a value."""
    return Decimal(1).scaleb(int(figure.value.normalize().as_tuple().exponent))


def _is_exchanged(one: Decimal, other: Decimal) -> bool:
    mine, theirs = _digits(one, other)
    unlike = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    if len(unlike) != _FEWEST or unlike[1] != unlike[0] + 1:
        return False
    first, second = unlike
    return mine[first] == theirs[second] and mine[second] == theirs[first]


def _is_one_digit(one: Decimal, other: Decimal) -> bool:
    return sum(a != b for a, b in zip(*_digits(one, other), strict=True)) == 1


def _digits(one: Decimal, other: Decimal) -> tuple[str, str]:
    if other <= 0:
        return "", ""
    mine, theirs = str(int(one)), str(int(other))
    return (mine, theirs) if len(mine) == len(theirs) else ("", "")


def _problem(sentence: Sentence, total: Figure, parts: Sequence[Figure]) -> Problem:
    scale = total.value / total.quantity.value
    expected = shown(sum((f.value for f in parts), Decimal(0)) / scale)
    terms = " + ".join(shown(f.value / scale) for f in parts)
    return sentence.passage.problem(
        total.start,
        total.end,
        f"{terms} = {expected}，与总数 {sentence.printed(total)} 不符，差额恰好是写错、写颠倒一位数字造成的",
        expected=expected,
        related=tuple(sentence.passage.related(f.start, f.end) for f in parts),
        severity=Severity.WARNING,
    )
