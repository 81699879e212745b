"""Tally: what a formula comes to, without the working: for hundreds of formulas on thousands of records at once.

The laws are those of `figure`, asked there once for each record and condition and remembered here as bits, one a
record; which records count is then a few operations on whole numbers. `figure.evaluated` says why, for one figure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, compress, count, groupby, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from taizhang.core.attainment import FULL, ZERO
from taizhang.core.dating import When
from taizhang.core.figure import (
    Asked,
    Pool,
    Window,
    amount_of,
    asked_of,
    came_into,
    divided,
    keys,
    told_under,
    why_level,
)
from taizhang.core.formula import Basis, Formula, Operation, Part
from taizhang.core.record import Record

_ONE = Decimal(1)
_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


class Tally(NamedTuple):
    """Value, unit and years as those of a `Figure`; `at` are the values at the ends of the years that were asked for.

    `counted` records make it, of which `marked` are marked; `left_out` do not.
    """

    value: Decimal | None
    unit: str
    years: Mapping[int, Decimal | None]
    at: Mapping[int, Decimal | None]
    counted: int
    marked: int
    left_out: int


class Calendar(NamedTuple):
    """In which year and on which day each record counts, and the records of each year."""

    years: Sequence[int]
    days: Sequence[date]
    by_year: Mapping[int, int]


class Columns:
    """The records of one kind in the order of time. Nothing in here changes but what is remembered."""

    def __init__(self, key: str, pool: Pool, marked: frozenset[str] = frozenset()) -> None:
        self.key, self.pool, self.marked_ids = key, pool, marked
        rows = sorted(pool.by_kind.get(key, ()), key=lambda row: (row[1].year or 0, row[1].day or date.min, row[0].id))
        self.records: Sequence[Record] = [record for record, _dated in rows]
        self.ids = [record.id for record in self.records]
        self.marked = _bits((place for place, name in enumerate(self.ids) if name in marked), len(rows))
        self._by: dict[str, dict[Any, int]] = {}
        self._amounts: dict[tuple[str, ...], tuple[int, Sequence[Any]]] = {}
        self.usual = _calendar([dated for _record, dated in rows])
        self._by_state: dict[frozenset[str], Calendar] = {}

    def having(self, what: str, values: Iterable[str], told: Callable[[Record], Iterable[str | None]]) -> int:
        """The records of which one of these values is told."""
        found = self.by(what, told)
        bits = 0
        for value in values:
            bits |= found.get(value, 0)
        return bits

    def by(self, what: str, told: Callable[[Record], Iterable[str | None]]) -> Mapping[Any, int]:
        """The records of each value that is told."""
        if what not in self._by:
            places: dict[str | None, list[int]] = {}
            for place, record in enumerate(self.records):
                for value in told(record):
                    places.setdefault(value, []).append(place)
            self._by[what] = {value: _bits(each, len(self.records)) for value, each in places.items()}
        return self._by[what]

    def calendar(self, asked: Asked) -> Calendar:
        """By the day of the record, or by that on which it came into a state that counts."""
        if not asked.is_by_state:
            return self.usual
        if asked.counts not in self._by_state:
            self._by_state[asked.counts] = _calendar([came_into(record, asked) for record in self.records])
        return self._by_state[asked.counts]

    def amounts(self, asked: Asked) -> tuple[int, Sequence[Any]]:
        """The records that have something to add, and what: a number, or the names that are counted once."""
        part = asked.part
        wanted = (part.operation, part.measure, part.unit, part.over)
        if wanted not in self._amounts:
            each_once = part.operation is Operation.DISTINCT
            none = When(None)
            found = [
                keys(record, part.over) or "" if each_once else amount_of(record, none, asked, self.pool)
                for record in self.records
            ]
            bits = _bits((n for n, each in enumerate(found) if not isinstance(each, str)), len(found))
            self._amounts[wanted] = bits, [each if each_once else getattr(each, "amount", ZERO) for each in found]
        return self._amounts[wanted]


def _calendar(dated: Sequence[When]) -> Calendar:
    places: dict[int, list[int]] = {}
    for place, each in enumerate(dated):
        if each.year is not None:
            places.setdefault(each.year, []).append(place)
    by_year = {year: _bits(each, len(dated)) for year, each in sorted(places.items())}
    return Calendar([each.year or 0 for each in dated], [each.day or date.min for each in dated], by_year)


def _bits(places: Iterable[int], size: int) -> int:
    held = bytearray(size // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def _chosen(bits: int) -> bytes:
    """A 1 for every record that is chosen, for `compress`."""
    return format(bits, "b")[::-1].encode().translate(_DIGITS)


def tallied(formula: Formula, columns: Mapping[str, Columns], window: Window, ends: Iterable[int] = ()) -> Tally:
    """What the formula comes to in a window without a last day, and at the ends of earlier years.

    A latest value at an earlier end has to be asked anew: its window is another.
    """
    ends = tuple(ends)
    made = [_part(part, formula, columns, window, ends) for part in formula.parts]
    found = [tally for tally, _bits in made]
    over = found[0]
    if formula.divisor is not None:
        under, times = found[1], FULL if formula.counted_in == "%" else _ONE
        over = over._replace(
            value=divided(over.value, under.value, times),
            unit=formula.counted_in,
            years={
                year: divided(over.years.get(year), under.years.get(year), times)
                for year in range(window.first, window.last + 1)
            },
            at={end: divided(over.at[end], under.at[end], times) for end in over.at if end in under.at},
        )
    counted: dict[str, int] = {}
    for _tally, bits in made:
        for key, each in bits.items():
            counted[key] = counted.get(key, 0) | each
    return over._replace(
        counted=sum(bits.bit_count() for bits in counted.values()),
        marked=sum((bits & columns[key].marked).bit_count() for key, bits in counted.items()),
        left_out=sum(tally.left_out for tally in found),
    )


class _Chosen(NamedTuple):
    """The records of one kind that count, by their calendar, and what each of them adds."""

    columns: Columns
    bits: int
    calendar: Calendar
    amounts: Sequence[Any]


class _Item(NamedTuple):
    """One record that counts, as it is put in the order of time."""

    year: int
    day: date
    id: str
    amount: Any
    key: str
    place: int


_Made = tuple[Tally, Mapping[str, int]]


def _part(
    part: Part, formula: Formula, columns: Mapping[str, Columns], window: Window, ends: Sequence[int]
) -> _Made:  # fmt: skip
    chosen = [_choose(part, formula, columns[key], window) for key in part.kinds if key in columns]
    rows = sum(len(each.columns.records) for each in chosen)
    unit = part.unit or (formula.unit if formula.divisor is None else "")
    at: Mapping[int, Decimal | None] = {}
    if part.operation is Operation.LATEST:
        value, years, counted = _latest(_items(chosen), formula, window)
    else:
        make = _numbers if part.operation is Operation.COUNT and not part.measure else _sums
        make = _each_once if part.operation is Operation.DISTINCT else make
        value, years, at = make(chosen, formula, window, ends)
        counted = [(each.columns.key, each.bits) for each in chosen]
    bits: dict[str, int] = {}
    for key, each in counted:
        bits[key] = bits.get(key, 0) | each
    left_out = rows - sum(each.bit_count() for _key, each in counted)
    return Tally(value, unit, years, at, 0, 0, left_out), bits


def _choose(part: Part, formula: Formula, columns: Columns, window: Window) -> _Chosen:
    """As `figure` judges one record: state, time, level and the other filters, then the measure."""
    asked = asked_of(part, columns.pool.kinds[columns.key], formula, columns.pool.levels, window)
    calendar = columns.calendar(asked)
    within = 0
    for year, those in calendar.by_year.items():
        if asked.first <= year <= asked.last:
            within |= those
    bits = within & columns.having("state", asked.counts, lambda record: (record.state,))
    if part.level:
        told = columns.by("level", lambda record: (record.level,))
        enough = [level for level in told if not why_level(level, asked, columns.pool)]
        bits &= columns.having("level", enough, lambda record: (record.level,))
    if part.departments:
        bits &= columns.having("department", part.departments, lambda record: (record.department,))
    if part.tags:
        bits &= columns.having("tag", part.tags, lambda record: record.tags)
    for key, values in part.where:
        bits &= columns.having(f"field:{key}", values, lambda record, key=key: told_under(record, key))  # type: ignore[misc]
    if part.operation is Operation.COUNT and not part.measure:
        return _Chosen(columns, bits, calendar, ())
    able, amounts = columns.amounts(asked)
    return _Chosen(columns, bits & able, calendar, amounts)


def _items(chosen: Sequence[_Chosen]) -> list[_Item]:
    """The records that count in the order of time, all kinds together."""
    found: list[tuple[Any, ...]] = []
    for columns, bits, calendar, amounts in chosen:
        those = _chosen(bits)
        told = (calendar.years, calendar.days, columns.ids, amounts)
        found += zip(
            *(compress(each, those) for each in told), repeat(columns.key), compress(count(), those), strict=False
        )
    return sorted(map(_Item._make, found))


def _yearly(chosen: Sequence[_Chosen]) -> Iterator[tuple[int, list[Decimal]]]:
    """The amounts of each year in the order of time; the records of one kind stand in it already."""
    if len(chosen) == 1 and chosen[0].calendar is chosen[0].columns.usual:
        for year, those in chosen[0].calendar.by_year.items():
            if both := those & chosen[0].bits:
                yield year, list(compress(chosen[0].amounts, _chosen(both)))
    else:
        for year, items in groupby(_items(chosen), key=attrgetter("year")):
            yield year, [item.amount for item in items]


_Values = tuple[Decimal | None, Mapping[int, Decimal | None], Mapping[int, Decimal | None]]


def _numbers(chosen: Sequence[_Chosen], formula: Formula, window: Window, ends: Sequence[int]) -> _Values:
    """How many there are, of each year and of all."""
    found = dict.fromkeys(range(window.first, window.last + 1), 0)
    for _columns, bits, calendar, _amounts in chosen:
        for year, those in calendar.by_year.items():
            if number := (bits & those).bit_count():
                found[year] = found.get(year, 0) + number
    years = {year: Decimal(number) for year, number in sorted(found.items())}
    if formula.basis is Basis.PER_YEAR:
        return years[window.last], years, {end: years.get(end, ZERO) for end in ends}
    at = {end: Decimal(sum(number for year, number in found.items() if year <= end)) for end in ends}
    return Decimal(sum(found.values())), years, at


def _sums(chosen: Sequence[_Chosen], formula: Formula, window: Window, ends: Sequence[int]) -> _Values:
    """What they add up to, in the order of time, so that a quotient is rounded as in the working."""
    years: dict[int, Decimal | None] = dict.fromkeys(range(window.first, window.last + 1), ZERO)
    reached: dict[int, Decimal] = {}
    total = ZERO
    for year, amounts in _yearly(chosen):
        years[year] = sum(amounts, ZERO)
        reached[year] = total = sum(amounts, total)
    years = dict(sorted(years.items()))
    if formula.basis is Basis.PER_YEAR:
        return years[window.last], years, {end: years.get(end, ZERO) for end in ends}
    return total, years, {end: _reached(reached, end) for end in ends}


def _reached(reached: Mapping[int, Decimal], end: int) -> Decimal:
    """The last value not after the end of a year."""
    past = [year for year in reached if year <= end]
    return reached[max(past)] if past else ZERO


def _each_once(chosen: Sequence[_Chosen], formula: Formula, window: Window, ends: Sequence[int]) -> _Values:
    """How many different names there are, of each year and of all."""
    named: dict[int, set[str]] = {}
    for _columns, bits, calendar, names in chosen:
        for year, those in calendar.by_year.items():
            if both := bits & those:
                named.setdefault(year, set()).update(chain.from_iterable(compress(names, _chosen(both))))
    years = {year: Decimal(len(named.get(year, ()))) for year in range(window.first, window.last + 1)}
    if formula.basis is Basis.PER_YEAR:
        return years[window.last], years, {end: years.get(end, ZERO) for end in ends}
    seen: set[str] = set()
    reached: dict[int, Decimal] = {}
    for year in sorted(named):
        seen |= named[year]
        reached[year] = Decimal(len(seen))
    return Decimal(len(seen)), years, {end: _reached(reached, end) for end in ends}


def _latest(
    items: Sequence[_Item], formula: Formula, window: Window
) -> tuple[Decimal | None, Mapping[int, Decimal | None], Sequence[tuple[str, int]]]:
    """The newest value of each year and of all, and the records that tell it."""
    by_year: dict[int, list[_Item]] = {}
    for item in items:
        by_year.setdefault(item.year, []).append(item)
    years = {year: _newest(by_year.get(year, ()))[0] for year in range(window.first, window.last + 1)}
    value, taken = _newest(by_year.get(window.last, ()) if formula.basis is Basis.PER_YEAR else items)
    return value, years, [(item.key, 1 << item.place) for item in taken]


def _newest(items: Sequence[_Item]) -> tuple[Decimal | None, Sequence[_Item]]:
    """Where two of the same day differ, nobody can say."""
    taken = [item for item in items if (item.year, item.day) == (items[-1].year, items[-1].day)]
    return (taken[0].amount if len({item.amount for item in taken}) == 1 else None), taken
