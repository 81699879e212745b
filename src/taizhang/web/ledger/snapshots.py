"""Snapshots of the ledger: what the school has approved of a programme up to a period, as values for reports."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from taizhang.core import attainment
from taizhang.core.attainment import Goal, attained, plain, shown
from taizhang.core.landmark import Promise, judged
from taizhang.intake.plans import without_ordinal
from taizhang.records import Shelf
from taizhang.reports import snapshot as frozen
from taizhang.reports.digest import of_record
from taizhang.web.ledger import derived, recorded
from taizhang.web.ledger.attribution import Attribution
from taizhang.web.ledger.known import key_of
from taizhang.web.ledger.models import (
    Cap,
    Category,
    Citation,
    Direction,
    Entry,
    Evidence,
    Indicator,
    LifeState,
    Period,
    PeriodKind,
    Point,
    Record,
    Stage,
    Target,
)
from taizhang.web.ledger.shelves import shelf_of

ORIGIN = "台账"
_FULL = Decimal(100)
_NEVER_DONE = {LifeState.APPLIED, LifeState.POSTPONED, LifeState.CANCELLED}  # the hard rules: whatever the rate says
_LANDMARK = "self_evaluation/landmark_results"
_SATISFIED = "self_evaluation/satisfaction"
_MONEY = {"预算数": "budget", "到位数": "arrived", "执行数": "spent"}


def taken(period: Period, name: str, on: date) -> frozen.Snapshot:
    """What stands approved in the rounds of the period and of the years within it; of an item, the newest."""
    made = _Taking(period)
    programme = period.programme
    return frozen.Snapshot(
        name=name, taken_on=on, origin=ORIGIN, college=programme.college.name, programme=programme.name,
        first_year=programme.first_year, last_year=programme.last_year, period=made.frozen_period(),
        tasks=tuple(made.tasks()), points=tuple(made.points()), indicators=tuple(made.indicators()),
        results=tuple(made.results()), promises=tuple(made.promises()), funds=tuple(made.funds()), satisfaction=tuple(made.satisfaction()),
        records=tuple(made.records), evidence=tuple(made.evidence.values()), citings=tuple(made.citings), unseen=made.unseen(),
        unapproved=made.unapproved(),
    )  # fmt: skip


def number_of(piece: Evidence) -> str:
    """What a piece is cited by: its house number, or its place in the ledger while it has none."""
    return piece.number or f"E{piece.pk}"


def entries_of(period: Period) -> list[Entry]:
    """The items of the rounds that tell of the period, oldest first: of one period, the round opened last."""
    rounds = period.programme.rounds.filter(
        Q(period=period)
        | Q(period__first_year__gte=period.first_year, period__last_year__lte=period.last_year)
    ).order_by("period__last_year", "opened_at", "pk")  # fmt: skip
    order = {pk: place for place, pk in enumerate(rounds.values_list("pk", flat=True))}
    rows = Entry.objects.filter(round__in=order).select_related("round__period")
    return sorted(rows, key=lambda row: order[row.round_id])


class _Taking:
    """One programme and period on their way into a snapshot."""

    def __init__(self, period: Period) -> None:
        self.period, self.programme = period, period.programme
        self.entries = entries_of(period)
        approved = [row for row in self.entries if row.stage >= Stage.APPROVED]
        self.of_point = {row.point_id: row for row in approved if row.point_id}
        self.of_indicator = {
            row.indicator_id: row for row in approved if row.indicator_id and row.round.period_id == period.pk
        }
        self.evidence: dict[int, frozen.Evidence] = {}
        self.citings: list[frozen.CitedPages] = []
        self.numbers = self._citations([*self.of_point.values(), *self.of_indicator.values()])
        self.shelf: Shelf = shelf_of(self.programme.college)
        self.attribution = Attribution(period, [*self.of_point.values(), *self.of_indicator.values()])
        self.records = tuple(self._records())

    def frozen_period(self) -> frozen.Period:
        """The period as a value."""
        return frozen.Period(
            name=self.period.name, kind=frozen.PeriodKind(self.period.kind), first_year=self.period.first_year,
            last_year=self.period.last_year,
        )  # fmt: skip

    def tasks(self) -> Iterator[frozen.Task]:
        """The task tree, each specialty group before its own tasks."""
        groups: set[str] = set()
        rows = self.programme.tasks.select_related("parent", "group")
        for row in sorted(rows, key=lambda task: task.group is not None):
            group = row.group.name if row.group else ""
            if group and group not in groups:
                groups.add(group)
                yield frozen.Task(key=group, name=group, group=group)
            yield frozen.Task(
                key=key_of(row) or "", code=row.code, name=row.name, parent=key_of(row.parent) or group, group=group
            )

    def points(self) -> Iterator[frozen.Point]:
        """The points of the years of the period, with what is approved of each."""
        years = (self.period.first_year, self.period.last_year)
        rows = self.programme.points.filter(is_dropped=False, year__range=years)
        for row in rows.select_related("task__group").order_by("task__position", "year", "ordinal"):
            yield self._point(row, self.of_point.get(row.pk))

    def _point(self, row: Point, entry: Entry | None) -> frozen.Point:
        state = LifeState(entry.state) if entry and entry.state else None
        told = entry is not None and bool(entry.text.strip())
        percent = _percent(entry.rate) if entry else None
        is_done = None if not told or percent is None else percent >= _FULL and state not in _NEVER_DONE
        return frozen.Point(
            ref=f"point/{row.pk}", task=key_of(row.task) or "", group=row.task.group.name if row.task.group else "",
            year=row.year, ordinal=row.ordinal, plan=_item(row.plan), done=_item(entry.text) if entry else "",
            rate=entry.rate.strip() if entry and told else "", state=str(state.label) if state else "",
            reason=_line(entry.reason) if entry else "", is_done=is_done, evidence=self._numbers(entry),
        )  # fmt: skip

    def indicators(self) -> Iterator[frozen.Indicator]:
        """The indicators that have a target in the period, with what is approved of each."""
        rows = self.programme.indicators.filter(is_dropped=False).select_related("task", "group")
        for row in rows.prefetch_related("targets__period").order_by("position", "pk"):
            targets = list(row.targets.all())
            goal = next((each for each in targets if each.period_id == self.period.pk), None)
            end = next((each for each in targets if each.period.kind == PeriodKind.END), None)
            entry = self.of_indicator.get(row.pk)
            if goal is not None or entry is not None:
                yield self._indicator(row, goal, end, entry)

    def _indicator(
        self, row: Indicator, goal: Target | None, end: Target | None, entry: Entry | None
    ) -> frozen.Indicator:  # fmt: skip
        rate, is_met, working = _attained(row, goal, entry)
        number = entry.number if entry else None
        return frozen.Indicator(
            ref=f"indicator/{row.pk}", code=row.code, name=row.name, category=Category(row.category).label.removesuffix("指标"),
            unit=row.measure, task=key_of(row.task) or "", group=row.group.name if row.group else "",
            end=end.text if end else "", goal=goal.text if goal else "",
            actual=plain(number) if number is not None else _line(entry.text) if entry else "",
            goal_number=goal.number if goal else None, number=number, rate=rate, is_met=is_met,
            is_words=row.qualitative, working=working, reason=_line(entry.reason) if entry else "",
            evidence=self._numbers(entry),
        )  # fmt: skip

    def unseen(self) -> int:
        """How many values were changed after approval and not seen since."""
        records = Record.objects.filter(college=self.programme.college_id, altered=True, withdrawn_at=None)
        return sum(row.altered for row in self.entries) + records.count()

    def unapproved(self) -> int:
        """How many items of the period the school has not approved."""
        known = {("p", pk) for pk in self.of_point} | {("i", pk) for pk in self.of_indicator}
        asked = {("p", row.point_id) if row.point_id else ("i", row.indicator_id) for row in self.entries}
        return len(asked - known)

    def _citations(self, rows: Sequence[Entry]) -> dict[int, list[str]]:
        """The numbers of the evidence that each item cites; the pieces themselves are noted."""
        refs = {row.pk: f"point/{row.point_id}" if row.point_id else f"indicator/{row.indicator_id}" for row in rows}
        cited = Citation.objects.filter(entry__in=[row.pk for row in rows], withdrawn_at=None).select_related(
            "evidence"
        )
        found: dict[int, list[str]] = {}
        for each in cited.order_by("evidence__number", "pk"):
            number = self._noted(each.evidence)
            found.setdefault(each.entry_id, []).append(number)
            if each.pages:
                self.citings.append(frozen.CitedPages(ref=refs[each.entry_id], number=number, pages=each.pages))
        return found

    def _noted(self, piece: Evidence) -> str:
        """The number that a piece goes by, which no other piece has; it is in the snapshot then."""
        known = self.evidence.get(piece.pk)
        if known is not None:
            return known.number
        number = number_of(piece)
        if any(each.number == number for each in self.evidence.values()):  # two pieces were given one house number
            number = f"{number}（E{piece.pk}）"
        self.evidence[piece.pk] = frozen.Evidence(
            number=number, title=piece.title, dated=piece.dated, sha256=piece.blob_id, file=piece.file_name
        )
        return number

    def _numbers(self, entry: Entry | None) -> tuple[str, ...]:
        return tuple(self.numbers.get(entry.pk, ())) if entry else ()

    def _records(self) -> Iterator[frozen.Recorded]:
        """The confirmed records of the college whose time lies in the period, or is not known."""
        rows = Record.objects.filter(
            Q(first_year=None) | Q(first_year__lte=self.period.last_year, last_year__gte=self.period.first_year),
            college=self.programme.college_id, stage__gte=Stage.APPROVED, withdrawn_at=None,
        )  # fmt: skip
        for row in recorded.whole(rows).order_by("kind", "start", "code"):
            told = recorded.told(row)
            for citation in recorded.cited(row):
                self._noted(citation.evidence)
            yield of_record(f"record/{row.pk}", told, self.shelf.get(row.kind), self.attribution.of(row))

    def results(self) -> Iterator[frozen.Result]:
        """标志性成果: what the records count as done at 省级 and above, under the first task that they belong to, if any."""
        for each in self.records:
            is_high = each.counts and each.record.level in {"国家级", "省级"}
            if _LANDMARK in each.sections and is_high:
                tie = each.ties[0] if each.ties else frozen.Tie(task="", why="")
                yield frozen.Result(
                    ref=each.ref, text=_result(each), task=tie.task, group=tie.group, level=each.record.level or "",
                    why=tie.why,
                )  # fmt: skip

    def promises(self) -> Iterator[frozen.Promised]:
        """The landmark results that the plan promises, each with what became of it by the hard rules."""
        levels = derived.profile_of(self.programme).levels
        for row in self.programme.landmarks.select_related("unit"):
            verdict = judged(
                Promise(
                    name=row.name, level=row.level, state=row.state, won_level=row.won_level, substitute=row.substitute
                ),
                levels,
            )
            yield frozen.Promised(
                ref=f"landmark/{row.pk}", name=row.name, level=row.level, said=verdict.said, is_kept=verdict.counts,
                unit=row.unit.name,
            )  # fmt: skip

    def funds(self) -> Iterator[frozen.Fund]:
        """The money of the programme by source; where it keeps no such lines, what records of 预算执行 tell by subject."""
        years = (self.period.first_year, self.period.last_year)
        lines = list(self.programme.funds.filter(year__range=years))
        if not lines:
            yield from self._recorded_funds()
        for source in dict.fromkeys(line.source for line in lines):
            own = [line for line in lines if line.source == source]
            notes = [f"{line.year} 年，{_line(line.explanation)}" for line in own if line.explanation.strip()]
            yield frozen.Fund(
                ref=f"fund/{source}", name=str(own[0].get_source_display()), budget=_sum(each.budget for each in own),
                arrived=_sum(each.arrived for each in own), spent=_sum(each.spent for each in own), note="；".join(notes),
            )  # fmt: skip

    def _recorded_funds(self) -> Iterator[frozen.Fund]:
        for each in self.records:
            if each.record.kind != "budget_execution" or not each.counts:
                continue
            found: dict[str, Decimal] = {}
            kind = self.shelf.get(each.record.kind)
            for measure in each.record.measures:
                known = kind.measure(measure.name, measure.unit) if kind else None
                part = _MONEY.get(known.name) if known else None
                amount = known.canonical(measure.value, measure.unit) if known else None
                if part and amount is not None:
                    found[part] = amount
            if "budget" in found:
                name = str(each.record.fields.get("subject") or each.record.title)
                yield frozen.Fund(
                    ref=each.ref, name=name, budget=found["budget"], arrived=found.get("arrived"),
                    spent=found.get("spent"),
                )  # fmt: skip

    def satisfaction(self) -> Iterator[frozen.Satisfaction]:
        """What surveys tell, by whom they asked."""
        for each in self.records:
            if each.record.kind != "satisfaction_survey" or not each.counts or _SATISFIED not in each.sections:
                continue
            fields, measures = each.record.fields, {m.name: m for m in each.record.measures}
            rate, sample = measures.get("满意度"), measures.get("样本数")
            if rate is not None:
                asked = fields.get("respondents") or ()
                yield frozen.Satisfaction(
                    ref=each.ref, who="、".join(asked) if isinstance(asked, tuple) and asked else each.record.title,
                    rate=f"{plain(rate.value)}%", sample=plain(sample.value) if sample else "",
                    surveyor="、".join(map(str, _several(fields.get("institution")))),
                    asked=str(fields.get("surveyed_on") or each.record.period or ""),
                )  # fmt: skip


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    """A sum without the zeros that a database adds."""
    whole = sum(amounts, Decimal()).normalize()
    return whole if int(whole.as_tuple().exponent) <= 0 else whole.quantize(Decimal(1))


def _several(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _result(each: frozen.Recorded) -> str:
    """A landmark result in a line: what it is, how many."""
    counted = next((m for m in each.record.measures if m.unit in {"项", "个", "门", "本", "人", "支"}), None)
    level = each.record.level or ""
    title = each.record.title if level in each.record.title else f"{level}{each.record.title}"
    return f"{title} {plain(counted.value)} {counted.unit}" if counted else title


def _attained(row: Indicator, goal: Target | None, entry: Entry | None) -> tuple[str, bool | None, tuple[str, ...]]:
    """The rate that is printed, whether the target is reached, and how that came about.

    Numbers are worked out; of words, what the people who approved it said stands.
    """
    if entry is None:
        return "", None, ()
    if goal is not None and goal.number is not None and entry.number is not None:
        direction = attainment.Direction.LOWER if row.direction == Direction.LOWER else attainment.Direction.HIGHER
        result = attained(Goal(goal.number, goal.upper, direction), entry.number)
        cap = attainment.Cap.CAPPED if row.cap == Cap.CAPPED else attainment.Cap.AS_IS
        return f"{plain(shown(result, cap))}%", result.is_met, result.working
    percent = _percent(entry.rate)
    return (
        entry.rate.strip(),
        percent >= _FULL if percent is not None else None,
        ("按填报的完成度",) if entry.rate else (),
    )


def _percent(text: str) -> Decimal | None:
    bare = text.strip().rstrip("%％").strip()
    return Decimal(bare) if bare.replace(".", "", 1).isascii() and bare.replace(".", "", 1).isdigit() else None


def _item(text: str) -> str:
    """The words of a point without the ① that people copy along: the report puts the right one before them."""
    return without_ordinal(_line(text))[0]


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
