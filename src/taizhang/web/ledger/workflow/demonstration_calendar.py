"""When the invented college lives: its programme is in its second or third year whenever the demonstration is made.

What is told of it was written for a programme of 2022 to 2025; here it is moved to the years that are meant.
"""

import io
import re
import zipfile
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from taizhang.core.dating import when
from taizhang.core.record import Record

_WRITTEN_FOR = 2022
_LENGTH = 4
_AUTUMN = 10  # by then the freshmen are counted
_HALF = timedelta(days=183)
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20[12]\d)年(\d{1,2})月(\d{1,2}日)?")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_WORDS = re.compile(r"(?<=>)([^<>]+)(?=</w:t>)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day on which the demonstration is made, and the years that follow from it."""

    today: date

    @property
    def first_year(self) -> int:
        """Half a year ago was in the second year: so the mid-term is at hand, or was reached not long ago."""
        return (self.today - _HALF).year - 1

    @property
    def last_year(self) -> int:
        """The programme runs four years."""
        return self.first_year + _LENGTH - 1

    @property
    def terms(self) -> tuple[str, str]:
        """The first terms of the last two school years, as they are called."""
        last = self.today.year if self.today.month >= _AUTUMN else self.today.year - 1
        return f"{last - 1}-{last}-1", f"{last}-{last + 1}-1"

    def year(self, written: int) -> int:
        """The year that is meant by one that was written for a programme of 2022."""
        return written + self.first_year - _WRITTEN_FOR

    def day(self, written: date) -> date:
        """The same day in the year that is meant."""
        return written.replace(
            year=self.year(written.year), day=min(written.day, 28) if written.month == 2 else written.day
        )

    def text(self, written: str) -> str:
        """The text with its years moved; a month of this year that is not over yet becomes the one before it."""
        moved = _YEAR.sub(lambda match: str(self.year(int(match[1]))), written)
        return _MONTH.sub(self._past, moved)

    def _past(self, match: re.Match[str]) -> str:
        year, month = int(match[1]), int(match[2])
        if year != self.today.year or month < self.today.month or self.today.month == 1:
            return match[0]
        last = self.today.replace(day=1) - timedelta(days=1)
        return f"{year}年{last.month}月{f'{last.day}日' if match[3] else ''}"

    def moved(self, told: Any) -> Any:  # noqa: ANN401 - whatever a record is made of
        """A record, or any part of one, with its texts and days moved."""
        if isinstance(told, date):
            return self.day(told)
        if isinstance(told, str):
            return self.text(told)
        if isinstance(told, tuple) and hasattr(told, "_fields"):
            return type(told)(*map(self.moved, told))
        if isinstance(told, tuple):
            return tuple(map(self.moved, told))
        if isinstance(told, dict):
            return {key: self.moved(value) for key, value in told.items()}
        if is_dataclass(told) and not isinstance(told, type):
            return replace(told, **{each.name: self.moved(getattr(told, each.name)) for each in fields(told)})
        return told

    def is_past(self, record: Record) -> bool:
        """Whether nothing that the record tells is yet to come. How long an agreement runs is not told by its days."""
        days = (record.start, record.end, record.as_of, *(move.on for move in record.moves))
        return all(day is None or day <= self.today for day in days) and (when(record).year or 0) <= self.today.year

    def bygone(self, record: Record) -> Record:
        """The record in the year that is meant, or in the newest one before it in which all of it is past."""
        earlier = self
        moved: Record = self.moved(record)
        while not self.is_past(moved):
            earlier = replace(
                earlier, today=earlier.today.replace(year=earlier.today.year - 1, day=min(self.today.day, 28))
            )
            moved = earlier.moved(record)
        return moved

    def report(self, data: bytes) -> bytes:
        """A Word file with the years of its words moved."""
        if self.first_year == _WRITTEN_FOR:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for part in book.infolist():
                inside = book.read(part)
                if part.filename.startswith("word/") and part.filename.endswith(".xml"):
                    text = inside.decode("utf-8")
                    inside = _PARAGRAPH.sub(self._paragraph, text).encode("utf-8")
                made.writestr(part, inside)
        return out.getvalue()

    def _paragraph(self, match: re.Match[str]) -> str:
        """A paragraph moved as a whole: Word cuts a year in two where it likes. Each run keeps its length, the last the rest."""
        runs = _WORDS.findall(match[0])
        left = self.text("".join(runs))
        kept = iter(range(len(runs) - 1, -1, -1))

        def next_run(run: re.Match[str]) -> str:
            nonlocal left
            taken, left = (left[: len(run[0])], left[len(run[0]) :]) if next(kept) else (left, "")
            return taken

        return _WORDS.sub(next_run, match[0])
