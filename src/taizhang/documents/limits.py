"""How much a report may hold: past this it is no report, and reading it would only fill memory and time."""

from taizhang.core.errors import UnreadableDocumentError

# A report of 90 tables has some 100,000 characters and 10,000 cells. Twenty times that is still read and checked
# within seconds; a table of 10,000 rows stays far below.
MOST_CHARACTERS = 2_000_000
MOST_CELLS = 1_000_000


def refuse_beyond(file: str, *, characters: int = 0, cells: int = 0) -> None:
    """Raise UnreadableDocumentError where there is more than a report can hold."""
    if characters > MOST_CHARACTERS:
        raise UnreadableDocumentError(f"“{file}”的文字超过 {MOST_CHARACTERS // 10_000} 万字，没有打开，请拆分后再试。")
    if cells > MOST_CELLS:
        raise UnreadableDocumentError(
            f"“{file}”的表格超过 {MOST_CELLS // 10_000} 万个单元格，没有打开，请删去多余的空行空列或拆分后再试。"
        )
