"""Reading a filled sheet: every fault with its row and column, and rows only to be used when there is none."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.package import Package
from taizhang.documents.xlsx.number_format import UnknownFormatError, show_number
from taizhang.web.ledger.sheets.form import Column, Fault, Filled, Kind, Row, Sheet, Value

MOST_BYTES = 20 * 1024 * 1024  # of a file: 20,000 rows of text have 5
MOST_ROWS = 20_000
_MOST_COLUMNS = 300
_HEADER_WITHIN = 20  # a title and remarks may stand above the header
_MOST_FAULTS = 200  # more are not read by anyone; how many there are is said
_BLANKS = " \u3000\xa0\t\n"
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))")
_MOST_MERGED = 500_000  # cells of a sheet under merges
_UNSAFE = re.compile(r"[^\w.（）()-]")
_DIGITS = str.maketrans("０１２３４５６７８９．－，％", "0123456789.-,%")


_Spot = tuple[int, int]


class _Place(NamedTuple):
    """A cell that has something to say, as it stands in the file and as Excel last computed it."""

    cell: Cell | MergedCell
    value: object


@dataclass(frozen=True, slots=True)
class _Looking:
    """The cells of a page between its header and its last row, merges downward filled."""

    cells: Mapping[_Spot, Cell | MergedCell]
    computed: Mapping[_Spot, Cell | MergedCell]
    header: int
    last: int
    merged: Mapping[_Spot, _Spot]

    def at(self, number: int, index: int) -> _Place | None:
        """What stands there; None where nothing does, or only blanks."""
        spot = self.merged.get((number, index), (number, index))
        cell = self.cells.get(spot)
        if cell is None or cell.value is None:
            return None
        if cell.data_type == "f":
            found = self.computed.get(spot)
            return _Place(cell, found.value if found is not None else None)
        if isinstance(cell.value, str) and not cell.value.strip(_BLANKS):
            return None
        return _Place(cell, cell.value)


class _FaultyError(Exception):
    """One cell cannot be understood."""


def read(sheet: Sheet, content: bytes, file: str = "表格.xlsx") -> Filled:
    """What stands in a filled template or export; raises UnreadableDocumentError where it is no workbook."""
    if len(content) > MOST_BYTES:
        raise UnreadableDocumentError(
            _("“%(file)s”超过 %(most_bytes)s MB，没有打开，请拆分后再试。")
            % {"file": file, "most_bytes": MOST_BYTES // 1024 // 1024}
        )
    formulas, values = _opened(content, file)
    page, header, places = _header(sheet, formulas)
    if page is None:
        names = "、".join(column.header for column in sheet.columns if column.required) or sheet.columns[0].header
        fault = Fault(
            file, None, None, None, _("没有找到表头，第一行应有：%(names)s。请下载模板填写。") % {"names": names}
        )
        return Filled(sheet, sheet.name, faults=[fault])
    filled = Filled(sheet, page.title)
    filled.letters = {key: get_column_letter(index) for key, index in places.items()}
    _tell_columns(filled, page, header)
    last = max((row for (row, _), cell in _cells(page).items() if cell.value is not None), default=header)
    if last - header > MOST_ROWS:
        filled.refuse(
            None,
            None,
            _("有 %(last)s 行，一次最多 %(most_rows)s 行，请拆分后再导入。")
            % {"last": last - header, "most_rows": MOST_ROWS},
        )
    if filled.faults:
        return filled
    computed = _cells(values[page.title]) if values else {}
    _rows(
        filled, page, _Looking(_cells(page), computed, header, last, dict(_merged(filled, page, header, last))), places
    )
    if len(filled.faults) > _MOST_FAULTS:
        rest = len(filled.faults) - _MOST_FAULTS
        filled.faults[_MOST_FAULTS:] = [
            Fault(page.title, None, None, None, _("还有 %(rest)s 处差错，改好上面的再看。") % {"rest": rest})
        ]
    return filled


def titles(content: bytes, file: str = "表格.xlsx") -> list[str]:
    """The names of the pages of a workbook; raises UnreadableDocumentError where it is none."""
    with _laid_down(content, file) as path, Package.open(path) as package:
        main = package.xml(package.main(path.suffix, "xl"))
        return [each.get("name", "") for each in main.iterfind("{*}sheets/{*}sheet")]


@contextmanager
def _laid_down(content: bytes, file: str) -> Iterator[Path]:
    """The bytes as a file of about that name, for as long as the block runs."""
    suffix = ".xlsm" if file.lower().endswith(".xlsm") else ".xlsx"
    name = _UNSAFE.sub("_", Path(file).stem)[:60] or "表格"
    with TemporaryDirectory(prefix="taizhang-") as folder:
        path = Path(folder) / f"{name}{suffix}"
        path.write_bytes(content)
        yield path


def _opened(content: bytes, file: str) -> tuple[Workbook, Workbook | None]:
    """The workbook, and where it has formulas also what they came to."""
    with _laid_down(content, file) as path:
        _refuse_hostile(path, path.suffix)
        try:
            formulas = load_workbook(path, keep_links=False)
            computed = any(cell.data_type == "f" for page in formulas.worksheets for cell in _cells(page).values())
            return formulas, load_workbook(path, data_only=True, keep_links=False) if computed else None
        # openpyxl has no root of its errors; a forged file may bring up any of them.
        except Exception as error:
            raise UnreadableDocumentError(
                _("“%(file)s”读不了，可能已损坏，请用 Excel 或 WPS 打开后另存一份再试。") % {"file": file}
            ) from error


def _refuse_hostile(path: Path, suffix: str) -> None:
    """Look at every part before openpyxl does: entities, depth, sheer mass, and merges over cells that are not there."""
    with Package.open(path) as package:
        package.main(suffix, "xl")
        for name in package.names:
            if not (name.endswith(".xml") and name.startswith("xl/")):
                continue
            room = _MOST_MERGED
            for merge in package.xml(name).iterfind("{*}mergeCells/{*}mergeCell"):
                try:
                    left, top, right, bottom = (place or 0 for place in range_boundaries(merge.get("ref", "A1")))
                except ValueError:
                    continue  # openpyxl will say so
                room -= (right - left + 1) * (bottom - top + 1)
                if room < 0:
                    raise UnreadableDocumentError(
                        _("“%(name)s”合并的单元格太多，没有打开，请取消合并后再试。") % {"name": path.name}
                    )


def _cells(page: Worksheet) -> dict[_Spot, Cell | MergedCell]:
    """The cells that the file has, by row and column; openpyxl's own ways of looking make those that it has not."""
    return page._cells  # noqa: SLF001 - as said


