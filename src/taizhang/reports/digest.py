"""Digest: what the records of a section of a report come to: how many of each kind, and what may be added up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.core.attainment import plain
from taizhang.core.record import Record
from taizhang.records import Kind
from taizhang.reports.outline import Figure
from taizhang.reports.snapshot import Amount, Recorded, Snapshot

_RATIOS = {"%", "番", "名次", "元/月", "分"}  # units whose sum means nothing


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


def of_record(ref: str, record: Record, kind: Kind | None) -> Recorded:
    """A record with what its kind says of it; of a kind that is no longer declared, only what the record says."""
    state = kind.state(record.state) if kind else None
    return Recorded(
        ref=ref,
        record=record,
        kind=kind.name if kind else record.kind,
        state=state.name if state else record.state or "",
        counts=bool(kind and kind.counts(record.state)),
        sections=tuple(f"{feed.report}/{feed.section}" for feed in kind.shown(record)) if kind else (),
        amounts=tuple(_amounts(record, kind)),
    )


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
    refs = tuple(each.ref for each in counted)
    yield Total(f"{place}/records", rows[0].kind, Decimal(len(counted)), "条", refs)
    told: dict[tuple[str, str], list[tuple[Recorded, Decimal, bool]]] = {}
    for each in counted:
        for amount in each.amounts:
            told.setdefault((amount.name, amount.unit), []).append((each, amount.value, amount.adds))
    for (name, unit), parts in told.items():
        if all(adds for _, _, adds in parts):
            value = sum((part for _, part, _ in parts), Decimal())
            own = tuple(dict.fromkeys(each.ref for each, _, _ in parts))
            yield Total(f"{place}/{name}/{unit}", f"{rows[0].kind}{name}", value, unit, own)


def all_totals(snapshot: Snapshot) -> Iterator[Total]:
    """Every sum that a report of this snapshot may print."""
    for section in sorted({section for each in snapshot.records for section in each.sections}):
        for rows in by_kind(of_section(snapshot, section)).values():
            yield from totals(section, rows)
