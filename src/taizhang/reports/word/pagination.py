"""About which page each heading and table comes to stand on: Word counts pages, and only when it is asked to.

GB/T 9704 sets prose in a grid of fixed lines, so its length is known; of tables it is near. What is told here stands in
the contents until Word updates them.
"""

from collections.abc import Iterable, Sequence
from math import ceil

from taizhang.reports.outline import (
    Block,
    Cell,
    Contents,
    Figure,
    Heading,
    Items,
    Mention,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TableList,
    Words,
)
from taizhang.reports.word.appearance import Appearance
from taizhang.reports.word.tables import Places, widths_of

_CELL_LINE = 14.0  # points, of table text
_CELL_EDGE = 9.0  # points that a cell keeps free at its left and right together
_RAGGED = 1.08  # how much longer text is in a narrow cell, where marks may not begin a line nor words be broken
_ROW_EDGE = 3.5  # points that a row takes above and below its text
_ABOUT_TABLE = 52.0  # caption with what it keeps free, and the empty line below


class Pages:
    """Goes down the outline as Word would, on pages of a given size."""

    def __init__(self, look: Appearance) -> None:
        self.look = look
        self.page = 1
        self.used = 0.0
        self.landscape = False

    def follow(self, blocks: Sequence[Block], turned: Sequence[bool]) -> dict[int, int]:
        """The page of each heading and table, by its identity."""
        pages: dict[int, int] = {}
        for block, landscape in zip(blocks, turned, strict=True):
            if landscape != self.landscape:
                self._turn(landscape=landscape)
            if isinstance(block, Table):
                pages[id(block)] = self._table(block)
            elif isinstance(block, Heading):
                size = self._size(f"Heading{block.level}")
                self._take(self._lines(block.text, size) * 28.0, with_next=56.0)
                pages[id(block)] = self.page
            elif isinstance(block, PageBreak):
                self._next()
            else:
                for text in _texts(block):
                    self._take(self._lines(text, self._size("Body")) * 28.0)
        return pages

    @property
    def _height(self) -> float:
        return self.look.height(landscape=self.landscape) / 20

    def _size(self, style: str) -> float:
        return float(self.look.styles[style]["字号"])

    def _lines(self, text: str, size: float) -> int:
        width = self.look.width(landscape=self.landscape) / 20
        return max(ceil((_ems(text) + 2) * size / width), 1)

    def _take(self, height: float, with_next: float = 0.0) -> None:
        if self.used + height + with_next > self._height and self.used:
            self._next()
        self.used += height
        while self.used > self._height:
            self.page += 1
            self.used -= self._height

    def _next(self) -> None:
        self.page += 1
        self.used = 0.0

    def _turn(self, *, landscape: bool) -> None:
        if self.used:
            self._next()
        self.landscape = landscape

    def _table(self, table: Table) -> int:
        """The page of its caption; rows are never cut, header rows stand again on each page."""
        widths = [each / 20 for each in widths_of(table, self.look.width(landscape=table.landscape))]
        heights = self._heights(table.grid(), widths)
        top = Table(caption="", columns=table.columns, rows=tuple(table.header()))
        head = sum(self._heights(top.grid(), widths))
        self._take(_ABOUT_TABLE + head + (_CELL_LINE if table.unit else 0), with_next=heights[0] if heights else 0.0)
        page = self.page
        for height in heights:
            if self.used + height > self._height:
                self._next()
                self.used = head
            self.used = min(self.used + height, self._height)
        return page

    def _heights(self, grid: Sequence[Places], widths: Sequence[float]) -> list[float]:
        size = self._size("TableText")
        heights: list[float] = []
        for line in grid:
            tallest = 1
            for x, place in enumerate(line):
                if place is None or not place[1] or place[0].rows > 1:
                    continue
                room = max((sum(widths[x : x + place[0].columns]) - _CELL_EDGE) / size, 1.0)
                tallest = max(tallest, _cell_lines(place[0], room))
            heights.append(tallest * _CELL_LINE + _ROW_EDGE)
        return heights


def _cell_lines(cell: Cell, room: float) -> int:
    return sum(max(ceil(_ems(_plain(runs)) * _RAGGED / room), 1) for runs in cell.paragraphs)


def _ems(text: str) -> float:
    """The length of a text in widths of a Chinese character."""
    return sum(0.5 if letter < "\u2e80" else 1.0 for letter in text)


def _plain(runs: Iterable[Run]) -> str:
    return "".join(
        each if isinstance(each, str) else each.text if isinstance(each, Words | Figure) else "表2-46" if isinstance(each, Mention) else ""
        for each in runs
    )  # fmt: skip


def _texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [_plain(block.runs)]
    if isinstance(block, Items):
        return [_plain(item) for item in block.items]
    return [block.title] if isinstance(block, Contents | TableList) else []
