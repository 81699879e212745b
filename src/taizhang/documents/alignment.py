"""Rows and headers of a table that lost or gained an empty cell on the way, put back into their columns.

Converters drop the empty cell of a merged label, or put it at the end of the row. Where each column's cells are of
one nature (numbers, rates, items that begin with ①, codes), the place of the lost cell is the one that lets all
cells stand in columns of their nature.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, combinations

_FIGURE = re.compile(
    r"(?P<dash>[-—–/─]+)|(?P<rate>[≥≤><约超近]?\s*[\d.]+\s*[%％‰])|(?P<number>[≥≤><约超近]?\s*[\d.,]+(?:\s*[-~～]\s*[\d.]+)?)"
)
_ITEM = re.compile(r"[①-⑳]")
_NO_TEXT = re.compile(r"[-—–/─≥≤><约超近\d.,①-⑳]")  # what everything else than text begins with
_CODE = re.compile(r"(?!20\d\d-\d\d?-)\d+(?:[.．-]\d+)+\s*\D")  # and not a day, 2024-06-30
_RATE_WORD = re.compile(r"率|度$|比例|占比|[%％]")
_PLAN_WORD = re.compile(r"计划|目标|预期")
_DONE_WORD = re.compile(r"完成|实现|实际|进展")
MAX_SHIFT = 2  # more than two lost cells in one row: the row is not ours to mend
MAX_WIDTH = 32  # columns: no printed page shows more, and the placings to try grow with their square
MAX_SAMPLE = 200  # rows tell enough of a table's columns


_FOLDED = str.maketrans(
    "，。：；（）！？．－—–０１２３４５６７８９％", ",.:;()!?.---0123456789%", "“”‘’\"' \t\n\r\u3000\u00a0"
)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A text for comparing: no white space or quotes, half-width marks and digits."""
    return text if text.isalpha() else text.translate(_FOLDED)


def nature(text: str) -> str:
    """What a cell holds: empty, dash, rate, number, item, code, or text."""
    text = text.strip()
    if not text:
        return "empty"
    return "text" if _NO_TEXT.match(text) is None else _nature_of_figure(text)


@lru_cache(maxsize=4096)  # half of a report's figures are the same few, and each is asked twice
def _nature_of_figure(text: str) -> str:
    figure = _FIGURE.fullmatch(text)
    if figure is not None:
        return figure.lastgroup or ""
    if _ITEM.match(text):
        return "item"
    return "code" if _CODE.match(text) else "text"


def profile(rows: Sequence[Sequence[str]], width: int) -> list[Counter[str]]:
    """How often each nature stands in each column, over the rows of full width."""
    natures: list[Counter[str]] = [Counter() for _ in range(width)]
    for row in rows:
        if len(row) == width:
            for seen, text in zip(natures, row, strict=True):
                seen[nature(text)] += 1
    return natures


def _fit(kind: str, seen: Counter[str]) -> float:
    """How well a cell of a nature stands in a column where others have been seen."""
    known = seen.total() - seen["dash"]
    if kind == "dash" or not known:
        return 0.0
    return seen[kind] / known - (kind in {"rate", "item", "number", "code"} and not seen[kind])


def placings(count: int, width: int) -> list[tuple[int, ...]]:
    """The sets of columns at which cells may have been lost of a row of `count`, the likeliest (the last) first."""
    missing = width - count
    if missing <= 0:
        return [()]
    at_end = tuple(range(count, width))
    if missing > MAX_SHIFT or width > MAX_WIDTH:
        return [at_end]
    return [at_end, *(places for places in combinations(range(width), missing) if places != at_end)]


