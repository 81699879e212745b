"""Source: the file, and the place in it, where something was written."""

from typing import NamedTuple


class Source(NamedTuple):
    """A place in a file, as exactly as the format knows it.

    Everything that counts from the top counts from 1: `line` (text files), `page` (PDF), `paragraph` (the n-th
    `w:p` of a Word document part, tables and text boxes included), `table`, `row` and `column` (of the document's
    logical tables). `cell` is a spreadsheet address such as `B12`.
    `start` and `end` are a half-open span of characters, from 0, in the text of the smallest place named: the
    line, the paragraph, the spreadsheet cell, or the page's text as the PDF library counts it.
    """

    file: str
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None

    def place(self) -> dict[str, int | str]:
        """The known parts apart from the file, as the JSON contract writes them."""
        return {name: value for name, value in zip(self._fields[1:], self[1:], strict=True) if value is not None}

    def sentence(self) -> str:
        """The place in words a clerk follows: “第 3 页”, “工作表 质量指标 B12”, “第 812 行”."""
        if self.sheet is not None:
            return f"工作表 {self.sheet} {self.cell or ''}".strip()
        if self.page is not None:
            return f"第 {self.page} 页"
        if self.line is not None:
            return f"第 {self.line} 行"
        if self.paragraph is not None:
            return f"第 {self.paragraph} 段"
        return "全文"
