"""Tables that a converter wrote as HTML in a text file, with the place of each word."""

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Fragment, Paragraph, Piece, Role
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.markup import strip_markup

_WIDEST, _DEEPEST = 63, 2000  # forged spans must not fill the memory
_ROWS, _CELLS = frozenset({"tr"}), frozenset({"td", "th"})
_BREAKS = frozenset({"br", "p", "div", "li"})

# The parser takes time in the square of what is no whole tag, so it gets to see whole ones of tables only.
_NO_TAG = re.compile(
    r"<(?!/?(?:table|thead|tbody|tfoot|tr|td|th|caption|br|p|div|li|ul|ol|html|body)(?:\s[^<>]{0,300})?/?>)",
    re.IGNORECASE,
)
_SHIELD = "\ue000"

Stretch = tuple[str, int, int]  # words, their line and the column that they begin at


def tagged(lines: Sequence[str], file: str, first: int) -> list[Paragraph | Fragment]:
    """The tables of some lines, of which the first has the number `first`, and the words between them."""
    reader = _Tables(file, first)
    reader.feed(_NO_TAG.sub(_SHIELD, "\n".join(lines)))
    reader.close()
    return reader.finished()


class _Tables(HTMLParser):
    """Tables inside tables give their words to the cell they stand in."""

    def __init__(self, file: str, first: int) -> None:
        super().__init__(convert_charrefs=False)
        self._file, self._first = file, first
        self._blocks: list[Paragraph | Fragment] = []
        self._words: list[Stretch] = []
        self._grid: list[list[Cell | None]] = []
        self._hanging: dict[int, int] = {}  # for how many more rows a cell merged downward covers a column
        self._spans: tuple[int, int] | None = None  # of the open cell
        self._headers = 0
        self._is_head, self._in_row = True, False
        self._depth = self._size = 0
        self._start = first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._say(Role.BODY)
                self._grid, self._hanging, self._headers, self._is_head = [], {}, 0, True
                self._start = self._place()[0]
        elif self._depth != 1:
            self._break(tag)
        elif tag in _ROWS:
            self._end_row()
            self._grid.append([])
            self._in_row = True
        elif tag in _CELLS:
            self._end_cell()
            if not self._in_row:
                self._grid.append([])
                self._in_row = True
            self._is_head = self._is_head and tag == "th"
            told = dict(attrs)
            self._words, self._spans = [], (_count(told.get("rowspan"), _DEEPEST), _count(told.get("colspan"), _WIDEST))
        elif tag == "caption":
            self._words = []
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth != 1:
            if tag in _BREAKS and not self._depth:
                self._say(Role.BODY)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS:
            self._end_row()
        elif tag == "caption":
            self._say(Role.CAPTION)

    def handle_data(self, data: str) -> None:
        number, column = self._place()
        for place, words in enumerate(data.replace(_SHIELD, "<").split("\n")):
            if words.strip():
                lead = len(words) - len(words.lstrip())
                self._words.append((words.strip(), number + place, lead + (column if not place else 0)))

    def handle_entityref(self, name: str) -> None:
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._character(f"&#{name};")

    def finished(self) -> list[Paragraph | Fragment]:
        """What was read; a table that never ends, ends here."""
        if self._depth:
            self._end_table()
        self._say(Role.BODY)
        return self._blocks

    def _character(self, code: str) -> None:
        character = html.unescape(code)
        if character.strip():
            self._words.append((character, *self._place()))

    def _place(self) -> tuple[int, int]:
        number, column = self.getpos()
        return self._first + number - 1, column

    def _break(self, tag: str) -> None:
        if tag in _BREAKS and self._words and self._spans is not None:
            self._words.append(("\n", *self._place()))

    def _end_cell(self) -> None:
        if self._spans is None:
            return
        row, (rows, columns) = self._grid[-1], self._spans
        self._cover(row)
        text, pieces = self._text()
        columns = min(columns, max(_WIDEST - len(row), 1))
        for column in range(len(row), len(row) + columns):
            if rows > 1:
                self._hanging[column] = rows
        row += [Cell(text, pieces, rows, columns), *([None] * (columns - 1))]
        self._size += columns
        refuse_beyond(self._file, cells=self._size)
        self._words, self._spans = [], None

    def _cover(self, row: list[Cell | None]) -> None:
        """Leave out the places that cells of the rows above cover."""
        while self._hanging.get(len(row)):
            row.append(None)

    def _end_row(self) -> None:
        self._end_cell()
        if not self._in_row:
            return
        self._in_row = False
        self._cover(self._grid[-1])
        self._hanging = {column: left - 1 for column, left in self._hanging.items() if left > 1}
        if self._is_head:
            self._headers = len(self._grid)

    def _end_table(self) -> None:
        self._end_row()
        self._depth, self._words = 0, []
        rows = [row for row in self._grid if any(cell is not None for cell in row)]
        for place, row in enumerate(rows):
            for cell in row:
                if cell is not None:
                    cell.rows = min(cell.rows, len(rows) - place)
        if rows:
            self._blocks.append(Fragment(rows, Source(self._file, self._start), self._headers or None))

    def _say(self, role: Role) -> None:
        if self._words:
            self._blocks.append(Paragraph(*self._text(), role))
        self._words = []

    def _text(self) -> tuple[str, tuple[Piece, ...]]:
        text, pieces = "", []
        while self._words and self._words[-1][0] == "\n":
            self._words.pop()
        for words, line, column in self._words:
            plain, marks = strip_markup(words, column)
            for at, place in ({0: column} | dict(marks)).items():
                pieces.append(Piece(len(text) + at, Source(self._file, line, start=place)))
            text += plain
        return text, tuple(pieces) or (Piece(0, Source(self._file, self._place()[0], start=self._place()[1])),)


def _count(told: str | None, most: int) -> int:
    return min(max(int(told), 1), most) if told and told.isascii() and told.isdigit() and len(told) < 10 else 1
