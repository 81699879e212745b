"""Tables with rulings across only (三线表): columns are the gaps that all lines leave free, rows are found by lines.

The rulings must be of one length with text between them, and that text must leave at least one gap free in every
band: prose between two rulings does not.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.alignment import nature
from taizhang.documents.outline import caption_label
from taizhang.documents.pdf.grids import DRAWN, Box, Grid, boxes, fill, places, share
from taizhang.documents.pdf.layout import Sheet
from taizhang.documents.pdf.lines import Line, lines_of
from taizhang.documents.pdf.page import Rule, Run
from taizhang.documents.pdf.wrapping import SAME_HEIGHT, beginnings, heights_of

_SAME_END = 4.0  # rulings of one table begin and end no farther apart
_LEAST = 0.2  # of the page width: shorter rulings stand over footnotes or part of a header
_GAP = 0.9  # of the type size: narrower gaps are spaces between words
_LEFT = 0.3  # of the type size: what must be left of a gap that two bands share
_MOST_FITS = 40_000  # lines times rows of a column; no printed page has more
_MOST_LINES = 12  # of one cell
_REST = 0.5  # of the type size: what it costs to take lines for the rest of a row on the page before
_EMPTY = 0.8  # of the type size: what an empty cell costs
_SHORT = 0.5  # of the type size: what a line costs that does not fill its column and yet is not its cell's last
_TIE = 0.05  # of the type size: two ways to read the rows that fit as well
_NEVER = 1e6
_LOW = 0.7  # of the page height: a table that goes on reaches down so far
_FIGURES = frozenset({"number", "rate", "dash"})
_WHOLE = 2  # such lines are enough however many lines long cells take
_FULL = 0.3  # of the lines have text in half of the columns
_FEWEST_BANDS = 2  # of a table with merged cells: its header and its rows
_MANY_BANDS = 4  # then each band between two rulings is a row

Gap = tuple[float, float]
Rows = list[list[list[Run]]]


def unruled(page: int, width: float, rules: Sequence[Rule], runs: list[Run]) -> tuple[list[Grid], list[Run]]:
    """The tables that have rulings across only, and the runs outside them."""
    grids: list[Grid] = []
    groups = ruled_alike([rule for rule in rules if rule.end - rule.start > _LEAST * width])
    for group in sorted(groups, key=lambda group: group[0].start - group[0].end):  # shorter rulings part merged cells
        if any(grid.covers(rule) for grid in grids for rule in group):
            continue
        bands = [_Band(page, upper, lower, runs) for upper, lower in pairwise(group)]
        start = 0
        while start < len(bands):
            end = start
            while end < len(bands) and bands[end].gaps and _goes_with(bands[start:end], bands[end]):
                end += 1
            grid = _merged(page, bands[start:end], rules, runs) or _table(page, bands[start:end])
            if grid is not None:
                grid.unruled = True
                grids.append(grid)
            start = end + 1 if grid is not None or end == start else end
    taken = {id(run) for grid in grids for box in grid.boxes for run in box.runs}
    return grids, [run for run in runs if id(run) not in taken]


def ruled_alike(rules: Sequence[Rule]) -> list[list[Rule]]:
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


def _goes_with(above: Sequence["_Band"], band: "_Band") -> bool:
    """Whether a band is of one table with those above: no caption stands in it, and it leaves their columns free."""
    if band.is_titled:
        return False
    common = _common([*above, band])
    return bool(common) and (len(above) < _FEWEST_BANDS or 2 * len(common) >= len(_common(above)))


class _Band:
    """What stands between two rulings."""

    def __init__(self, page: int, upper: Rule, lower: Rule, runs: Sequence[Run]) -> None:
        """`gaps` are those between its words, `free` are these and what is left at both ends."""
        self.top, self.bottom = upper.at, lower.at
        self.left, self.right = lower.start, lower.end
        inside = [
            run
            for run in runs
            if upper.at < run.y - 0.35 * run.em < lower.at and lower.start - 3 < run.x0 and run.x1 < lower.end + 3
        ]
        self.lines = lines_of(inside, page)
        self.em = max((line.em for line in self.lines), default=1.0)
        self.is_titled = any(_is_caption(line) for line in self.lines)
        self.gaps = _gaps(self.lines) or _gaps(self.lines[-1:])  # the latter for titles over all columns
        words = sorted((run.x0, run.x1) for line in self.lines for run in line.runs)
        ends = [(self.left, words[0][0]), (max(end for _, end in words), self.right)] if words else []
        self.free = [*ends[:1], *self.gaps, *ends[1:]]


def _is_caption(line: Line) -> bool:
    label = caption_label(line.text)
    return label is not None and label.number is not None and not _gaps([line])


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
    common = bands[-1].free if len(bands) > 1 else bands[-1].gaps
    for band in bands[1:-1]:
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in band.free if min(b, d) - max(a, c) > _LEFT * band.em
        ]
    if len(bands) > 1:
        spans = sorted((run.x0, run.x1) for run in bands[0].lines[-1].runs)
        free = [_free(gap, spans) for gap in common]
        common = [gap for gap in free if gap[1] - gap[0] > _LEFT * bands[0].em]
    return [gap for gap in common if bands[0].left < gap[0] and gap[1] < bands[0].right]  # not what is left at its ends


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
    return _drawn(page, bands, [bands[0].left, *borders, bands[0].right])


def _merged(page: int, bands: Sequence[_Band], rules: Sequence[Rule], runs: Sequence[Run]) -> Grid | None:
    """The table in which rulings that stop short leave cells merged downward; None where all go all the way across."""
    if len(bands) < _FEWEST_BANDS:
        return None
    left, right, top, bottom = bands[0].left, bands[0].right, bands[0].top, bands[-1].bottom
    inside = [
        r for r in rules if top - 1 < r.at < bottom + 1 and r.start > left - _SAME_END and r.end < right + _SAME_END
    ]
    ends = [x for r in inside for x in (r.start, r.end) if left + _SAME_END < x < right - _SAME_END]
    gaps = _common(bands)
    if not ends or not gaps:
        return None
    xs = [left, *(next((x for x in ends if start < x < end), (start + end) / 2) for start, end in gaps), right]
    texts = [run for run in runs if top < run.y - 0.35 * run.em < bottom and left - 3 < run.x0 and run.x1 < right + 3]
    return _latticed(page, xs, places(rule.at for rule in inside), inside, texts)


def _latticed(page: int, xs: list[float], ys: list[float], rules: Sequence[Rule], runs: Sequence[Run]) -> Grid:
    """The table of known columns whose rulings across say where one row ends and which cells are merged downward."""
    across = range(len(xs) - 1)
    walls = [[True] * len(across) for _ in ys[1:]]
    roofs = [[not row or share(rules, y, xs[c], xs[c + 1]) >= DRAWN for c in across] for row, y in enumerate(ys[:-1])]
    for run in runs:  # a title over several columns
        row = min(max(bisect_right(ys, run.y - 0.35 * run.em) - 1, 0), len(walls) - 1)
        for column in range(bisect_right(xs, run.x0 + 0.2 * run.em), bisect_right(xs, run.x1 - 0.2 * run.em)):
            walls[row][min(column, len(across) - 1)] = False
    grid = Grid(page, xs, ys, boxes(walls, roofs), unruled=True)
    fill(grid, runs)
    return grid


def _drawn(page: int, bands: Sequence[_Band], xs: list[float], *, torn: bool = False) -> Grid:
    """The table with columns at `xs`; of several bands the first is the header."""
    grid = Grid(page, xs, [bands[0].top], [])
    for number, band in enumerate(bands):
        if number == 0 and len(bands) > 1:
            _header(grid, band)
            continue
        rows, doubtful = _rows(band, xs, single=len(bands) >= _MANY_BANDS, torn=torn)
        grid.doubtful |= doubtful
        for place, row in enumerate(rows, 1):
            grid.boxes += [Box(len(grid.ys) - 1, column, 1, 1, runs) for column, runs in enumerate(row)]
            grid.ys.append(band.top + (band.bottom - band.top) * place / len(rows))
    return grid


def _aligned(band: _Band, gaps: Sequence[Gap]) -> bool:
    """Whether most lines have text in most columns."""
    full = sum(1 for line in band.lines if len({bisect_right(gaps, (run.x0,)) for run in line.runs}) > len(gaps) / 2)
    return full >= 0.7 * len(band.lines)


def _header(grid: Grid, band: _Band) -> None:
    """The band above the first inner ruling: rows of titles that span columns, then one row of titles."""
    reach = _titles(grid, band.lines)
    spanning = [line for line in band.lines[:-1] if any(id(run) in reach for run in line.runs)]
    columns = len(grid.xs) - 1
    own: list[list[Run]] = [[] for _ in range(columns)]
    for line in band.lines:
        if line not in spanning:
            for run in line.runs:
                own[_column(grid, (run.x0 + run.x1) / 2)].append(run)
    covered = [0] * columns
    for row, line in enumerate(spanning):
        titles: dict[int, Box] = {}  # by their first columns
        for run in line.runs:
            first, last = _column(grid, run.x0), reach.get(id(run), 0)
            if first in titles:
                titles[first].runs.append(run)
            elif first >= last:
                own[first].insert(0, run)
            else:
                titles[first] = Box(row, first, 1, last - first + 1, [run])
                covered[first : last + 1] = [row + 1] * (last - first + 1)
        grid.boxes += titles.values()
    for column in range(columns):
        grid.boxes.append(Box(covered[column], column, len(spanning) + 1 - covered[column], 1, own[column]))
    height = (band.bottom - band.top) / (len(spanning) + 1)
    grid.ys += [band.top + height * (row + 1) for row in range(len(spanning) + 1)]


def _titles(grid: Grid, lines: Sequence[Line]) -> dict[int, int]:
    """The last column of each header title (by identity) that spans several: it stands over an edge, or below it
    are titles in columns that it leaves free.
    """
    where = [[_column(grid, run.x0) for run in line.runs] for line in lines]
    reach: dict[int, int] = {}
    for place, line in enumerate(lines[:-1]):
        above = {column for columns in where[: place + 1] for column in columns}
        below = {column for columns in where[place + 1 :] for column in columns}
        for run, first in zip(line.runs, where[place], strict=True):
            last = _column(grid, run.x1)
            while first in below and last + 1 in below and last + 1 not in above:
                last += 1
            if last > first:
                reach[id(run)] = last
    return reach


def _column(grid: Grid, x: float) -> int:
    return min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)


def _rows(band: _Band, xs: Sequence[float], *, single: bool, torn: bool) -> tuple[Rows, bool]:
    """The rows of a band, each a list of runs for each column, and whether they are doubtful.

    `torn` tells that a row may have begun on the page before.
    """
    columns: list[list[Run]] = [[] for _ in xs[1:]]
    for line in band.lines:
        for run in line.runs:
            middle = (run.x0 + run.x1) / 2
            columns[min(max(bisect_right(xs, middle) - 1, 0), len(columns) - 1)].append(run)
    stacks = [lines_of(runs, 0) for runs in columns]
    anchors, doubtful = _anchors(stacks, band.em)
    if single and len(anchors) > 1 and min(len(stack) for stack in stacks if stack) == 1:
        return [columns], False
    ways = [
        [_placed(stack, anchors, band.em, centred=centred, torn=torn) for stack in stacks] for centred in (False, True)
    ]
    best, other = sorted(ways, key=lambda way: sum(cost for cost, _ in way))
    if sum(cost for cost, _ in other) - sum(cost for cost, _ in best) < _TIE * band.em:
        doubtful |= any(mine != yours for (_, mine), (_, yours) in zip(best, other, strict=True))
    rows: Rows = [[[] for _ in columns] for _ in range(len(anchors) + 1)]
    for column, (stack, (_, taken)) in enumerate(zip(stacks, best, strict=True)):
        for place, line in zip(taken, stack, strict=True):
            rows[place + 1][column] += line.runs
    return rows[0 if any(rows[0]) else 1 :], doubtful


def _anchors(stacks: Sequence[Sequence[Line]], em: float) -> tuple[list[float], bool]:
    """Where the rows are, and whether that is doubtful: at the figures of a column that holds nothing else, for no figure takes two lines.

    Else at the heights at which most columns have a line, the first one with them. Where text is in the middle of its cell no height may have most; then the column with the fewest lines tells.
    """
    levels: list[tuple[float, set[int]]] = []
    for y, column in sorted((line.y, column) for column, stack in enumerate(stacks) for line in stack):
        if not levels or y - levels[-1][0] > SAME_HEIGHT * em:
            levels.append((y, set()))
        levels[-1][1].add(column)
    figures = [stack for stack in stacks if len(stack) > 1 and all(nature(line.text) in _FIGURES for line in stack)]
    if figures:
        return heights_of([line.y for stack in figures for line in stack], em), False
    filled = [column for column, stack in enumerate(stacks) if stack]
    common = [(y, columns) for y, columns in levels if 2 * len(columns) > len(filled)]
    labelled = [y for y, columns in common if filled[0] in columns]
    if 2 * len(labelled) > len(common):
        return beginnings(labelled, stacks, em)
    if common:
        return beginnings([y for y, _ in common], stacks, em)
    return [line.y for line in min((stack for stack in stacks if stack), key=len)], False


def _placed(
    stack: Sequence[Line], anchors: Sequence[float], em: float, *, centred: bool, torn: bool
) -> tuple[float, list[int]]:
    """The row of each line of a column, and how badly the lines fit.

    The lines of a cell stand with their middle, or with their first line, at the height of their row; all but the
    last fill the column. Lines that rest from a row on the page before are of row -1.
    """
    best: list[tuple[float, list[int]]] = [(0.0, [])] + [
        ((_REST * em if torn else _NEVER) * bool(count), [-1] * count) for count in range(1, len(stack) + 1)
    ]
    if len(stack) * len(anchors) > _MOST_FITS:
        return 0.0, [max(bisect_right(anchors, line.y + 0.5 * em) - 1, 0) for line in stack]
    widest = max((line.x1 - line.x0 for line in stack), default=0.0)
    short = [_SHORT * em * (line.x1 - line.x0 < widest - 2.2 * em) for line in stack]
    for row, anchor in enumerate(anchors):
        after = [(cost + _EMPTY * em, places) for cost, places in best]
        for end in range(1, len(stack) + 1):
            for begin in range(max(end - _MOST_LINES, 0), end):
                middle = (stack[begin].y + stack[end - 1].y) / 2
                aside = abs((middle if centred else stack[begin].y) - anchor)
                cost = best[begin][0] + aside + sum(short[begin : end - 1])
                if cost < after[end][0]:
                    after[end] = (cost, best[begin][1] + [row] * (end - begin))
        best = after
    return best[-1]


def finish_open(sheets: Sequence[Sheet]) -> None:
    """Find the tables with rulings across only that a page break cut: their last ruling is on another page."""
    before: Grid | None = None
    for sheet in sheets:
        if before is not None and not _go_on_ruled(sheet, before):
            _go_on(sheet, before)
        _open_below(sheet, before)
        last = sheet.body()[-1:]
        grid = last[0] if last and isinstance(last[0], Grid) else None
        before = grid if grid is not None and grid.unruled and grid.ys[-1] > _LOW * sheet.bottom else None


def _go_on_ruled(sheet: Sheet, before: Grid) -> bool:
    """Whether the first table of a page goes on that of the page before; then it takes its columns.

    What stands above its first ruling is the rest of a row that the page break cut.
    """
    body = sheet.body()
    place = next((place for place, item in enumerate(body) if isinstance(item, Grid)), None)
    grid = None if place is None else body[place]
    if not isinstance(grid, Grid) or not grid.unruled or abs(grid.xs[0] - before.xs[0]) > _SAME_END:
        return _end_ruled(sheet, body[:place], before)
    above = [item for item in body[:place] if isinstance(item, Line)]
    runs = [run for line in above for run in line.runs] + [run for box in grid.boxes for run in box.runs]
    if abs(grid.xs[-1] - before.xs[-1]) > _SAME_END or any(_crosses(run, before.xs) for run in runs):
        return _end_ruled(sheet, body[:place], before)
    inside = [rule for rule in sheet.page.across if grid.covers(rule)]
    ys = places([grid.ys[0], grid.ys[-1], *(rule.at for rule in inside)])
    if not above and len(grid.ys) > len(ys):  # its rows were found by their lines, below a header of its own
        return True
    if above:
        ys.insert(0, above[0].y - 1.2 * above[0].em)
    taken = {id(line) for line in above}
    sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    sheet.grids[sheet.grids.index(grid)] = _latticed(grid.page, list(before.xs), ys, inside, runs)
    return True


def _end_ruled(sheet: Sheet, body: Sequence[Line | Grid], before: Grid) -> bool:
    """Whether a page begins with the last rows of the table of the page before, too few to be found as a table."""
    lines: list[Line] = []
    for item in body:
        if isinstance(item, Grid) or any(_crosses(run, before.xs) for run in item.runs):
            break
        lines.append(item)
    bottom = 0.0
    for upper, lower in pairwise([0.0, *(rule.at for rule in sorted(sheet.rules) if _same_ends(rule, before))]):
        between = [line for line in lines if upper < line.y < lower]
        if any(len({bisect_right(before.xs, run.x0 + 1) for run in line.runs}) > 1 for line in between):
            bottom = lower
        elif bottom:  # above the first whole row may stand the rest of a cut one
            break
    rows = [line for line in lines if line.y < bottom]
    if not rows:
        return False
    top = rows[0].y - 1.2 * rows[0].em
    ends = before.xs[0] - _SAME_END, before.xs[-1] + _SAME_END
    inside = [
        rule for rule in sheet.rules if top < rule.at < bottom + 1 and ends[0] < rule.start and rule.end < ends[1]
    ]
    if not any(rows[0].y < rule.at < rows[-1].y for rule in inside):  # then rows are found by their lines
        return False
    taken = {id(line) for line in rows}
    sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    runs = [run for line in rows for run in line.runs]
    grid = _latticed(sheet.page.number, list(before.xs), places([top, *(rule.at for rule in inside)]), inside, runs)
    sheet.grids.append(grid)
    sheet.rules = [rule for rule in sheet.rules if not grid.covers(rule)]
    return True


def _crosses(run: Run, xs: Sequence[float]) -> bool:
    """Whether a run stands over the edge of a column, or outside all columns."""
    first, last = bisect_right(xs, run.x0 + 0.2 * run.em), bisect_right(xs, run.x1 - 0.2 * run.em)
    return first != last or not 0 < first < len(xs)


def _go_on(sheet: Sheet, before: Grid) -> None:
    """The rows at the top of a page that go on the table of the page before, down to its last ruling."""
    body = sheet.body()
    stop = next((place for place, item in enumerate(body) if isinstance(item, Grid)), len(body))
    lines = [item for item in body[:stop] if isinstance(item, Line)]
    ends = [rule for rule in sheet.rules if _same_ends(rule, before)]
    if lines and ends and ends[0].at < lines[0].y:  # the upper border of a row that begins the page
        ends = ends[1:]
        if not ends:
            return
    if not lines or (ends and ends[0].at < lines[0].y):
        return
    if ends:
        lines = [line for line in lines if line.y < ends[0].at]
    elif stop < len(body):
        return
    _add(sheet, lines, before.xs, [], torn=True)


def _open_below(sheet: Sheet, before: Grid | None) -> None:
    """A header between two rulings at the lower end of a page, and the rows under it."""
    body = sheet.body()
    start = next((place for place in range(len(body), 0, -1) if isinstance(body[place - 1], Grid)), 0)
    lines = [item for item in body[start:] if isinstance(item, Line)]
    for group in reversed(
        ruled_alike([rule for rule in sheet.rules if rule.end - rule.start > _LEAST * sheet.page.width])
    ):
        upper, lower = group[-2:]
        below = [line for line in lines if line.y > lower.at]
        header = [run for line in lines if upper.at < line.y < lower.at for run in line.runs]
        if not below or not header:
            continue
        band = _Band(sheet.page.number, upper, lower, header)
        rest = _below(sheet, lower, below)
        gaps = _common([band, rest]) if band.lines and band.gaps else []
        xs = [lower.start, *((start + end) / 2 for start, end in gaps), lower.end]
        torn = before is not None and _same_ends(lower, before)
        if before is not None and torn and _fit([*band.lines[-1:], *below], before.xs):
            xs = before.xs
        if len(xs) > 2 and _add(sheet, below, xs, [band], torn=torn):
            return


def _below(sheet: Sheet, rule: Rule, lines: Sequence[Line]) -> _Band:
    end = Rule(lines[-1].y + 0.5 * lines[-1].em, rule.start, rule.end)
    return _Band(sheet.page.number, Rule(rule.at, 0, 0), end, [run for line in lines for run in line.runs])


def _add(sheet: Sheet, lines: list[Line], xs: list[float], header: list[_Band], *, torn: bool) -> bool:
    """Make a table of lines that fit into columns; the lines of the header band go with them."""
    if not lines or not _fit(lines, xs, 1 if torn else _WHOLE):
        return False
    top = header[0].bottom if header else lines[0].y - 1.2 * lines[0].em
    band = _below(sheet, Rule(top, xs[0], xs[-1]), lines)
    grid = _drawn(sheet.page.number, [*header, band], list(xs), torn=torn)
    grid.unruled = True
    taken = {id(run) for box in grid.boxes for run in box.runs}
    sheet.lines = [line for line in sheet.lines if id(line.runs[0]) not in taken]
    sheet.grids.append(grid)
    return True


def _fit(lines: Sequence[Line], xs: Sequence[float], enough: int = _WHOLE) -> bool:
    """Whether no line crosses a column's edge, and `enough` of them have several cells."""
    full = 0
    for line in lines:
        cells = set()
        for run in line.runs:
            if _crosses(run, xs):
                return False
            cells.add(bisect_right(xs, run.x0 + 0.2 * run.em))
        full += 2 * len(cells) >= len(xs) - 1 and len(cells) > 1
    return full >= min(_FULL * len(lines), enough)


def _same_ends(rule: Rule, grid: Grid) -> bool:
    return abs(rule.start - grid.xs[0]) <= _SAME_END and abs(rule.end - grid.xs[-1]) <= _SAME_END
