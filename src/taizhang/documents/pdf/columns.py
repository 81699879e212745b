"""Text set in columns: the parts of a page in the order in which a person reads them.

A gutter is a strip that the lines of a stretch of the page leave free, with running text on both sides of it. The
cells of a table leave strips free too, but do not fill their columns line after line, and their rows begin at one
height. A column becomes a narrow page of its own: what is known of pages (margins, tables and sentences that go on
over a page end) then holds for columns.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from taizhang.documents.outline import caption_label
from taizhang.documents.pdf.elements import (
    ANYWHERE,
    GUTTER,
    OVERHANG,
    Element,
    Gutter,
    Panel,
    height,
    left_of,
    right_of,
)
from taizhang.documents.pdf.grids import Grid
from taizhang.documents.pdf.lines import Line
from taizhang.documents.pdf.page import Page, Rule, Run
from taizhang.documents.pdf.sides import WORD, Side, is_rowwise, is_whole, stands_beside
from taizhang.documents.pdf.spanning import cut, peeled
from taizhang.documents.pdf.unruled import ruled_alike

_SAME_EDGE = 3.0  # points: lines that begin no farther apart do so at one edge
_KNOWN = 6.0  # points: gutters no farther apart are the same one on another page
_FARTHEST = 30.0  # points: the edge of a column that holds only indented lines is no farther off
_LEFTMOST = 0.15  # of the width: no column is narrower
_FEWEST = 3  # full lines of running text on one side
_TRIED = 8  # places at which many lines begin
_DEEPEST = 5  # columns within parts within columns
_MOST_HEADER = 5  # of the type size: the header of a table is no higher
_MOST_ROW = 20  # of the type size: nor are its rows
_ENDS = ("。", "！", "？", "；", "：", "!", "?", "”", "）")


def parted(pages: Sequence[Sequence[Element]]) -> list[list[Panel]]:
    """The parts of each page, given its text, tables and rulings across; of one part where there are no columns."""
    ordered = [sorted(pieces, key=height) for pieces in pages]
    splits = [_Split(()) for _ in ordered]
    parts = [split.parts(pieces) for split, pieces in zip(splits, ordered, strict=True)]
    known = tuple(gutter for split in splits for gutter in split.gutters)
    if known:  # then a few lines are enough
        parts = [_Split(known).parts(pieces) for pieces in ordered]
    if not any(part.column for page in parts for part in page):
        return parts
    for before, page in pairwise(parts):
        _go_on(before, page)
    for page in parts:
        for part in (part for part in page if part.pieces):
            part.left, part.right = _left(part), max(map(right_of, part.pieces))
    _even([part for page in parts for part in page if part.column])
    for page in parts:
        ends = [(part.left, part.right) for part in page]
        for part in page:
            if not part.column:
                part.left, part.right = min(left for left, _ in ends), max(right for _, right in ends)
    return parts


def _go_on(before: Sequence[Panel], page: Sequence[Panel]) -> None:
    """A page with a few lines that go on the columns of the page before has a first column only."""
    between = next((part.between for part in before if part.column), None)
    if between is None or not before[-1].column or len(page) != 1 or page[0].column:
        return
    pieces = page[0].pieces
    if pieces and all(isinstance(piece, Line) and piece.x1 < between[1] - 0.5 * piece.em for piece in pieces):
        page[0].between = between


def _even(columns: Sequence[Panel]) -> None:
    """Give columns between the same gutters the same edges, and columns about as wide the same width."""
    edges = [(part.between or ANYWHERE, part.left, part.right) for part in columns]
    for part in columns:
        alike = [(left, right) for between, left, right in edges if _same_gutters(between, part.between or ANYWHERE)]
        part.left, part.right = min(left for left, _ in alike), max(right for _, right in alike)
    widths: list[float] = []
    for part in sorted(columns, key=lambda part: part.left - part.right):
        width = part.right - part.left
        if not widths or widths[-1] - width > _FARTHEST:
            widths.append(width)
        part.right = part.left + widths[-1]


def _same_gutters(one: Gutter, other: Gutter) -> bool:
    """Whether two columns are the same one; the last that text reaches has no gutter at its right."""
    begins = one[0] == other[0] or abs(one[0] - other[0]) <= _KNOWN
    return begins and (math.inf in (one[1], other[1]) or abs(one[1] - other[1]) <= _KNOWN)


def moved(part: Panel, page: Page) -> tuple[Page, list[Grid], list[Run]]:
    """A column as a narrow page, with its tables and its text."""
    aside = part.left
    rules = [Rule(rule.at, rule.start - aside, rule.end - aside) for rule in part.rules]
    grids = [
        replace(
            grid,
            xs=[x - aside for x in grid.xs],
            boxes=[replace(box, runs=[_shifted(run, aside) for run in box.runs]) for box in grid.boxes],
        )
        for grid in part.grids
    ]
    narrow = Page(page.number, part.right - part.left, page.height, across=rules)
    return narrow, grids, [_shifted(run, aside) for run in part.runs]


def _shifted(run: Run, aside: float) -> Run:
    return replace(run, x0=run.x0 - aside, x1=run.x1 - aside, lefts=[left - aside for left in run.lefts])


def _left(part: Panel) -> float:
    """Where the text of a column begins; tables and rulings stand out of it."""
    return min(run.x0 for run in part.runs) if part.runs else min(map(left_of, part.pieces))


@dataclass(slots=True)
class _Stretch:
    """Pieces from top to bottom, and their two sides where they are set in columns."""

    pieces: list[Element]
    sides: tuple[list[Element], list[Element]] | None = None
    doubtful: bool = False


class _Split:
    """Parts one page at its gutters; `gutters` are those that were found beyond doubt."""

    def __init__(self, known: Sequence[Gutter]) -> None:
        self._known = known
        self.gutters: list[Gutter] = []

    def parts(self, pieces: list[Element], depth: int = 0, ends: Gutter = ANYWHERE) -> list[Panel]:
        """The parts of a page, or of a part of it between two gutters, in reading order."""
        best: tuple[tuple[int, int], float, list[_Stretch]] | None = None
        if depth < _DEEPEST:
            for gutter in self._candidates(pieces, ends):
                found = self._stretches(pieces, gutter)
                covered = tuple(
                    sum(len(stretch.pieces) for stretch in found if stretch.sides and all(stretch.sides) is both)
                    for both in (True, False)
                )
                if any(covered) and (best is None or covered > best[0]):
                    best = ((covered[0], covered[1]), gutter, found)
        if best is None:
            return [Panel(pieces)]
        _, gutter, found = best
        self._note(gutter, found)
        parts: list[Panel] = []
        for stretch in _together(found):
            if stretch.sides is None:
                parts += self.parts(stretch.pieces, depth + 1, ends)
                continue
            for side, between in zip(stretch.sides, ((ends[0], gutter), (gutter, ends[1])), strict=True):
                inner = self.parts(side, depth + 1, between) if side else []
                for part in inner:
                    part.between, part.doubtful = part.between or between, part.doubtful or stretch.doubtful
                parts += inner
        return parts

    def _note(self, gutter: float, found: Sequence["_Stretch"]) -> None:
        """Remember a gutter that is beyond doubt."""
        sides = [Side.of(stretch.sides[0]) for stretch in found if stretch.sides and all(stretch.sides)]
        if sides and not any(stretch.doubtful for stretch in found):
            self.gutters.append((max(side.right for side in sides), gutter))

    def _has_columns(self, side: Side) -> bool:
        """Whether what stands on one side of a gutter is columns again."""
        if all(map(is_whole, side.lines)):
            return False
        for gutter in self._candidates(side.pieces, ANYWHERE):
            if not any(_crosses(piece, gutter) for piece in side.pieces if isinstance(piece, Line)):
                parts = [[p for p in side.pieces if (left_of(p) >= gutter) is right] for right in (False, True)]
                if any(Side.of(part).runs_on() for part in parts if part):
                    return True
        return False

    def _candidates(self, pieces: Sequence[Element], ends: Gutter) -> list[float]:
        """Where columns may begin: places at which several lines do, from left to right."""
        words = [piece for piece in pieces if isinstance(piece, Line) and not piece.runs[0].turn]
        if len(words) < 2:
            return []
        left, right = min(line.x0 for line in words), max(line.x1 for line in words)
        least = left + _LEFTMOST * (right - left)
        starts = sorted(line.x0 for line in words if line.x0 > least)
        edges: list[list[float]] = []
        for start in starts:
            if edges and start - edges[-1][0] <= _SAME_EDGE:
                edges[-1].append(start)
            else:
                edges.append([start])
        often = sorted((edge for edge in edges if len(edge) >= _FEWEST or self._is_known(edge[0])), key=len)[-_TRIED:]
        places = {*(edge[0] for edge in often), *(begin for _, begin in self._known)}
        return sorted(place for place in places if ends[0] + _KNOWN < place < ends[1] - _KNOWN)

    def _is_known(self, gutter: float) -> bool:
        return any(abs(gutter - begin) <= _KNOWN for _, begin in self._known)

    def _reaches(self, side: "Side", gutter: float) -> bool:
        """Whether text at the left of a known gutter ends where it does elsewhere."""
        return any(
            abs(gutter - begin) <= _KNOWN and abs(side.right - end) <= 1.5 * side.em for end, begin in self._known
        )

    def _stretches(self, pieces: Sequence[Element], gutter: float) -> list["_Stretch"]:
        """The pieces in stretches from top to bottom: with a left and a right side, or over the gutter."""
        tables = list(_ruled_spans(pieces, gutter))
        found: list[_Stretch] = []
        band: list[Element] = []
        right = max(map(right_of, pieces))
        over: Element | None = None  # the last piece over the gutter
        for piece in pieces:
            rest = not band and _rests(over, piece, gutter, right)
            if _crosses(piece, gutter) or rest or any(a - 1 <= height(piece) <= b + 1 for a, b in tables):
                over = piece
                found += self._judged(band, gutter, followed=True)
                found.append(_Stretch([piece]))
                band = []
            else:
                band.append(piece)
        return [*found, *self._judged(band, gutter, followed=False)]

    def _judged(self, band: list[Element], gutter: float, *, followed: bool) -> list["_Stretch"]:
        """A band with nothing over the gutter: columns, with the headings and captions above and below them, or not."""
        if not band:
            return []
        above, middle, below = peeled(band, gutter, followed=followed)
        found: list[_Stretch] = []
        for each in cut(middle, gutter):
            left, right = (
                [p for p in each if (left_of(p) >= gutter - OVERHANG) is is_right] for is_right in (False, True)
            )
            verdict = self._columns(Side.of(left), Side.of(right), gutter)
            found.append(_Stretch(each) if verdict is None else _Stretch(each, (left, right), doubtful=not verdict))
        return [*map(_Stretch, filter(None, [above])), *found, *map(_Stretch, filter(None, [below]))]

    def _columns(self, left: Side, right: Side, gutter: float) -> bool | None:
        """Whether two sides are columns: True beyond doubt, False in doubt, None where they are not."""
        if not right.pieces:  # the next column was not begun
            ends_low = len(left.lines) > 1 and max(line.x1 for line in left.lines[:-1]) > left.right - left.em
            return True if ends_low and self._reaches(left, gutter) else None
        em = median([line.em for side in (left, right) for line in side.lines] or [0.0])
        if not left.pieces or right.left - left.right < GUTTER * em - OVERHANG * bool(left.grids or right.grids):
            return None
        running = [side.runs_on() or self._has_columns(side) for side in (left, right)]
        known = self._is_known(gutter) and (self._reaches(left, gutter) or any(running) or bool(left.grids))
        if not known and not (left.is_wide() and right.is_wide()):
            return None
        rowwise = is_rowwise(left, right, em)
        if not any(running):
            if known and not rowwise:
                return True
            return False if left.tells() and right.tells() else None  # too few lines to be sure
        if not all(running) and not known:
            strong, weak = (left, right) if running[0] else (right, left)
            if not stands_beside(strong, weak):
                return None
        return left.indents() or right.indents() or not rowwise


def _together(stretches: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """The stretches, those that follow each other with nothing set in columns made one."""
    for apart, group in groupby(stretches, key=lambda stretch: stretch.sides is not None):
        if apart:
            yield from group
        else:
            yield _Stretch([piece for stretch in group for piece in stretch.pieces])


def _rests(over: Element | None, piece: Element, gutter: float, right: float) -> bool:
    """Whether a line is the short rest of the paragraph over the gutter that the line before did not end."""
    if not (isinstance(over, Line) and isinstance(piece, Line)) or piece.x1 > gutter:
        return False
    unfinished = over.x1 > right - WORD * over.em and not over.text.endswith(_ENDS)
    return (
        unfinished
        and abs(over.em - piece.em) < 0.12 * piece.em
        and abs(piece.x0 - over.x0) < WORD * piece.em
        and piece.y - over.y < 2.6 * piece.em
    )


def _crosses(piece: Element, gutter: float) -> bool:
    if isinstance(piece, Line):
        return piece.x0 < gutter - 1.5 and piece.x1 > gutter - GUTTER * piece.em
    return left_of(piece) < gutter - OVERHANG and right_of(piece) > gutter + OVERHANG


def _ruled_spans(pieces: Sequence[Element], gutter: float) -> Iterator[tuple[float, float]]:
    """From where to where tables go whose rulings across cross the gutter; an open one ends with the page.

    Between two rulings low titles stand side by side, below them rows; a caption stands between two tables.
    """
    for rules in ruled_alike([piece for piece in pieces if isinstance(piece, Rule) and _crosses(piece, gutter)]):
        head = goes_on = False
        for place, upper in enumerate(rules):
            is_last = place + 1 == len(rules)
            lower = height(pieces[-1]) if is_last else rules[place + 1].at
            inside = [piece for piece in pieces if isinstance(piece, Line) and upper.at < height(piece) < lower]
            titled = any(caption_label(line.text) for line in inside)
            low = len(inside) > 1 and not is_last and lower - upper.at < _MOST_HEADER * inside[0].em
            high = bool(inside) and not is_last and lower - upper.at < _MOST_ROW * inside[0].em
            begins = low and not goes_on
            goes_on = not titled and (low or head or (goes_on and high))
            if goes_on:
                yield upper.at, lower
            head = begins and goes_on
