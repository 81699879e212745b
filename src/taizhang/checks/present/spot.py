"""Where in a read document a source lies: from the place in the file back to the characters of a block."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from taizhang.core.finding import Finding
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Piece, Table

_Home = tuple[int, int | None, int | None]
_Key = tuple[str | int | None, ...]  # line, page, paragraph, sheet and cell


class Spot(NamedTuple):
    """The characters [start, end) of a block; `row` (of `Table.rows`) and `column` from 0, None outside tables."""

    block: int
    row: int | None
    column: int | None
    start: int
    end: int

    @property
    def home(self) -> _Home:
        """The text that the characters are in."""
        return self.block, self.row, self.column


class _Stretch(NamedTuple):
    start: int
    stop: int
    spot: Spot


class Spots:
    """The places of one document, sorted once so that hundreds of findings are found quickly.

    With `asked`, only the places that these sources name are kept: of some thousand those of the findings.
    """

    def __init__(self, document: Document, asked: Iterable[Source] | None = None) -> None:
        self.document = document
        self._tables: dict[int, int] = {}
        self._written: dict[_Key, list[tuple[_Home, Piece, int]]] = {}  # what stands in a place, and where it ends
        self._stretches: dict[_Key, list[_Stretch]] = {}  # the same, of the few places that were asked for
        keys = None if asked is None else {_key(source) for source in asked}
        for home, text, pieces in _texts(document):
            for following, piece in enumerate(pieces, 1):
                key = _key(piece.source)
                if keys is None or key in keys:
                    stop = pieces[following].start if following < len(pieces) else len(text)
                    self._written.setdefault(key, []).append((home, piece, stop))
        for number, block in enumerate(document.blocks):
            if isinstance(block, Table):
                self._tables[block.index] = number

    def find(self, source: Source, text: str = "") -> Spot | None:
        """The characters a source names; `text`, what should stand there, mends a span that a line's end cut."""
        if source.file != self.document.file:
            return None
        # An empty cell has no characters of its own to be known by.
        spot = None if source.start == source.end and source.row is not None else self._by_place(source)
        if spot is None:
            return self._by_table(source, text)
        return self._snapped(spot, text)

    def text(self, spot: Spot) -> str:
        """The whole text that the spot is part of."""
        block = self.document.blocks[spot.block]
        if isinstance(block, Table):
            return block.rows[spot.row][spot.column].text if spot.row is not None and spot.column is not None else ""
        return block.text

    def _by_place(self, source: Source) -> Spot | None:
        stretches = self._at(_key(source))
        if not stretches:
            return None
        if source.start is None:
            spots = [stretch.spot for stretch in stretches if stretch.spot.home == stretches[0].spot.home]
            return spots[0]._replace(end=spots[-1].end)
        index = max(bisect_right(stretches, source.start, key=lambda each: each.start) - 1, 0)
        # Empty cells of a line share one place; the last that reaches the characters is the one meant.
        while index and stretches[index].stop <= source.start < stretches[index - 1].stop:
            index -= 1
        first, _, spot = stretches[index]
        start = min(max(spot.start + source.start - first, spot.start), spot.end)
        length = (source.end - source.start) if source.end is not None else 0
        return spot._replace(start=start, end=min(start + length, spot.end) if length else spot.end)

    def _at(self, key: _Key) -> list[_Stretch]:
        """The stretches of text of a place, in order."""
        if key not in self._stretches:
            found = []
            for home, piece, stop in self._written.get(key, ()):
                first = piece.source.start or 0
                found.append(_Stretch(first, first + stop - piece.start, Spot(*home, piece.start, stop)))
            self._stretches[key] = sorted(found, key=lambda each: each.start)
        return self._stretches[key]

    def _by_table(self, source: Source, text: str) -> Spot | None:
        """By the count of tables, rows and columns, where the file gives no place within the text."""
        number = self._tables.get(source.table or 0)
        if number is None:
            return None
        table = self.document.blocks[number]
        if isinstance(table, Table) and source.row is not None:
            row, column = source.row + table.header - 1, (source.column or 1) - 1
            if 0 <= row < len(table.rows) and 0 <= column < len(table.rows[row]):
                return self._snapped(Spot(number, row, column, 0, len(table.rows[row][column].text)), text)
        return Spot(number, None, None, 0, 0)

    def _snapped(self, spot: Spot, text: str) -> Spot:
        whole = self.text(spot)
        if not text or whole[spot.start : spot.end] == text:
            return spot
        if whole.startswith(text, spot.start):
            return spot._replace(end=spot.start + len(text))
        found = whole.find(text)
        return spot if found < 0 else spot._replace(start=found, end=found + len(text))


def locate(document: Document, finding: Finding) -> Spot | None:
    """The characters of the document that hold the fault, or None where the finding is of another file."""
    return Spots(document).find(finding.source, finding.text)


_LINE, _TABLE = Source._fields.index("line"), Source._fields.index("table")


def _key(source: Source) -> _Key:
    return source[_LINE:_TABLE]


def _texts(document: Document) -> Iterator[tuple[_Home, str, tuple[Piece, ...]]]:
    """Every text of the document once; a merged cell where it first stands."""
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            yield (number, None, None), block.text, block.pieces
            continue
        seen: set[int] = set()
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield (number, row, column), cell.text, cell.pieces
