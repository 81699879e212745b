"""One logical table out of its fragments: columns aligned, halves glued, merged cells filled, header flattened."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from taizhang.documents.alignment import (
    MAX_WIDTH,
    bare,
    inserted,
    lost_column,
    nature,
    place_header,
    place_row,
    profile,
)
from taizhang.documents.blocks import Cell, Fragment, Leftover, Piece, Table
from taizhang.documents.joining import (
    SHORT,
    ends_sentences,
    glue,
    is_cut,
    is_ended,
    is_unended,
    is_value,
    label_target,
    may_go_on,
    repeats_header,
    row_texts,
    splits,
)

_ALWAYS = 0.9  # of the rows: a column that is filled this often is filled in every whole row
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*数")
_TORN = "表格换页处的这一行，像是上一行没有写完的下半截，没有并上去，请人工看一下。"
_PLAN_OR_DONE = re.compile(r"计划|完成|目标|实现")

Row = list[Cell]


def logical_table(fragments: Sequence[Fragment], lexicon: str, doubts: list[Leftover] | None = None) -> Table:
    """The table that one or more fragments make up; `lexicon` is the document's text, for torn labels.

    `doubts` is given the rows that may be the rest of the row above a page break, and were left as they are.
    """
    work = _Work([_Part.of(fragment) for fragment in fragments], lexicon)
    work.align()
    body = work.glued()
    if doubts is not None:
        doubts += work.doubts
    return work.table(body, fragments)


def expand(grid: Sequence[Sequence[Cell | None]]) -> list[Row]:
    """Rows in which a cell that spans places stands in each of them as the same object."""
    rows: list[Row] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for line in grid:
        row: Row = []
        for column, cell in enumerate(line):
            if cell is not None:
                row.append(cell)
                for covered in range(column, column + cell.columns):
                    hanging[covered] = (cell, cell.rows)
                continue
            owner = hanging.get(column)
            row.append(owner[0] if owner is not None and owner[1] > 0 else _empty(row[-1] if row else None, line))
        hanging = {column: (cell, left - 1) for column, (cell, left) in hanging.items() if left > 1}
        rows.append(row)
    return rows


def _empty(near: Cell | None, line: Sequence[Cell | None]) -> Cell:
    source = near if near is not None else next((cell for cell in line if cell is not None), None)
    return Cell("", source.pieces[:1] if source is not None else ())


@dataclass(slots=True)
class _Part:
    """A fragment in work: header rows and data rows, spans expanded."""

    header: list[Row]
    rows: list[Row]
    spanned: bool
    torn: bool = False

    @classmethod
    def of(cls, fragment: Fragment) -> "_Part":
        rows = expand(fragment.grid)
        width = max((_length(row) for row in rows), default=0)
        rows = _written_out([row[:width] for row in rows])
        count = max(fragment.header or 0, header_rows(rows))  # files often declare the first of two header rows only
        spanned = any(cell.rows > 1 for line in fragment.grid for cell in line if cell is not None)
        return cls(rows[:count], rows[count:], spanned, fragment.torn)


def _length(row: Row) -> int:
    """The length of a row without the empty cells at its end."""
    length = len(row)
    while length and not row[length - 1].text:
        length -= 1
    return length


def _written_out(rows: list[Row]) -> list[Row]:
    """The rows, with a header of two levels written out where text lost its merged cells: “任务 | 2022年 | 2023年”
    above “计划 | 完成 | 计划 | 完成”, and rows of five cells.
    """
    if len(rows) < 3:
        return rows
    first, second = (row[: _length(row)] for row in rows[:2])
    groups = len(first) - 1
    width = Counter(_length(row) for row in rows[2:]).most_common(1)[0][0]
    each, rest = divmod(width - 1, groups) if groups > 1 else (0, 0)
    words = row_texts(second)
    if each < 2 or rest or len(words) != width - 1 or words[:each] * groups != words:
        return rows
    if not all(0 < len(text) <= SHORT and nature(text) == "text" for text in words):
        return rows
    above = [first[0], *(cell for cell in first[1:] for _ in range(each))]
    return [above, [first[0], *second], *rows[2:]]


def header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top are header: those under a cell that spans them, or one.

    In text, which has no spans, a second row of short words is header when its first cell is empty and the first row
    has empty cells to be split, or when merged cells were written out: its first cell says again what stands above,
    and the first row says one thing twice running.
    """
    if not rows:
        return 0
    deep = max((cell.rows for cell in rows[0] if cell.rows < len(rows)), default=1)
    if deep > 1 and not any(is_value(cell.text) for row in rows[:deep] for cell in row):
        return deep
    if len(rows) > 2 and rows[1] and rows[2] and rows[2][0].text and splits(row_texts(rows[0]), row_texts(rows[1])):
        return 2
    return 1


