"""Write a report as text that looks converted from a PDF: hard-wrapped prose, tab-separated tables cut by pages."""

import re
from collections.abc import Iterator
from itertools import count

from samples.make.content import LEFT, Contents, Heading, Para, Report, Table, Title, covered

WIDTH = 38
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"


def _marked(text: str) -> str:
    return re.sub(r"\[\^(\d)\]", lambda found: MARKS[int(found[1]) - 1], text)


def _wrapped(text: str) -> Iterator[str]:
    """Lines as a typesetter breaks them: no figure or word is cut, no line begins with a closing mark."""
    line = ""
    for token in re.findall(r"[0-9A-Za-z.,%+]+[，。；、：）”》]*|.[，。；、：）”》]*", _marked(text)):
        if len(line) + len(token) > WIDTH:
            yield from (line.strip(), "")
            line = ""
        line += token
    yield from (line.strip(), "")


def _grid(table: Table) -> list[list[str]]:
    hidden = covered(table)
    grid = (*table.header, *table.rows)
    return [
        ["" if (r, c) in hidden or text == LEFT else _marked(text.replace("\n", "")) for c, text in enumerate(row)]
        for r, row in enumerate(grid)
    ]


def _torn(row: list[str], breadth: int) -> tuple[list[str], list[str]]:
    """A row as a page break leaves it: the long cells go on under the next header."""
    head = [cell[:breadth] if len(cell) > breadth else cell for cell in row]
    return head, [cell[breadth:] if len(cell) > breadth else "" for cell in row]


def _table(table: Table, order: int) -> Iterator[str]:
    grid = _grid(table)
    top = len(table.header)
    header, rows = grid[:top], grid[top:]
    cut = len(rows) // 2 if table.cut is None and order % 3 == 0 and len(rows) >= 4 else None
    if not table.below:
        yield from (_marked(table.label), "")
    yield from ("\t".join(row) for row in header)
    for index, row in enumerate(rows):
        if index in (cut, table.cut):
            longest = max(len(cell) for cell in row)
            # A row is torn only where a cell is clearly longer than its line; a short one would move to the new page.
            torn = index == cut and order % 2 == 0 and longest > 20
            rest = row
            if torn:
                head, rest = _torn(row, longest // 2 + 1)
                yield "\t".join(head)
            yield ""
            if index == table.cut:
                yield from (f"续表 {table.number}", "")
            yield from ("\t".join(line) for line in header)
            yield "\t".join(rest)
        else:
            yield "\t".join(row)
    yield ""
    if table.below:
        yield from (_marked(table.label), "")
    if table.remark:
        yield from _wrapped(table.remark)


def _lines(report: Report) -> Iterator[str]:
    called: set[str] = set()
    orders = count(1)
    for block in report.blocks:
        match block:
            case Title():
                yield from (*block.lines, "", block.college, "", block.month, "")
            case Contents():
                heads = [head for head in report.blocks if isinstance(head, Heading) and head.level <= 2]
                yield from ("目  录", "")
                for head, page in zip(heads, block.pages, strict=False):
                    yield f"{head.text} .....\t{page}"
                yield ""
            case Heading():
                yield from (block.text, "")
            case Para():
                yield from _wrapped(block.text)
            case Table():
                yield from _table(block, next(orders))
            case _:
                continue
        for mark in re.findall(r"\[\^(\d)\]", repr(block)):
            if mark not in called:
                called.add(mark)
                yield from (f"{MARKS[int(mark) - 1]} {report.footnotes[int(mark) - 1]}", "")


def text_of(report: Report) -> str:
    """The whole report as text."""
    return "\n".join(_lines(report)) + "\n"
