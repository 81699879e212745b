"""Tables drawn in plain text: rows between pipes or box characters, and columns aligned with spaces."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from taizhang.documents.alignment import nature
from taizhang.documents.outline import is_contents_line, numbering_rank

BARS = "│┃║"
STROKES = "-=─━═┄┈"
CORNERS = "├┼┤┬┴┌┐└┘┏┓┣┫┗┛┳┻╋╔╗╠╣╚╝╦╩╬╟╢╫"
# A row of the table itself (“|---|---|” of Markdown) is not one of these.
_DRAWN = re.compile(
    rf"(?:[{CORNERS}{BARS}+]|\|(?=[{STROKES}]+\+))(?=.*[{STROKES}]{{2}})[{STROKES}{BARS}{CORNERS}+|\s]*"
)
_RULED = re.compile(r"\s*:?-{3,}:?\s*(?:[|+]\s*:?-{3,}:?\s*)+")  # under a Markdown header without outer pipes
_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000+\s*")
_FEWEST, _MOST = 3, 24  # columns of a table that no caption announces; of any
# What stands between two marks: in quotes, or without the mark; by the mark.
_FIELDS = {
    "|": re.compile(r"((?!))?((?:[^|\\]|\\.)*)(?=\||$)"),
    ",": re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,"]*)(?=,|$)'),
    "，": re.compile(r"((?!))?([^，]*)(?=，|$)"),
}
_LONGEST = 2000  # lines of one table
_SENTENCE = re.compile(r"[。！？]")
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计")
_FIGURES = 0.6  # of the rows under the header of a table that no caption announces


def is_drawn(line: str) -> bool:
    """Whether a line is a ruling drawn with characters, between, above or below the rows of a table."""
    return _DRAWN.fullmatch(line.strip()) is not None


def separator(line: str) -> str | None:
    """What stands between the cells of a row, or None where the line is none."""
    if "\t" in line.strip("\n "):
        return "\t"
    plain = line.strip("> \t\u3000")  # a table may stand in a quotation
    for bar in f"|{BARS}":
        if plain.startswith(bar) and plain.endswith(bar) and plain.count(bar) > 1:
            return bar
    return None


def bare_pipes(lines: Sequence[str], first: int) -> int:
    """Where a Markdown table ends whose rows have no pipes at their ends; `first` where none begins there."""
    if first + 1 >= len(lines) or "|" not in lines[first] or not _RULED.fullmatch(lines[first + 1]):
        return first
    stop = first + 2
    while stop < len(lines) and "|" in lines[stop]:
        stop += 1
    return stop


Stretch = tuple[int, int, str]  # the number of a line, a column of it, and the words that begin there
AlignedRow = list[list[Stretch]]  # of each cell, what stands of it in each line


class Aligned(NamedTuple):
    """Lines laid out in columns with spaces, up to `stop`: the rows that stand on each page, none where they are no
    table, and the lines between the pages that are none of it.
    """

    stop: int
    pages: list[list[AlignedRow]]
    aside: list[int]


def aligned(lines: Sequence[str], first: int, is_aside: Callable[[str], bool], *, announced: bool) -> Aligned:
    """What begins at a line and is laid out in columns with spaces, going on over page ends (`is_aside`).

    `announced` tells that a caption stands above.
    """
    pages, aside = _candidates(lines, first, is_aside)
    stop = pages[-1][-1] + 1 if pages else first
    aside = [number for number in aside if number < stop]
    if sum(map(len, pages)) < (2 if announced else 3):
        return Aligned(stop, [], aside)
    together = _cut([lines[number] for page in pages for number in page])
    joint = [_stretches(lines, page, together) for page in pages]
    apart = [_stretches(lines, page, _cut([lines[number] for number in page])) for page in pages]
    width = max(len(row) for rows in (*joint, *apart) for row in (*rows, ()))
    # A program may lay out each page in its own way, and people count on throughout.
    cells = joint if any(len(row) == width for rows in joint for row in rows) else apart
    flat = [row for rows in cells for row in rows]
    if not 2 <= width <= _MOST or any(len(row) != width for row in flat):
        return Aligned(stop, [], aside)
    made = [gathered(rows) for rows in cells]
    return Aligned(stop, made if announced or _tells([row for rows in made for row in rows], width) else [], aside)


def delimited(lines: Sequence[str], first: int, *, announced: bool) -> Aligned | None:
    """The table of rows parted by commas, or by pipes with no ruling, that begins at a line; None where none does.

    Its rows have as many fields as its header of words, and a column of figures: sentences with commas do not. Where
    the lines below have other numbers of fields, no row can be trusted.
    """
    for mark, field in _FIELDS.items():
        header = _parted(lines[first], first, field)
        if not _FEWEST - announced <= len(header) <= _MOST or (mark == "，" and not announced):
            continue
        rows, stop = [header], first + 1
        while stop < len(lines) and len(row := _parted(lines[stop], stop, field)) == len(header):
            rows.append(row)
            stop += 1
        if (stop < len(lines) and mark in lines[stop]) or len(rows) < _FEWEST:
            continue
        told = [[_is_figure(text) for _, _, text in row] for row in rows]
        if any(told[0]) or not all(text.strip() for _, _, text in header):
            continue
        least = len(rows) - 1 if mark == "，" else _FIGURES * (len(rows) - 1)
        if any(sum(column) >= least for column in zip(*told[1:], strict=True)):
            return Aligned(stop, [[[[cell] for cell in row] for row in rows]], [])
    return None


def _parted(line: str, number: int, field: re.Pattern[str]) -> list[Stretch]:
    """The fields of a line; none of a sentence or of what stands in a contents list."""
    if _SENTENCE.search(line) or is_contents_line(line):
        return []
    begin, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if line[begin : begin + 1] == "|":
        begin += 1
    found: list[Stretch] = []
    while begin <= end:
        match = field.match(line, begin, end)
        if match is None:
            return []
        group = 1 if match[1] is not None else 2
        found.append((number, match.start(group), match[group].replace('""', '"')))
        begin = match.end() + 1
    return found


def _is_figure(text: str) -> bool:
    return nature(text) in {"number", "rate"}


def _stretches(lines: Sequence[str], numbers: Sequence[int], cut: "Cut | None") -> list[list[Stretch]]:
    return [] if cut is None else [[(number, *cell) for cell in cut(lines[number])] for number in numbers]


def _candidates(lines: Sequence[str], first: int, is_aside: Callable[[str], bool]) -> tuple[list[list[int]], list[int]]:
    """The lines of a run in which most have gaps, page by page; one that has none may go on a cell of that before."""
    pages: list[list[int]] = []
    aside: list[int] = []
    turned = True  # whether a page ended since the last line
    for number in range(first, min(len(lines), first + _LONGEST)):
        line = lines[number]
        if not line.strip():
            continue
        if pages and is_aside(line):
            aside.append(number)
            turned = True
            continue
        if pages and not turned and number - pages[-1][-1] > 2:
            break
        count = _fields([line])
        if count < 2 and (turned or not line[:1].isspace() or numbering_rank(line.strip()) or lines[number - 1] == ""):
            break
        if turned:
            pages.append([])
        turned = False
        pages[-1].append(number)
    return pages, aside


def _fields(lines: Sequence[str]) -> int:
    """How many stretches apart a line has; none of a sentence or an entry of a contents list."""
    if not lines or separator(lines[0]) or is_contents_line(lines[0]):
        return 0
    parts = _GAP.split(lines[0].strip())
    return 0 if len(parts) < 3 and _SENTENCE.search(lines[0]) and len(parts[0]) > 20 else len(parts)


Cut = Callable[[str], list[tuple[int, str]]]


def _cut(lines: Sequence[str]) -> Cut | None:
    """How lines are cut into cells: at the columns that all of them leave free, or else at their gaps.

    Programs that lay text out count a Chinese character as two columns or as one; the way that gives more columns
    is theirs.
    """
    edges, wide = max(((_edges(lines, wide), wide) for wide in (True, False)), key=lambda way: len(way[0]))
    by_gaps = {len(_GAP.split(line.strip())) for line in lines}
    if len(by_gaps) == 1 and len(edges) + 1 < min(by_gaps):
        return _at_gaps
    return (lambda line: _at_edges(line, places(line, wide), edges)) if edges else None


def places(line: str, wide: bool) -> list[int]:
    """The column in which each character of a line begins, and that in which the line ends."""
    widths = (2 if wide and unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
    return list(accumulate(widths, initial=0))


def _edges(lines: Sequence[str], wide: bool) -> list[int]:
    """The columns at which cells begin: after at least two columns that no line writes in."""
    starts = [places(line, wide) for line in lines]
    width = max(place[-1] for place in starts)
    free = [True] * width
    for line, place in zip(lines, starts, strict=True):
        for position, char in enumerate(line):
            if not char.isspace():
                free[place[position] : place[position + 1]] = [False] * (place[position + 1] - place[position])
    edges, blank = [], 0
    begun = False
    for column, empty in enumerate(free):
        if not empty:
            if begun and blank > 1:
                edges.append(column)
            begun, blank = True, 0
        else:
            blank += 1
    return edges


def _at_edges(line: str, starts: Sequence[int], edges: Sequence[int]) -> list[tuple[int, str]]:
    cells, begin = [], 0
    for edge in [*edges, starts[-1] + 1]:
        end = next((position for position, place in enumerate(starts) if place >= edge), len(line))
        end = max(end, begin)
        cells.append((begin, line[begin:end]))
        begin = end
    return cells


def _at_gaps(line: str) -> list[tuple[int, str]]:
    lead = len(line) - len(line.lstrip())
    cells, begin = [], lead
    for gap in _GAP.finditer(line.rstrip(), lead):
        cells.append((begin, line[begin : gap.start()]))
        begin = gap.end()
    return [*cells, (begin, line[begin:].rstrip())]


def _tells(rows: Sequence[AlignedRow], width: int) -> bool:
    """Whether unannounced rows are a table: enough columns, and one of figures under a header of words."""
    if width < _FEWEST or len(rows) < _FEWEST:
        return False
    said = [[_is_figure("".join(text for _, _, text in cell)) for cell in row] for row in rows]
    return not any(said[0]) and any(sum(column) >= _FIGURES * len(column) for column in zip(*said[1:], strict=True))


def gathered(cells: Sequence[Sequence[Stretch]]) -> list[AlignedRow]:
    """Rows of cells with all lines of each: a line of words below whole cells only goes on them."""
    rows: list[AlignedRow] = []
    for line in cells:
        texts = [text.strip() for _, _, text in line]
        above = ["".join(text for _, _, text in cell).strip() for cell in rows[-1]] if rows else []
        filled = [column for column, text in enumerate(texts) if text]
        goes_on = (
            bool(above)
            and len(filled) < sum(map(bool, above))
            and all(above[column] for column in filled)
            and all(nature(texts[column]) == "text" for column in filled)
            and not any(_TOTAL.match(texts[column]) for column in filled)
        )
        if goes_on:
            for column in filled:
                rows[-1][column].append(line[column])
        else:
            rows.append([[cell] for cell in line])
    return rows
