"""Tables on a PDF page: the grid that rulings draw, and the text that stands in its cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Fragment, Piece
from taizhang.documents.pdf.lines import Line, lines_of, upright, written
from taizhang.documents.pdf.page import Page, Rule, Run

_TOUCH = 2.5  # rulings that come this near meet
APART = 3.5  # rulings nearer than this are the two strokes of a double one
DRAWN = 0.5  # of a cell's side must be drawn for the side to be a border
_FRAMED = 0.6  # of a table's side, likewise, on two opposite sides
_MOST_RULES = 1500
_SPARSE = 0.08  # of the cells hold text: fewer make it a drawing


@dataclass(slots=True)
class Box:
    """One cell of a grid: its first row and column, how many it covers, and the runs that stand in it.

    `tail` are lines that a page break put on the next page.
    """

    row: int
    column: int
    rows: int
    columns: int
    runs: list[Run] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table's borders on one page: x of the columns, y of the rows, and the cells between them.

    `unruled` tells that it has no rulings down the page, `doubtful` that its rows were told by its words alone, `torn`
    that its first row goes on the last one of the page before.
    """

    page: int
    xs: list[float]
    ys: list[float]
    boxes: list[Box]
    nested: bool = False
    continues: bool = False
    unruled: bool = False
    doubtful: bool = False
    torn: bool = False

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.ys[0]

    @property
    def single(self) -> bool:
        """Whether it is one box only: a frame around text, or one row of a table with one column."""
        return len(self.boxes) == 1

    def holds(self, run: Run) -> bool:
        """Whether the middle of a run lies inside."""
        x, y = (run.x0 + run.x1) / 2, run.y - 0.35 * run.em
        return self.xs[0] - 1 < x < self.xs[-1] + 1 and self.ys[0] - 1 < y < self.ys[-1] + 1

    def covers(self, rule: Rule) -> bool:
        """Whether a ruling across the page belongs to the table."""
        across = self.xs[0] - 3 < rule.start and rule.end < self.xs[-1] + 3
        return across and self.ys[0] - 3 <= rule.at <= self.ys[-1] + 3

    def fragment(self, file: str) -> Fragment:
        """The table with its text."""
        grid: list[list[Cell | None]] = [[None] * (len(self.xs) - 1) for _ in range(len(self.ys) - 1)]
        for box in self.boxes:
            runs = upright(box.runs)
            right = self.xs[box.column + box.columns] - 0.5 * runs[0].em if runs else None
            text, pieces = written([*lines_of(runs, self.page), *box.tail], file, right=right)
            if not pieces:
                pieces = (Piece(0, Source(file, page=self.page)),)
            grid[box.row][box.column] = Cell(text, pieces, box.rows, box.columns)
        start = min((run.start for box in self.boxes for run in box.runs), default=None)
        end = max((run.start + len(run.text) for box in self.boxes for run in box.runs), default=None)
        source = Source(file, page=self.page, start=start, end=end)
        return Fragment(grid, source, nested=self.nested, continues=self.continues, torn=self.torn)


def ruled(page: Page, runs: list[Run]) -> tuple[list[Grid], list[Run]]:
    """The tables that are drawn with rulings both ways, filled with the runs inside them, and the other runs."""
    grids = [grid for rules in _connected(page) if (grid := _grid(page, *rules)) is not None]
    grids.sort(key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    for number, grid in enumerate(grids):
        grid.nested = any(not other.single and _inside(grid, other) for other in grids[number + 1 :])
    rest = runs
    kept: list[Grid] = []
    for grid in grids:
        inside = [run for run in rest if grid.holds(run)]
        if not _is_table(grid, inside):
            continue
        fill(grid, inside)
        rest = [run for run in rest if not grid.holds(run)]
        kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.top, grid.xs[0])), rest


def _inside(inner: Grid, outer: Grid) -> bool:
    return (
        outer.xs[0] <= inner.xs[0] and inner.xs[-1] <= outer.xs[-1]
        and outer.ys[0] <= inner.ys[0] and inner.ys[-1] <= outer.ys[-1]
    )  # fmt: skip


