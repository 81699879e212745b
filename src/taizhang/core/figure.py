"""Figure: a formula worked out on records: the value, the records that make it, those left out and why, the working.

The year of a record is decided once, so that for counts and sums the years always add up to the cumulative value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taizhang.core.attainment import FULL, ZERO, plain
from taizhang.core.dating import When, when
from taizhang.core.formula import Basis, DatedBy, Formula, Kinds, KindTerms, MeasureTerms, Operation, Part
from taizhang.core.ladder import Ladder
from taizhang.core.record import Record, RecordMeasure
from taizhang.core.saying import joined, phrase

_ONE = Decimal(1)


class Window(NamedTuple):
    """The years that are asked for, both included; nothing after `as_of` counts."""

    first: int
    last: int
    as_of: date | None = None


class Counted(NamedTuple):
    """A record that counts: what it adds to the value, the year it counts in, and what is to be said of it."""

    record: Record
    amount: Decimal
    when: When
    note: str = ""


class LeftOut(NamedTuple):
    """A record that does not count, and why."""

    record: Record
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value with its working. `years` are the values of single years; of a ratio, `parts` are numerator and denominator.

    `value` is None where there is none to tell (a ratio over nothing, no latest record); 0 is a value.
    """

    value: Decimal | None
    unit: str
    years: Mapping[int, Decimal | None]
    counted: tuple[Counted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    parts: tuple["Figure", ...] = ()
    working: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Records by kind, with the time of each worked out once: what many formulas are evaluated on."""

    by_kind: Mapping[str, Sequence[tuple[Record, When]]]
    kinds: Kinds
    levels: Ladder
    _meant: dict[tuple[str, str, str], MeasureTerms | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, records: Iterable[Record], kinds: Kinds, levels: Ladder) -> "Pool":
        """A pool of these records."""
        found: dict[str, list[tuple[Record, When]]] = {}
        for record in records:
            found.setdefault(record.kind, []).append((record, when(record)))
        return cls(found, kinds, levels)

    def meant(self, kind: KindTerms, measure: RecordMeasure) -> MeasureTerms | None:
        """What a record's measure is of, remembered: the same few names stand on thousands of records."""
        key = (kind.key, measure.name, measure.unit)
        if key not in self._meant:
            self._meant[key] = kind.meant(measure.name, measure.unit)
        return self._meant[key]


def evaluated(formula: Formula, pool: Pool, window: Window) -> Figure:
    """The figure that a formula makes of the records of a pool."""
    made = [_made(part, formula, pool, window) for part in formula.parts]
    return made[0] if formula.divisor is None else _ratio(formula, made[0], made[1], window)


def at(figure: Figure, formula: Formula, last: int) -> Decimal | None:
    """The value at the end of an earlier year, from the figure of the whole window; only a latest value has to be asked anew.

    Amounts say what each record adds in the order of time, so those up to a year make the value of that year.
    """
    if figure.parts:
        over, under = (at(part, formula, last) for part in figure.parts)
        return divided(over, under, FULL if figure.unit == "%" else _ONE)
    if formula.basis is Basis.PER_YEAR:
        return figure.years.get(last, ZERO)
    return sum((each.amount for each in figure.counted if (each.when.year or 0) <= last), ZERO)


class Asked(NamedTuple):
    """What one part asks of a record, prepared once for all records of a kind."""

    part: Part
    kind: KindTerms
    counts: frozenset[str]
    first: int
    last: int
    rank: int | None
    is_by_state: bool
    as_of: date | None


def _made(part: Part, formula: Formula, pool: Pool, window: Window) -> Figure:
    counted: list[Counted] = []
    left_out: list[LeftOut] = []
    for key in part.kinds:
        kind = pool.kinds.get(key)
        if kind is None:
            continue
        asked = asked_of(part, kind, formula, pool.levels, window)
        for record, dated in pool.by_kind.get(key, ()):
            found = _judged(record, dated, asked, pool)
            if isinstance(found, str):
                left_out.append(LeftOut(record, found))
            else:
                counted.append(found)
    return _finished(part, formula, window, counted, left_out)


def asked_of(part: Part, kind: KindTerms, formula: Formula, levels: Ladder, window: Window) -> Asked:
    """The question of one part to one kind."""
    first = 0 if formula.basis is Basis.POINT_IN_TIME else window.first
    return Asked(
        part,
        kind,
        frozenset(part.states) if part.states else kind.done,
        max(first, part.since or first),
        min(window.last, part.until or window.last),
        levels.rank(part.level) if part.level else None,
        formula.dated_by is DatedBy.STATE,
        window.as_of,
    )


def _judged(record: Record, dated: When, asked: Asked, pool: Pool) -> Counted | str:
    """The record as it counts, or why it does not: state, time, level and the other filters, then the measure."""
    state = record.state
    if asked.as_of is not None and record.moves:
        state = _state_on(record, asked.as_of)
    if state not in asked.counts:
        return _why_state(state, asked)
    if asked.is_by_state:
        dated = came_into(record, asked)
    if dated.year is None:
        return dated.why
    if not asked.first <= dated.year <= asked.last:
        return phrase(
            "%(year)s 年的，不在 %(first)s—%(last)s 年之内",
            year=dated.year,
            first=asked.first or phrase("不限"),
            last=asked.last,
        )
    if asked.as_of is not None and (dated.day or date(dated.year, 1, 1)) > asked.as_of:
        return phrase("在 %(day)s 之后", day=asked.as_of.isoformat())
    why = _why_filtered(record, asked, pool)
    return why or amount_of(record, dated, asked, pool)


def _state_on(record: Record, as_of: date) -> str | None:
    """The state on a day: that of the last move not after it; the present one where no move is later."""
    if not any(move.on is not None and move.on > as_of for move in record.moves):
        return record.state
    past = [move.state for move in record.moves if move.on is None or move.on <= as_of]
    return past[-1] if past else None


def _why_state(state: str | None, asked: Asked) -> str:
    if not state:
        return phrase("没有写明状态")
    name = asked.kind.state_name(state)
    return (
        phrase("状态是“%(name)s”，公式不计", name=name)
        if asked.part.states
        else phrase("状态是“%(name)s”，还不算做成", name=name)
    )


def came_into(record: Record, asked: Asked) -> When:
    """By the first day on which the record came into a state that counts."""
    days = [move.on for move in record.moves if move.on is not None and move.state in asked.counts]
    if not days:
        return When(None, why=phrase("没有写明哪一天进入“%(state)s”", state=asked.kind.state_name(record.state)))
    return When(min(days).year, min(days))


def _why_filtered(record: Record, asked: Asked, pool: Pool) -> str:
    part = asked.part
    if part.level:
        why = why_level(record.level, asked, pool)
        if why:
            return why
    if part.departments and record.department not in part.departments:
        return (
            phrase("责任部门是“%(department)s”", department=record.department)
            if record.department
            else phrase("没有写明责任部门")
        )
    if part.tags and not set(part.tags) & set(record.tags):
        return phrase("没有标签“%(names)s”", names="、".join(part.tags))
    for key, values in part.where:
        if not set(values) & set(told_under(record, key)):
            told = "、".join(told_under(record, key))
            called = asked.kind.fields.get(key, key)
            return (
                phrase("%(called)s是“%(told)s”", called=called, told=told)
                if told
                else phrase("没有写明%(called)s", called=called)
            )
    return ""


def why_level(level: str | None, asked: Asked, pool: Pool) -> str:
    """A level is never inferred: one that is absent, or two written together, satisfies none."""
    part = asked.part
    if not level:
        return phrase("没有写明级别")
    if "/" in level or "／" in level:
        return phrase("级别写的是“%(level)s”，两级合写，分不开", level=level)
    if pool.levels.name(level) == pool.levels.name(part.level):
        return ""
    if part.exactly:
        return phrase("级别是“%(level)s”，只计%(wanted)s", level=level, wanted=part.level)
    rank = pool.levels.rank(level)
    if rank is None:
        return phrase("级别是“%(level)s”，与%(wanted)s不分高低", level=level, wanted=part.level)
    return (
        phrase("级别是“%(level)s”，低于%(wanted)s", level=level, wanted=part.level)
        if asked.rank is not None and rank > asked.rank
        else ""
    )


def told_under(record: Record, key: str) -> tuple[str, ...]:
    """What a record says under one of its kind's own fields, as texts."""
    value = record.fields.get(key)
    if value is None or value == "":
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("是" if value else "否",)
    return (plain(value) if isinstance(value, Decimal) else value,)


def amount_of(record: Record, dated: When, asked: Asked, pool: Pool) -> Counted | str:
    """What a record adds that meets all conditions, or why it cannot be told."""
    part = asked.part
    if part.operation is Operation.DISTINCT:
        return (
            Counted(record, _ONE, dated, dated.note) if keys(record, part.over) else phrase("没有写明去重要看的那一项")
        )
    if not part.measure:
        return Counted(record, _ONE, dated, dated.note)
    wanted = asked.kind.measure(part.measure)
    found = [each for each in record.measures if wanted is not None and each.name in (wanted.name, *wanted.aliases)]
    if not found:
        found = [each for each in record.measures if pool.meant(asked.kind, each) is wanted and wanted is not None]
    if not found or wanted is None:
        if part.operation is Operation.COUNT:
            return Counted(record, _ONE, dated, dated.note)
        return phrase("没有“%(measure)s”", measure=part.measure)
    if len(found) > 1:
        return phrase("“%(measure)s”写了 %(count)s 个数，分不清计哪一个", measure=part.measure, count=len(found))
    return _measured(record, dated, found[0], wanted, part)


def _measured(record: Record, dated: When, told: RecordMeasure, wanted: MeasureTerms, part: Part) -> Counted | str:
    """By the number that the record tells, converted only where the kind declares how."""
    if told.cumulative and part.operation is not Operation.LATEST:
        return phrase(
            "“%(name)s %(value)s %(unit)s”本身是累计数，再加会重复",
            name=told.name,
            value=plain(told.value),
            unit=told.unit,
        )
    one, per = wanted.factor(told.unit), wanted.factor(part.unit)
    if one is None or per is None:
        return phrase("计量单位是“%(unit)s”，不能换算成“%(wanted)s”", unit=told.unit, wanted=part.unit)
    amount = told.value * one / per
    notes = [dated.note] if dated.note else []
    if one != per:
        notes.append(f"{plain(told.value)} {told.unit} = {plain(amount)} {part.unit}")
    if told.qualifier not in {"", "等于"}:
        notes.append(phrase("原文是“%(qualifier)s%(value)s”", qualifier=told.qualifier, value=plain(told.value)))
    return Counted(record, amount, dated, joined("；", notes))


def keys(record: Record, over: str) -> tuple[str, ...]:
    """What a record is counted by once: the names of its partners, its department, one of its own fields."""
    if over == "partner":
        return tuple(dict.fromkeys(partner.name for partner in record.partners if partner.name))
    if over in {"department", "owner", "place", "title"}:
        value = getattr(record, over)
        return (value,) if value else ()
    return told_under(record, over)


def _finished(part: Part, formula: Formula, window: Window, counted: list[Counted], left_out: list[LeftOut]) -> Figure:
    counted.sort(key=lambda each: (each.when.year or 0, each.when.day or date.min, each.record.id))
    unit = part.unit or (formula.unit if formula.divisor is None else "")
    if part.operation is Operation.LATEST:
        return _latest(formula, window, unit, counted, left_out)
    if part.operation is Operation.DISTINCT:
        return _distinct(part, formula, window, unit, counted, left_out)
    years = _by_year(counted, window)
    total = sum((each.amount for each in counted), ZERO)
    value: Decimal | None = total
    if formula.basis is Basis.PER_YEAR:
        value = years.get(window.last, ZERO)
    return Figure(
        value=value, unit=unit, years=years, counted=tuple(counted), left_out=tuple(left_out),
        working=_lines(formula, window, years, total, unit, len(counted)),
    )  # fmt: skip


def _by_year(counted: Sequence[Counted], window: Window) -> dict[int, Decimal | None]:
    """What each year adds. A point in time also has what came before the first year asked for."""
    sums: dict[int, Decimal] = dict.fromkeys(range(window.first, window.last + 1), ZERO)
    for each in counted:
        year = each.when.year or 0
        sums[year] = sums.get(year, ZERO) + each.amount
    return dict(sorted(sums.items()))


def _lines(
    formula: Formula, window: Window, years: Mapping[int, Decimal | None], total: Decimal, unit: str, number: int
) -> tuple[str, ...]:
    counted = phrase("计入 %(number)s 条记录", number=number)
    each = joined(
        "，", (phrase("%(year)s 年 %(value)s", year=year, value=plain(value or ZERO)) for year, value in years.items())
    )
    if formula.basis is Basis.PER_YEAR:
        return (
            counted,
            each,
            phrase(
                "每年口径，取 %(last)s 年：%(value)s%(unit)s",
                last=window.last,
                value=plain(years.get(window.last) or ZERO),
                unit=unit,
            ),
        )
    sums = " ＋ ".join(plain(value or ZERO) for value in years.values())
    return (
        counted,
        each,
        f"{sums} = {plain(total)}{unit}"
        if len(years) > 1
        else phrase("合计 %(total)s%(unit)s", total=plain(total), unit=unit),
    )


def _latest(formula: Formula, window: Window, unit: str, counted: list[Counted], left_out: list[LeftOut]) -> Figure:
    """The newest record's value, of each year and of all; where two of the same day differ, nobody can say."""
    by_year: dict[int, list[Counted]] = {}
    for each in counted:
        by_year.setdefault(each.when.year or 0, []).append(each)
    years = {year: _newest(by_year.get(year, ()))[0] for year in range(window.first, window.last + 1)}
    pool = by_year.get(window.last, []) if formula.basis is Basis.PER_YEAR else counted
    value, taken = _newest(pool)
    rest = [LeftOut(each.record, phrase("有更新的一条")) for each in counted if each not in taken]
    if taken and value is None:
        line = phrase("最新的 %(count)s 条是同一时间的，数却不同，不能确定", count=len(taken))
    elif not taken:
        line = phrase("没有可取的记录")
    else:
        line = phrase(
            "取最新一条“%(title)s”：%(value)s%(unit)s",
            title=taken[0].record.title,
            value=plain(value or ZERO),
            unit=unit,
        )
    return Figure(
        value=value, unit=unit, years=years, counted=tuple(taken), left_out=(*left_out, *rest), working=(line,)
    )


def _newest(counted: Sequence[Counted]) -> tuple[Decimal | None, list[Counted]]:
    if not counted:
        return None, []
    last = max((each.when.year or 0, each.when.day or date.min) for each in counted)
    taken = [each for each in counted if (each.when.year or 0, each.when.day or date.min) == last]
    return (taken[0].amount if len({each.amount for each in taken}) == 1 else None), taken


def _distinct(
    part: Part, formula: Formula, window: Window, unit: str, counted: list[Counted], left_out: list[LeftOut]
) -> Figure:
    """How many different ones there are. A record adds those that no earlier one named, so that the amounts add up."""
    seen: dict[int | None, set[str]] = {}
    rows: list[Counted] = []
    is_yearly = formula.basis is Basis.PER_YEAR
    for each in counted:
        known = seen.setdefault(each.when.year if is_yearly else None, set())
        new = [key for key in keys(each.record, part.over) if key not in known]
        known.update(new)
        note = each.note if new else joined("；", filter(None, (each.note, phrase("前面已经计过"))))
        rows.append(each._replace(amount=Decimal(len(new)), note=note))
    years: dict[int, Decimal | None] = {}
    for year in range(window.first, window.last + 1):
        named = {key for each in counted if each.when.year == year for key in keys(each.record, part.over)}
        years[year] = Decimal(len(named))
    total = sum((row.amount for row in rows), ZERO)
    value = years.get(window.last, ZERO) if is_yearly else total
    lines = [
        phrase("计入 %(number)s 条记录", number=len(rows)),
        joined(
            "，",
            (phrase("%(year)s 年 %(value)s", year=year, value=plain(number or ZERO)) for year, number in years.items()),
        ),
    ]
    lines.append(
        phrase("每年口径，取 %(last)s 年", last=window.last)
        if is_yearly
        else phrase("各年之间重复的只计一次，去重后 %(total)s%(unit)s", total=plain(total), unit=unit)
    )
    return Figure(
        value=value, unit=unit, years=years, counted=tuple(rows), left_out=tuple(left_out), working=tuple(lines)
    )


def _ratio(formula: Formula, over: Figure, under: Figure, window: Window) -> Figure:
    """Numerator over denominator, both kept; over nothing there is no ratio."""
    unit = formula.counted_in
    times = FULL if unit == "%" else _ONE
    value = divided(over.value, under.value, times)
    years = {
        year: divided(over.years.get(year), under.years.get(year), times)
        for year in range(window.first, window.last + 1)
    }
    told = [plain(figure.value) if figure.value is not None else phrase("（无）") for figure in (over, under)]
    shown = f"{plain(round(value, 4))}{unit}" if value is not None else phrase("不能算：分母没有数或为 0")
    percent = " × 100%" if unit == "%" else ""
    line = phrase(
        "%(over)s%(over_unit)s ÷ %(under)s%(under_unit)s%(percent)s = %(shown)s",
        over=told[0], over_unit=over.unit, under=told[1], under_unit=under.unit, percent=percent, shown=shown,
    )  # fmt: skip
    return Figure(value=value, unit=unit, years=years, parts=(over, under), working=(line,))


def divided(over: Decimal | None, under: Decimal | None, times: Decimal) -> Decimal | None:
    """A ratio; over nothing there is none."""
    return None if over is None or not under else over / under * times
