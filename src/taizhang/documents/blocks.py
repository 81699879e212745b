"""Document, Heading, Paragraph, Table, Cell: what is in a report, whatever file it came from."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from taizhang.core.source import Source


class Piece(NamedTuple):
    """One stretch of a text that was written in one place: it begins at `start` of the text.

    `source.start` is where the stretch begins in that place; the stretch runs to the next piece or the end.
    Characters between two pieces (a joining space) belong to the piece before.
    """

    start: int
    source: Source


_TABLE = Source._fields.index("table")  # followed by `row` and `column`
_SPAN = Source._fields.index("start")  # `start` and `end` are the last two fields
_new = tuple.__new__
_GAP = 2  # characters left out between two pieces (a space, a line end) that do not part what was written together


def place_of(text: str, pieces: tuple[Piece, ...], start: int = 0, end: int | None = None) -> Source:
    """Where the characters [start, end) of a text were written; cut short where they go on in another place."""
    if len(pieces) == 1:  # nearly always
        return _new(Source, (*pieces[0].source[:_SPAN], *_span(text, pieces[0], start, end)))
    index = max(bisect_right(pieces, start, key=lambda piece: piece.start) - 1, 0)
    piece = pieces[index]
    wanted = len(text) if end is None else end
    first = (piece.source.start or 0) + max(start - piece.start, 0)
    last = piece
    while index + 1 < len(pieces) and pieces[index + 1].start < wanted:
        following = pieces[index + 1]
        written = (last.source.start or 0) + following.start - last.start
        apart = (following.source.start or 0) - written
        if not 0 <= apart <= _GAP or not _together(following.source, last.source):
            break
        last, index = following, index + 1
    stop = pieces[index + 1].start if index + 1 < len(pieces) else len(text)
    if index + 1 < len(pieces) and wanted >= stop and text[stop - 1 : stop] in {" ", "\n"}:
        stop -= 1  # what only joins two pieces was written nowhere
    beyond = (last.source.start or 0) + max(min(wanted, stop) - last.start, 0)
    return _spanning(piece.source, first, beyond)


def _span(text: str, piece: Piece, start: int, end: int | None) -> tuple[int, int]:
    """Where in its place the characters [start, end) of a text stand that is one piece."""
    begin = piece.source.start or 0
    shift = begin - piece.start
    first = max(begin, start + shift)
    return first, max(first, shift + (len(text) if end is None or end > len(text) else end))


def _spanning(source: Source, first: int, end: int) -> Source:
    """The place with another span. Asked for more often than anything else, and far quicker so than by `_replace`."""
    return _new(Source, (*source[:_SPAN], first, max(first, end)))


def _together(one: Source, other: Source) -> bool:
    """Whether two places differ in nothing but where they start."""
    return one[:_SPAN] == other[:_SPAN] and one.end == other.end


@dataclass(slots=True)
class Cell:
    """One cell: its text, where each stretch of it was written, and how many grid places it covers."""

    text: str
    pieces: tuple[Piece, ...]
    rows: int = 1
    columns: int = 1

    def at(self, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of this cell."""
        return place_of(self.text, self.pieces, start, end)


