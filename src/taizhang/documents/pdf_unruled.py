"""Tables with rulings across only (三线表): columns are the gaps that all lines leave free, rows are found by lines.

The rulings must be of one length with text between them, and that text must leave at least one gap free in every
band: prose between two rulings does not.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.pdf_lines import Line, lines_of
from taizhang.documents.pdf_page import Rule, Run
from taizhang.documents.pdf_tables import Box, Grid

_SAME_END = 4.0  # rulings of one table begin and end no farther apart
_LEAST = 0.2  # of the page width: shorter rulings stand over footnotes or part of a header
_GAP = 0.9  # of the type size: narrower gaps are spaces between words
_LEFT = 0.3  # of the type size: what must be left of a gap that two bands share
_SAME_HEIGHT = 0.4  # of the type size: lines of one row differ no more in height
_MANY_BANDS = 4  # then each band between two rulings is a row

Gap = tuple[float, float]
Rows = list[list[list[Run]]]


def unruled(page: int, width: float, rules: Sequence[Rule], runs: list[Run]) -> tuple[list[Grid], list[Run]]:
    """The tables that have rulings across only, and the runs outside them."""
    grids: list[Grid] = []
    for group in _groups([rule for rule in rules if rule.end - rule.start > _LEAST * width]):
        bands = [_Band(page, upper, lower, runs) for upper, lower in pairwise(group)]
        start = 0
        while start < len(bands):
            end = start
            while end < len(bands) and bands[end].gaps and _common(bands[start : end + 1]):
                end += 1
            grid = _table(page, bands[start:end])
            if grid is not None:
                grids.append(grid)
            start = max(end, start + 1)
    taken = {id(run) for grid in grids for box in grid.boxes for run in box.runs}
    return grids, [run for run in runs if id(run) not in taken]


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rulings with the same ends, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0].start - rule.start) <= _SAME_END and abs(group[0].end - rule.end) <= _SAME_END:
                if rule.at - group[-1].at > _SAME_END:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


class _Band:
    """What stands between two rulings."""

    def __init__(self, page: int, upper: Rule, lower: Rule, runs: Sequence[Run]) -> None:
        self.top, self.bottom = upper.at, lower.at
        self.left, self.right = upper.start, upper.end
        inside = [
            run
            for run in runs
            if upper.at < run.y - 0.35 * run.em < lower.at and upper.start - 3 < run.x0 and run.x1 < upper.end + 3
        ]
        self.lines = lines_of(inside, page)
        self.em = max((line.em for line in self.lines), default=1.0)
        self.gaps = _gaps(self.lines) or _gaps(self.lines[-1:])  # the latter for titles over all columns


def _gaps(lines: Sequence[Line]) -> list[Gap]:
    """The stretches between the first and the last character that no line touches."""
    spans = sorted((run.x0, run.x1) for line in lines for run in line.runs)
    if not spans:
        return []
    em = max(line.em for line in lines)
    gaps, reached = [], spans[0][1]
    for start, end in spans:
        if start - reached > _GAP * em:
            gaps.append((reached, start))
        reached = max(reached, end)
    return gaps


def _common(bands: Sequence[_Band]) -> list[Gap]:
    """The gaps that all bands leave free; of a header, which may have titles over several columns, the last line."""
    common = bands[-1].gaps
    for band in bands[1:-1]:
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in band.gaps if min(b, d) - max(a, c) > _LEFT * band.em
        ]
    if len(bands) > 1:
        spans = sorted((run.x0, run.x1) for run in bands[0].lines[-1].runs)
        free = [_free(gap, spans) for gap in common]
        common = [gap for gap in free if gap[1] - gap[0] > _LEFT * bands[0].em]
    return common


def _free(gap: Gap, spans: Sequence[Gap]) -> Gap:
    """The widest part of a gap that no span touches."""
    inside = [span for span in spans if span[1] > gap[0] and span[0] < gap[1]]
    starts = [gap[0], *(end for _, end in inside)]
    ends = [*(start for start, _ in inside), gap[1]]
    return max(zip(starts, ends, strict=True), key=lambda part: part[1] - part[0])


def _table(page: int, bands: Sequence[_Band]) -> Grid | None:
    if not bands:
        return None
    gaps = _common(bands)
    if len(bands) == 1 and (len(gaps) < 2 or len(bands[0].lines) < 3 or not _aligned(bands[0], gaps)):
        return None
    borders = [(start + end) / 2 for start, end in gaps]
    xs = [bands[0].left, *borders, bands[0].right]
    grid = Grid(page, xs, [bands[0].top], [])
    for number, band in enumerate(bands):
        if number == 0 and len(bands) > 1:
            _header(grid, band)
            continue
        rows = _rows(band, xs, single=len(bands) >= _MANY_BANDS)
        for row in rows:
            for column, runs in enumerate(row):
                grid.boxes.append(Box(len(grid.ys) - 1, column, 1, 1, runs))
            grid.ys.append(band.top + (band.bottom - band.top) * (rows.index(row) + 1) / len(rows))
    return grid


def _aligned(band: _Band, gaps: Sequence[Gap]) -> bool:
    """Whether most lines have text in most columns."""
    full = sum(1 for line in band.lines if len({bisect_right(gaps, (run.x0,)) for run in line.runs}) > len(gaps) / 2)
    return full >= 0.7 * len(band.lines)


def _header(grid: Grid, band: _Band) -> None:
    """The band above the first inner ruling: rows of titles that span columns, then one row of titles."""
    spanning = [
        line for line in band.lines[:-1] if any(_column(grid, run.x0) != _column(grid, run.x1) for run in line.runs)
    ]
    columns = len(grid.xs) - 1
    own: list[list[Run]] = [[] for _ in range(columns)]
    for line in band.lines:
        if line not in spanning:
            for run in line.runs:
                own[_column(grid, (run.x0 + run.x1) / 2)].append(run)
    covered = [0] * columns
    for row, line in enumerate(spanning):
        for run in line.runs:
            first, last = _column(grid, run.x0), _column(grid, run.x1)
            if first == last:
                own[first].insert(0, run)
                continue
            grid.boxes.append(Box(row, first, 1, last - first + 1, [run]))
            covered[first : last + 1] = [row + 1] * (last - first + 1)
    for column in range(columns):
        grid.boxes.append(Box(covered[column], column, len(spanning) + 1 - covered[column], 1, own[column]))
    height = (band.bottom - band.top) / (len(spanning) + 1)
    grid.ys += [band.top + height * (row + 1) for row in range(len(spanning) + 1)]


def _column(grid: Grid, x: float) -> int:
    return min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)


def _rows(band: _Band, xs: Sequence[float], *, single: bool) -> Rows:
    """The rows of a band, each a list of runs for each column."""
    columns: list[list[Run]] = [[] for _ in xs[1:]]
    for line in band.lines:
        for run in line.runs:
            middle = (run.x0 + run.x1) / 2
            columns[min(max(bisect_right(xs, middle) - 1, 0), len(columns) - 1)].append(run)
    stacks = [lines_of(runs, 0) for runs in columns]
    anchors = _anchors(stacks, band.em)
    if single and len(anchors) > 1 and min(len(stack) for stack in stacks if stack) == 1:
        return [columns]
    rows: Rows = [[[] for _ in columns] for _ in anchors]
    for column, stack in enumerate(stacks):
        for place, line in zip(_placed(stack, anchors, band.em), stack, strict=True):
            rows[place][column] += line.runs
    return rows


def _anchors(stacks: Sequence[Sequence[Line]], em: float) -> list[float]:
    """Where the rows are: at the heights at which most columns have a line, the first one with them.

    Where text is in the middle of its cell no height may have most; then the column with the fewest lines tells.
    """
    levels: list[tuple[float, set[int]]] = []
    for y, column in sorted((line.y, column) for column, stack in enumerate(stacks) for line in stack):
        if not levels or y - levels[-1][0] > _SAME_HEIGHT * em:
            levels.append((y, set()))
        levels[-1][1].add(column)
    filled = [column for column, stack in enumerate(stacks) if stack]
    common = [(y, columns) for y, columns in levels if 2 * len(columns) > len(filled)]
    labelled = [y for y, columns in common if filled[0] in columns]
    if 2 * len(labelled) > len(common):
        return labelled
    if common:
        return [y for y, _ in common]
    return [line.y for line in min((stack for stack in stacks if stack), key=len)]


def _placed(stack: Sequence[Line], anchors: Sequence[float], em: float) -> list[int]:
    """The row of each line of a column: lines stand around their row's anchor, or from it downward."""
    centred = bool(stack) and stack[0].y < anchors[0] - 0.4 * em
    places: list[int] = []
    row, begin = 0, stack[0].y if stack else 0.0
    for line in stack:
        while row + 1 < len(anchors):
            limit = 2 * anchors[row] - begin if centred else anchors[row + 1] - 0.9 * em
            if line.y <= max(limit, anchors[row]) + 0.5 * em and line.y < anchors[row + 1] - 0.1 * em:
                break
            row, begin = row + 1, line.y
        places.append(row)
    return places
