"""Short headings and captions that go over all columns of a page without being long enough to show it."""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from taizhang.documents.outline import caption_label, heading_level, unit_note
from taizhang.documents.pdf.elements import AT_ONE_HEIGHT, OVERHANG, Element, bottom, em_of, height, left_of, right_of
from taizhang.documents.pdf.lines import Line

_TWO_PITCHES = 2.2  # of the usual distance of lines: a line is left free, and more
_ANEW = 1.5  # of the type size: a line and a table that begin at one height do not begin farther apart


def peeled(band: list[Element], gutter: float, *, followed: bool) -> tuple[list[Element], list[Element], list[Element]]:
    """A band with nothing over the gutter, without what belongs to all columns: the short headings at its top, and
    the captions at its end where it is `followed` by something.
    """
    rows = _rows(band)
    first = next((place for place, row in enumerate(rows) if not _row_heads(row)), len(rows))
    if first == len(rows) or not _on_both(rows[first], gutter) or any(_on_both(row, gutter) for row in rows[:first]):
        first = 0
    last = len(rows)
    while followed and last > first + 1 and _row_heads(rows[last - 1]) and _apart(rows[last - 2], rows[last - 1]):
        last -= 1
    flat = [[piece for row in part for piece in row] for part in (rows[:first], rows[first:last], rows[last:])]
    return flat[0], flat[1], flat[2]


def _apart(above: Sequence[Element], row: Sequence[Element]) -> bool:
    """Whether a heading or caption at the end of a band is farther from the lines above than these from each other."""
    words = "".join(piece.text for piece in row if isinstance(piece, Line))
    if caption_label(words) is not None or unit_note(words) is not None:
        return True
    return height(row[0]) - height(above[0]) > 2 * em_of(row[0])


def cut(band: list[Element], gutter: float) -> list[list[Element]]:
    """A band cut at short headings beside which the right column is free and below which both begin anew."""
    rows = _rows(band)
    heads = [_row_heads(row) and all(right_of(piece) < gutter for piece in row) for row in rows]
    found: list[list[Element]] = [[]]
    place = 0
    while place < len(rows):
        after = place
        while after < len(rows) and heads[after]:
            after += 1
        if 0 < place < after < len(rows) and _over_all(rows, place, after, gutter):
            found += [[piece for row in rows[place:after] for piece in row], []]
            place = after
        else:
            found[-1] += rows[place]
            place += 1
    return [part for part in found if part]


def _over_all(rows: Sequence[Sequence[Element]], place: int, after: int, gutter: float) -> bool:
    """Whether the right column leaves more than a line free beside some rows, and both columns begin anew below."""
    here, em = height(rows[place][0]), em_of(rows[place][0])
    right = [piece for row in rows for piece in row if left_of(piece) >= gutter - OVERHANG]
    above, below = [p for p in right if height(p) < here], [p for p in right if height(p) > here]
    left = next((height(p) for row in rows[after:] for p in row if left_of(p) < gutter - OVERHANG), math.inf)
    if not (above and below) or abs(left - height(below[0])) > _ANEW * em:
        return False
    usual = median([height(later) - height(before) for before, later in pairwise(right)])
    return height(below[0]) - max(map(bottom, above)) > _TWO_PITCHES * min(usual, 2 * em) - 0.35 * em


def _heads(words: str) -> bool:
    """Whether a line stands over what is below it."""
    return heading_level(words) is not None or caption_label(words) is not None or unit_note(words) is not None


def _rows(band: Sequence[Element]) -> list[list[Element]]:
    """The pieces of a band at one height each, from top to bottom."""
    rows: list[list[Element]] = []
    for piece in band:
        near = bool(rows) and isinstance(piece, Line) and isinstance(rows[-1][0], Line)
        if near and height(piece) - height(rows[-1][0]) <= AT_ONE_HEIGHT * em_of(piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _row_heads(row: Sequence[Element]) -> bool:
    """Whether all that stands at one height are lines that stand over what is below them."""
    lines = [piece for piece in row if isinstance(piece, Line)]
    return len(lines) == len(row) and all(_heads(line.text) for line in lines)


def _on_both(row: Sequence[Element], gutter: float) -> bool:
    right = [left_of(piece) >= gutter - OVERHANG for piece in row]
    return any(right) and not all(right)