def _header(sheet: Sheet, book: Workbook) -> tuple[Worksheet | None, int, dict[str, int]]:
    """The page, the row and the columns of the header: on the page of this name, or else on the page most like it."""
    known = {_plain(column.header): column.key for column in sheet.columns}
    best: tuple[tuple[int, bool, int], Worksheet, int, dict[str, int]] | None = None
    for page in book.worksheets:
        for number in range(1, min(page.max_row, _HEADER_WITHIN) + 1):
            places: dict[str, int] = {}
            for index in range(1, min(page.max_column, _MOST_COLUMNS) + 1):
                key = known.get(_plain(page.cell(number, index).value))
                if key:
                    places.setdefault(key, index)
            likeness = (len(places), page.title == sheet.name, -number)
            if places and (best is None or likeness > best[0]):
                best = (likeness, page, number, places)
    if best is None or best[0][0] * 2 < sum(column.required for column in sheet.columns):
        return None, 0, {}
    return best[1:]


def _plain(value: object) -> str:
    """A header without blanks, stars and “必填”."""
    return re.sub(r"\s+|[*＊]|[（(]必填[）)]", "", str(value or ""))


def _tell_columns(filled: Filled, page: Worksheet, header: int) -> None:
    """Columns that are missing or stand twice are faults; columns that nobody knows are told and left alone."""
    keys = {_plain(column.header): column for column in filled.sheet.columns}
    seen: set[str] = set()
    for index in range(1, min(page.max_column, _MOST_COLUMNS) + 1):
        name = _plain(page.cell(header, index).value)
        if name in seen:
            where = f"{get_column_letter(index)}{header}"
            filled.faults.append(Fault(page.title, header, name, where, _("这一列有两个，请删去一个。")))
        elif name in keys:
            seen.add(name)
            if any(d.hidden and (d.min or 0) <= index <= (d.max or 0) for d in page.column_dimensions.values()):
                filled.remarks.append(
                    _("“%(sheet)s”的“%(name)s”列是隐藏的，也读了。") % {"sheet": page.title, "name": name}
                )
        elif name:
            filled.remarks.append(
                _("“%(sheet)s”的“%(name)s”列（%(letter)s 列）不认识，没有读。")
                % {"sheet": page.title, "name": name, "letter": get_column_letter(index)}
            )
    missing = [column.header for name, column in keys.items() if column.required and name not in seen]
    if missing:
        filled.refuse(header, None, _("表头缺少：%(names)s。") % {"names": "、".join(missing)})


def _rows(filled: Filled, page: Worksheet, looking: _Looking, places: Mapping[str, int]) -> None:
    columns = [(column, places[column.key]) for column in filled.sheet.columns if column.key in places]
    hidden = []
    for number in range(looking.header + 1, looking.last + 1):
        if not any(looking.at(number, index) and (number, index) not in looking.merged for _, index in columns):
            continue
        if page.row_dimensions[number].hidden:
            hidden.append(number)
        taken: dict[str, Value] = {}
        for column, index in columns:
            try:
                taken[column.key] = _value(column, looking.at(number, index))
            except _FaultyError as fault:
                filled.refuse(number, column.key, str(fault))
        filled.rows.append(Row(number, taken))
    if hidden:
        which = "、".join(str(number) for number in hidden[:10]) + ("……" if len(hidden) > 10 else "")
        told = {"sheet": page.title, "count": len(hidden), "which": which}
        filled.remarks.append(_("“%(sheet)s”有 %(count)s 行是隐藏的（第 %(which)s 行），也读了。") % told)


