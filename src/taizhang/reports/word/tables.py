"""A table of an outline as a Word table: merged cells, header rows that stand again on each page, rows never cut."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from taizhang.reports.outline import Align, Cell, Figure, Look, Run, Table, Words

Write = Callable[[Iterable[Run]], str]  # the markup of runs
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
_THICK = 'w:val="single" w:sz="12" w:space="0" w:color="auto"'
_NONE = 'w:val="nil"'
_BORDERS = {
    Look.GRID: "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")),
    Look.THREE_LINE: (
        f"<w:top {_THICK}/><w:left {_NONE}/><w:bottom {_THICK}/><w:right {_NONE}/><w:insideH {_NONE}/><w:insideV {_NONE}/>"
    ),
}
_UNDER_HEADER = f"<w:tcBorders><w:bottom {_LINE.replace('4', '6', 1)}/></w:tcBorders>"
_MARGINS = (
    "<w:tblCellMar>"
    + "".join(
        f'<w:{side} w:w="{worth}" w:type="dxa"/>'
        for side, worth in (("top", 30), ("left", 85), ("bottom", 30), ("right", 85))
    )
    + "</w:tblCellMar>"
)
_UNBROKEN = re.compile(r"[0-9.,%+-]{1,14}")  # a number; a longer one than this may be broken
_DIGIT, _EDGES = 112, 190  # widths in twentieths of a point: of a digit of table text, of what a cell keeps free
_CUT = "<w:cantSplit/>"
_JC = {align: f'<w:jc w:val="{align}"/>' for align in Align}
Places = Sequence[tuple[Cell, bool] | None]


def drawn(table: Table, width: int, runs: Write) -> str:
    """The markup of a table `width` twentieths of a point wide."""
    widths = widths_of(table, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    draw = _Drawing(table, widths, runs)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{_BORDERS[table.look]}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}<w:tblLook w:val="0620" w:firstRow="1" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{draw.header()}{draw.body()}</w:tbl>"
    )


def widths_of(table: Table, width: int) -> list[int]:
    """Whole numbers in the columns' proportion that sum up to the width; no number is broken over two lines."""
    least = _least(table)
    if sum(least) > width:
        least = [0] * len(least)
    shares = [column.width for column in table.columns]
    held: set[int] = set()
    while True:  # columns that would be too narrow take what they need, the others share the rest
        rest = width - sum(least[n] for n in held)
        whole = sum(share for n, share in enumerate(shares) if n not in held)
        narrow = {n for n, share in enumerate(shares) if n not in held and rest * share / whole < least[n]}
        if not narrow:
            break
        held |= narrow
    edges = [0.0]
    for n, share in enumerate(shares):
        edges.append(edges[-1] + (least[n] if n in held else rest * share / whole))
    at = [round(edge) for edge in edges]
    return [max(right - left, 1) for left, right in pairwise(at)]


def _least(table: Table) -> list[int]:
    """What each column needs for its longest number, in twentieths of a point."""
    longest = [0] * len(table.columns)
    for line in table.grid():
        for x, cell, begins in _cells(line):
            if begins and cell.columns == 1:
                words = (word for runs in cell.paragraphs for each in runs for word in _UNBROKEN.findall(_said(each)))
                longest[x] = max([longest[x], *(len(word) + word.count("%") for word in words)])
    return [_EDGES + _DIGIT * count if count else 0 for count in longest]


def _said(run: Run) -> str:
    return run if isinstance(run, str) else run.text if isinstance(run, Words | Figure) else ""


class _Drawing:
    def __init__(self, table: Table, widths: list[int], runs: Write) -> None:
        self.table, self.widths, self.runs = table, widths, runs

    def header(self) -> str:
        """The header rows."""
        lines = self.table.header()
        grid = Table(caption="", columns=self.table.columns, rows=tuple(lines)).grid()
        rows: list[str] = []
        for y, line in enumerate(grid):
            ends = y + 1 == len(grid) and self.table.look is Look.THREE_LINE
            borders = _UNDER_HEADER if ends else ""
            cells = [
                self._cell(each, x, begins=begins, style="TableHead", borders=borders)
                for x, each, begins in _cells(line)
            ]
            rows.append(f"<w:tr><w:trPr>{_CUT}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>")
        return "".join(rows)

    def body(self) -> str:
        """The data rows."""
        table = self.table
        rows: list[str] = []
        for y, line in enumerate(table.grid()):
            is_total = y >= len(table.rows) - table.totals
            cells = [
                self._cell(
                    each, x, begins=begins, style="TableTotal" if is_total or each.bold else "TableText",
                    jc=_JC[each.align or table.columns[x].align],
                )
                for x, each, begins in _cells(line)
            ]  # fmt: skip
            rows.append(f"<w:tr><w:trPr>{_CUT}</w:trPr>{''.join(cells)}</w:tr>")
        return "".join(rows)

    def _cell(self, cell: Cell, x: int, *, begins: bool, style: str, jc: str = "", borders: str = "") -> str:
        width = sum(self.widths[x : x + cell.columns])
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = ""
        if cell.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>'
        if begins:
            inner = "".join(f"{head}{self.runs(each)}</w:p>" for each in cell.paragraphs) or f"{head}</w:p>"
        else:
            inner = f"{head}</w:p>"
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}<w:vAlign w:val="center"/></w:tcPr>'
            f"{inner}</w:tc>"
        )


def _cells(line: Places) -> Iterator[tuple[int, Cell, bool]]:
    """The cells of a row of the grid, each with its first column and whether it begins in this row."""
    x = 0
    while x < len(line):
        place = line[x]
        if place is None:  # no table is made with a hole
            raise ValueError("a place without a cell")
        yield x, *place
        x += place[0].columns
