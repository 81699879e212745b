"""Excel workbooks read as people see them: tables, their titles and the remarks around them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Draft, Fragment, Heading, Leftover, Paragraph, Piece, Role
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.xlsx.spreadsheet import Sheet, Span, Spreadsheet, address

_NUMBERED = re.compile(r"\s*(?:续\s*)?(?:附\s*)?[表件]\s*[\d一二三四五六七八九十A-Z]")
# “单位：万元”, “填表人：…”: said of the table as a whole, above or below it.
_LABEL = re.compile(
    r"\s*[（(]?(?:(?:填报|填表|编制|制表|报送|主管|建设|金额|计量|货币|负责)?(?:单位|部门|学校|院校)(?:名称)?(?:负责人)?(?:[（(]\S{0,4}[)）])?"
    r"|(?:填报|填表|制表|审核|联系|负责|经办|复核|统计)人?(?:电话|日期|时间|签[字名章])?|电话|日期|时间|年度)\s*[：:]"
)
_REMARK = re.compile(
    r"\s*(?:[*※＊]|[（(]?(?:备?注|说明|填表?报?说明|数据来源|来源|注意)\s*(?:\d+\s*[、.．]|[：:)）]|$))"
)
_SENTENCE = re.compile(r"[。；;！]\s*$")
_HEADER_ROWS = 4  # more frozen rows than this are no header
_FULL = 0.6  # of a table's width: a cell this wide is a title or a remark, not a group of columns
_GAP = 20  # so many drawn empty rows may stand inside one table
_SHOWN = 200  # characters of hidden content quoted in a leftover


def read_xlsx(path: Path) -> Draft:
    """The visible worksheets of a workbook as table fragments, captions and paragraphs; values as displayed."""
    book = Spreadsheet(path)
    draft = read_sheets(book.file, book.sheets(), titled=len(book.visible_titles) > 1)
    draft.leftovers[:0] = book.leftovers
    return draft


def read_sheets(file: str, sheets: Iterable[Sheet], *, titled: bool = False) -> Draft:
    """Sheets as table fragments, captions and paragraphs; each under its title where they are `titled`."""
    draft = Draft(file, "xlsx", [])
    size = 0
    for sheet in sheets:
        if titled and sheet.title.strip():
            place = Source(file, sheet=sheet.title, start=0)
            draft.blocks.append(Heading(sheet.title, (Piece(0, place),), level=1))
        layout = _Layout(file, sheet, size)
        draft.blocks.extend(layout.blocks())
        size = layout.size
        draft.leftovers.extend(layout.leftovers)
    return draft


@dataclass(slots=True)
class _Placed:
    """A cell that a person sees: where its text is kept, and the visible rows and columns it covers."""

    text: str
    source: Source
    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class _Line:
    """One visible row that has content: the cells that begin in it."""

    row: int
    cells: list[_Placed]
    covered: bool = False


class _Layout:
    """Arranges one sheet: hidden rows and columns fall away, merges become spans, empty rows part blocks.

    Rows and columns here are ranks among those that are seen and used, so that spans need no gaps.
    """

    def __init__(self, file: str, sheet: Sheet, size: int = 0) -> None:
        self.file = file
        self.size = size  # cells of all tables so far, those of the sheets before included
        self.sheet = sheet
        self.leftovers: list[Leftover] = []
        self._lines = self._place()

    def blocks(self) -> Iterator[Fragment | Paragraph]:
        """Fragments and paragraphs from top to bottom."""
        bands = [part for band in self._bands() for side in _sides(band) for part in _parts(side)]
        for number, band in enumerate(bands):
            head, body, tail = _peel(band)
            before_table = bool(body) or (number + 1 < len(bands) and len(bands[number + 1]) > 1)
            yield from self._titles(head, before_table=before_table)
            if body:
                yield self._fragment(body)
            yield from (self._paragraph(cell, Role.BODY) for line in tail for cell in line.cells)

    def _place(self) -> list[_Line]:
        """Every visible cell with content by line; what is hidden or merged over is put aside."""
        cells, hidden = self.sheet.cells, self.sheet.hidden_columns
        widest = max((column for _, column in cells), default=0)
        merged, covered = self._merged(widest)
        lines: dict[int, _Line] = {}
        aside: list[tuple[int, int]] = []
        for (row, column), text in cells.items():
            span = merged.get((row, column), Span(column, row, column, row))
            # Of a merged cell that is hidden in part, the rest still shows the text.
            top = next((r for r in range(span.top, span.bottom + 1) if r not in self.sheet.hidden_rows), None)
            columns = [c for c in range(span.left, min(span.right, widest) + 1) if c not in hidden]
            if (row, column) in covered or top is None or not columns:
                aside.append((row, column))
                continue
            cell = _Placed(text, self._source(row, column), top, span.bottom, columns[0], columns[-1])
            lines.setdefault(top, _Line(top, [])).cells.append(cell)
        self._put_aside(aside)
        for line in lines.values():
            line.cells.sort(key=lambda cell: cell.left)
        return [lines[row] for row in sorted(lines)]

    def _merged(self, widest: int) -> tuple[dict[tuple[int, int], Span], set[tuple[int, int]]]:
        """The merged ranges by the cell they begin in, and the cells with content that they cover."""
        cells = self.sheet.cells
        rows = sorted({row for row, _ in cells})
        merged: dict[tuple[int, int], Span] = {}
        covered: set[tuple[int, int]] = set()
        looked_at = 0
        for span in self.sheet.merges:
            start = (span.top, span.left)
            if start in cells:
                merged[start] = span
            inside = rows[bisect_left(rows, span.top) : bisect_right(rows, span.bottom)]
            # Merged ranges never overlap in a file that Excel wrote, so together they are no larger than the sheet.
            looked_at += (len(inside) or 1) * max(min(span.right, widest) - span.left + 1, 1)
            refuse_beyond(self.file, cells=looked_at)
            for row in inside:
                places = ((row, column) for column in range(span.left, min(span.right, widest) + 1))
                covered.update(place for place in places if place in cells and place != start)
        return merged, covered

    def _source(self, row: int, column: int) -> Source:
        return Source(self.file, sheet=self.sheet.title, cell=address(row, column), start=0)

    def _put_aside(self, cells: Iterable[tuple[int, int]]) -> None:
        """One leftover for each hidden row, hidden column, or merged cell that covers content."""

        def why(place: tuple[int, int]) -> tuple[int, int, str]:
            row, column = place
            if row in self.sheet.hidden_rows:
                return row, 0, f"第 {row} 行隐藏（或被筛选掉），没有读入。"
            if column in self.sheet.hidden_columns:
                return 0, column, f"{address(1, column)[:-1]} 列隐藏，没有读入。"
            return row, column, "被合并单元格盖住的内容，看不见，没有读入。"

        for (_, _, reason), group in groupby(sorted(cells, key=lambda place: (why(place), place)), key=why):
            places = list(group)
            text = " ".join(self.sheet.cells[place].strip() for place in places[:50])
            self.leftovers.append(Leftover(text[:_SHOWN], reason, self._source(*places[0])))

    def _bands(self) -> Iterator[list[_Line]]:
        """Lines that stand together: no empty row between them, except drawn or merged-over ones."""
        band: list[_Line] = []
        reach = 0
        for line in self._lines:
            if band and not self._joined(band[-1].row, line, reach):
                yield band
                band, reach = [], 0
            line.covered = reach >= line.row
            band.append(line)
            reach = max(reach, *(cell.bottom for cell in line.cells))
        if band:
            yield band

    def _joined(self, above: int, line: _Line, reach: int) -> bool:
        between = [
            row for row in range(above + 1, min(line.row, above + _GAP + 1)) if row not in self.sheet.hidden_rows
        ]
        if not between or reach >= line.row:
            return True
        drawn = all(row <= reach or row in self.sheet.ruled for row in between)
        return drawn and line.row - above <= _GAP and len(line.cells) > 1

    def _titles(self, lines: list[_Line], *, before_table: bool) -> Iterator[Paragraph]:
        for line in lines:
            for cell in line.cells:
                plain = len(line.cells) > 1 or _LABEL.match(cell.text) or _REMARK.match(cell.text)
                titled = _NUMBERED.match(cell.text) or (before_table and not _SENTENCE.search(cell.text))
                caption = not plain and titled and len(cell.text) <= 100
                yield self._paragraph(cell, Role.CAPTION if caption else Role.BODY)

    def _paragraph(self, cell: _Placed, role: Role) -> Paragraph:
        made = _cell(cell)
        return Paragraph(made.text, made.pieces, role)

    def _fragment(self, lines: list[_Line]) -> Fragment:
        columns = [c for c in range(_left(lines), _right(lines) + 1) if c not in self.sheet.hidden_columns]
        self.size += len(lines) * len(columns)
        refuse_beyond(self.file, cells=self.size)
        rank = {column: place for place, column in enumerate(columns)}
        rows = [line.row for line in lines]
        grid: list[list[Cell | None]] = [
            [Cell("", (Piece(0, self._source(line.row, column)),)) for column in columns] for line in lines
        ]
        for place, line in enumerate(lines):
            for cell in line.cells:
                first, width = rank[cell.left], rank[cell.right] - rank[cell.left] + 1
                made = _cell(cell)
                made.rows, made.columns = bisect_right(rows, cell.bottom) - place, width
                for covered in grid[place : place + made.rows]:
                    covered[first : first + width] = [None] * width
                grid[place][first] = made
        source = Source(self.file, sheet=self.sheet.title, cell=address(lines[0].row, columns[0]))
        return Fragment(grid, source, header=self._header(lines))

    def _header(self, lines: list[_Line]) -> int | None:
        """The rows the author froze on the screen, where they end between two rows and do not reach too far down."""
        count = sum(line.row <= self.sheet.frozen for line in lines)
        if not 0 < count <= min(_HEADER_ROWS, len(lines) - 1):
            return None
        cut = any(cell.bottom > self.sheet.frozen for line in lines[:count] for cell in line.cells)
        return None if cut else count


def _cell(placed: _Placed) -> Cell:
    text = placed.text.strip()
    lead = len(placed.text) - len(placed.text.lstrip())
    return Cell(text, (Piece(0, placed.source._replace(start=lead)),))


def _left(lines: list[_Line]) -> int:
    return min(cell.left for line in lines for cell in line.cells)


def _right(lines: list[_Line]) -> int:
    return max(cell.right for line in lines for cell in line.cells)


def _sides(band: list[_Line]) -> Iterator[list[_Line]]:
    """A band cut at the empty columns between tables that stand side by side, each under a title of its own."""
    reach, edges = 0, []
    for cell in sorted((cell for line in band for cell in line.cells), key=lambda cell: cell.left):
        if reach and cell.left > reach + 1:
            edges.append(cell.left)
        reach = max(reach, cell.right)
    sides = [_side(band, first, stop) for first, stop in pairwise([0, *edges, reach + 1])]
    # A side that begins lower than the others is a table of its own where its title is numbered.
    titled = all(
        (side[0].row == band[0].row or _NUMBERED.match(side[0].cells[0].text))
        and len(side[0].cells) == 1
        and any(len(line.cells) > 1 for line in side)
        for side in sides
    )
    yield from sides if edges and titled else [band]


def _side(band: list[_Line], first: int, stop: int) -> list[_Line]:
    """What of a band begins in the columns from `first` to before `stop`."""
    lines: list[_Line] = []
    reach = 0
    for line in band:
        cells = [cell for cell in line.cells if first <= cell.left < stop]
        if cells:
            lines.append(_Line(line.row, cells, covered=reach >= line.row))
            reach = max(reach, *(cell.bottom for cell in cells))
    return lines


def _parts(band: list[_Line]) -> Iterator[list[_Line]]:
    """A band cut where a numbered title stands between two tables without an empty row."""
    first, left, right = 0, _left(band), _right(band)
    for index, line in enumerate(band):
        single = len(line.cells) == 1 and not line.covered
        if index > first and single and _NUMBERED.match(line.cells[0].text) and _is_wide(line.cells[0], left, right):
            yield band[first:index]
            first = index
    yield band[first:]


def _is_wide(cell: _Placed, left: int, right: int) -> bool:
    return cell.left == left and (cell.right == left or cell.right - cell.left + 1 >= _FULL * (right - left + 1))


def _peel(band: list[_Line]) -> tuple[list[_Line], list[_Line], list[_Line]]:
    """Title lines on top, the table, and remark lines below it; a band without two columns is all titles."""
    left, right = _left(band), _right(band)
    if all(len(line.cells) == 1 and not line.covered for line in band):
        return band, [], []
    start, end = 0, len(band)
    while _is_title(band[start], left, right):
        start += 1
    while end > start + 1 and _is_remark(band[end - 1], left, right):
        end -= 1
    return band[:start], band[start:end], band[end:]


def _is_title(line: _Line, left: int, right: int) -> bool:
    if line.covered or any(cell.bottom > line.row and len(line.cells) > 1 for cell in line.cells):
        return False
    if all(_LABEL.match(cell.text) for cell in line.cells):
        return True
    if len(line.cells) > 1:
        return False
    cell = line.cells[0]
    width = cell.right - cell.left + 1
    return width == 1 or cell.left == left or width >= _FULL * (right - left + 1)


def _is_remark(line: _Line, left: int, right: int) -> bool:
    if line.covered:
        return False
    if all(_LABEL.match(cell.text) for cell in line.cells):
        return True
    if len(line.cells) > 1:
        return False
    cell = line.cells[0]
    whole = cell.left == left and cell.right == right > left
    return whole or bool(_REMARK.match(cell.text) or (_SENTENCE.search(cell.text) and cell.left == left))
