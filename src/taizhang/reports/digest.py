"""Digest: what the records of a section of a report come to: how many of each kind, and what may be added up."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core.attainment import plain
from taizhang.core.record import Record
from taizhang.records import Kind
from taizhang.reports.counts import short_ones
from taizhang.reports.outline import Figure
from taizhang.reports.snapshot import RESULTS, Amount, Indicator, Point, Recorded, Result, Snapshot, Task, Tie
from taizhang.reports.wording import clues, telling

# Units whose sum means nothing: rates, ranks, and how long a thing lasts.
_RATIOS = {"%", "番", "名次", "元/月", "元", "分", "天", "学时", "年"}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over records of one kind: of a measure in one unit, or of the records themselves."""

    address: str
    name: str
    value: Decimal
    unit: str
    members: tuple[str, ...]

    @property
    def figure(self) -> Figure:
        """As a figure bound to its place."""
        return Figure(self.address, plain(self.value), f"{self.name}合计")

    @classmethod
    def of_records(cls, address: str, name: str, members: tuple[str, ...], unit: str = "条") -> "Total":
        """How many there are of these."""
        return cls(address, name, Decimal(len(members)), unit, members)


def of_record(ref: str, record: Record, kind: Kind | None, ties: tuple[Tie, ...] = ()) -> Recorded:
    """A record with what its kind says of it; of a kind that is no longer declared, only what the record says."""
    state = kind.state(record.state) if kind else None
    shown = tuple(f"{feed.report}/{feed.section}" for feed in kind.shown(record)) if kind else ()
    guessed = tuple(_guessed(record, kind)) if kind else ()
    return Recorded(
        ref=ref,
        record=record,
        kind=kind.name if kind else record.kind,
        state=state.name if state else record.state or "",
        counts=bool(kind and kind.counts(record.state)),
        sections=(*shown, *guessed),
        guessed=guessed,
        amounts=tuple(_amounts(record, kind)),
        ties=ties,
    )


def _guessed(record: Record, kind: Kind) -> Iterator[str]:
    """The sections that a record finds by a clue: one a report, and only where it carries no tag that any of them asks for."""
    wanted = [feed for feed in kind.reports if feed.tags]
    if any(feed.shows(record) for feed in wanted):
        return
    told = _said_by(record)
    known, found = clues(), set()
    for feed in wanted:
        section = f"{feed.report}/{feed.section}"
        if feed.report not in found and any(word in told for word in known.get(section, ())):
            found.add(feed.report)
            yield section


def _said_by(record: Record) -> str:
    """The words that a record says of itself: title, choices, partners, place."""
    choices = (each if isinstance(each, tuple) else (each,) for each in record.fields.values())
    texts = (str(each) for several in choices for each in several)
    return "\n".join((record.title, *texts, *(each.name for each in record.partners), record.place or ""))


def _amounts(record: Record, kind: Kind | None) -> Iterator[Amount]:
    """The measures in the units of the kind. A running total, a rate or a bound (超 30 人) is no part of a sum."""
    for each in record.measures:
        known = kind.measure(each.name, each.unit) if kind else None
        value = known.canonical(each.value, each.unit) if known else None
        if known is None or value is None:
            yield Amount(name=each.name, value=each.value, unit=each.unit, adds=False)
        else:
            adds = not each.cumulative and each.qualifier in {"", "等于"} and known.unit not in _RATIOS
            yield Amount(name=known.name, value=value, unit=known.unit, adds=adds)


def of_section(snapshot: Snapshot, section: str) -> list[Recorded]:
    """The records that a section shows, by kind and time."""
    rows = [each for each in snapshot.records if section in each.sections]
    return sorted(rows, key=lambda each: (each.kind, str(each.record.day or each.record.period or ""), each.record.id))


