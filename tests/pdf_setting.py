"""The invented report set as PDF pages: in columns, with tables drawn in many ways, broken over columns and pages."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts import LEFT, UP, Block, Grid, Head
from pdf_files import WIDTH, Canvas, write_pdf

EDGE, TOP, BOTTOM = 72.0, 80.0, 760.0
GAP = 20.0
SIZE = 9.0
PITCH = 15.0
PAD = 3.0
_UNBROKEN = re.compile(r"(?:[!-~]+|.)[，。；：、）”％]*")  # what stands at no line's beginning, or end

Draw = Callable[[Canvas, float, float, bool, bool], None]  # canvas, x, y, whether first and whether last in its column


@dataclass(frozen=True)
class Item:
    """What cannot be broken: a line of text, or a row of a table."""

    height: float
    draw: Draw
    repeat: tuple["Item", ...] = ()  # what is set again above it at the top of a column: a table's header
    keeps: bool = False  # whether it stays with the next one


@dataclass(frozen=True)
class Setting:
    """How a report is set. Tables are `wide` (over all columns) or stand in one; `style` is how they are drawn."""

    columns: int = 1
    wide: bool = True
    heads_over: bool = False
    style: str = "ruled"
    repeat: bool = False
    indent: bool = True
    pitch: float = PITCH
    filler: int = 0  # lines left free on the first page

    @property
    def width(self) -> float:
        """Of a column."""
        return (WIDTH - 2 * EDGE - GAP * (self.columns - 1)) / self.columns


def length(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text) * SIZE


def wrapped(text: str, width: float, first: float = 0.0) -> list[str]:
    """The lines of a text; a number or a Latin word is not broken."""
    lines, line = [], ""
    room = width - first
    for word in _UNBROKEN.findall(text):
        if line and length(line + word) > room + 0.01:
            lines.append(line)
            line, room = "", width
        line += word
    return [*lines, line]


def prose(text: str, width: float, setting: Setting, *, over: bool = False) -> Iterator[Item]:
    """A paragraph, its first line indented."""
    indent = 2 * SIZE if setting.indent else 0.0
    for place, line in enumerate(wrapped(text, width, indent)):
        yield _line(line, 0.0 if place else indent, setting.pitch)


def _line(text: str, aside: float, pitch: float, *, keeps: bool = False) -> Item:
    def draw(canvas: Canvas, x: float, y: float, _first: bool, _last: bool) -> None:
        canvas.say(x + aside, y + SIZE, text, SIZE)

    return Item(pitch, draw, keeps=keeps)


def centred(text: str, width: float, pitch: float) -> Item:
    return _line(text, (width - length(text)) / 2, pitch, keeps=True)


def to_right(text: str, width: float, pitch: float) -> Item:
    return _line(text, width - length(text), pitch, keeps=True)


def rows(grid: Grid, width: float, setting: Setting) -> Iterator[Item]:
    """The rows of a table."""
    every = [*grid.header, *grid.rows]
    shares = [max(length(row[c]) for row in every if row[c] not in (LEFT, UP)) ** 0.5 for c in range(len(every[0]))]
    widths = [width * share / sum(shares) for share in shares]
    made = [_row(every, place, widths, setting.style, len(grid.header)) for place in range(len(every))]
    top = len(grid.header)
    again = tuple(made[:top]) if setting.repeat else ()
    for place, item in enumerate(made):
        yield Item(item.height, item.draw, again if place > top else (), keeps=place < top)


def _spans(every: Sequence[Sequence[str]], place: int) -> Iterator[tuple[int, int, int]]:
    """The column of each cell of a row, and how many columns and rows it covers."""
    texts = every[place]
    for column, text in enumerate(texts):
        if text in (LEFT, UP):
            continue
        wide = high = 1
        while column + wide < len(texts) and texts[column + wide] == LEFT:
            wide += 1
        while place + high < len(every) and every[place + high][column] == UP:
            high += 1
        yield column, wide, high


def _row(every: Sequence[Sequence[str]], place: int, widths: Sequence[float], style: str, top: int) -> Item:
    xs = [sum(widths[:column]) for column in range(len(widths) + 1)]
    cells = [
        (column, high, wrapped(every[place][column], xs[column + wide] - xs[column] - 2 * PAD))
        for column, wide, high in _spans(every, place)
    ]
    height = max((len(lines) for _, high, lines in cells if high == 1), default=1) * PITCH * 0.85 + 2 * PAD

    def draw(canvas: Canvas, x: float, y: float, first: bool, last: bool) -> None:
        if style == "shaded" and place % 2 == 0:
            canvas.fill(x, y, x + xs[-1], y + height, grey=0.9)
        for column, _high, lines in cells:
            for number, line in enumerate(lines):
                canvas.say(x + xs[column] + PAD, y + PAD + SIZE + number * PITCH * 0.85, line, SIZE)
        ends = place == len(every) - 1
        for start, stop in _flat(every[place], xs, style, first=first, opens=place in (0, top)):
            canvas.stroke(x + start, y, x + stop, y)
        if (style in ("ruled", "across") and (ends or last)) or (style == "three" and ends):
            canvas.stroke(x, y + height, x + xs[-1], y + height)
        if style in ("ruled", "down"):
            for column, side in enumerate(xs):
                if side == xs[-1] or every[place][column] != LEFT:
                    canvas.stroke(x + side, y, x + side, y + height)

    return Item(height, draw)


def _flat(
    texts: Sequence[str], xs: Sequence[float], style: str, *, first: bool, opens: bool
) -> Iterator[tuple[float, float]]:
    """From where to where rulings go above a row; none above a cell that goes on."""
    if style in ("ruled", "across"):
        yield from ((xs[column], xs[column + 1]) for column, text in enumerate(texts) if first or text != UP)
    elif style == "three" and opens:
        yield xs[0], xs[-1]


def set_pages(blocks: Sequence[Block], setting: Setting) -> list[Canvas]:
    """The pages."""
    setter = _Setter(setting)
    for block in blocks:
        if isinstance(block, Head):
            if setting.heads_over:
                setter.over(*_head(block, setting))
            else:
                setter.waiting += _head(block, setting)
        elif isinstance(block, Grid):
            setter.table(block)
        else:
            setter.waiting += prose(block, setting.width, setting)
    setter.flush()
    return setter.pages


def _head(head: Head, setting: Setting) -> list[Item]:
    return [_line(head.text, 0.0, setting.pitch + 3, keeps=True)]


class _Setter:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.pages = [Canvas()]
        self.y = TOP + setting.filler * setting.pitch
        self.waiting: list[Item] = []

    def table(self, grid: Grid) -> None:
        width = WIDTH - 2 * EDGE if self.setting.wide else self.setting.width
        name = f"表{grid.number} {grid.caption}"
        pitch = self.setting.pitch
        items = [centred(name, width, pitch)]
        items += [to_right(f"单位：{grid.unit}", width, pitch)] if grid.unit else []
        items += rows(grid, width, self.setting)
        items.append(Item(6.0, lambda *_: None))
        items += [_line(grid.note, 0.0, pitch)] if grid.note else []
        if self.setting.wide:
            heads: list[Item] = []
            while self.waiting and self.waiting[-1].keeps:
                heads.insert(0, self.waiting.pop())
            self.over(*heads, *items)
        else:
            self.waiting += items

    def over(self, *items: Item) -> None:
        """What goes over all columns."""
        self.flush()
        self._column(list(items), EDGE, self.y)

    def flush(self) -> None:
        """Set what waits in columns, balanced where the page is not filled."""
        count = self.setting.columns
        while self.waiting:
            top, height = self.y, sum(item.height for item in self.waiting)
            room = BOTTOM - top
            target = room if height > room * count else max(height / count, self.setting.pitch) + PITCH
            lowest = top
            for column in range(count):
                x = EDGE + column * (self.setting.width + GAP)
                last = column == count - 1 and target < room
                end = self._fill(x, top, top + (room if last else min(target, room)))
                lowest = max(lowest, end)
            self.y = lowest + 8
            if self.waiting:
                self._turn()

    def _fill(self, x: float, top: float, bottom: float) -> float:
        y, taken = top, 0
        items = self.waiting
        again = items[0].repeat if items else ()
        items[:0] = [Item(item.height, item.draw) for item in again]
        heights = 0.0
        for item in items:
            if top + heights + item.height > bottom + 0.01 and taken:
                break
            heights += item.height
            taken += 1
        while 1 < taken < len(items) and items[taken - 1].keeps:
            taken -= 1
        for place, item in enumerate(items[:taken]):
            item.draw(self.pages[-1], x, y, place in (0, len(again)), place == taken - 1)
            y += item.height
        del items[:taken]
        return y

    def _column(self, items: list[Item], x: float, top: float) -> None:
        self.waiting, kept = items, self.waiting
        self.y = top
        while self.waiting:
            self.y = self._fill(x, self.y, BOTTOM)
            if self.waiting:
                self._turn()
        self.waiting = kept

    def _turn(self) -> None:
        self.pages.append(Canvas())
        self.y = TOP


def pdf_of(path: Path, blocks: Sequence[Block], setting: Setting) -> Path:
    """The report as a PDF file."""
    return write_pdf(path, *set_pages(blocks, setting))
