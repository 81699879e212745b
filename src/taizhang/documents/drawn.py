"""Tables drawn in plain text with lines of characters (┌─┬─┐, +---+): their cells, merged ones too.

What the corners say decides, not where they stand: a Chinese character is as wide as one or as two of them, by the
program that drew the table.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from taizhang.documents.alignment import nature
from taizhang.documents.tabular import BARS, CORNERS, STROKES, Stretch, gathered, is_drawn, places

_DOWN = frozenset("┌┐┬┏┓┳╔╗╦")  # from these corners a line goes down and none up
_UP = frozenset("└┘┴┗┛┻╚╝╩")
_EDGES = frozenset(f"{BARS}{CORNERS}|+")
_BOXED = re.compile(f"[{BARS}{CORNERS}]")
_PIPED = re.compile(r"(?<!\\)\||\+(?=[-=])|(?<=[-=])\+")
_PART = re.compile(rf"[{CORNERS}+][{STROKES}]{{2,}}[{CORNERS}+]")
CLOSING = ("└", "┗", "╚")  # begins the last line of a table
_FIGURES = frozenset({"number", "rate"})


def is_part(line: str) -> bool:
    """Whether a line draws the ends of some cells while others go on with their words."""
    plain = line.strip()
    return plain[:1] in _EDGES and plain[-1:] in _EDGES and _PART.search(plain) is not None


@dataclass(slots=True)
class Box:
    """A cell: where it begins, how far it goes, and what each line says in it."""

    row: int
    column: int
    rows: int
    columns: int
    words: list[Stretch]


class _Line(NamedTuple):
    """A line of the drawing: its edges, and what stands between them; `up` and `down` tell which edges go on so."""

    number: int
    edges: list[int]
    between: list[Stretch]
    up: list[bool]
    down: list[bool]
    ruled: list[bool]  # of what stands between, whether it is a line drawn across


@dataclass(slots=True)
class _Zone:
    """Lines of words between two rulings; `ids` are its edges, in the order of all edges from left to right."""

    lines: list[_Line] = field(default_factory=list)
    ids: list[Fraction] = field(default_factory=list)


def drawn(lines: Sequence[tuple[int, str]]) -> tuple[int, int, list[Box]] | None:
    """The rows, columns and cells of a drawn table; None where the lines do not meet."""
    zones, rulings = [_Zone()], []
    edge = _BOXED if any(_BOXED.search(raw) for _, raw in lines) else _PIPED
    for place, (number, raw) in enumerate(lines):
        near = (lines[place - 1][1] if place else "", lines[place + 1][1] if place + 1 < len(lines) else "")
        line = _line(number, raw, near, edge)
        if any(line.ruled):
            if zones[-1].lines:
                zones.append(_Zone())
                rulings.append(line)
        else:
            zones[-1].lines.append(line)
    if not zones[-1].lines:
        zones.pop()
        rulings = rulings[: max(len(zones) - 1, 0)]
    if not zones or not _numbered(zones, rulings):
        return None
    if len({(zone.ids[0], zone.ids[-1]) for zone in zones if zone.ids}) != 1:
        return None  # a row that is shorter than the others
    ids = sorted({each for zone in zones for each in zone.ids})
    return None if len(ids) < 2 else _filled(zones, rulings, ids)


def _line(number: int, raw: str, near: tuple[str, str], edge: re.Pattern[str]) -> _Line:
    edges = [match.start() for match in edge.finditer(raw)]
    drawn_across = is_drawn(raw)
    between = [(number, begin + 1, raw[begin + 1 : end]) for begin, end in pairwise(edges)]
    ruled = []
    for (_, begin, words), end in zip(between, edges[1:], strict=True):
        corners = drawn_across or not {raw[begin - 1], raw[end]} & set(f"{BARS}|")
        ruled.append(corners and bool(words) and all(char in STROKES for char in words))
    up = [raw[edge] not in _DOWN for edge in edges]
    down = [raw[edge] not in _UP for edge in edges]
    if "+" in raw and any(ruled):
        own = places(raw, wide=True)
        above, below = (
            {at for char, at in zip(line, places(line, wide=True), strict=False) if char in _EDGES} for line in near
        )
        up, down = ([own[edge] in beside or not beside for edge in edges] for beside in (above, below))
    return _Line(number, edges, between, up, down, ruled)


def _numbered(zones: Sequence[_Zone], rulings: Sequence[_Line]) -> bool:
    """Give each zone the order of its edges; False where the lines between them do not meet."""
    counts = [len(zone.lines[0].edges) for zone in zones]
    if any(len(line.edges) != count for zone, count in zip(zones, counts, strict=True) for line in zone.lines):
        return False
    if len(set(counts)) == 1:
        for zone in zones:
            zone.ids = [Fraction(place) for place in range(counts[0])]
        return True
    if any(
        sum(line.up) != above or sum(line.down) != below
        for line, (above, below) in zip(rulings, pairwise(counts), strict=True)
    ):
        return False
    most = counts.index(max(counts))
    zones[most].ids = [Fraction(place) for place in range(counts[most])]
    for place in range(most, len(zones) - 1):
        zones[place + 1].ids = _across(rulings[place].up, rulings[place].down, zones[place].ids)
    for place in range(most, 0, -1):
        zones[place - 1].ids = _across(rulings[place - 1].down, rulings[place - 1].up, zones[place].ids)
    return True


def _across(known: Sequence[bool], wanted: Sequence[bool], ids: Sequence[Fraction]) -> list[Fraction]:
    """The edges on the other side of a ruling: those that go through, and new ones between their neighbours."""
    rest = list(ids)
    found: list[Fraction] = []
    last = rest[0]
    for is_known, is_wanted in zip(known, wanted, strict=True):
        if is_known:
            last = rest.pop(0)
        elif rest:
            last = (last + rest[0]) / 2
        if is_wanted:
            found.append(last)
    return found


def _filled(zones: Sequence[_Zone], rulings: Sequence[_Line], ids: Sequence[Fraction]) -> tuple[int, int, list[Box]]:
    boxes: list[Box] = []
    open_: dict[tuple[int, int], Box] = {}
    row = 0
    for place, zone in enumerate(zones):
        spans = [(bisect_left(ids, a), bisect_left(ids, b)) for a, b in pairwise(zone.ids)]
        ruling = rulings[place - 1] if place else None
        going = _going_on(ruling, zones[place - 1].ids, zone.ids, ids) if ruling is not None else {}
        whole = [cell for cell, span in enumerate(spans) if not (span in going and span in open_)]
        groups = _groups(zone, whole, several=len(zones) > 2)
        now: dict[tuple[int, int], Box] = {}
        for cell, span in enumerate(spans):
            if cell not in whole:
                box = now[span] = open_[span]
                box.words += [going[span], *(line.between[cell] for line in zone.lines)]
                box.rows += len(groups)
                continue
            for offset, group in enumerate(groups):
                box = Box(row + offset, span[0], 1, span[1] - span[0], [line.between[cell] for line in group])
                boxes.append(box)
            now[span] = box
        row += len(groups)
        open_ = now
    return row, len(ids) - 1, boxes


def _going_on(
    ruling: _Line, above: Sequence[Fraction], below: Sequence[Fraction], ids: Sequence[Fraction]
) -> dict[tuple[int, int], Stretch]:
    """The cells that a ruling does not end, each with what the ruling's own line says in it."""
    if len(ruling.edges) == len(above) == len(below):
        own = list(above)
    elif sum(ruling.up) == len(above) and sum(ruling.down) == len(below):
        known, other = iter(above), iter(below)
        own = []
        for up, down in zip(ruling.up, ruling.down, strict=True):
            first = next(known) if up else None
            second = next(other) if down else None
            own.append(second if first is None else first)  # type: ignore[arg-type]
    else:
        return {}
    return {
        (bisect_left(ids, a), bisect_left(ids, b)): words
        for (a, b), words, ruled in zip(pairwise(own), ruling.between, ruling.ruled, strict=True)
        if not ruled
    }


def _groups(zone: _Zone, cells: Sequence[int], *, several: bool) -> list[list[_Line]]:
    """The rows of a zone, each with its lines: one row where rulings part all rows, else each line is one.

    Two figures below each other in a column are never one figure.
    """
    lines = zone.lines
    columns = [[line.between[cell][2].strip() for line in lines] for cell in cells]
    apart = any(sum(nature(words) in _FIGURES for words in column) > 1 for column in columns)
    if several and not apart:
        return [lines]
    rows = gathered([[line.between[cell] for cell in cells] for line in lines]) if apart and cells else []
    if not rows:
        return [[line] for line in lines]
    numbers = [{stretch[0] for cell in row for stretch in cell} for row in rows]
    return [[line for line in lines if line.number in those] for those in numbers]