def _scoring(count: int, width: int, worth: Callable[[int | None, int], float]) -> Callable[[tuple[int, ...]], float]:
    """What the places of empty cells are worth, `worth(cell, column)` being that of one cell (None: an empty one).

    Sums up to each column are kept for each number of empty cells before it, so that of many placings each costs
    little. They are rounded, so that equal placings are equal in whatever order they were summed.
    """
    empty = [worth(None, column) for column in range(width)]
    sums = [
        list(accumulate((worth(c - shift, c) if 0 <= c - shift < count else 0.0 for c in range(width)), initial=0.0))
        for shift in range(width - count + 1)
    ]

    def score(places: tuple[int, ...]) -> float:
        total, start = 0.0, 0
        for shift, place in enumerate(places):
            total += sums[shift][place] - sums[shift][start] + empty[place]
            start = place + 1
        return round(total + sums[len(places)][width] - sums[len(places)][start], 6)

    return score


def place_row(row: Sequence[str], natures: Sequence[Counter[str]]) -> tuple[int, ...]:
    """The columns where empty cells must be put so that the row stands in its columns."""
    options = placings(len(row), len(natures))
    if len(options) == 1:
        return options[0]
    kinds = [nature(text) for text in row]
    score = _scoring(
        len(row), len(natures), lambda cell, column: _fit("empty" if cell is None else kinds[cell], natures[column])
    )
    best = max(options, key=score)
    return best if score(best) > score(options[0]) + 0.5 else options[0]


def inserted(row: Sequence[str], places: tuple[int, ...], width: int) -> list[str]:
    """The row with empty cells at the places named."""
    cells = iter(row)
    return ["" if column in places else next(cells, "") for column in range(width)]


def place_header(header: Sequence[str], natures: Sequence[Counter[str]]) -> tuple[int, ...]:
    """The columns where a header lacks an empty cell (the second half of a merged label)."""
    shares = [_shares(seen, sum(seen.values()) or 1) for seen in natures]

    def worth(cell: int | None, column: int) -> float:
        text = "" if cell is None else header[cell]
        rated, listed = shares[column]
        value = rated if _RATE_WORD.search(text) else -rated
        value += listed if _PLAN_WORD.search(text) or (_DONE_WORD.search(text) and not rated) else -listed
        return value - 0.5 * (not text)

    every = placings(len(header), len(natures))
    options = [places for places in every if 0 not in places] or every[:1]
    return max(options, key=_scoring(len(header), len(natures), worth)) if len(options) > 1 else options[0]


def _shares(seen: Counter[str], known: int) -> tuple[float, float]:
    """Which share of a column's cells are rates, and which are items or dashes."""
    return seen["rate"] / known, (seen["item"] + seen["dash"]) / known


def lost_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The column that every row lost, where all rows are one cell shorter than the header with its two label columns.

    Tried at each place; the columns' natures must agree with the header, and of the places that agree that one is
    taken at which the plan and completion columns of the same year are most alike. Where plan or completion of one
    year may be the lost one, it is the completion: a plan is what such a table is made from.
    """
    width, rows = len(header), rows[:MAX_SAMPLE]
    shares = [
        _shares(Counter(nature(row[column]) for row in rows if column < len(row)), len(rows))
        for column in range(width - 1)
    ]
    alike = [
        sum(_alike(row[column], row[column + 1]) for row in rows if column + 1 < len(row)) / len(rows)
        for column in range(width - 2)
    ]
    pairs = [
        left for left in range(width - 1) if _PLAN_WORD.search(header[left]) and _DONE_WORD.search(header[left + 1])
    ]

    def score(place: int) -> tuple[float, int]:
        wide = [*shares[:place], (0.0, 0.0), *shares[place:]]
        fit = 0.0
        for title, (rated, listed) in zip(header, wide, strict=True):
            fit += 2 * (rated if _RATE_WORD.search(title) else -rated)
            fit += listed if _PLAN_WORD.search(title) or _DONE_WORD.search(title) else -listed
        fit += sum(alike[left - (left > place)] for left in pairs if place not in {left, left + 1})
        return round(fit, 3), int(bool(_DONE_WORD.search(header[place])))

    return max(range(2, width), key=score)


def _alike(first: str, second: str) -> float:
    """How much two cells have in common, without regard to order, which would take time in the square of their length."""
    return SequenceMatcher(None, first, second).quick_ratio()