def _connected(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Rulings that meet each other, directly or through others."""
    across = sorted(page.across, key=lambda rule: rule.start - rule.end)[:_MOST_RULES]
    down = sorted(page.down, key=lambda rule: rule.start - rule.end)[:_MOST_RULES]
    owner = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while owner[number] != number:
            owner[number] = owner[owner[number]]
            number = owner[number]
        return number

    for first, flat in enumerate(across):
        for second, tall in enumerate(down, len(across)):
            if (
                flat.start - _TOUCH <= tall.at <= flat.end + _TOUCH
                and tall.start - _TOUCH <= flat.at <= tall.end + _TOUCH
            ):
                owner[root(second)] = root(first)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*across, *down]):
        groups.setdefault(root(number), ([], []))[number >= len(across)].append(rule)
    return [group for group in groups.values() if all(group)]


def _grid(page: Page, across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid of connected rulings; None where they frame nothing, or the whole page."""
    xs = places([rule.at for rule in down] + [min(r.start for r in across), max(r.end for r in across)])
    ys = places([rule.at for rule in across] + [min(r.start for r in down), max(r.end for r in down)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    tall = [share(down, x, ys[0], ys[-1]) for x in (xs[0], xs[-1])]
    flat = [share(across, y, xs[0], xs[-1]) for y in (ys[0], ys[-1])]
    if min(tall) < _FRAMED and min(flat) < _FRAMED:
        return None
    if len(xs) == len(ys) == 2 and (xs[1] - xs[0]) * (ys[1] - ys[0]) > 0.6 * page.width * page.height:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    walls = [[c == 0 or share(down, xs[c], ys[r], ys[r + 1]) >= DRAWN for c in range(columns)] for r in range(rows)]
    roofs = [[r == 0 or share(across, ys[r], xs[c], xs[c + 1]) >= DRAWN for c in range(columns)] for r in range(rows)]
    return Grid(page.number, xs, ys, boxes(walls, roofs))


def places(values: Iterable[float]) -> list[float]:
    """Numbers in order, with those that lie close together made one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= APART and value - groups[-1][0] <= 2 * APART:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def share(rules: Sequence[Rule], at: float, start: float, end: float) -> float:
    """How much of the way from `start` to `end` is drawn at `at`."""
    drawn = [(max(r.start, start), min(r.end, end)) for r in rules if abs(r.at - at) <= APART]
    covered, reached = 0.0, start
    for first, last in sorted(drawn):
        covered += max(last - max(first, reached), 0)
        reached = max(reached, last)
    return covered / max(end - start, 1)


def boxes(walls: list[list[bool]], roofs: list[list[bool]]) -> list[Box]:
    """The cells: places with no border between them, as rectangles (`walls` stand left of a place, `roofs` above)."""
    rows, columns = len(walls), len(walls[0])
    taken = [[False] * columns for _ in range(rows)]
    found = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not walls[row][right] and not taken[row][right]:
                right += 1
            bottom = row + 1
            while bottom < rows and not any(
                roofs[bottom][c] or taken[bottom][c] or (c > column and walls[bottom][c]) for c in range(column, right)
            ):
                bottom += 1
            for line in taken[row:bottom]:
                line[column:right] = [True] * (right - column)
            found.append(Box(row, column, bottom - row, right - column))
    return found


def _is_table(grid: Grid, inside: Sequence[Run]) -> bool:
    if not inside:
        return False
    filled = len({(bisect_right(grid.xs, run.x0), bisect_right(grid.ys, run.y)) for run in inside})
    return len(grid.boxes) <= 8 or filled >= _SPARSE * len(grid.boxes)


def fill(grid: Grid, runs: Iterable[Run]) -> None:
    """Put each run into its cell; one that crosses a border is cut where the border runs between two characters."""
    at = {
        (row, column): box
        for box in grid.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    lowest, rightmost = len(grid.ys) - 2, len(grid.xs) - 2

    def box_at(x: float, y: float) -> Box:
        row = min(max(bisect_right(grid.ys, y) - 1, 0), lowest)
        return at[row, min(max(bisect_right(grid.xs, x) - 1, 0), rightmost)]

    last: tuple[Run, Box] | None = None
    for run in runs:
        middle = run.y - 0.35 * run.em
        if last is not None and _spills(grid, *last, run, box_at((run.x0 + run.x1) / 2, middle)):
            last[1].runs.append(run)
            continue
        begin, end = box_at(run.x0 + 0.2 * run.em, middle), box_at(run.x1 - 0.2 * run.em, middle)
        if begin is end or run.turn or len(run.text) == 1:
            last = run, box_at((run.x0 + run.x1) / 2, middle)
            last[1].runs.append(run)
            continue
        borders = [grid.xs[column] for column in range(begin.column + begin.columns, end.column + 1)]
        for part in run.parts(_cuts(run, borders)):
            last = part, box_at(min(part.x0 + 0.5 * part.em, (part.x0 + part.x1) / 2), middle)
            last[1].runs.append(part)


def _spills(grid: Grid, before: Run, above: Box, run: Run, box: Box) -> bool:
    """Whether a run is the rest of the cell above, whose text was too long for it and runs over the border."""
    below = box.column == above.column and box.row == above.row + above.rows
    follows = 0 < run.start - before.start - len(before.text) <= 3 and 0 < run.y - before.y < 1.5 * run.em
    return below and follows and run.y - 0.87 * run.em < grid.ys[box.row] - 0.15 * run.em


def _cuts(run: Run, borders: Iterable[float]) -> list[int]:
    """Before which characters the borders run; one that runs through a character cuts nothing: the text spills."""
    cuts = []
    for border in borders:
        place = bisect_right(run.lefts, border - 0.15 * run.em)
        if 0 < place < len(run.text) and (run.lefts[place] <= border + 0.3 * run.em or run.text[place - 1].isspace()):
            cuts.append(place)
    return sorted(set(cuts))
