"""Dating: the one year in which a record counts, for figures, charts and lists alike, and why it has none."""

from datetime import date
from typing import NamedTuple

from taizhang.core.record import Record
from taizhang.core.span import understood


class When(NamedTuple):
    """The year a record counts in, the day where one is known, and what is to be said of that; else why it has none."""

    year: int | None
    day: date | None = None
    note: str = ""
    why: str = ""


_SCHOOL_YEAR = "学年"


def when(record: Record) -> When:
    """The year of a record: that in which it ended, else the day that is known, else the last year of its period.

    A school year is not a calendar year: without days it belongs to none. Where only the beginning is a day, a period
    that goes on into a later year says when it ended; a day of counting that lies behind the period counts in the period.
    """
    label = record.period or ""
    told = understood(label) if label and _SCHOOL_YEAR not in label else None
    last = told.end.year if told is not None and told.end is not None else None
    if record.end is None and record.start is not None and last is not None and last > record.start.year:
        return When(last, None, f"跨 {record.start.year}—{last} 年，计入 {last} 年")
    day = record.end or record.start
    if day is None and record.as_of is not None:
        if last is not None and last < record.as_of.year:
            return When(last, None, f"{record.as_of.year} 年统计，说的是 {last} 年，计入 {last} 年")
        day = record.as_of
    if day is not None:
        spans = record.start is not None and record.start.year < day.year
        return When(day.year, day, f"跨年，计入结束的 {day.year} 年" if spans else "")
    return _by_period(label)


def _by_period(label: str) -> When:
    if _SCHOOL_YEAR in label:
        return When(None, why=f"按学年记（{label}），没有日期，分不到自然年")
    told = understood(label)
    if told is None or told.end is None:
        return When(None, why=f"时间“{label}”不是确定的年份" if label else "没有写明时间")
    first, last = (told.start or told.end).year, told.end.year
    return When(last, None, f"跨 {first}—{last} 年，计入 {last} 年" if first < last else "")
