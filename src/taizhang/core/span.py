"""Span: the days that a period told as text covers (“2022-2023”, “2023年11月20日至21日”, “since 2010”, “近五年”).

The text itself is never replaced: a record keeps it as told, and what is not understood here is None, not a guess.
"""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from taizhang.core import numeral
from taizhang.core.record import Record


class Span(NamedTuple):
    """起止: from `start` to `end`, both included; None is open on that side.

    `parts` are the separate stretches where there are several (“2022;2023”), else the one. `every_year` is “每年”,
    which has no days of its own.
    """

    start: date | None
    end: date | None
    parts: tuple[tuple[date | None, date | None], ...] = ()
    every_year: bool = False

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day, as far as is known: an open side may reach any day."""
        return any(
            (a is None or d is None or a <= d) and (b is None or c is None or c <= b)
            for a, b in self.parts or ((self.start, self.end),)
            for c, d in other.parts or ((other.start, other.end),)
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it touches, in order; those of its ends where one side is open."""
        found: set[int] = set()
        for first, last in self.parts or ((self.start, self.end),):
            known = [day.year for day in (first, last) if day is not None]
            found |= set(range(min(known), max(known) + 1)) if known else set()
        return tuple(sorted(found))


_WIDE = str.maketrans("０１２３４５６７８９．／；：－", "0123456789./;:-")
_DAY = r"(?:(?P<y{0}>\d{{4}})(?:[-./](?P<m{0}>\d{{1,2}})(?:[-./](?P<d{0}>\d{{1,2}}))?)?)"
_TO = r"\s*(?:\.\.|~|～|—+|–|--|至|到|\bto\b)\s*"
_RANGE = re.compile(rf"{_DAY.format(1)}{_TO}(?:{_DAY.format(2)}|(?:(?P<month>\d{{1,2}})[-./])?(?P<last>\d{{1,2}}))")
_SINGLE = re.compile(_DAY.format(1))
_SINCE = re.compile(rf"(?:since|自|从)\s*{_DAY.format(1)}(?:起|以来|开始)?|{_DAY.format(2)}(?:起|以来|开始|至今|..今)")
_UNTIL = re.compile(rf"(?:until|截至|截止到?|至)\s*{_DAY.format(1)}")
_RECENT = re.compile(r"(?:last|近|过去|最近)\s*(?P<years>[0-9一二两三四五六七八九十]{1,3})\s*(?:years?|年)(?:来)?")
_SCHOOL = re.compile(r"(?P<first>\d{4})(?:-|\.\.|—+|–|~|～)(?P<last>\d{4})\s*学年")
_PART = re.compile(r"(?P<year>\d{4})-?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)")
_EACH = re.compile(r"per year|every year|每年度?|每学年|年均|逐年")
_OLDEST, _NEWEST = 1900, 2100  # a number outside is no year


@lru_cache(maxsize=8192)
def understood(told: str, as_of: date | None = None) -> Span | None:
    """The days that a told period covers; None where they cannot be known from it.

    `as_of` is the day on which it was told: “近五年” counts back from it and is not understood without.
    """
    text = told.strip().lower().translate(_WIDE)
    if _EACH.fullmatch(text):
        return Span(None, None, every_year=True)
    spans = [_one(part, as_of) for part in re.split(r"[;；、]", text) if part.strip()]
    if not spans or None in spans:
        return None
    parts = tuple(part for part in spans if part is not None)
    starts, ends = [first for first, _ in parts], [last for _, last in parts]
    start = None if None in starts else min(day for day in starts if day)
    end = None if None in ends else max(day for day in ends if day)
    return Span(start, end, parts)


def span_of(record: Record, as_of: date | None = None) -> Span | None:
    """When a record happened: its own days where they are told, else what its period says."""
    if record.start is not None or record.end is not None:
        end = record.end or (record.start if record.period is None else None)
        told = understood(record.period or "", as_of)
        if record.end is None and told is not None and record.start is not None:
            end = told.end  # begun on a day, and the period says until when; open where it says “since”
        return Span(record.start, end, ((record.start, end),))
    found = understood(record.period or "", as_of or record.as_of)
    if found is None and record.as_of is not None:
        return Span(None, record.as_of, ((None, record.as_of),))
    return found