Natures = Callable[[], Sequence[Counter[str]]]  # of the columns; worked out where they are asked, which is seldom


@dataclass(slots=True)
class _Work:
    parts: list[_Part]
    lexicon: str
    width: int = 0
    header: list[Row] = field(default_factory=list)
    doubts: list[Leftover] = field(default_factory=list)

    def align(self) -> None:
        """Bring all rows of all parts to one width, each cell in its column."""
        self._mend_header()
        self._drop_repeated()
        first = self.parts[0]
        lengths = [_length(row) for part in self.parts for row in part.rows]
        heads = [part.header for part in self.parts if part.header]
        self.width = max([*lengths, *(_length(row) for head in heads for row in head)], default=1) or 1
        whole = [head for head in heads if max(_length(row) for row in head) == self.width]
        self.header = whole[0] if whole else first.header
        wide = [row for part in self.parts for row in part.rows if _length(row) == self.width]
        natures = cache(lambda: profile([_cut(row, self.width) for row in wide], self.width))
        if not whole and self.header:
            places = place_header(_cut(self.header[0], max(map(_length, self.header))), natures())
            self.header = [_placed(row, places, self.width) for row in self.header]
        elif len(self.parts[0].header) == 1 and self._lost_label(natures):
            return
        for part in self.parts:
            self._align_part(part, natures)

    def _mend_header(self) -> None:
        """Make a header of two rows whole that a page break parted from its rows, or cut between the two."""
        if len(self.parts) < 2 or len(self.parts[0].header) != 1:
            return
        first, second = self.parts[:2]
        head = row_texts(first.header[0])
        if len(first.rows) == 1 and splits(head, row_texts(first.rows[0])):
            first.header.append(first.rows.pop())
        elif not first.rows and second.header and splits(head, row_texts(second.header[0])):
            first.header += second.header[:1]
            second.rows, second.header = second.header[1:] + second.rows, []

    def _drop_repeated(self) -> None:
        """Header rows of later parts that only say the first header again stay header; others become data."""
        head = [row_texts(row) for row in self.parts[0].header]
        for part in self.parts[1:]:
            if part.header and not (head and repeats_header(head[0], row_texts(part.header[0]))):
                part.rows = part.header + part.rows
                part.header = []
                continue
            while head and part.header and part.rows and len(part.header) < len(head):
                part.header.append(part.rows.pop(0))

    def _lost_label(self, natures: Natures) -> bool:
        """Mend a table whose header says one label column where the data has two and lost another cell instead."""
        head = row_texts(self.header[0])
        if (
            not 4 <= self.width <= MAX_WIDTH
            or not _PLAN_OR_DONE.search(head[1])
            or not natures()[1]["code"]
            or natures()[1]["item"]
        ):
            return False
        wide = inserted(head, (1,), self.width + 1)
        rows = [_cut(row, self.width) for part in self.parts for row in part.rows]
        place = lost_column(wide, rows)
        self.width += 1
        self.header = [_placed(row, (1,), self.width) for row in self.header]
        for part in self.parts:
            part.rows = [_placed(row, (place,), self.width) for row in part.rows]
        return True

    def _align_part(self, part: _Part, natures: Natures) -> None:
        longest = max((_length(row) for row in part.rows), default=0)
        if longest == self.width and not part.spanned:
            part.rows = [self._align_row(row, natures) for row in part.rows]
            return
        if longest < self.width:
            places = self._places_by_header(part)
            if places is None:
                texts = [_cut(row, longest) for row in part.rows]
                votes = Counter(place_row(text, natures()) for text in texts if len([t for t in text if t]) > 1)
                places = votes.most_common(1)[0][0] if votes else ()
            part.rows = [_placed(row[: self.width - len(places)], places, self.width) for row in part.rows]
            return
        part.rows = [_placed(row, (), self.width) for row in part.rows]

    def _align_row(self, row: Row, natures: Natures) -> Row:
        length = len(row)
        return _placed(row, place_row(_cut(row, length), natures()) if length < self.width else (), self.width)

    def _places_by_header(self, part: _Part) -> tuple[int, ...] | None:
        """Where this part's header lacks cells against the table's header, by their words."""
        if not part.header or not self.header:
            return None
        mine = [bare(text) for text in row_texts(part.header[0]) if text]
        length = max(_length(row) for row in part.header)
        if length >= self.width:
            return None
        places, position = [], 0
        for column, text in enumerate(row_texts(self.header[0])[: self.width]):
            if position < len(mine) and bare(text) == mine[position]:
                position += 1
            else:
                places.append(column)
        return tuple(places) if len(places) == self.width - length else None

    def glued(self) -> list[Row]:
        """All data rows, with rows and labels that a page break cut made whole, and merged labels filled down."""
        labels = self._label_columns()
        filled = self._always_filled(labels)
        body: list[Row] = []
        current: list[Cell] = []
        for number, part in enumerate(self.parts):
            for position, row in enumerate(part.rows):
                cut = number > 0 and position == 0 and bool(body)
                if cut and current:
                    self._glue_labels(current, row, labels)
                if cut and (self._torn(body[-1], row, filled, labels) or self._goes_on(part, body[-1], row, labels)):
                    for column in range(labels, self.width):
                        if row[column] is not body[-1][column]:
                            glue(body[-1][column], row[column])
                    continue
                _fill(row, current, labels)
                current = row[:labels]
                body.append(row)
        return body

    def _label_columns(self) -> int:
        """How many columns at the left hold labels that are given once for several rows."""
        deepest = 0
        for number, part in enumerate(self.parts):
            for position, row in enumerate(part.rows):
                if position == 0 and (number > 0 or len(part.rows) > 1):
                    continue
                empty = next((column for column, cell in enumerate(row) if cell.text), self.width)
                if empty < self.width - 1:
                    deepest = max(deepest, empty)
                spanned = next((c for c, cell in enumerate(row) if cell.rows == 1), 0)
                deepest = max(deepest, spanned if spanned < self.width - 1 else 0)
        head = row_texts(self.header[0]) if self.header else []
        while deepest and deepest < len(head) and len(head) > deepest and not head[deepest] and head[deepest - 1]:
            deepest += 1  # the header's empty half belongs to the label before it
        return deepest

    def _always_filled(self, labels: int) -> list[int]:
        rows = [row for part in self.parts for row in part.rows[bool(part is not self.parts[0]) :]]
        if not rows:
            rows = [row for part in self.parts for row in part.rows]
        return [
            column
            for column in range(labels, self.width)
            if sum(1 for row in rows if row[column].text) >= _ALWAYS * max(len(rows), 1)
        ]

    def _torn(self, above: Row, row: Row, filled: Sequence[int], labels: int) -> bool:
        """Whether a row at the top of a page is the second half of the row above the page break."""
        if not any(cell.text for cell in row[labels:]):
            return any(cell.text for cell in row)
        for column in range(labels, self.width):
            here = nature(row[column].text)
            if here in {"item", "code", "dash"} or (here == "rate" and above[column].text):
                return False
        halves = [column for column in filled if bool(above[column].text) != bool(row[column].text)]
        both = [
            c
            for c in filled
            if nature(above[c].text) in {"number", "rate"} and nature(row[c].text) in {"number", "rate"}
        ]
        return bool(halves) and not both

    def _goes_on(self, part: _Part, above: Row, row: Row, labels: int) -> bool:
        """Whether each cell of a row goes on the one above the page break; where that is not certain, it is told."""
        places = [column for column in range(labels, self.width) if row[column].text]
        pairs = [(above[column].text, row[column].text) for column in places]
        if any(cell.text for cell in row[:labels]) or not pairs or not all(may_go_on(*pair) for pair in pairs):
            return False
        if part.torn or (any(is_cut(*pair) for pair in pairs) and not any(is_ended(first) for first, _ in pairs)):
            return True
        columns = [column for column in places if is_unended(above[column].text)]
        if any(ends_sentences([each[column].text for p in self.parts for each in p.rows]) for column in columns):
            self.doubts.append(Leftover(" ".join(second for _, second in pairs), _TORN, row[places[0]].at()))
        return False

    def _glue_labels(self, current: Sequence[Cell], row: Row, labels: int) -> None:
        goes_on = False
        for column in range(labels - 1, -1, -1):
            rest = row[column]
            if not rest.text or bare(rest.text) == bare(current[column].text):
                row[column] = _blank(rest)
                continue
            found = label_target(current, rest, column, self.lexicon)
            if found is None and goes_on:
                found = (column, 0)
            if found is not None:
                glue(current[found[0]], rest, found[1])
                row[column] = _blank(rest)
                goes_on = True

    def table(self, body: list[Row], fragments: Sequence[Fragment]) -> Table:
        """The rectangular table with its flattened columns; columns that hold nothing are dropped."""
        header = [row + [_blank(row[-1])] * (self.width - len(row)) for row in self.header if row]
        kept = [
            column
            for column in range(self.width)
            if any(row[column].text for row in header) or any(row[column].text for row in body)
        ]
        header = [[row[column] for column in kept] for row in header]
        for row in header[:-1] if len(header) > 1 else header:
            for column in range(1, len(row)):
                if not row[column].text:
                    row[column] = row[column - 1]
        data = [_across([row[column] for column in kept]) for row in body]
        columns = tuple(_flattened([row[column].text for row in header]) for column in range(len(kept)))
        return Table(header + data, len(header), fragments[0].source, columns=columns, fragments=len(fragments))


def _cut(row: Row, length: int) -> list[str]:
    return row_texts(row[:length]) + [""] * (length - len(row))


def _placed(row: Row, places: tuple[int, ...], width: int) -> Row:
    cells = iter(row)
    near = row[0] if row else None
    lost = frozenset(places)
    return [_empty(near, ()) if column in lost else next(cells, None) or _empty(near, ()) for column in range(width)]


def _blank(cell: Cell) -> Cell:
    return Cell("", cell.pieces[:1])


def _fill(row: Row, above: Sequence[Cell], labels: int) -> None:
    for column in range(min(labels, len(above))):
        if row[column].text:
            return
        if _TOTAL.search(row[column + 1].text):
            return
        row[column] = above[column]


def _across(row: Row) -> Row:
    """A data row in which a cell merged across stands once, in its first column."""
    return [cell if not column or row[column - 1] is not cell else _blank(cell) for column, cell in enumerate(row)]


def _flattened(texts: Sequence[str]) -> str:
    parts: list[str] = []
    for text in texts:
        clean = text.replace("\n", "").strip()
        if clean and (not parts or parts[-1] != clean):
            parts.append(clean)
    return "/".join(parts)


__all__ = ["Piece", "header_rows", "logical_table"]
