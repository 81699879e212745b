"""诊改: what was measured of specialties, courses and teachers in a term, beside their bars and their warnings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.core.watching import Cause, Level, Observed, Thresholds, Watched, alarms
from taizhang.profiles import load
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Forewarning, ForewarningState, Gauge, Gauging, Person, Subject, SubjectKind

_ANY = date(2000, 1, 1)  # bars know no day


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of a subject in the term: with the one before it, and the level that it reaches."""

    gauging: Gauging | None
    before: Decimal | None = None
    level: Level | None = None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A subject with its values in the order of the gauges, and its warnings with what was done."""

    subject: Subject
    values: tuple[Shown, ...]
    forewarnings: tuple[Forewarning, ...]

    @property
    def level(self) -> Level | None:
        """The gravest of its values."""
        return max((each.level for each in self.values if each.level), default=None)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of subject: its gauges and its lines, those with warnings first."""

    kind: SubjectKind
    gauges: tuple[Gauge, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many are red, yellow, and without warning."""
        levels = [line.level for line in self.lines]
        red, yellow = levels.count(Level.RED), levels.count(Level.YELLOW)
        return {"red": red, "yellow": yellow, "fine": len(levels) - red - yellow}


def terms(person: Person) -> list[str]:
    """The terms of which anything is known, newest first."""
    rows = access.visible_gaugings(person).order_by("-term").values_list("term", flat=True).distinct()
    return list(dict.fromkeys(rows))


def diagnosed(person: Person, term: str) -> list[Chapter]:
    """The whole term, as far as the person sees it."""
    rows = access.visible_gaugings(person).filter(term__lte=term).select_related("subject__unit", "gauge")
    series: dict[tuple[int, int], list[Gauging]] = defaultdict(list)
    for row in rows.order_by("term", "pk"):
        series[row.subject_id, row.gauge_id].append(row)
    newest = {key: told for key, told in series.items() if told[-1].term == term}
    warned = _warned(newest, {known for known in terms(person) if known > term})
    parts = []
    for kind in SubjectKind:
        subjects = {told[-1].subject for told in newest.values() if told[-1].subject.kind == kind}
        gauges = sorted(
            {told[-1].gauge for told in newest.values() if told[-1].gauge.kind == kind}, key=lambda each: each.pk
        )
        lines = [_line(subject, gauges, newest, warned) for subject in subjects]
        lines.sort(key=lambda line: (-(line.level or 0), line.subject.code))
        if lines:
            parts.append(Chapter(kind, tuple(gauges), tuple(lines)))
    return parts


def _warned(newest: dict[tuple[int, int], list[Gauging]], later: set[str]) -> dict[int, list[Forewarning]]:
    """The warnings of each subject; those of a later term, with which their sentence begins, stand in its report."""
    found: dict[int, list[Forewarning]] = defaultdict(list)
    rows = Forewarning.objects.filter(subject__in={subject for subject, _gauge in newest})
    for row in rows.prefetch_related("handlings__by"):
        if row.subject_id is not None and row.sentence.partition(" ")[0] not in later:
            found[row.subject_id].append(row)
    return found


def _line(
    subject: Subject,
    gauges: Sequence[Gauge],
    newest: dict[tuple[int, int], list[Gauging]],
    warned: dict[int, list[Forewarning]],
) -> Line:
    values = tuple(_shown(newest.get((subject.pk, gauge.pk), [])) for gauge in gauges)
    return Line(subject, values, tuple(warned.get(subject.pk, ())))


def _shown(told: Sequence[Gauging]) -> Shown:
    if not told:
        return Shown(None)
    values = tuple(Observed(each.term, each.number) for each in told)
    watched = Watched(key="", name="", measure=told[-1].gauge.measure, values=values, bar=told[-1].gauge.bar)
    usual = Thresholds.of(load("generic").sections["watching"])
    found = [alarm for alarm in alarms(watched, usual, _ANY) if alarm.cause in {Cause.THRESHOLD, Cause.DROP}]
    level = max((alarm.level for alarm in found), default=None)
    before = told[-2].number if len(told) > 1 else None
    return Shown(told[-1], before, level, tuple(alarm.sentence for alarm in found))


def unfinished(parts: Sequence[Chapter]) -> int:
    """Warnings of the subjects shown that nobody has closed."""
    return sum(
        each.state != ForewarningState.CLOSED for part in parts for line in part.lines for each in line.forewarnings
    )
