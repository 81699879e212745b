"""What stands on a printed page, as far as its columns go: words, tables and rulings, and the panels they make up."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.documents.pdf.grids import Grid
from taizhang.documents.pdf.lines import Line
from taizhang.documents.pdf.page import Rule, Run

GUTTER = 0.9  # of the type size: a narrower strip is a space between words
OVERHANG = 10.0  # points: tables and rulings stand out of their column by so much
AT_ONE_HEIGHT = 0.4  # of the type size

Element = Line | Grid | Rule
"""Words that no gutter parts, a table, or a ruling."""

Gutter = tuple[float, float]
"""Where the text at the left ends, and where that at the right begins."""

ANYWHERE = (-math.inf, math.inf)


@dataclass(slots=True)
class Panel:
    """A stretch of a page from top to bottom: a column, or what goes over all columns; `doubtful` if it may be rows.

    `between` are the gutters at the sides of a column, `left` and `right` the edges of its text.
    """

    pieces: list[Element]
    between: Gutter | None = None
    doubtful: bool = False
    left: float = 0.0
    right: float = 0.0

    @property
    def column(self) -> bool:
        """Whether it is one of several columns."""
        return self.between is not None

    @property
    def runs(self) -> list[Run]:
        """Its text outside tables."""
        return [run for piece in self.pieces if isinstance(piece, Line) for run in piece.runs]

    @property
    def grids(self) -> list[Grid]:
        """Its tables with rulings."""
        return [piece for piece in self.pieces if isinstance(piece, Grid)]

    @property
    def rules(self) -> list[Rule]:
        """Its rulings across that belong to no table yet."""
        return [piece for piece in self.pieces if isinstance(piece, Rule)]

    @property
    def bottom(self) -> float:
        """How far down it goes."""
        return max(map(bottom, self.pieces))


def elements_of(runs: Iterable[Run], grids: Iterable[Grid], rules: Iterable[Rule]) -> list[Element]:
    """What stands on a page, words that stand next to each other together."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        near = bool(rows) and abs(run.y - rows[-1][0].y) <= AT_ONE_HEIGHT * max(run.em, rows[-1][0].em)
        if near:
            rows[-1].append(run)
        else:
            rows.append([run])
    words: list[Line] = []
    for row in rows:
        row.sort(key=lambda run: run.x0)
        for place, run in enumerate(row):
            if place and run.x0 - words[-1].x1 <= GUTTER * max(run.em, words[-1].em):
                words[-1].runs.append(run)
                if run.em > words[-1].em:
                    words[-1].y, words[-1].em = run.y, run.em
            else:
                words.append(Line([run], 0, run.y, run.em))
    return [*words, *grids, *rules]


def height(piece: Element) -> float:
    """Where it stands from top to bottom: words by their middle, tables by their upper edge."""
    if isinstance(piece, Line):
        return piece.y - 0.35 * piece.em
    return piece.top if isinstance(piece, Grid) else piece.at


def bottom(piece: Element) -> float:
    """How far down it goes."""
    if isinstance(piece, Line):
        return piece.y
    return piece.ys[-1] if isinstance(piece, Grid) else piece.at


def left_of(piece: Element) -> float:
    """Its left edge."""
    if isinstance(piece, Line):
        return piece.x0
    return piece.xs[0] if isinstance(piece, Grid) else piece.start


def right_of(piece: Element) -> float:
    """Its right edge."""
    if isinstance(piece, Line):
        return piece.x1
    return piece.xs[-1] if isinstance(piece, Grid) else piece.end


def em_of(piece: Element) -> float:
    """Its type size; that of words only."""
    return piece.em if isinstance(piece, Line) else 0.0
