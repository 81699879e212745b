"""Files of separated values (.csv), as spreadsheet programs open and save them: one sheet without formats."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.blocks import Draft
from taizhang.documents.limits import refuse_beyond
from taizhang.documents.text import MAX_BYTES, decode
from taizhang.documents.xlsx.reader import read_sheets
from taizhang.documents.xlsx.spreadsheet import Sheet

_SEPARATORS = ",\t;|"
_TOLD = "sep="  # the first line of a file that names its own separator
_LOOKED_AT = 200  # rows tell enough


def read_csv(path: Path) -> Draft:
    """The tables of a file of separated values; raises UnreadableDocumentError for what is none."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableDocumentError(f"{path.name} 超过 64 MB，不像是一份报告，请拆分后再试。")
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise UnreadableDocumentError(f"{path.name} 是空文件，请确认保存成功后再试。")
    first, _, rest = text.partition("\n")
    told = first.strip()
    skipped = told.lower().startswith(_TOLD) and len(told) == len(_TOLD) + 1
    mark = told[-1] if skipped else _separator(text)
    sheet = Sheet(path.stem)
    try:
        for row, cells in enumerate(csv.reader(StringIO(rest if skipped else text, newline=""), delimiter=mark), 1):
            for column, words in enumerate(cells, 1):
                if words.strip():
                    sheet.cells[row + skipped, column] = words.strip()
            refuse_beyond(path.name, cells=len(sheet.cells))
    except csv.Error as error:
        raise UnreadableDocumentError(
            f"{path.name} 的分隔或引号不成对，读不了，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
        ) from error
    return read_sheets(path.name, [sheet])


def _separator(text: str) -> str:
    """What parts the values: the mark that cuts most rows into the same number of them, the more the better."""
    best, most = ",", 0
    for mark in _SEPARATORS:
        try:
            widths = Counter(
                len(cells)
                for cells, _ in zip(
                    csv.reader(StringIO(text, newline=""), delimiter=mark), range(_LOOKED_AT), strict=False
                )
            )
        except csv.Error:
            continue
        count = max((count * (width - 1) for width, count in widths.items()), default=0)
        if count > most:
            best, most = mark, count
    return best