@dataclass(slots=True)
class Fragment:
    """A table as it stands in the file: perhaps half of one that a page break cut. Readers make these.

    `grid[r][c]` is None where a span of another cell covers the place. Rows may be ragged.
    `header` is the number of header rows where the file says so, None where it does not. `continues` tells that
    the file itself shows it to go on the fragment before (at a page break, with the same columns), `torn` that the
    first row of it which is no header is the rest of a row there.
    """

    grid: list[list[Cell | None]]
    source: Source
    header: int | None = None
    nested: bool = False
    continues: bool = False
    torn: bool = False


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    CAPTION = "caption"
    CONTENTS = "contents"
    FOOTNOTE = "footnote"
    TEXTBOX = "textbox"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Paragraph:
    """One paragraph as its author meant it: lines and page breaks inside it are healed."""

    text: str
    pieces: tuple[Piece, ...]
    role: Role = Role.BODY
    section: tuple[str, ...] = ()

    def at(self, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of this paragraph."""
        return place_of(self.text, self.pieces, start, end)


@dataclass(slots=True)
class Heading:
    """A heading; `level` 1 is the outermost. `section` are the headings above it, outermost first.

    `declared` is the level that the file itself gives (a style, a count of #); where the number in front of the
    text tells another, `level` follows the number.
    """

    text: str
    pieces: tuple[Piece, ...]
    level: int
    section: tuple[str, ...] = ()
    declared: int | None = None

    def at(self, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of this heading."""
        return place_of(self.text, self.pieces, start, end)


@dataclass(slots=True)
class Table:
    """A logical table: fragments joined, merged cells filled, one caption. Its grid is rectangular.

    `rows` holds the header rows first. A cell merged downward stands in each row it covers as the same object;
    a cell merged across stands in each header column as the same object, and in a data row only in its first
    column, the others being empty.
    """

    rows: list[list[Cell]]
    header: int
    source: Source
    number: str | None = None
    caption: str | None = None
    label: Paragraph | None = None
    unit: str | None = None
    section: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    index: int = 0
    fragments: int = 1

    @property
    def body(self) -> list[list[Cell]]:
        """The data rows."""
        return self.rows[self.header :]

    @property
    def name(self) -> str | None:
        """The number, or the caption where there is none."""
        return self.number or self.caption

    def named(self) -> "Table":
        """What the table is, without its cells: all that its name, its columns and its place tell."""
        known = self.number, self.caption, None, self.unit, self.section, self.columns, self.index, self.fragments
        return Table([], self.header, self.source, *known)

    def at(self, row: int, column: int, start: int = 0, end: int | None = None) -> Source:
        """The place of the characters [start, end) of the cell at `row` (0-based, of `rows`) and `column`."""
        cell = self.rows[row][column]
        own = (self.index, row - self.header + 1, column + 1)
        if len(cell.pieces) == 1:  # nearly always, and asked for thousands of times
            piece = cell.pieces[0]
            return _new(Source, (*piece.source[:_TABLE], *own, *_span(cell.text, piece, start, end)))
        place = place_of(cell.text, cell.pieces, start, end)
        return _new(Source, (*place[:_TABLE], *own, *place[_SPAN:]))


Block = Heading | Paragraph | Table


@dataclass(slots=True)
class Leftover:
    """Something that was read but not understood, or deliberately put aside, and why (Chinese)."""

    text: str
    reason: str
    source: Source


@dataclass(slots=True)
class BoundFigure:
    """A figure that the file binds to its place in the ledger: what stands there, and what was `printed` there."""

    key: str
    name: str
    text: str
    printed: str
    source: Source


@dataclass(slots=True)
class Document:
    """A report: blocks in reading order, and what could not be placed. `format` is docx, xlsx, pdf or text."""

    file: str
    format: str
    blocks: list[Block]
    leftovers: list[Leftover] = field(default_factory=list)
    bound: list[BoundFigure] = field(default_factory=list)
    unbound: int = 0  # figures that were bound once, in a file that has lost all its controls

    @property
    def tables(self) -> list[Table]:
        """The logical tables in reading order; the n-th has `index` n."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The running text: body paragraphs, footnotes and text boxes, without captions, contents and furniture."""
        spoken = {Role.BODY, Role.FOOTNOTE, Role.TEXTBOX}
        return (block for block in self.blocks if isinstance(block, Paragraph) and block.role in spoken)


@dataclass(slots=True)
class Draft:
    """What a reader hands to `assemble`: paragraphs, headings the file itself declares, and table fragments."""

    file: str
    format: str
    blocks: list[Heading | Paragraph | Fragment]
    leftovers: list[Leftover] = field(default_factory=list)
    bound: list[BoundFigure] = field(default_factory=list)
    unbound: int = 0


__all__ = [
    "Block",
    "BoundFigure",
    "Cell",
    "Document",
    "Draft",
    "Fragment",
    "Heading",
    "Leftover",
    "Paragraph",
    "Piece",
    "Role",
    "Table",
    "place_of",
]
