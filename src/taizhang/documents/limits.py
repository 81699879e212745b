"""How much a report may hold: past this it is no report, and reading it would only fill memory and time."""

import re

from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.source import Source

# A report of 90 tables has some 50,000 characters in 3,500 cells; twenty times that is still read and checked within
# seconds. A table of 10,000 rows stays below; its empty cells cost little, so there may be more of them.
MOST_CHARACTERS = 1_000_000
MOST_CELLS = 1_000_000
# In one paragraph or cell. The longest of such a report has 500; what looks back and forth in a text takes time in the
# square of its length.
MOST_AT_ONE_PLACE = 50_000
# Of white space, of digits, or of one character. Ruled lines and layouts drawn with blanks take a hundred.
MOST_ALIKE = 1000
_ALIKE = re.compile(r"\s+|[\d.,，．]+|(.)\1+", re.DOTALL)


def refuse_beyond(file: str, *, characters: int = 0, cells: int = 0) -> None:
    """Raise UnreadableDocumentError where there is more than a report can hold."""
    if characters > MOST_CHARACTERS:
        raise UnreadableDocumentError(f"“{file}”的文字超过 {MOST_CHARACTERS // 10_000} 万字，没有打开，请拆分后再试。")
    if cells > MOST_CELLS:
        raise UnreadableDocumentError(
            f"“{file}”的表格超过 {MOST_CELLS // 10_000} 万个单元格，没有打开，请删去多余的空行空列或拆分后再试。"
        )


def refuse_endless(text: str, place: Source) -> None:
    """Raise UnreadableDocumentError where one paragraph or cell holds what nobody writes."""
    if len(text) > MOST_AT_ONE_PLACE:
        raise UnreadableDocumentError(
            f"“{place.file}”{place.sentence()}的文字连成一片，超过 {MOST_AT_ONE_PLACE // 10_000} 万字，"
            "没有打开，请分段后再试。"
        )
    if len(text) > MOST_ALIKE and any(len(run[0]) > MOST_ALIKE for run in _ALIKE.finditer(text)):
        raise UnreadableDocumentError(
            f"“{place.file}”{place.sentence()}有连续 {MOST_ALIKE} 个以上的空白、数字或同一个字，没有打开，请删去后再试。"
        )
