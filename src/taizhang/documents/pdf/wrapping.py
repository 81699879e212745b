"""Which lines of a table with no ruling between its rows only go on the row above: cells broken over lines tell.

In narrow columns each cell of a row may go on, and then no line looks less like the beginning of a row than another.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.pdf.lines import Line

SAME_HEIGHT = 0.4  # of the type size: lines of one row differ no more in height
_ROOM = 0.4  # of the type size: what a line may leave beside what the next word takes
WIDE = 4.0  # of the type size: a narrower column has full lines by chance
_CLOSE, _APART = 1.15, 1.3  # times the least pitch: lines of one row, lines of two
_WORD = re.compile(r"[“‘（《【]*(?:[!-~]+|.)[，。；：、）”》%％]*")  # what is not broken between lines
_OPEN = tuple("，、；：（“《—")
_GOES_ON = tuple("，。、；：）”》%％")

Pair = tuple[Line, Line]


def heights_of(ys: Sequence[float], em: float) -> list[float]:
    """Heights in order, those of one printed line made one."""
    found: list[float] = []
    for y in sorted(ys):
        if not found or y - found[-1] > SAME_HEIGHT * em:
            found.append(y)
    return found


def beginnings(heights: Sequence[float], stacks: Sequence[Sequence[Line]], em: float) -> tuple[list[float], bool]:
    """The heights without those of lines that go on the row above, and whether that rests on the words alone."""
    if len(heights) < 2:
        return list(heights), False
    edges = [max((line.x1 for line in stack), default=0.0) for stack in stacks]
    wide = [
        edge - min((line.x0 for line in stack), default=edge) > WIDE * em
        for edge, stack in zip(edges, stacks, strict=True)
    ]
    pairs: list[list[tuple[Pair, bool]]] = []  # for each height but the first, the columns with a line there and above
    for upper, lower in pairwise(heights):
        beside = [(_at(stack, upper, em), _at(stack, lower, em)) for stack in stacks]
        pairs.append(
            [
                ((above, below), wide[column] and is_full(above, below, edges[column]))
                for column, (above, below) in enumerate(beside)
                if above is not None and below is not None
            ]
        )
    lines = sorted(line.y for stack in stacks for line in stack)
    gaps = [y - max(other for other in lines if other < y - SAME_HEIGHT * em) for y in heights[1:]]
    by_pitch = _by_pitch(gaps, pairs)
    if by_pitch is not None:
        return [heights[0], *(y for y, begins in zip(heights[1:], by_pitch, strict=True) if begins)], False
    whole = [bool(found) and all(full for _, full in found) for found in pairs]
    if not any(full and any(is_broken(*pair) for pair, _ in found) for full, found in zip(whole, pairs, strict=True)):
        return list(heights), False
    return [heights[0], *(y for y, goes_on in zip(heights[1:], whole, strict=True) if not goes_on)], True


def is_full(above: Line, below: Line, edge: float) -> bool:
    """Whether a line has no room left for the first word of the next one."""
    return edge - above.x1 < _taken(below) + _ROOM * above.em


def _taken(line: Line) -> float:
    """How much room the first word of a line would have taken on the line above."""
    word = _WORD.match(line.text)
    return line.em * sum(0.5 if char.isascii() else 1.0 for char in (word[0] if word else ""))


def _at(stack: Sequence[Line], y: float, em: float) -> Line | None:
    return next((line for line in stack if abs(line.y - y) <= SAME_HEIGHT * em), None)


def _by_pitch(gaps: Sequence[float], pairs: Sequence[Sequence[tuple[Pair, bool]]]) -> list[bool] | None:
    """Whether each line but the first begins a row, where rows stand farther apart than lines; else None."""
    least = min(gaps)
    begins = [gap > _APART * least for gap in gaps]
    if not any(begins) or any(_CLOSE * least < gap <= _APART * least for gap in gaps):
        return None
    if any(not begin and not any(full for _, full in found) for begin, found in zip(begins, pairs, strict=True)):
        return None
    # Of rows of one line each, some of which stand closer, all lines are alike; broken cells end where they end.
    last = [
        found for found, begin, after in zip(pairs, begins, [*begins[1:], True], strict=True) if not begin and after
    ]
    ends = (below.x1 < above.x1 - (above.x1 - above.x0) / 4 for found in last for (above, below), _ in found)
    return begins if any(ends) or any(is_broken(*pair) for found in last for pair, _ in found) else None


def is_broken(above: Line, below: Line) -> bool:
    """Whether words were cut between two lines: no cell ends so, or none begins so."""
    cut = above.text[-1:].isdecimal() and not below.text[:1].isdecimal() and not below.text[:1].isascii()
    return above.text.endswith(_OPEN) or below.text.startswith(_GOES_ON) or cut