def _merged(filled: Filled, page: Worksheet, header: int, last: int) -> Iterator[tuple[_Spot, _Spot]]:
    """The cells covered by a merge downward, each with the cell whose value it shares; a merge sideways is a fault."""
    wanted = {column_index_from_string(letter) for letter in filled.letters.values()}
    for span in page.merged_cells.ranges:
        if span.max_row <= header or span.min_row > last or not any(span.min_col <= i <= span.max_col for i in wanted):
            continue
        if span.max_col > span.min_col or span.min_row <= header:
            sentence = _("横向合并了单元格，请取消合并后分别填写。")
            filled.faults.append(Fault(page.title, span.min_row, None, str(span.coord), sentence))
            continue
        for number in range(span.min_row + 1, min(span.max_row, last) + 1):
            yield (number, span.min_col), (span.min_row, span.min_col)


def _value(column: Column, place: _Place | None) -> Value:
    """The value of a cell by the kind of its column; raises _FaultyError with the sentence."""
    if place is None:
        if column.required:
            raise _FaultyError(_("必填，没有填。"))
        return "" if column.kind is Kind.TEXT else None
    if place.value is None:
        raise _FaultyError(_("是公式，还没有算出结果，请用 Excel 或 WPS 打开保存一次，或改填数值。"))
    if isinstance(place.value, str) and place.value.startswith("#") and place.cell.data_type in {"e", "f"}:
        raise _FaultyError(_("是错误值 %(value)s，请改正。") % {"value": place.value})
    if column.kind is Kind.NUMBER:
        return _number(place)
    if column.kind is Kind.DATE:
        return _day(place)
    text = _text(place)
    if column.kind is Kind.CHOICE:
        return _choice(column, text.strip(_BLANKS))
    if len(text) > column.longest:
        raise _FaultyError(
            _("有 %(count)s 个字，最多 %(longest)s 个。") % {"count": len(text), "longest": column.longest}
        )
    return text


def _text(place: _Place) -> str:
    """As the person sees it: 2.10 stays 2.10, 85% stays 85%."""
    value = place.value
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= 10**15:
            raise _FaultyError(_("数字太长，Excel 已经丢掉末几位，请把这一格设为文本后重新填写。"))
        exact = Decimal(repr(value))
        try:
            shown = show_number(exact, place.cell.number_format)
        except UnknownFormatError:
            shown = ""
        # General shows 12 digits and more as 1.23E+11; the digits are there all the same.
        plain = place.cell.number_format in {"General", "@"} or not shown or "E" in shown or "#" in shown
        return format(exact.normalize(), "f") if plain else shown
    if isinstance(value, datetime | date):
        raise _FaultyError(
            _("Excel 把这一格当成了日期（%(value)s），请设为文本后重新填写。") % {"value": f"{value:%Y-%m-%d}"}
        )
    raise _FaultyError(_("不是文字，请重新填写。"))


def _number(place: _Place) -> Decimal:
    value = place.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= 10**15:
            raise _FaultyError(_("数字太长，Excel 已经丢掉末几位，请把这一格设为文本后重新填写。"))
        # Excel shows and keeps 15 digits; 0.1 + 0.2 is 0.3 to whoever sees it.
        number = Decimal(format(value, ".15g"))
        return number * 100 if "%" in place.cell.number_format else number
    if isinstance(value, str):
        text = value.translate(_DIGITS).strip(_BLANKS)
        if re.fullmatch(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?", text):
            try:
                return Decimal(text.replace(",", "").rstrip("%"))
            except InvalidOperation as error:
                raise _FaultyError(_("“%(value)s”不是数字。") % {"value": value[:30]}) from error
        raise _FaultyError(_("“%(value)s”不是数字，请只填数字，不带单位。") % {"value": value[:30]})
    raise _FaultyError(_("不是数字，请把格式设为常规后重新填写。"))


def _day(place: _Place) -> date:
    value = place.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(place) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    match = _DAY.fullmatch(text.translate(_DIGITS).strip(_BLANKS))
    if match:
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise _FaultyError(_("没有 %(text)s 这一天。") % {"text": text}) from error
    raise _FaultyError(_("“%(value)s”不是日期，请写成 2026-12-31。") % {"value": text[:30] or value})


def _choice(column: Column, text: str) -> str:
    found = [value for value, words in column.choices if text == str(words)]
    if len(found) > 1:
        raise _FaultyError(_("“%(text)s”有 %(count)s 个，分不清是哪一个。") % {"text": text[:30], "count": len(found)})
    if found or text in dict(column.choices):
        return found[0] if found else text
    offered = [str(words) for _, words in column.choices]
    told = "、".join(offered[:12]) + ("……" if len(offered) > 12 else "")
    raise _FaultyError(_("“%(text)s”不在可选之列：%(told)s。") % {"text": text[:30], "told": told})
