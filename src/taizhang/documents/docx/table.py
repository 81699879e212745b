"""The grid of one Word table: spans, cells merged downward or across, left-out places and deleted rows."""

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Piece
from taizhang.documents.docx.styles import is_on, whole
from taizhang.documents.docx.text import DELETED, MERGES, TRANSPARENT, VAL, W
from taizhang.documents.limits import refuse_beyond

# Word itself allows 63 columns; forged spans of a thousand million would fill the memory.
MOST_COLUMNS = 63

TC = f"{W}tc"
TCPR = f"{W}tcPr"
_TR, _TRPR = f"{W}tr", f"{W}trPr"
_SPAN, _VMERGE, _HMERGE, _CELL_DELETED = MERGES

ReadCell = Callable[[etree._Element, int], Cell]
LeaveCovered = Callable[[etree._Element, Cell], None]


class Grid:
    """The rows of a table as `blocks.Fragment` wants them, and how many places they have.

    `merged` are the cells that have any of `MERGES`; `read` reads a cell of a given span, and `leave` is told of
    each cell that another one covers.
    """

    def __init__(self, place: Source, merged: Collection[etree._Element], read: ReadCell, leave: LeaveCovered) -> None:
        self.rows: list[list[Cell | None]] = []
        self.header: int | None = None
        self.size = 0
        self._place = place
        self._merged = merged
        self._read = read
        self._leave = leave
        self._above: list[Cell] = []

    def fill(self, table: etree._Element) -> None:
        """Read all rows of the table."""
        is_head = True
        for element in _rows(table):
            row = _Row(element, self._merged)
            if row.is_deleted:
                continue
            is_head = is_head and row.is_header
            self.rows.append(self._row(row))
            self.size += len(self.rows[-1])
            refuse_beyond(self._place.file, cells=self.size)
            if is_head:
                self.header = len(self.rows)

    def _row(self, row: "_Row") -> list[Cell | None]:
        owners = [self._empty() for _ in range(row.before)]
        line: list[Cell | None] = [*owners]
        for element, wanted, continues in row.cells:
            column = len(owners)
            span = wanted if wanted == 1 else min(wanted, max(MOST_COLUMNS - column, 1))
            origin = self._origin(column) if continues else None
            if origin is None:
                cell = self._read(element, span)
            else:
                self._leave(element, origin)
                if origin.columns == span:
                    origin.rows += 1
                    owners += [origin] * span
                    line += [None] * span
                    continue
                # Merged downward with another width, which a grid cannot show as one cell: the words stand twice.
                cell = Cell(origin.text, origin.pieces, 1, span)
            owners.append(cell)
            line.append(cell)
            if span > 1:
                owners += [cell] * (span - 1)
                line += [None] * (span - 1)
        after = [self._empty() for _ in range(row.after)]
        self._above = owners + after
        return line + after

    def _origin(self, column: int) -> Cell | None:
        """The cell of the row above that begins at this column, which a cell merged downward continues."""
        above = self._above
        if column >= len(above) or (column and above[column - 1] is above[column]):
            return None
        return above[column]

    def _empty(self) -> Cell:
        return Cell("", (Piece(0, self._place),))


class _Row:
    """A row as written: its cells with their spans and whether they continue the cell above, and its properties."""

    __slots__ = ("after", "before", "cells", "is_deleted", "is_header")

    def __init__(self, row: etree._Element, merged: Collection[etree._Element]) -> None:
        self.before = self.after = 0
        self.is_header = self.is_deleted = False
        self.cells: list[tuple[etree._Element, int, bool]] = []
        self._read(row, merged)

    def _read(self, row: etree._Element, merged: Collection[etree._Element]) -> None:
        for child in row:
            tag = child.tag
            if tag == TC:
                if child in merged:
                    self._add_merged(child)
                else:
                    self.cells.append((child, 1, False))
            elif tag == _TRPR:
                self._read_properties(child)
            elif tag in TRANSPARENT:
                self._read(child, merged)

    def _read_properties(self, properties: etree._Element) -> None:
        for child in properties:
            tag = child.tag
            if tag == f"{W}tblHeader":
                self.is_header = is_on(child.get(VAL))
            elif tag == f"{W}gridBefore":
                self.before = min(max(whole(child.get(VAL), 0), 0), MOST_COLUMNS)
            elif tag == f"{W}gridAfter":
                self.after = min(max(whole(child.get(VAL), 0), 0), MOST_COLUMNS)
            elif tag in DELETED:
                self.is_deleted = True

    def _add_merged(self, cell: etree._Element) -> None:
        span, continues_down, continues_across = 1, False, False
        for child in cell[0].iterchildren(*MERGES) if len(cell) else ():
            tag = child.tag
            if tag == _SPAN:
                span = max(whole(child.get(VAL), 1), 1)
            elif tag == _VMERGE:
                continues_down = child.get(VAL) in (None, "continue")
            elif tag == _HMERGE:
                continues_across = child.get(VAL) in (None, "continue")
            else:
                return
        if continues_across and self.cells:
            first, width, down = self.cells[-1]
            self.cells[-1] = first, width + span, down
        else:
            self.cells.append((cell, span, continues_down))


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == _TR:
            yield child
        elif child.tag in TRANSPARENT:
            yield from _rows(child)
