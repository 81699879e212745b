"""Text as a poor converter takes it out of a PDF: cut lines, page furniture, tables torn at every page break."""

from collections.abc import Iterator

from samples.make.content import LEFT, Heading, Para, Report, Table, Title, covered

WIDTH = 31
PAGE = 34


def torn_of(report: Report) -> str:
    """The whole report as such a text."""
    lines: list[str] = []
    page = 1
    since = 0
    for part, header in _parts(report):
        if since + len(part) > PAGE and since > 8:
            lines.extend(["", f"— {page} —", "", report.running, ""])
            lines.extend(header)
            page, since = page + 1, 0
        lines.extend(part)
        since += len(part)
    return "\n".join(lines) + "\n"


def _parts(report: Report) -> Iterator[tuple[list[str], list[str]]]:
    """Lines that stay together, and the header that is repeated where a page begins with them."""
    for block in report.blocks:
        match block:
            case Title():
                yield [block.college, *block.lines, block.month, ""], []
            case Heading():
                yield ["", block.text, ""], []
            case Para():
                lines = _wrapped(block.text)
                yield from (([line], []) for line in lines)
                yield [""], []
            case Table():
                yield from _table(block)
            case _:
                continue


def _wrapped(text: str) -> list[str]:
    """Lines of one breadth; a converter cuts words, but not numbers."""
    lines, line = [], ""
    for index, char in enumerate(text):
        inside = char.isdigit() and index and (text[index - 1].isdigit() or text[index - 1] == ".")
        if len(line) >= WIDTH and not inside and char not in "，。；、）”.%":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _table(table: Table) -> Iterator[tuple[list[str], list[str]]]:
    hidden = covered(table)
    grid = [
        ["" if (r, c) in hidden or text == LEFT else text.replace("\n", "") for c, text in enumerate(row)]
        for r, row in enumerate((*table.header, *table.rows))
    ]
    top = len(table.header)
    header = ["\t".join(row) for row in grid[:top]]
    yield [table.label, "", *header], []
    for index, row in enumerate(grid[top:]):
        longest = max(len(cell) for cell in row)
        if index % 4 == 1 and longest > 22:
            head = [cell[: longest // 2] if len(cell) > longest // 2 else cell for cell in row]
            rest = [cell[longest // 2 :] if len(cell) > longest // 2 else "" for cell in row]
            yield ["\t".join(head), "", *header, "\t".join(rest)], header
        else:
            yield ["\t".join(row)], header
    yield [""], []
