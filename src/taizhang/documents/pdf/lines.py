"""Printed lines of a PDF page, and the text that several lines make up with the place of each character."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.core.source import Source
from taizhang.documents.blocks import Piece
from taizhang.documents.pdf.page import Run

_SAME_BASELINE = 0.4  # of the type size: a raised or lowered character still belongs to the line
_WORD_GAP = 0.2  # of the type size: Latin words farther apart are two
_WIDE_GAP = 1.2  # of the type size: in prose, a gap that the author left
_ITEM = re.compile(r"[①-⑳]|[（(]?\d{1,2}[)）.．、](?!\d)")


@dataclass(slots=True)
class Line:
    """Runs of one printed line from left to right; `page` counts from 1."""

    runs: list[Run]
    page: int
    y: float
    em: float

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.runs[-1].x1

    @property
    def text(self) -> str:
        """What is printed."""
        return written([self], "")[0]


def lines_of(runs: Iterable[Run], page: int) -> list[Line]:
    """The lines that runs stand in, from top to bottom."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda run: run.y):
        line = lines[-1] if lines else None
        if line is not None and abs(run.y - line.y) <= _SAME_BASELINE * max(run.em, line.em):
            line.runs.append(run)
            if run.em > line.em:
                line.y, line.em = run.y, run.em
        else:
            lines.append(Line([run], page, run.y, run.em))
    for line in lines:
        line.runs.sort(key=lambda run: (run.x0, run.start))
    return lines


def upright(runs: Sequence[Run]) -> list[Run]:
    """The runs of one cell as they stand when the reader turns to them; unchanged where none is turned."""
    turned = [run for run in runs if run.turn in (1, 3)]
    if 2 * len(turned) <= len(runs):
        columns = _columns(runs)
        return list(runs) if columns is None else columns
    sign = -1 if turned[0].turn == 1 else 1
    return [
        Run(r.text, r.start, sign * r.y, sign * r.y + r.em * len(r.text), -sign * r.x0, r.em, r.lefts, r.spaced)
        for r in runs
    ]


def _columns(runs: Sequence[Run]) -> list[Run] | None:
    """Characters written from top to bottom in columns from right to left, laid into lines; None for other text.

    The order of the file tells: each character stands one size below the one before it.
    """
    single = [run for run in runs if len(run.text) == 1]
    if len(runs) < 4 or len(single) < len(runs):
        return None
    order = sorted(runs, key=lambda run: run.start)
    columns = [[order[0]]]
    for before, run in pairwise(order):
        below = abs(run.x0 - before.x0) < 0.5 * run.em and 0 < run.y - before.y < 2.5 * run.em
        beside = before.x0 - run.x0 > 0.8 * run.em and run.y < before.y
        if not (below or beside):
            return None
        if beside:
            columns.append([])
        columns[-1].append(run)
    if len(columns) < 2:
        return None
    return [
        Run(run.text, run.start, run.y, run.y + run.em, 2 * number * run.em, run.em, [run.y])
        for number, column in enumerate(columns)
        for run in column
    ]


def written(
    lines: Sequence[Line], file: str, *, right: float | None = None, prose: bool = False
) -> tuple[str, tuple[Piece, ...]]:
    """The text of lines that belong together, and where each stretch of it stands.

    Lines are joined without a space, save between two Latin words. `right` is the edge that full lines reach: an
    item that begins (①) after a line that ends well before it stays on a line of its own. In `prose` a wide gap is
    a space whatever stands beside it.
    """
    text = ""
    pieces: list[Piece] = []
    expected = (0, -1)
    before: Run | None = None
    for line in lines:
        for position, run in enumerate(line.runs):
            if before is not None:
                text += _between(before, run, prose=prose) if position else _break(before, run, right)
            if expected != (line.page, run.start) or text[-1:].isspace() or not pieces:
                pieces.append(Piece(len(text), Source(file, page=line.page, start=run.start)))
            text += run.text
            expected = (line.page, run.start + len(run.text))
            before = run
    return text, tuple(pieces)


def _between(before: Run, run: Run, *, prose: bool) -> str:
    """What joins two runs of one line."""
    gap = run.x0 - before.x1
    if before.spaced and gap > 0:
        return " "
    latin = _latin(before.text[-1]) and _latin(run.text[0])
    if gap > _WIDE_GAP * run.em and before.text[-1].isdecimal() and run.text[0].isdecimal():
        return "\u3000"  # a single space may part the digits of one figure
    if gap > _WIDE_GAP * run.em:
        return " " if prose or latin else ""
    return " " if latin and gap > _WORD_GAP * run.em else ""


def _break(before: Run, run: Run, right: float | None) -> str:
    """What joins the end of a line and the beginning of the next."""
    last, first = before.text[-1], run.text[0]
    room = right is not None and right - before.x1 > 1.5 * before.em
    if room and _ITEM.match(run.text):
        return "\n"
    if before.spaced and (_latin(last) or _latin(first)):
        return " "
    if not (_latin(last) and _latin(first)):
        return ""
    if last.isalpha() and first.isalpha():
        return " "
    return " " if room and last.isalnum() and first.isalnum() else ""


def _latin(char: str) -> bool:
    return char.isascii()
