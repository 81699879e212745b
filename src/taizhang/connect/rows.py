"""A row as another system gave it, and its cells as plain text or exact numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from taizhang.core.errors import TaizhangError

Cell = str | Decimal | date | None
MOST_ROWS = 100_000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_CELL = 20_000
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，％", "0123456789.-,%")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")


class ConnectError(TaizhangError):
    """Rows could not be fetched. No message holds a password."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the source, counted from the first data row as 1 unless the source has its own."""

    number: int
    cells: Mapping[str, Cell]


def cell(value: object) -> Cell:
    """What a driver or a parser gave, as text, exact number or day."""
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    if isinstance(value, str):
        return value.strip()[:LONGEST_CELL] or None
    return str(value)[:LONGEST_CELL]


def text_of(value: Cell) -> str:
    """As a text: whole numbers without a point, days as 2024-06-30."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value.is_finite() else ""
    return value.isoformat() if isinstance(value, date) else value


def number_of(value: Cell) -> Decimal | None:
    """As a number; None where it is none. A percentage gives the number before its sign."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if not isinstance(value, str):
        return None
    plain = value.translate(_FULL_WIDTH).strip()
    if _NUMBER.fullmatch(plain) is None:
        return None
    return Decimal(plain.rstrip("%").replace(",", ""))


def day_of(value: Cell) -> date | None:
    """As a day; None where it is none."""
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
