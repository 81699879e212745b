"""A document as HTML with the words of findings marked: headings, paragraphs, tables with their spans, contents."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from taizhang.checks.present.spot import Spot
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Block, Cell, Document, Heading, Paragraph, Table

# Characters that HTML may not hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DEEPEST = 3  # headings below this are not listed in the contents
_FIGURE = re.compile(r"[≥≤<>+\-−—约]?\s*[\d０-９][\d０-９,，.．]*\s*[%％]?\s*")


class Mark(NamedTuple):
    """Words to be marked: those of finding `number`, or, where that is None, a place that a finding speaks of."""

    spot: Spot
    name: str
    number: int | None
    severity: Severity


class Entry(NamedTuple):
    """A line of the contents, with the count of findings that lie in what it names."""

    level: int
    name: str
    text: str
    findings: int
    is_table: bool


class Texts:
    """One document of the page; `name` makes its ids unique."""

    def __init__(self, document: Document, name: str, marks: Iterable[Mark]) -> None:
        self.file = document.file
        self.name = name
        self._document = document
        self._labels = {id(block.label) for block in document.blocks if isinstance(block, Table) and block.label}
        self._marks: dict[tuple[int, int | None, int | None], list[Mark]] = {}
        for mark in marks:
            self._marks.setdefault(mark.spot.home, []).append(mark)

    def contents(self) -> list[Entry]:
        """Headings and tables in order."""
        counts: dict[int, int] = {}
        for (place, _, _), marks in self._marks.items():
            counts[place] = counts.get(place, 0) + sum(mark.number is not None for mark in marks)
        entries: list[Entry] = []
        level = 1
        for number, block in enumerate(self._document.blocks):
            if isinstance(block, Table):
                title = " ".join(filter(None, [f"表 {block.number}" if block.number else "", block.caption]))
                text = title or f"第 {block.index} 个表"
                entries.append(Entry(level, self._id(number), text, counts.get(number, 0), is_table=True))
            elif isinstance(block, Heading) and block.level <= _DEEPEST:
                level = block.level
                entries.append(Entry(level, self._id(number), block.text, counts.get(number, 0), is_table=False))
        return entries

    def blocks(self) -> Iterator[Markup]:
        """The blocks as HTML, in order."""
        for number, block in enumerate(self._document.blocks):
            yield Markup("").join(self._block(number, block))

    def _id(self, number: int) -> str:
        return f"{self.name}b{number}"

    def _block(self, number: int, block: Block) -> Iterator[Markup]:
        name = self._id(number)
        if isinstance(block, Table):
            note = self._runs("", self._marks.get((number, None, None), []))
            yield Markup('<div class="table" id="{}">{}<table>').format(name, note)
            yield from self._rows(number, block)
            yield Markup("</table></div>\n")
            return
        runs = self._runs(block.text, self._marks.get((number, None, None), []))
        if isinstance(block, Heading):
            tag = f"h{min(max(block.level, 1) + 2, 6)}"
            yield Markup('<{} id="{}">{}</{}>\n').format(tag, name, runs, tag)
        elif isinstance(block, Paragraph):
            role = "caption" if id(block) in self._labels else block.role.value
            yield Markup('<p class="{}" id="{}">{}</p>\n').format(role, name, runs)

    def _rows(self, number: int, table: Table) -> Iterator[Markup]:
        covered: set[tuple[int, int]] = set()
        for row, cells in enumerate(table.rows):
            if row == 0 and table.header:
                yield Markup("<thead>")
            if row == table.header:
                yield Markup("</thead><tbody>") if row else Markup("<tbody>")
            yield Markup("<tr>")
            for column, cell in enumerate(cells):
                if (row, column) not in covered:
                    height, width = _extent(table, row, column, covered)
                    covered.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
                    yield self._cell((number, row, column, height, width), cell, is_header=row < table.header)
            yield Markup("</tr>\n")
        yield Markup("</tbody>") if len(table.rows) > table.header else Markup("</thead>")

    def _cell(self, area: tuple[int, int, int, int, int], cell: Cell, *, is_header: bool) -> Markup:
        _, _, _, height, width = area
        tag = "th" if is_header else "td"
        down = Markup(' rowspan="{}"').format(height) if height > 1 else ""
        across = Markup(' colspan="{}"').format(width) if width > 1 else ""
        kind = Markup(' class="figure"') if not is_header and _FIGURE.fullmatch(cell.text) else ""
        runs = self._runs(cell.text, self._marks_within(area))
        return Markup("<{}{}{}{}>{}</{}>").format(tag, down, across, kind, runs, tag)

    def _marks_within(self, area: tuple[int, int, int, int, int]) -> list[Mark]:
        number, row, column, height, width = area
        if height == width == 1:
            return self._marks.get((number, row, column), [])
        places = ((r, c) for r in range(row, row + height) for c in range(column, column + width))
        return [mark for r, c in places for mark in self._marks.get((number, r, c), [])]

    def _runs(self, text: str, marks: list[Mark]) -> Markup:
        """The text with its marks; overlapping ones become one stretch that carries all their names."""
        if not marks:
            return _plain(text)
        out: list[Markup] = []
        done = 0
        for start, end, together in _clusters(marks, len(text)):
            out.append(_plain(text[done:start]))
            out.append(_marked(_plain(text[start:end]), together))
            done = end
        out.append(_plain(text[done:]))
        return Markup("").join(out)


def _plain(text: str) -> Markup:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def _extent(table: Table, row: int, column: int, covered: set[tuple[int, int]]) -> tuple[int, int]:
    """How many rows and columns the cell fills: the same object stands in them, or nothing beside a wide one."""
    cell = table.rows[row][column]
    if not cell.text and cell.rows == cell.columns == 1:
        return 1, 1
    last = table.header if row < table.header else len(table.rows)
    height = width = 1
    while row + height < last and column < len(table.rows[row + height]) and table.rows[row + height][column] is cell:
        height += 1

    def is_filled(place: int) -> bool:
        others = [table.rows[r][place] for r in range(row, row + height)]
        same = all(other is cell for other in others)
        empty = row >= table.header and width < cell.columns and not any(other.text for other in others)
        return (same or empty) and (row, place) not in covered

    while column + width < len(table.rows[row]) and is_filled(column + width):
        width += 1
    return height, width


def _clusters(marks: list[Mark], length: int) -> Iterator[tuple[int, int, list[Mark]]]:
    together: list[Mark] = []
    start = end = 0
    for mark in sorted(marks, key=lambda mark: (mark.spot.start, -mark.spot.end, mark.number or 0)):
        first, stop = min(mark.spot.start, length), min(mark.spot.end, length)
        if together and first >= end and (first, stop) != (start, end):
            yield start, end, together
            together = []
        if not together:
            start, end = first, stop
        together.append(mark)
        end = max(end, stop)
    if together:
        yield start, end, together


def _marked(words: Markup, marks: list[Mark]) -> Markup:
    own = [mark for mark in marks if mark.number is not None]
    anchors = Markup("").join(
        Markup('<span class="anchor" id="{}"></span>').format(mark.name) for mark in marks if mark not in own[:1]
    )
    if not own:
        return Markup('<span class="other">{}{}</span>').format(anchors, words)
    worst = min(own, key=lambda mark: mark.severity.rank).severity.value
    rest = Markup("").join(
        Markup('<a href="#f{0}" aria-label="问题 {0}"><i>{0}</i></a>').format(mark.number) for mark in own[1:]
    )
    first = own[0]
    link = Markup('<a href="#f{0}">{1}<i aria-label="问题 {0}">{0}</i></a>').format(first.number, words)
    return Markup('<mark class="{}" id="{}">{}{}{}</mark>').format(worst, first.name, anchors, link, rest)