def by_kind(rows: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    """The records of each kind, kinds in the order in which they are met."""
    found: dict[str, list[Recorded]] = {}
    for each in rows:
        found.setdefault(each.kind, []).append(each)
    return found


def totals(section: str, rows: Sequence[Recorded]) -> Iterator[Total]:
    """The number of records of one kind that count, and the sums of their measures.

    A measure is added up only where every record that tells it may be added: a sum of some would be taken for all.
    """
    counted = [each for each in rows if each.counts]
    if not counted:
        return
    place = f"sum/{section}/{rows[0].record.kind}"
    yield Total.of_records(f"{place}/records", rows[0].kind, tuple(each.ref for each in counted))
    told: dict[tuple[str, str], list[tuple[Recorded, Decimal, bool]]] = {}
    for each in counted:
        for amount in each.amounts:
            told.setdefault((amount.name, amount.unit), []).append((each, amount.value, amount.adds))
    for (name, unit), parts in told.items():
        if all(adds for _, _, adds in parts):
            value = sum((part for _, part, _ in parts), Decimal())
            own = tuple(dict.fromkeys(each.ref for each, _, _ in parts))
            yield Total(f"{place}/{name}/{unit}", f"{rows[0].kind}{name}", value, unit, own)


@dataclass(frozen=True, slots=True)
class Things:
    """How many things the records of one kind stand for, in the kind's measure word; then by year and by level.

    A year or a level is told apart only where every record that counts tells its own; `levels` may leave some out.
    """

    whole: Total
    years: tuple[tuple[int, Total], ...] = ()
    levels: tuple[tuple[str, Total], ...] = ()

    def all(self) -> Iterator[Total]:
        """Every sum in it."""
        yield self.whole
        yield from (total for _, total in (*self.years, *self.levels))


def things(place: str, rows: Sequence[Recorded]) -> Things | None:
    """How many things records of one kind come to; None where none counts, or some tell how many they are and some do not."""
    counted = [each for each in rows if each.counts]
    told = {each.ref: _stands_for(each) for each in counted}
    if not counted or None in told.values() or len({has for _, has in filter(None, told.values())}) > 1:
        return None
    name, unit = f"{counted[0].kind}数量", telling(counted[0].record.kind, counted[0].kind).unit
    base = f"sum/{place}/{counted[0].record.kind}/things"

    def total(address: str, label: str, own: Sequence[Recorded]) -> Total:
        value = sum((one[0] for each in own if (one := told[each.ref])), Decimal())
        return Total(address, f"{label}{name}", value, unit, tuple(each.ref for each in own))

    years = sorted({year for each in counted if (year := year_of(each))}) if all(map(year_of, counted)) else []
    levels = list(dict.fromkeys(each.record.level for each in counted if each.record.level))
    return Things(
        total(base, "", counted),
        tuple((y, total(f"{base}/{y}", f"{y} 年", [r for r in counted if year_of(r) == y])) for y in years),
        tuple((v, total(f"{base}/{v}", v, [r for r in counted if r.record.level == v])) for v in ranked(levels)),
    )


def _stands_for(each: Recorded) -> tuple[Decimal, bool] | None:
    """How many things a record stands for, and whether it says so itself; None where what it says cannot be added up."""
    name = telling(each.record.kind, each.kind).counts
    own = [amount for amount in each.amounts if amount.name == name] if name else []
    if not own:
        return Decimal(1), False
    return (own[0].value, True) if len(own) == 1 and own[0].adds else None


def year_of(each: Recorded) -> int | None:
    """The one year in which a record lies; None where that is not known, or it spans several."""
    record = each.record
    years = {day.year for day in (record.start, record.end) if day is not None} or {
        day.year for day in (record.as_of,) if day is not None
    }
    return years.pop() if len(years) == 1 else None


_LEVELS = ("国际", "国家级", "省级", "市级", "县级", "校级", "院系级")


def ranked(levels: Iterable[str]) -> list[str]:
    """Levels from the highest down, those of no ladder at the end."""
    return sorted(levels, key=lambda level: _LEVELS.index(level) if level in _LEVELS else len(_LEVELS))


def of_task(snapshot: Snapshot, keys: Collection[str], group: str) -> list[Recorded]:
    """The records that are tied to these tasks of a group, by their first tie: none is told under two."""
    rows = [
        each for each in snapshot.records if each.ties and each.ties[0].group == group and each.ties[0].task in keys
    ]
    return sorted(rows, key=lambda each: (each.kind, str(each.record.day or each.record.period or ""), each.record.id))


def places(snapshot: Snapshot) -> Iterator[tuple[str, list[Recorded]]]:
    """Every place of a report that tells of records, with its records: sections, tasks, and what belongs to no task."""
    for section in sorted({section for each in snapshot.records for section in each.sections}):
        yield section, of_section(snapshot, section)
    for task in (*snapshot.roots(), *snapshot.groups()):
        keys = {each.key for each in snapshot.within(task)}
        yield place_of(task), of_task(snapshot, keys, task.group)
    for section, rows in untied(snapshot).items():
        yield f"other/{section}", rows


def place_of(task: Task) -> str:
    """Where the sums over the records of a task are addressed."""
    return "/".join(filter(None, ("task", task.group, task.key if task.key != task.group else "")))


def untied(snapshot: Snapshot) -> dict[str, list[Recorded]]:
    """The records that the self-evaluation shows and that belong to no task, by the first of their sections."""
    found: dict[str, list[Recorded]] = {}
    for each in snapshot.records:
        section = next((s for s in each.sections if s.startswith(SELF) and s.removeprefix(SELF) not in _OWN_PLACE), "")
        if section and not each.ties:
            found.setdefault(section, []).append(each)
    return found


def results_of(snapshot: Snapshot, task: Task) -> Total | None:
    """How many landmark results a task and all below it have; None where it has none, or that cannot be said."""
    return _results_total(snapshot, task, _results(snapshot, task), f"sum/{place_of(task)}/results", "")


def levels_of(snapshot: Snapshot, task: Task) -> Iterator[tuple[str, Total]]:
    """The landmark results of a task by level, the highest first."""
    rows = _results(snapshot, task)
    for level in ranked(dict.fromkeys(each.level for each in rows if each.level)):
        own = [each for each in rows if each.level == level]
        total = _results_total(snapshot, task, own, f"sum/{place_of(task)}/results/{level}", level)
        if total is not None:
            yield level, total


def _results_total(
    snapshot: Snapshot, task: Task, rows: Sequence[Result], address: str, level: str
) -> Total | None:  # fmt: skip
    """The sum of what results stand for: a record of twelve prizes is a line of a table, and twelve results."""
    records = {each.ref: each for each in snapshot.records}
    told = [_stands_for(records[each.ref]) if each.ref in records else (Decimal(1), False) for each in rows]
    if not rows or None in told:
        return None
    value = sum((one[0] for one in told if one), Decimal())
    return Total(address, f"{task.name}{level}{RESULTS}", value, "项", tuple(each.ref for each in rows))


def _results(snapshot: Snapshot, task: Task) -> list[Result]:
    """The results that the ledger has one by one: a line of a report may name several, and is no count."""
    keys = {each.key for each in snapshot.within(task)}
    own = [each for each in snapshot.results if each.group == task.group and each.task in keys]
    return own if all(each.ref.startswith("record/") for each in own) else []


def promised_of(snapshot: Snapshot) -> tuple[Total, Total, Total]:
    """The landmark results that were promised: all, those that count, those that do not."""
    kept, broken = [p.ref for p in snapshot.promises if p.is_kept], [p.ref for p in snapshot.promises if not p.is_kept]
    return (
        Total.of_records("sum/promises/all", "承诺的标志性成果", tuple(p.ref for p in snapshot.promises), "项"),
        Total.of_records("sum/promises/kept", "达到承诺的标志性成果", tuple(kept), "项"),
        Total.of_records("sum/promises/short", "没有达到承诺的标志性成果", tuple(broken), "项"),
    )


def short_of(snapshot: Snapshot) -> tuple[Total, Total, Total]:
    """What fell short: all of it, what has its reason, and what has none."""
    rows = short_ones(snapshot)
    told, untold = [each for each in rows if each.reason], [each for each in rows if not each.reason]

    def total(part: str, name: str, own: Sequence[Point | Indicator]) -> Total:
        return Total.of_records(f"sum/short/{part}", name, tuple(each.ref for each in own), "项")

    return (
        total("all", "未完成事项", rows),
        total("told", "写明原因的未完成事项", told),
        total("untold", "没有写明原因的未完成事项", untold),
    )


SELF = "self_evaluation/"
_OWN_PLACE = {"tasks", "timeliness", "satisfaction"}  # these stand in tables and chapters of their own


def all_totals(snapshot: Snapshot) -> Iterator[Total]:
    """Every sum that a report of this snapshot may print."""
    for place, records in places(snapshot):
        for rows in by_kind(records).values():
            yield from totals(place, rows)
            own = things(place, rows)
            yield from own.all() if own else ()
    for task in (*snapshot.roots(), *snapshot.groups()):
        whole = results_of(snapshot, task)
        yield from (whole, *(each for _, each in levels_of(snapshot, task))) if whole else ()
    yield from _wholes(snapshot)
    yield from (*short_of(snapshot), *promised_of(snapshot))


def _wholes(snapshot: Snapshot) -> Iterator[Total]:
    """How many records there are of each task, part and report."""
    for place, rows in places(snapshot):
        yield Total.of_records(f"sum/{place}/records", "业务记录", tuple(each.ref for each in rows if each.counts))
    self_told = [each for place, rows in places(snapshot) if place.startswith(("task/", "other/")) for each in rows]
    yield from work_of(self_told)


def work_of(rows: Sequence[Recorded]) -> tuple[Total, Total]:
    """How many records the self-evaluation tells of that count, and how many that do not yet."""
    return _both("sum/work", rows)


def of_report(report: str, rows: Sequence[Recorded]) -> tuple[Total, Total]:
    """How many records a report tells of that count, and how many that do not yet."""
    return _both(f"sum/{report}", rows)


def of_part(report: str, part: str, rows: Sequence[Recorded]) -> Total:
    """How many records a part of a report tells of that count."""
    refs = tuple(each.ref for each in rows if each.counts)
    return Total.of_records(f"sum/{report}/part/{part}", f"{part}业务记录", refs)


def _both(place: str, rows: Sequence[Recorded]) -> tuple[Total, Total]:
    counted, undone = [each.ref for each in rows if each.counts], [each.ref for each in rows if not each.counts]
    return (
        Total.of_records(f"{place}:records", "计入的业务记录", tuple(counted)),
        Total.of_records(f"{place}:undone", "没有做成的业务记录", tuple(undone)),
    )
