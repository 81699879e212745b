"""Which task of a programme a record belongs to, and why: by a tag, a formula, shared evidence, its unit or its name."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from taizhang.core.figure import Figure
from taizhang.records.similarity import title_pairs
from taizhang.reports.snapshot import Tie
from taizhang.web.ledger import derived, recorded
from taizhang.web.ledger.known import key_of
from taizhang.web.ledger.models import Citation, Entry, Indicator, IndicatorFormula, Method, Period, Record, Task

_ALIKE = Decimal("0.6")  # of the pairs of characters of an indicator's name, how many a title has to have


class Attribution:
    """The ways by which records find their tasks in one programme and period, the surest first."""

    def __init__(self, period: Period, entries: Sequence[Entry]) -> None:
        programme = self._programme = period.programme
        self._tasks = {row.pk: row for row in programme.tasks.select_related("group", "parent")}
        rows = programme.indicators.filter(is_dropped=False, task__isnull=False).order_by("position", "pk")
        self._indicators = list(rows)
        self._names = {name: row for row in self._tasks.values() for name in (row.name, str(row), row.code) if name}
        self._counted = self._of_formulas(period)
        self._cited = self._of_evidence(entries)
        self._units = self._of_units()

    def of(self, row: Record) -> tuple[Tie, ...]:
        """The tasks of a record, by the first way that leads to any."""
        for way in (self._by_tag, self._by_formula, self._by_evidence, self._by_unit, self._by_name):
            found = {(tie.group, tie.task): tie for tie in reversed(list(way(row)))}
            if found:
                return tuple(reversed(found.values()))
        return ()

    def _by_tag(self, row: Record) -> Iterator[Tie]:
        for tag in row.tags:
            if tag in self._names:
                yield _tie(self._names[tag], f"标签“{tag}”")

    def _by_formula(self, row: Record) -> Iterator[Tie]:
        for indicator in self._counted.get(row.code, ()):
            yield self._of(indicator, f"指标“{_name(indicator)}”的公式")

    def _by_evidence(self, row: Record) -> Iterator[Tie]:
        for citation in recorded.cited(row):
            for pk in self._cited.get(citation.evidence_id, ()):
                yield _tie(self._tasks[pk], f"同一份佐证“{citation.evidence.number or citation.evidence.title}”")

    def _by_unit(self, row: Record) -> Iterator[Tie]:
        if row.unit_id in self._units:
            yield _tie(self._units[row.unit_id], "责任部门")

    def _by_name(self, row: Record) -> Iterator[Tie]:
        """By the indicator whose name the title holds most of, where it holds enough."""
        own = title_pairs(row.title)
        shares = [(_share(title_pairs(each.name), own), each) for each in self._indicators]
        share, indicator = max(shares, key=lambda pair: pair[0], default=(Decimal(), None))
        if indicator is not None and share >= _ALIKE:
            yield self._of(indicator, f"名称与指标“{_name(indicator)}”相近")

    def _of(self, indicator: Indicator, why: str) -> Tie:
        return _tie(self._tasks[indicator.task_id or 0], why)

    def _of_formulas(self, period: Period) -> dict[str, list[Indicator]]:
        """The indicators whose formulas count a record, by the record's code."""
        known = {each.pk: each for each in self._indicators}
        kept = list(IndicatorFormula.objects.filter(indicator__in=known, method=Method.DERIVED))
        kinds = {kind for each in kept for kind in derived.kinds_of(each.formula)}
        source = derived.source_of(period.programme.college, kinds)
        found: dict[str, list[Indicator]] = {}
        for each in sorted(kept, key=lambda row: self._indicators.index(known[row.indicator_id])):
            indicator = known[each.indicator_id]
            for code in _codes(derived.figure_of(indicator, each.formula, source, period)):
                found.setdefault(code, []).append(indicator)
        return found

    def _of_evidence(self, entries: Sequence[Entry]) -> dict[int, list[int]]:
        """The tasks whose items cite a piece, by the piece."""
        tasks = {row.pk: row.task_id for row in self._indicators}
        points = dict(self._programme.points.values_list("pk", "task_id"))
        of_entry = {row.pk: points.get(row.point_id or 0) or tasks.get(row.indicator_id or 0) for row in entries}
        rows = Citation.objects.filter(entry__in=of_entry, withdrawn_at=None).order_by("pk")
        found: dict[int, list[int]] = {}
        for entry, piece in rows.values_list("entry_id", "evidence_id"):
            if (task := of_entry[entry]) is not None:
                found.setdefault(piece, []).append(task)
        return found

    def _of_units(self) -> dict[int, Task]:
        """The one branch that a unit answers for: its topmost task, where all its tasks lie in one branch."""
        roots: dict[int, dict[int, Task]] = {}
        for row in self._tasks.values():
            top = row
            while top.parent_id in self._tasks:
                top = self._tasks[top.parent_id]
            roots.setdefault(row.unit_id, {})[top.pk] = top
        return {unit: next(iter(tops.values())) for unit, tops in roots.items() if len(tops) == 1}


def _codes(figure: Figure) -> Iterable[str]:
    """The codes of the records that a figure counts, each once."""
    parts = figure.parts or (figure,)
    return dict.fromkeys(each.record.id for part in parts for each in part.counted)


def _share(wanted: frozenset[str], own: frozenset[str]) -> Decimal:
    """How much of a name a title holds; a name of two characters or fewer says too little."""
    return Decimal(len(wanted & own)) / len(wanted) if len(wanted) > 1 else Decimal()


def _name(indicator: Indicator) -> str:
    return f"{indicator.code} {indicator.name}".strip()


def _tie(task: Task, why: str) -> Tie:
    return Tie(task=key_of(task) or "", group=task.group.name if task.group else "", why=why)
