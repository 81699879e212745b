"""Watching 监测: actual progress held against what the time gone by lets expect, and the warnings that follow.

The same function watches indicators and task points of a programme and, as 诊改 and 专业预警, whatever a college
measures of its specialties, courses and teachers. It computes; who is told, and what must be done, is the site's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import IntEnum, StrEnum
from itertools import pairwise
from typing import NamedTuple

FULL = Decimal(100)
_TENTH = Decimal("0.1")
_BEGIN, _END = (Decimal(0), Decimal(0)), (FULL, FULL)


class Level(IntEnum):
    """How grave a warning is, and so whom it reaches: 蓝 the reporter, 黄 the lead too, 红 the office too."""

    BLUE = 1
    YELLOW = 2
    RED = 3


class Cause(StrEnum):
    """Why a warning is given. One thing has at most one warning of a cause."""

    TIME = "time"
    GAP = "gap"
    EVIDENCE = "evidence"
    FALLING = "falling"
    FINDINGS = "findings"
    THRESHOLD = "threshold"
    DROP = "drop"


class Observed(NamedTuple):
    """A value and the period it was told for, in words."""

    period: str
    number: Decimal


class Bar(NamedTuple):
    """警戒线 of a measured thing: beyond which value it is yellow, and red; `lower` where less is better.

    `drop` is by how many per cent a value may be worse than the one before it.
    """

    yellow: Decimal | None = None
    red: Decimal | None = None
    lower: bool = False
    drop: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a thing on a day.

    `start` and `due` are the days between which it is to be reached; `progress` how far it has come in per cent, None
    where nothing is told or nothing can be computed; `values` are in the order of time, the newest last.
    """

    key: str
    name: str
    start: date | None = None
    due: date | None = None
    progress: Decimal | None = None
    is_done: bool = False
    claims: bool = False
    evidence: int = 0
    errors: int = 0
    doubts: int = 0
    cumulative: bool = False
    measure: str = ""
    values: tuple[Observed, ...] = ()
    bar: Bar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """阈值: all in per cent or percentage points, except days and counts.

    `curve` says how much progress the time gone by lets expect: (time, progress) from (0, 0) to (100, 100).
    """

    left_yellow: Decimal
    left_red: Decimal
    gap_blue: Decimal
    gap_yellow: Decimal
    gap_red: Decimal
    grace: Decimal
    evidence_left: Decimal
    errors_red: Decimal
    doubts_yellow: Decimal
    escalate_days: Decimal
    curve: tuple[tuple[Decimal, Decimal], ...] = (_BEGIN, _END)

    @classmethod
    def of(cls, section: Mapping[str, object]) -> "Thresholds":
        """From the profile's section `watching`, which has every one of them; ValueError where it has not."""
        curve = section["curve"]
        if not isinstance(curve, Sequence):
            raise TypeError("watching.curve is a list of pairs")
        points = tuple((Decimal(str(time)), Decimal(str(progress))) for time, progress in curve)
        rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(points))
        if not rising or points[0] != _BEGIN or points[-1] != _END:
            raise ValueError("watching.curve rises from (0, 0) to (100, 100)")
        return cls(curve=points, **{name: Decimal(str(section[name])) for name in NAMES})

    def but(self, changes: Mapping[str, Decimal]) -> "Thresholds":
        """The same with some of them changed: a unit's own, or a year's."""
        told = {name: changes.get(name, getattr(self, name)) for name in NAMES}
        return Thresholds(curve=self.curve, **told)


NAMES = (
    "left_yellow", "left_red", "gap_blue", "gap_yellow", "gap_red", "grace", "evidence_left", "errors_red", "doubts_yellow",
    "escalate_days",
)  # fmt: skip
"""The thresholds that a college may set for a unit or a year."""


class Alarm(NamedTuple):
    """A warning as computed: its cause, how grave it is, one sentence, and the figures that led to it."""

    cause: Cause
    level: Level
    sentence: str
    working: tuple[str, ...] = ()


def time_left(start: date, due: date, day: date) -> Decimal:
    """The share of the time that is left, in per cent; 0 on the last day and after it."""
    whole = (due - start).days
    if whole <= 0 or day >= due:
        return Decimal(0)
    return min(FULL, Decimal((due - day).days) * 100 / whole)


def expected(thresholds: Thresholds, start: date, due: date, day: date) -> Decimal:
    """The progress that the time gone by lets expect, in per cent."""
    gone = FULL - time_left(start, due, day)
    points = thresholds.curve
    for (time, progress), (later, more) in pairwise(points):
        if gone <= later:
            return progress + (more - progress) * (gone - time) / (later - time)
    return FULL


def alarms(watched: Watched, thresholds: Thresholds, day: date) -> tuple[Alarm, ...]:
    """The warnings of one thing on a day, gravest first; at most one of a cause."""
    found: list[Alarm] = [
        alarm
        for alarm in (
            _of_time(watched, thresholds, day),
            _of_gap(watched, thresholds, day),
            _of_evidence(watched, thresholds, day),
            _of_falling(watched),
            _of_findings(watched, thresholds),
            *_of_bar(watched),
        )
        if alarm is not None
    ]
    return tuple(sorted(found, key=lambda alarm: (-alarm.level, alarm.cause)))


