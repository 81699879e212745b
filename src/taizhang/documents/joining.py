"""Whether a fragment goes on the table before it, and how cut cells and labels are glued together again."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from taizhang.documents.alignment import bare, nature, profile
from taizhang.documents.blocks import Cell, Fragment, Piece
from taizhang.documents.reflow import join

_ALIKE = 0.7  # of a header's cells: the wording of a repeated header often differs in one cell
_MOSTLY = 0.8  # of the sentences of a column
_CODED = re.compile(r"\d+(?:[-.．]\d+)+\s*")
_FIGURES = ("number", "rate")
_VALUES = frozenset({"number", "rate", "item"})
_YEAR = re.compile(r"20\d\d")
_TELLING = frozenset({*_VALUES, "code"})
SHORT = 14  # characters of a cell in the second row of a header
_LABEL = 200  # characters: no label is longer
_ENDS = tuple("。；;！？!?")
_CUT_AT, _CUT_FROM = tuple("，、：（“《—"), tuple("，。、；：）”》%％")
_NUMBERED = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]")
_WORDED = frozenset({"text", "item", "code"})
_SENTENCE = 10  # characters: what is shorter is a name, which no full stop ends
_OPENERS, _CLOSERS = "“‘（(《【", "”’）)》】"


def row_texts(row: Sequence[Cell | None]) -> list[str]:
    """The texts of a row, empty where a span covers the place."""
    return [cell.text if cell is not None else "" for cell in row]


def repeats_header(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is the header again: the same words in the same order, save for a cell or two."""
    ours = [bare(text) for text in header if text.strip()]
    theirs = [bare(text) for text in row if text.strip()]
    if not ours or not theirs or abs(len(ours) - len(theirs)) > 1:
        return False
    if any(is_value(text) for text in theirs):
        return False
    same = len(set(ours) & set(theirs))
    return same >= _ALIKE * max(len(set(ours)), len(set(theirs)))


def is_value(text: str) -> bool:
    """Whether a cell holds what no header does; a year is a header's word."""
    return nature(text) in _VALUES and _YEAR.fullmatch(text.strip()) is None


