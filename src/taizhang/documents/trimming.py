"""What authors write into a table that is none of it: its caption in the first row, a remark in the last."""

import re
from collections.abc import Iterator

from taizhang.documents.blocks import Cell, Fragment, Heading, Paragraph, Role
from taizhang.documents.outline import caption_label, unit_note

_LEAST = 3  # rows that a table with a caption in it has; the half of one that a page break cut may have fewer
_REMARK = re.compile(r"[*※]?\s*[（(]?(?:注|备注|说明|数据来源|资料来源)\s*\d?\s*[：:]\s*\S")

Block = Heading | Paragraph | Fragment


def trimmed(block: Block) -> Iterator[Block]:
    """A table with the paragraphs that stood in its outer rows before and after it; anything else as it is."""
    if not isinstance(block, Fragment) or block.nested:
        yield block
        return
    while len(block.grid) >= _LEAST and (cell := _over_all(block.grid[0])) is not None:
        if caption_label(cell.text) is not None:
            yield Paragraph(cell.text, cell.pieces, Role.CAPTION)
        elif unit_note(cell.text) is not None:
            yield Paragraph(cell.text, cell.pieces)
        else:
            break
        del block.grid[0]
        if block.header is not None:
            block.header = max(block.header - 1, 0) or None
    remarks: list[Paragraph] = []
    while len(block.grid) > 1 and (cell := _over_all(block.grid[-1])) is not None and _REMARK.match(cell.text):
        remarks.insert(0, Paragraph(cell.text, cell.pieces))
        del block.grid[-1]
    yield block
    yield from remarks


def _over_all(row: list[Cell | None]) -> Cell | None:
    """The one cell that takes a whole row of several columns."""
    first = row[0] if row else None
    if first is None or not first.text or first.rows > 1 or len(row) < 2:
        return None
    rest = [cell for cell in row[1:] if cell is not None]
    return first if not any(cell.text for cell in rest) and (first.columns == len(row) or rest) else None
