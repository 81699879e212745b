"""Rows and headers of a table that lost or gained an empty cell on the way, put back into their columns.

Converters drop the empty cell of a merged label, or put it at the end of the row. Where each column's cells are of
one nature (numbers, rates, items that begin with ①, codes), the place of the lost cell is the one that lets all
cells stand in columns of their nature.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

_RATE = re.compile(r"[\d.]+\s*[%％‰]")
_NUMBER = re.compile(r"[≥≤><约超近]?\s*[\d.,]+(?:\s*[-~～]\s*[\d.]+)?")
_ITEM = re.compile(r"[①-⑳]")
_CODE = re.compile(r"\d+(?:[.．-]\d+)+\s*\D")
_DASH = re.compile(r"[-—–/─]+")
_RATE_WORD = re.compile(r"率|度$|比例|占比|[%％]")
_PLAN_WORD = re.compile(r"计划|目标|预期")
_DONE_WORD = re.compile(r"完成|实现|实际|进展")
MAX_SHIFT = 2  # more than two lost cells in one row: the row is not ours to mend


_FOLDED = str.maketrans(
    "，。：；（）！？．－—–０１２３４５６７８９％", ",.:;()!?.---0123456789%", "“”‘’\"' \t\n\r\u3000\u00a0"
)


def bare(text: str) -> str:
    """A text for comparing: no white space or quotes, half-width marks and digits."""
    return text.translate(_FOLDED)


def nature(text: str) -> str:
    """What a cell holds: empty, dash, rate, number, item, code, or text."""
    text = text.strip()
    if not text:
        return "empty"
    for name, pattern in (("dash", _DASH), ("rate", _RATE), ("number", _NUMBER)):
        if pattern.fullmatch(text):
            return name
    if _ITEM.match(text):
        return "item"
    return "code" if _CODE.match(text) else "text"


def profile(rows: Sequence[Sequence[str]], width: int) -> list[Counter[str]]:
    """How often each nature stands in each column, over the rows of full width."""
    natures: list[Counter[str]] = [Counter() for _ in range(width)]
    for row in rows:
        if len(row) == width:
            for column, text in enumerate(row):
                natures[column][nature(text)] += 1
    return natures


def _fits(row: Sequence[str], natures: Sequence[Counter[str]]) -> float:
    score = 0.0
    for text, seen in zip(row, natures, strict=True):
        kind, known = nature(text), sum(seen.values()) - seen["dash"]
        if kind == "dash" or not known:
            continue
        score += seen[kind] / known
        if kind in {"rate", "item", "number", "code"} and not seen[kind]:
            score -= 1
    return score


def placings(row: Sequence[str], width: int) -> list[tuple[int, ...]]:
    """The sets of columns at which empty cells may have been lost, the likeliest (none, then last) first."""
    missing = width - len(row)
    if missing <= 0:
        return [()]
    at_end = tuple(range(len(row), width))
    if missing > MAX_SHIFT:
        return [at_end]
    return [at_end, *(places for places in combinations(range(width), missing) if places != at_end)]


def place_row(row: Sequence[str], natures: Sequence[Counter[str]]) -> tuple[int, ...]:
    """The columns where empty cells must be put so that the row stands in its columns."""
    width = len(natures)

    def score(places: tuple[int, ...]) -> float:
        return _fits(inserted(row, places, width), natures)

    options = placings(row, width)
    best = max(options, key=score)
    return best if score(best) > score(options[0]) + 0.5 else options[0]


def inserted(row: Sequence[str], places: tuple[int, ...], width: int) -> list[str]:
    """The row with empty cells at the places named."""
    cells = iter(row)
    return ["" if column in places else next(cells, "") for column in range(width)]


def place_header(header: Sequence[str], natures: Sequence[Counter[str]]) -> tuple[int, ...]:
    """The columns where a header lacks an empty cell (the second half of a merged label)."""
    width = len(natures)

    def score(places: tuple[int, ...]) -> float:
        total = 0.0
        for text, seen in zip(inserted(header, places, width), natures, strict=True):
            known = sum(seen.values()) or 1
            rated = seen["rate"] / known
            total += rated if _RATE_WORD.search(text) else -rated
            listed = (seen["item"] + seen["dash"]) / known
            total += listed if _PLAN_WORD.search(text) or (_DONE_WORD.search(text) and not rated) else -listed
            total -= 0.5 * (not text)
        return total

    options = [places for places in placings(header, width) if 0 not in places]
    return max(options, key=score)


def lost_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The column that every row lost, where all rows are one cell shorter than the header with its two label columns.

    Tried at each place; the columns' natures must agree with the header, and of the places that agree that one is
    taken at which the plan and completion columns of the same year are most alike. Where plan or completion of one
    year may be the lost one, it is the completion: a plan is what such a table is made from.
    """
    width = len(header)

    def score(place: int) -> tuple[float, int]:
        wide = [inserted(row, (place,), width) for row in rows]
        fit = 0.0
        for column, title in enumerate(header):
            kinds = Counter(nature(row[column]) for row in wide)
            share = kinds["rate"] / len(rows)
            fit += 2 * (share if _RATE_WORD.search(title) else -share)
            items = (kinds["item"] + kinds["dash"]) / len(rows)
            fit += items if _PLAN_WORD.search(title) or _DONE_WORD.search(title) else -items
        for left in range(width - 1):
            if _PLAN_WORD.search(header[left]) and _DONE_WORD.search(header[left + 1]):
                fit += sum(SequenceMatcher(None, row[left], row[left + 1]).ratio() for row in wide) / len(rows)
        return round(fit, 3), int(bool(_DONE_WORD.search(header[place])))

    return max(range(2, width), key=score)