def _of_time(watched: Watched, thresholds: Thresholds, day: date) -> Alarm | None:
    """Not done, and little or no time left."""
    if watched.start is None or watched.due is None or watched.is_done or day < watched.start:
        return None
    told = f"完成度 {_shown(watched.progress)}%" if watched.progress is not None else "还没有完成情况"
    if day > watched.due:
        late = (day - watched.due).days
        return Alarm(Cause.TIME, Level.RED, f"已逾期 {late} 天，{told}", (f"期限 {watched.due:%Y-%m-%d}",))
    left = time_left(watched.start, watched.due, day)
    if left > thresholds.left_yellow:
        return None
    red = left <= thresholds.left_red
    limit = thresholds.left_red if red else thresholds.left_yellow
    working = (f"{watched.start:%Y-%m-%d} 至 {watched.due:%Y-%m-%d}，剩 {(watched.due - day).days} 天",)
    sentence = f"时间只剩 {_shown(left)}%（警戒线 {_shown(limit)}%），{told}"
    return Alarm(Cause.TIME, Level.RED if red else Level.YELLOW, sentence, working)


def _of_gap(watched: Watched, thresholds: Thresholds, day: date) -> Alarm | None:
    """Behind what the time gone by lets expect. Once it is overdue, that is what is said."""
    if watched.start is None or watched.due is None or watched.is_done or not watched.start <= day <= watched.due:
        return None
    if FULL - time_left(watched.start, watched.due, day) < thresholds.grace:
        return None
    wanted = expected(thresholds, watched.start, watched.due, day)
    behind = wanted - (watched.progress or Decimal(0))
    level = _graded(behind, thresholds.gap_blue, thresholds.gap_yellow, thresholds.gap_red)
    if level is None:
        return None
    actual = _shown(watched.progress or Decimal(0))
    sentence = f"进度落后：按时间应到 {_shown(wanted)}%，实际 {actual}%，差 {_shown(behind)} 个百分点"
    return Alarm(Cause.GAP, level, sentence, (f"{_shown(wanted)} − {actual} = {_shown(behind)}",))


def _graded(number: Decimal, blue: Decimal, yellow: Decimal, red: Decimal) -> Level | None:
    for limit, level in ((red, Level.RED), (yellow, Level.YELLOW), (blue, Level.BLUE)):
        if number >= limit:
            return level
    return None


def _of_evidence(watched: Watched, thresholds: Thresholds, day: date) -> Alarm | None:
    """Said to be reached, and nothing shows it."""
    if not watched.claims or watched.evidence:
        return None
    level = Level.YELLOW
    if watched.start is not None and watched.due is not None:
        level = Level.RED if time_left(watched.start, watched.due, day) <= thresholds.evidence_left else level
    return Alarm(Cause.EVIDENCE, level, "报了完成，还没有佐证材料")


def _of_falling(watched: Watched) -> Alarm | None:
    """A cumulative value that is smaller than an earlier one."""
    if not watched.cumulative:
        return None
    for before, after in pairwise(watched.values):
        if after.number < before.number:
            sentence = (
                f"累计值变小：{before.period} {_plain(before.number)}{watched.measure}，"
                f"{after.period} {_plain(after.number)}{watched.measure}"
            )
            return Alarm(Cause.FALLING, Level.RED, sentence)
    return None


def _of_findings(watched: Watched, thresholds: Thresholds) -> Alarm | None:
    if thresholds.errors_red and watched.errors >= thresholds.errors_red:
        return Alarm(Cause.FINDINGS, Level.RED, f"检查有错误 {watched.errors} 处")
    if thresholds.doubts_yellow and watched.doubts >= thresholds.doubts_yellow:
        return Alarm(Cause.FINDINGS, Level.YELLOW, f"检查有存疑 {watched.doubts} 处")
    return None


def _of_bar(watched: Watched) -> Iterator[Alarm | None]:
    """The newest value beyond its bar, or much worse than the one before it."""
    if watched.bar is None or not watched.values:
        return
    yield _beyond(watched, watched.bar)
    yield _dropped(watched, watched.bar)


def _beyond(watched: Watched, bar: Bar) -> Alarm | None:
    newest = watched.values[-1]
    for limit, level in ((bar.red, Level.RED), (bar.yellow, Level.YELLOW)):
        if limit is not None and (newest.number > limit if bar.lower else newest.number < limit):
            word = "高于" if bar.lower else "低于"
            value, line = f"{_plain(newest.number)}{watched.measure}", f"{_plain(limit)}{watched.measure}"
            return Alarm(Cause.THRESHOLD, level, f"{newest.period} {value}，{word}警戒线 {line}")
    return None


def _dropped(watched: Watched, bar: Bar) -> Alarm | None:
    if bar.drop is None or len(watched.values) < 2:
        return None
    before, newest = watched.values[-2:]
    worse = newest.number - before.number if bar.lower else before.number - newest.number
    if before.number <= 0 or worse * 100 / before.number < bar.drop or worse <= 0:
        return None
    by = _shown(worse * 100 / before.number)
    word = "上升" if bar.lower else "下降"
    sentence = f"{newest.period} 比{before.period}{word} {by}%：{_plain(before.number)}{watched.measure} → {_plain(newest.number)}{watched.measure}"
    return Alarm(Cause.DROP, Level.YELLOW, sentence)


def escalated(level: Level, raised: date, thresholds: Thresholds, day: date) -> Level:
    """How far up a warning has come that nobody handled: one level more for every so many days."""
    days = int(thresholds.escalate_days)
    if days <= 0:
        return level
    return Level(min(Level.RED, level + max(0, (day - raised).days) // days))


def next_escalation(level: Level, raised: date, thresholds: Thresholds) -> date | None:
    """On which day it goes up a level next; None where it is at the top, or never goes up."""
    days = int(thresholds.escalate_days)
    return raised + timedelta(days=days) if days > 0 and level < Level.RED else None


def worst(found: Iterable[Alarm]) -> Level | None:
    """The gravest level among warnings; None where there are none."""
    return max((alarm.level for alarm in found), default=None)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _shown(number: Decimal | None) -> str:
    """With at most one decimal, rounded down: 29.97 is never shown as 30."""
    return _plain((number or Decimal(0)).quantize(_TENTH, ROUND_DOWN))
