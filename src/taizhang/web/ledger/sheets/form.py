"""What a sheet is: its columns, declared once, and what was read out of a filled one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

Value = str | Decimal | date | None


class Kind(StrEnum):
    """What a column holds. Read back, a text is a str, a number a Decimal, a date a date, a choice its value."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the key that code knows it by, the header that people read, and what may stand in it.

    `value` takes the value out of a row; without it the row is asked for its key or attribute. `choices` are
    (value, words) as Django writes them; `width` is in characters of Latin breadth; `longest` bounds a text.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    width: float = 16
    required: bool = False
    choices: tuple[tuple[str, Any], ...] = ()
    help: str = ""
    longest: int = 20_000
    value: Callable[[Any], object] | None = None

    def of(self, row: Any) -> object:  # noqa: ANN401 - a mapping, a table row, whatever the list is made of
        """What the row has in this column, as it is to be shown."""
        if self.value is not None:
            found = self.value(row)
        elif isinstance(row, Mapping):
            found = row.get(self.key)
        else:
            found = getattr(row, self.key)
        if self.kind is Kind.CHOICE:
            return next((str(words) for value, words in self.choices if value == found), found)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A declared sheet: the name of its tab, its columns, and what to know before filling it in."""

    name: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: the sentence begins with sheet, row and column."""

    sheet: str
    row: int | None
    column: str | None
    cell: str | None
    sentence: str

    def __str__(self) -> str:
        place = f"“{self.sheet}”"
        if self.row is not None:
            place += f"第 {self.row} 行"
        if self.column is not None:
            place += f"“{self.column}”列"
        if self.cell is not None:
            place += f"（{self.cell}）"
        return f"{place}：{self.sentence}"


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: its number in the sheet, and its values by the columns' keys; of absent columns there is none."""

    number: int
    values: dict[str, Value]

    def text(self, key: str) -> str:
        """The text of a column without blanks around it; empty where nothing stands."""
        found = self.values.get(key)
        return "" if found is None else str(found).strip()


@dataclass(slots=True)
class Filled:
    """What was read: rows, faults, remarks. While there is a fault nothing of it may be taken in."""

    sheet: Sheet
    title: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    # Where each column stands in this file, as a letter.
    letters: dict[str, str] = field(default_factory=dict)

    def refuse(self, row: Row | int | None, key: str | None, sentence: str) -> None:
        """Add a fault that only the reader of the rows can see: a name that is unknown, a code used twice."""
        number = row.number if isinstance(row, Row) else row
        header = next((column.header for column in self.sheet.columns if column.key == key), None)
        letter = self.letters.get(key or "")
        self.faults.append(
            Fault(self.title, number, header, f"{letter}{number}" if letter and number else None, sentence)
        )

    def refuse_repeated(self, *keys: str) -> None:
        """Add a fault for each row that says the same in these columns as an earlier one."""
        seen: dict[tuple[str, ...], int] = {}
        for row in self.rows:
            told = tuple(row.text(key).casefold() for key in keys)
            if not any(told):
                continue
            if told in seen:
                self.refuse(
                    row,
                    keys[-1],
                    _("与第 %(seen)s 行重复（%(names)s）。")
                    % {"seen": seen[told], "names": "、".join(row.text(key) for key in keys)},
                )
            seen.setdefault(told, row.number)
