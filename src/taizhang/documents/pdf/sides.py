"""What stands on one side of a gutter: whether it is running text, or the cells of a table."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from taizhang.documents.pdf.elements import AT_ONE_HEIGHT, GUTTER, Element, height, left_of, right_of
from taizhang.documents.pdf.grids import Grid
from taizhang.documents.pdf.lines import Line, lines_of
from taizhang.documents.pdf.page import Rule

_NARROWEST = 7  # of the type size, likewise
_CLAUSE = 12  # of the type size: a line with a clause is no shorter
_SHORT_OF = 0.2  # of the column: no full line of running text falls so far short
WORD = 2.5  # of the type size, likewise: a number that would not fit; an indented line begins no farther in
_FEWEST = 3  # full lines of running text on one side
_FILLED = 0.35  # of the lines are full
_ONE_PITCH = 1.35  # of the usual distance of lines: a wider one sets paragraphs, or rows, apart
_ROWS = 3  # that begin at one height on both sides make a table, if
_ROWWISE = 0.8  # nearly all do
_MARKS = "，。；、：,;"
_PUNCTUATED = 0.3  # so many marks has a line of running text at least
_DIGITS = re.compile(r"[\d.,%％/\-—–\s]")


@dataclass(slots=True)
class Side:
    """What stands on one side of a gutter."""

    pieces: list[Element]
    lines: list[Line] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0
    em: float = 10.0

    @classmethod
    def of(cls, pieces: list[Element]) -> "Side":
        """The side that these make up."""
        lines = lines_of([run for piece in pieces if isinstance(piece, Line) for run in piece.runs], 0)
        side = cls(pieces, lines)
        solid = [piece for piece in pieces if not isinstance(piece, Rule)]
        side.left, side.right = min(map(left_of, solid), default=0), max(map(right_of, solid), default=0)
        side.em = median([line.em for line in lines] or [side.em])
        side.pitch = median([after.y - before.y for before, after in pairwise(lines)] or [0.0])
        return side

    @property
    def full(self) -> list[Line]:
        """The lines that go all the way across."""
        short = max(_SHORT_OF * (self.right - self.left), WORD * self.em)
        return [line for line in self.lines if line.x1 > self.right - short and line.x0 < self.left + WORD * line.em]

    @property
    def grids(self) -> list[Grid]:
        """The tables on it."""
        return [piece for piece in self.pieces if isinstance(piece, Grid)]

    def runs_on(self) -> bool:
        """Whether its lines are those of running text."""
        full = [line for line in self.full if is_whole(line)]
        if len(full) < _FEWEST or len(full) < _FILLED * len(self.lines):
            return False
        marks = sum(run.text.count(mark) for line in full for run in line.runs for mark in _MARKS)
        if marks < _PUNCTUATED * len(full):  # names in a list have none
            return False
        words = sum(len(_DIGITS.sub("", run.text)) for line in full for run in line.runs)
        return words > 0.5 * sum(len(run.text) for line in full for run in line.runs)

    def tells(self) -> bool:
        """Whether a wide line of it holds a clause: the words of a paragraph, however short, not a label."""
        return any("，" in line.text and line.x1 - line.x0 > _CLAUSE * line.em for line in self.lines)

    def is_wide(self) -> bool:
        """Whether it is as wide as a column."""
        return self.right - self.left >= _NARROWEST * self.em

    def indents(self) -> bool:
        """Whether a paragraph begins with an indented line."""
        return any(
            before.x0 - self.left > 1.5 * before.em and after.x0 - self.left < 0.5 * after.em and before in self.full
            for before, after in pairwise(self.lines)
        )

    def starts(self) -> list[float]:
        """At which heights lines begin after more than the usual distance."""
        far = [after.y for before, after in pairwise(self.lines) if after.y - before.y > _ONE_PITCH * self.pitch]
        return [*(line.y for line in self.lines[:1]), *far]


def is_whole(line: Line) -> bool:
    """Whether no gap parts a line: the cells of a row stand apart."""
    return all(run.x0 - before.x1 <= GUTTER * run.em for before, run in pairwise(line.runs))


def stands_beside(strong: Side, weak: Side) -> bool:
    """Whether short lines beside running text are a column: they begin with it, and follow each other as it does."""
    if not weak.lines:
        return bool(weak.grids)
    em = weak.lines[0].em
    top = min(map(height, weak.pieces)) - min(map(height, strong.pieces))
    return (
        len(strong.full) > _FEWEST
        and abs(top) < 2.5 * em
        and len(weak.lines) > 1
        and weak.pitch <= _ONE_PITCH * strong.pitch
        and bool(weak.full)
        and all(map(is_whole, weak.lines))
        and not all(_DIGITS.sub("", line.text) == "" for line in weak.lines)
    )


def is_rowwise(left: Side, right: Side, em: float) -> bool:
    """Whether both sides begin anew at the same heights, as the rows of a table do."""
    one, other = left.starts(), right.starts()
    if min(len(one), len(other)) < _ROWS:
        return False
    same = sum(1 for y in one if any(abs(y - place) < AT_ONE_HEIGHT * em for place in other))
    return same >= _ROWWISE * max(len(one), len(other))