def splits(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row of short words says more exactly what the header row above it says."""
    if not any(second) or not all(len(text) <= SHORT and not is_value(text) for text in second if text):
        return False
    if not second[0]:
        return "" in first
    written_out = any(one == other != "" for one, other in pairwise(first[1:]))
    return written_out and first[0] == second[0] and list(first) != list(second)


class OpenTable:
    """The fragments of one table so far, and whether another fragment goes on it.

    What is known of the rows is gathered once for each fragment, so that a table cut into a thousand costs no more
    than one of a thousand rows, and only where something is asked: on most tables nothing goes on.
    """

    def __init__(self, first: Fragment) -> None:
        self.fragments: list[Fragment] = []
        self._waiting: list[Fragment] = []  # to be looked through
        self._width = 0  # of the widest row that is no header
        self._natures: list[Counter[str]] = []  # of the rows of that width
        self.add(first)

    def add(self, fragment: Fragment) -> None:
        """Put a fragment on the table."""
        self.fragments.append(fragment)
        self._waiting.append(fragment)

    def _look_through(self, fragment: Fragment) -> None:
        rows = [row_texts(row) for row in fragment.grid[1:]]
        width = max(map(len, rows), default=0)
        if width < self._width or not rows:
            return
        if width > self._width:
            self._width, self._natures = width, [Counter() for _ in range(width)]
        for known, new in zip(self._natures, profile(rows, width), strict=True):
            known.update(new)

    def continues(self, after: Fragment) -> bool:
        """Whether `after` goes on: the file shows it, the header is repeated, or rows of the same nature go on."""
        first, last = self.fragments[0], self.fragments[-1]
        if first.nested or after.nested or not after.grid or not first.grid:
            return False
        if after.continues:
            return True
        begin = row_texts(after.grid[0])
        if repeats_header(row_texts(first.grid[0]), begin):
            return True
        return after.header is None and self._goes_on(len(last.grid[0]), begin)

    def _only_header(self, begin: Sequence[str]) -> bool:
        """Whether a page break cut the table below or inside its header, before any row told what the columns hold."""
        rows = [row_texts(row) for fragment in self.fragments for row in fragment.grid]
        if len(rows) > 2 or len(rows[0]) < 2 or any(nature(text) in _TELLING for row in rows for text in row):
            return False
        if len(rows) == 1 and splits(rows[0], begin):
            return True
        return any(nature(text) in _TELLING for text in begin) and (len(rows) == 1 or splits(*rows))

    def _goes_on(self, width: int, begin: Sequence[str]) -> bool:
        """Whether rows without a header stand in the columns of the table before, by their nature."""
        for fragment in self._waiting:
            self._look_through(fragment)
        self._waiting.clear()
        if width == len(begin) and self._only_header(begin):
            return True
        if not self._width == width == len(begin):
            return False
        telling = same = 0
        for text, seen in zip(begin, self._natures, strict=True):
            kind = nature(text)
            known = sum(seen.values()) - seen["empty"]
            if kind in {"empty", "dash"} or not known:
                continue
            if kind in _FIGURES:
                telling += 1
                same += any(seen[other] for other in _FIGURES)  # a column may hold 95 and 95%
            elif kind in {"item", "code"}:
                telling += 1
                same += bool(seen[kind])
        return telling > 0 and same == telling


def glue(cell: Cell, rest: Cell, cut: int = 0) -> None:
    """Put the second half of a cut cell behind the first, leaving out `cut` characters that both halves have."""
    if not rest.text[cut:]:
        return
    text, starts = join([cell.text, rest.text[cut:]])
    moved = []
    for position, piece in enumerate(rest.pieces):
        stop = rest.pieces[position + 1].start if position + 1 < len(rest.pieces) else len(rest.text)
        if stop <= cut:
            continue
        skipped = max(cut - piece.start, 0)
        source = piece.source._replace(start=(piece.source.start or 0) + skipped)
        moved.append(Piece(starts[1] + piece.start + skipped - cut, source))
    cell.pieces = (*cell.pieces, *moved) if cell.text else tuple(moved) or rest.pieces
    cell.text = text


def overlap(first: str, second: str) -> int:
    """How many characters at the end of one half stand again at the beginning of the other."""
    for length in range(min(len(first), len(second), _LABEL), 0, -1):
        if first.endswith(second[:length]):
            return length
    return 0


def label_target(labels: Sequence[Cell], rest: Cell, column: int, lexicon: str) -> tuple[int, int] | None:
    """Which of the labels above a page break a label below it goes on, and how many characters they share.

    The whole label is looked for among the document's own words, since a cut label may come back in the wrong
    column; failing that, unbalanced quotes tell. None: the label is a new one.
    """
    second = bare(rest.text)
    order = [column, *(other for other in range(len(labels)) if other != column)]
    for target in order:
        first = _CODED.sub("", bare(labels[target].text), count=1)
        if not first and labels[target].text and target == column:
            return target, 0  # a code alone wants its name
        shared = overlap(first, second)
        for cut in (shared, 0):
            if first and first + second[cut:] in lexicon:
                return target, _printed(rest.text, cut)
    for target in order:
        above = labels[target].text.strip()
        closes = rest.text.strip()[0] in _CLOSERS or _unbalanced(rest.text)
        if above and ((_open_quotes(above) and (closes or target == column)) or above.endswith(rest.text.strip())):
            return target, overlap(above, rest.text.strip())
    return None


def may_go_on(above: str, below: str) -> bool:
    """Whether the words of a cell can be the rest of those above a page break: neither is a figure or a new item."""
    return nature(above) in _WORDED and nature(below) == "text" and not _NUMBERED.match(below.strip())


def is_cut(above: str, below: str) -> bool:
    """Whether words were cut between two halves of a cell: no cell ends so, or none begins so."""
    first, second = above.strip(), below.strip()
    quoted = _open_quotes(first) and _unbalanced(second)
    return first.endswith(_CUT_AT) or second.startswith(_CUT_FROM) or quoted


def is_ended(text: str) -> bool:
    """Whether a cell ends as a sentence does."""
    return text.rstrip().endswith(_ENDS)


def ends_sentences(texts: Sequence[str]) -> bool:
    """Whether the sentences of a column end as sentences do, so that one that does not is told to be cut."""
    ended = [is_ended(text) for text in texts if len(text) >= _SENTENCE]
    return len(ended) > 3 and sum(ended) >= _MOSTLY * len(ended)


def is_unended(text: str) -> bool:
    """Whether a cell holds a sentence that does not end."""
    return len(text) >= _SENTENCE and not is_ended(text)


def _unbalanced(text: str) -> bool:
    return any(text.count(a) < text.count(b) for a, b in zip(_OPENERS, _CLOSERS, strict=True))


def _printed(text: str, count: int) -> int:
    """How many characters of the printed text hold `count` characters that are no white space."""
    seen = 0
    for position, char in enumerate(text):
        if seen == count:
            return position
        seen += len(bare(char))
    return len(text)


def _open_quotes(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in zip(_OPENERS, _CLOSERS, strict=True))
