"""Rows of a CSV text or an Excel workbook, as the other system exported them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook

from taizhang.connect.rows import MOST_BYTES, MOST_ROWS, Cell, ConnectError, Row, cell

_ENCODINGS = ("utf-8-sig", "gb18030")  # what Chinese systems export
_MARKS = ",\t;"
_MOST_COLUMNS = 300
_MOST_UNPACKED = 512 * 1024 * 1024
_MOST_RATIO = 200


def csv_rows(content: bytes, header: int) -> list[Row]:
    """Of a CSV text in UTF-8 or GB 18030, whatever of comma, tab and semicolon parts its header."""
    text = _decoded(content)
    first = next(islice(text.splitlines(), header - 1, None), "")
    mark = max(_MARKS, key=first.count)
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=mark), header)
    except csv.Error as error:
        raise ConnectError("这个 CSV 文件的引号或换行不完整，请重新导出。") from error


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ConnectError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请分批取。")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConnectError("文件既不是 UTF-8 也不是 GB 18030 编码，请另存为 CSV UTF-8。")


def excel_rows(content: bytes, header: int, sheet: str) -> list[Row]:
    """Of one sheet of a workbook: the named one, else the first; formulas by what they last came to."""
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return _rows(_lines(book, sheet), header)
    except ConnectError:
        raise
    # openpyxl has no root of its errors; a forged file may bring up any of them.
    except Exception as error:
        raise ConnectError("工作簿读不了，可能已损坏或有密码，请用 Excel 或 WPS 另存为 .xlsx 再试。") from error


def _lines(book: Workbook, sheet: str) -> Iterator[list[Cell]]:
    names = book.sheetnames
    if sheet and sheet not in names:
        raise ConnectError(f"工作簿里没有“{sheet}”这张表，有的是：{'、'.join(names[:10])}。")
    page: Any = book[sheet or names[0]]
    page.reset_dimensions()  # what a sheet says of its own size is often wrong
    for line in page.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
        yield [cell(value) for value in line]


def _refuse_bomb(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise ConnectError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请分批取。")
    try:
        sizes = [(each.file_size, each.compress_size) for each in zipfile.ZipFile(io.BytesIO(content)).infolist()]
    except zipfile.BadZipFile as error:
        raise ConnectError("这不是 .xlsx 工作簿；.xls 请用 Excel 或 WPS 另存为 .xlsx。") from error
    whole = sum(size for size, _packed in sizes)
    if whole > _MOST_UNPACKED or any(size > (1 << 20) and size > packed * _MOST_RATIO for size, packed in sizes):
        raise ConnectError("工作簿展开后过于庞大，没有打开。")


def _rows(lines: Iterable[Sequence[Cell]], header: int) -> list[Row]:
    """The rows below a header. Their numbers are those of the file, so that people find them again."""
    walk = enumerate(lines, 1)
    head = next((line for number, line in walk if number == header), None)
    names = _names(head or ())
    if not names:
        raise ConnectError(f"第 {header} 行没有表头。")
    found = list(islice(_below(walk, names), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise ConnectError(f"超过 {MOST_ROWS} 行，请分批取。")
    return found


def _names(head: Sequence[Cell]) -> list[str]:
    names = [str(name or "").replace("\n", "").strip() for name in head]
    while names and not names[-1]:
        names.pop()
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise ConnectError(f"表头里“{'、'.join(sorted(twice))}”有两列，分不清，请改名后再取。")
    return names


def _below(walk: Iterator[tuple[int, Sequence[Cell]]], names: Sequence[str]) -> Iterator[Row]:
    for number, line in walk:
        cells = {name: cell(value) for name, value in zip(names, line, strict=False) if name}
        if any(value not in {None, ""} for value in cells.values()):
            yield Row(number, cells)
