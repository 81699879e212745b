"""Traces: where each bound figure of a report comes from, down to the items of the ledger that make it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from taizhang.core.attainment import plain
from taizhang.reports.counts import Count, Counts
from taizhang.reports.digest import Total, all_totals
from taizhang.reports.narrative import part_totals
from taizhang.reports.sentences import name_of
from taizhang.reports.snapshot import CitedPages, Snapshot, Tally

_MOST = 1000  # members that a trace names; a college has 761 task points


@dataclass(frozen=True, slots=True)
class Member:
    """An item that a figure is made of: its ref, what it is called, what is told of it, and whether it counts as done."""

    ref: str
    label: str
    text: str = ""
    counts: bool = True
    rests_on: tuple[CitedPages, ...] = ()  # the pages of evidence that it cites


@dataclass(frozen=True, slots=True)
class Trace:
    """How a figure came about: in words, and by the items that make it."""

    working: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class Traces:
    """The traces of one snapshot, by the address of a figure."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def of(self, address: str) -> Trace | None:
        """The trace of a figure; None for one that the snapshot knows nothing of."""
        place, _, part = address.rpartition(":")
        count = self._counts.get(place)
        if count is not None:
            return self._of_count(count, part)
        total = self._totals.get(address)
        if total is not None:
            listed = tuple(self._members[ref] for ref in total.members[:_MOST] if ref in self._members)
            return Trace((f"{total.name}：{len(total.members)} 项相加，{plain(total.value)} {total.unit}",), listed)
        if place.startswith(("score", "sum/")):
            return Trace(("由本报告各项相加",))
        member = self._members.get(place)
        if member is None:
            return self._of_money(place)
        return Trace(
            (*self._belongs(place), *(self._workings.get(place, ()) if part in {"rate", "actual"} else ())), (member,)
        )

    def _of_count(self, count: Count, part: str) -> Trace:
        undone = set(count.undone)
        listed = [self._members[ref] for ref in count.members[:_MOST] if ref in self._members]
        members = tuple(replace(each, counts=each.ref not in undone) for each in listed)
        if part == "short":
            members = tuple(each for each in members if not each.counts)
        working = [f"共 {count.total} 个，其中 {count.done} 个算作完成"]
        if part == "rate" and count.total:
            working.append(f"{count.done} ÷ {count.total} = {count.rate}")
        return Trace(tuple(working), members)

    def _of_money(self, place: str) -> Trace | None:
        if place == "funds:total":
            return Trace(("各项资金相加",), tuple(self._members[fund.ref] for fund in self.snapshot.funds))
        return None

    def _belongs(self, place: str) -> tuple[str, ...]:
        """Why a record stands under its task or in its section, where no tag says so."""
        record = next((each for each in self.snapshot.records if each.ref == place), None)
        if record is None:
            return ()
        names = {(task.group, task.key): task.label for task in self.snapshot.tasks}
        ties = (f"归入“{names.get((tie.group, tie.task), tie.task)}”，依据：{tie.why}" for tie in record.ties[:1])
        sections = ("没有标签，按标题、类别、合作单位或地点归入报告的这一部分",) if record.guessed else ()
        return (*ties, *sections)

    @cached_property
    def _counts(self) -> Mapping[str, Count]:
        return {count.address: count for count in all_counts(self.snapshot)}

    @cached_property
    def _totals(self) -> Mapping[str, Total]:
        return {total.address: total for total in (*all_totals(self.snapshot), *part_totals(self.snapshot))}

    @cached_property
    def _workings(self) -> Mapping[str, tuple[str, ...]]:
        return {row.ref: row.working for row in self.snapshot.indicators}

    @cached_property
    def _members(self) -> Mapping[str, Member]:
        told = self.snapshot
        made = [Member(p.ref, f"{name_of(p)} {p.plan}", p.done) for p in told.points]
        made += [Member(row.ref, f"{row.code} {row.name}".strip(), row.actual) for row in told.indicators]
        made += [Member(each.ref, each.record.title, each.state, each.counts) for each in told.records]
        made += [Member(each.ref, _tally(each), f"{each.done} / {each.total}") for each in told.tallies]
        known = {each.ref for each in made}  # money, results and surveys are of records; a document has them by itself
        rest = [Member(each.ref, each.name) for each in told.funds]
        rest += [Member(each.ref, each.text) for each in told.results]
        rest += [Member(each.ref, each.who, each.rate) for each in told.satisfaction]
        rest += [Member(each.ref, each.name, each.said, each.is_kept) for each in told.promises]
        cited: dict[str, tuple[CitedPages, ...]] = {}
        for citing in told.citings:
            cited[citing.ref] = (*cited.get(citing.ref, ()), citing)
        members = (*made, *(each for each in rest if each.ref not in known))
        return {each.ref: replace(each, rests_on=cited.get(each.ref, ())) for each in members}


def _tally(each: Tally) -> str:
    return (
        f"{each.group or each.task} {each.what}合计（{each.year} 年）"
        if each.year
        else f"{each.group or each.task} {each.what}合计"
    )


def all_counts(snapshot: Snapshot) -> Iterator[Count]:
    """Every count that a report may print."""
    counts = Counts(snapshot)
    for school in (None, True, False):
        yield counts.indicators(school=school)
        for year in (None, *snapshot.period.years):
            yield counts.points(school=school, year=year)
    yield counts.apart()
    yield counts.of_tasks()
    for name in sorted({row.category for row in snapshot.indicators}):
        yield counts.of_category(name)
    for task in snapshot.tasks:
        yield counts.share_of(task)
        yield counts.of_task_tables(task)
        for year in (None, *snapshot.period.years):
            yield counts.points_of(task, year)
        for category in (None, "数量", "质量", ""):
            yield counts.indicators_of(task, category)
