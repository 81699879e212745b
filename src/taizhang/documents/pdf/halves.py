"""Tables that a page break cut: which two halves are one, and what the drawing alone knows of the cut.

Whether a row is torn is for `assemble` to judge by its words. Here is judged what only the page shows: that the
columns of both halves are the same, and that the cell of a label was too low for all of it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.alignment import bare, nature
from taizhang.documents.pdf.grids import APART, Box, Grid
from taizhang.documents.pdf.layout import Sheet
from taizhang.documents.pdf.lines import lines_of
from taizhang.documents.pdf.wrapping import WIDE, is_broken, is_full

_ROOM = 1.2  # of the type size: a cell with less room above and below its text is full
_SHORT = 2.2  # of the type size: a full line may be so much shorter than the widest
_LOWEST = 0.7  # of the page height: a table that goes on reaches down so far
_MARGIN = 0.7  # of the type size: so much, at most, is left free beside the words of a cell
_ALIKE = 0.7  # of a header's cells
_MOST_HEADER = 4
_NEW = re.compile(r"[①-⑳]|\d+(?:[-.．]\d+)+|[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]")


def pair_halves(sheets: Sequence[Sheet]) -> None:
    """Give both halves of a cut table the same columns, mark the second, and make cut labels whole."""
    pairs = [pair for before, after in pairwise(sheets) if (pair := _halves(before, after))]
    for first, second in [*pairs, *reversed(pairs)]:
        if len(first.xs) != len(second.xs):
            narrow, wide = sorted((first, second), key=lambda grid: len(grid.xs))
            _widen(narrow, wide.xs)
    known = Counter(_text(box) for sheet in sheets for grid in sheet.grids for box in grid.boxes)
    for first, second in pairs:
        second.continues = True
        _mend_labels(first, second, known)
        second.torn = _is_torn(first, second)


def _halves(before: Sheet, after: Sheet) -> tuple[Grid, Grid] | None:
    """The last table of one page and the first of the next, where nothing stands between and their edges agree."""
    above, below = before.body()[-1:], after.body()[:1]
    if not (above and below and isinstance(above[0], Grid) and isinstance(below[0], Grid)):
        return None
    first, second = above[0], below[0]
    low = first.ys[-1] > _LOWEST * before.bottom
    return (first, second) if low and not (first.single and second.single) and _same_columns(first, second) else None


def lone_boxes(sheets: Sequence[Sheet]) -> set[int]:
    """The frames around text that are no tables (by identity): single boxes that are not half of a table."""
    halves: set[int] = set()
    for before, after in pairwise(sheets):
        halves.update(map(id, _halves(before, after) or ()))
    return {id(grid) for sheet in sheets for grid in sheet.grids if grid.single and id(grid) not in halves}


def _same_columns(first: Grid, second: Grid) -> bool:
    """Whether both have the same edges, and the columns of one are among those of the other."""
    few, many = sorted((first.xs, second.xs), key=len)
    ends = abs(few[0] - many[0]) <= APART and abs(few[-1] - many[-1]) <= APART
    return ends and all(any(abs(x - other) <= APART for other in many) for x in few)


def _widen(grid: Grid, xs: Sequence[float]) -> None:
    """Give a grid the columns of the other half: a cell that has no border at one of them spans it."""
    places = [min(range(len(xs)), key=lambda n: abs(xs[n] - x)) for x in grid.xs]
    for box in grid.boxes:
        first, last = places[box.column], places[box.column + box.columns]
        box.column, box.columns = first, last - first
    grid.xs = list(xs)


def _mend_labels(first: Grid, second: Grid, known: Counter[str]) -> None:
    """Put the labels at the left that the page break cut back into their cells on the first page."""
    head = _repeated(first, second)
    last = len(first.ys) - 1
    for column in range(len(first.xs) - 2):
        above = next((box for box in first.boxes if box.column == column and box.row + box.rows == last), None)
        below = next((box for box in second.boxes if box.column == column and box.row == head), None)
        if above is None or below is None or above.columns != below.columns or above.row == 0:
            return
        if not _holds_labels(first, second, column, head):
            return
        if below.runs and (not above.runs or _is_cut(first, above, below, known)):
            above.tail = [*above.tail, *lines_of(below.runs, second.page), *below.tail]
            below.runs, below.tail = [], []


def _is_torn(first: Grid, second: Grid) -> bool:
    """Whether each cell of the first row of the second half goes on the one above: its last line has no room left.

    In one column that may be chance, and more so in a narrow one; a figure is whole, and so is a numbered item.
    """
    head, last = _repeated(first, second), len(first.ys) - 1
    above = {box.column: box for box in first.boxes if box.row + box.rows == last and box.row}
    wide = broken = 0
    for below in (box for box in second.boxes if box.row == head and box.runs):
        box = above.get(below.column)
        if box is None or not box.runs or box.columns != below.columns:
            return False
        pair = lines_of(box.runs, first.page)[-1], lines_of(below.runs, second.page)[0]
        edge, width = _edge(first, box, pair[0].em)
        if _is_whole(box, below) or not is_full(*pair, edge):
            return False
        wide += width > WIDE * pair[0].em
        broken += is_broken(*pair)
    return wide + broken > 1


def _edge(grid: Grid, cell: Box, em: float) -> tuple[float, float]:
    """How far to the right lines of a cell go, and how wide they are: as far as others in its column, or to the margin
    that is left at the other side.
    """
    alike = [box for box in grid.boxes if (box.column, box.columns) == (cell.column, cell.columns)]
    left = min(run.x0 for box in alike for run in box.runs)
    margin = min(left - grid.xs[cell.column], _MARGIN * em)
    right = max(grid.xs[cell.column + cell.columns] - margin, *(run.x1 for box in alike for run in box.runs))
    return right, right - left


def _is_whole(above: Box, below: Box) -> bool:
    """Whether one of two cells holds what is never cut: a figure, or what begins with a number of its own."""
    below_text = _text(below)
    return (
        nature(_text(above)) not in {"text", "item", "code"}
        or nature(below_text) != "text"
        or bool(_NEW.match(below_text))
    )


def _is_cut(grid: Grid, above: Box, below: Box, known: Counter[str]) -> bool:
    """Whether the text of the lower cell goes on that of the upper one.

    The upper cell must be full: a text that has room left ends there. Labels that stand whole elsewhere in the
    document are whole.
    """
    lines = lines_of(above.runs, grid.page)
    room = grid.ys[above.row + above.rows] - grid.ys[above.row] - (lines[-1].y - lines[0].y) - lines[0].em
    widest = max(line.x1 - line.x0 for line in (*lines, *lines_of(below.runs, grid.page)))
    full = len(lines) > 1 and room < _ROOM * lines[0].em
    goes_on = lines[-1].x1 - lines[-1].x0 > widest - _SHORT * lines[0].em
    whole = known[_text(above)] > 1 or known[_text(below)] > 1
    return full and goes_on and not whole and not _NEW.match(_text(below))


def _holds_labels(first: Grid, second: Grid, column: int, head: int) -> bool:
    """Whether a column holds labels: merged cells, and none empty but at the cut."""
    mine = [(grid, box) for grid in (first, second) for box in grid.boxes if box.column == column]
    merged = any(box.rows > 1 and box.row >= (head if grid is second else 1) for grid, box in mine)
    empty = [(grid, box) for grid, box in mine if not box.runs and not box.tail]
    cut = {(id(first), len(first.ys) - 1)}
    return merged and all(
        (id(grid), box.row + box.rows) in cut or (grid is second and box.row <= _MOST_HEADER) for grid, box in empty
    )


def _repeated(first: Grid, second: Grid) -> int:
    """How many rows at the top of the second half are the header again."""
    count = 0
    while count < min(_MOST_HEADER, len(second.ys) - 2, len(first.ys) - 2):
        ours, theirs = _words(first, count), _words(second, count)
        same = sum(1 for place, word in ours.items() if theirs.get(place) == word)
        if not ours or len(ours) != len(theirs) or same < _ALIKE * len(ours):
            break
        count += 1
    return count


def _words(grid: Grid, row: int) -> dict[int, str]:
    return {box.column: _text(box) for box in grid.boxes if box.row == row}


def _text(box: Box) -> str:
    return bare("".join(run.text for run in sorted(box.runs, key=lambda run: run.start)))