_Days = tuple[date | None, date | None]


def _one(text: str, as_of: date | None) -> _Days | None:
    text = _plain(text)
    for pattern, reading in _READINGS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return reading(match, as_of)
            except ValueError:  # the 31st of February, the 13th month
                return None
    return None


def _plain(text: str) -> str:
    """The text with 年月日 written as dashes: 2023年11月20日至21日 is 2023-11-20至21."""
    text = re.sub(r"\s*(年度?|月份?)\s*", r"\1", text.strip())
    text = re.sub(r"(?<=\d)年度?(?:底|末)", "-12-31", text)
    text = re.sub(r"(?<=\d)(?:年度?|月份?)", "-", text)
    text = re.sub(r"(?<=\d)[日号]", "", text)
    text = re.sub(r"-(?=$|[^0-9上下第一二三四])", "", text)
    text = re.sub(r"^(\d{4})-(\d{4})(?!\s*学)", r"\1..\2", text)
    return re.sub(r"^(\d{4}[-./]\d{1,2}[-./]\d{1,2})-(\d{1,2})$", r"\1..\2", text)


def _year(told: str) -> int:
    year = int(told)
    if not _OLDEST <= year <= _NEWEST:
        raise ValueError(told)
    return year


def _first(year: str, month: str | None, day: str | None) -> date:
    return date(_year(year), int(month or 1), int(day or 1))


def _last(year: str, month: str | None, day: str | None) -> date:
    within = int(month or 12)
    return date(_year(year), within, int(day or calendar.monthrange(_year(year), within)[1]))


def _range(match: re.Match[str], _as_of: date | None) -> _Days | None:
    year, month, day = match["y1"], match["m1"], match["d1"]
    start = _first(year, month, day)
    if match["y2"]:
        end = _last(match["y2"], match["m2"], match["d2"])
    elif day:
        end = _last(year, match["month"] or month, match["last"])
    elif month and not match["month"]:
        end = _last(year, match["last"], None)
    else:
        return None
    return (start, end) if start <= end else None


def _single(match: re.Match[str], _as_of: date | None) -> _Days:
    parts = match["y1"], match["m1"], match["d1"]
    return _first(*parts), _last(*parts)


def _since(match: re.Match[str], _as_of: date | None) -> _Days:
    ordinal = "1" if match["y1"] else "2"
    return _first(match[f"y{ordinal}"], match[f"m{ordinal}"], match[f"d{ordinal}"]), None


def _until(match: re.Match[str], _as_of: date | None) -> _Days:
    return None, _last(match["y1"], match["m1"], match["d1"])


def _recent(match: re.Match[str], as_of: date | None) -> _Days | None:
    told = match["years"]
    count = int(told) if told.isdigit() else numeral.parse(told)
    if as_of is None or not count:
        return None
    return date(as_of.year - int(count) + 1, 1, 1), as_of


def _school(match: re.Match[str], _as_of: date | None) -> _Days | None:
    first, last = _year(match["first"]), _year(match["last"])
    return (date(first, 9, 1), date(last, 8, 31)) if first < last else None


def _part(match: re.Match[str], _as_of: date | None) -> _Days:
    if match["half"]:
        first, length = (1 if match["half"] == "上" else 7), 6
    else:
        quarter = "一二三四1234".index(match["quarter"]) % 4
        first, length = 3 * quarter + 1, 3
    return _first(match["year"], str(first), None), _last(match["year"], str(first + length - 1), None)


_READINGS = (
    (_SCHOOL, _school), (_PART, _part), (_SINGLE, _single), (_RANGE, _range), (_SINCE, _since), (_UNTIL, _until),
    (_RECENT, _recent),
)  # fmt: skip
