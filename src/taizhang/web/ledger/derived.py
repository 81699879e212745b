"""Reading derived figures: a college's records as the core sees them, and what its formulas make of them.

Records are kept in memory by college and kind under a fingerprint of their rows, so that one changed record costs
one kind's reading. Nothing here writes; `workflow.figures` keeps what was worked out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Lock
from typing import Any

from django.db.models import Count, F, Sum

from taizhang.core import record as core
from taizhang.core.attainment import plain
from taizhang.core.dating import When, when
from taizhang.core.figure import Figure, Pool, Window, evaluated
from taizhang.core.formula import (
    Basis,
    Formula,
    KindTerms,
    MeasureTerms,
    Operation,
    Part,
    StateTerms,
)
from taizhang.core.tally import Columns, Tally, tallied
from taizhang.profiles import Profile, load
from taizhang.records import Kind, Phase, Shelf
from taizhang.web.ledger.models import (
    Entry,
    Indicator,
    IndicatorFormula,
    Method,
    Partner,
    Period,
    PeriodKind,
    Programme,
    Record,
    RecordMeasure,
    RecordMove,
    RecordPartner,
    Stage,
    Unit,
)
from taizhang.web.ledger.shelves import shelf_of

DRAFTS = (Stage.DRAFT, Stage.RETURNED)
CONFIRMED = (Stage.APPROVED, Stage.LOCKED)
_TYPED = 6  # decimals that a typed value may have
_MOST_KEPT = 400  # kinds of records of colleges: some fifty a college, a few dozen MB in all
_Kept = tuple[str, Sequence[tuple[core.Record, When]], frozenset[str]]
_kept: dict[tuple[int, str], _Kept] = {}
_columns: dict[tuple[int, str], Columns] = {}
_keeping = Lock()
_terms: dict[int, tuple[Shelf, dict[str, KindTerms]]] = {}
_declared: dict[int, tuple[Mapping[str, KindTerms], str]] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """What the figures of a college are made of: its records by kind, the fingerprints of these, its units by id.

    `pool` is for a figure with its working, `columns` for the values of many. Records that the office has not
    confirmed are marked in the columns.
    """

    college: Unit
    pool: Pool
    columns: Mapping[str, Columns]
    prints: Mapping[str, str]
    around: str
    units: Mapping[str, frozenset[str]]

    @property
    def unconfirmed(self) -> frozenset[str]:
        """The codes of the records that the office has not confirmed."""
        return frozenset().union(*(each.marked_ids for each in self.columns.values()))


def terms_of(shelf: Shelf) -> dict[str, KindTerms]:
    """The kinds of a college as formulas see them; made once for each shelf."""
    known = _terms.get(id(shelf))
    if known is None or known[0] is not shelf:
        if len(_terms) > 64:
            _terms.clear()
            _declared.clear()
        known = (shelf, {kind.key: terms(kind) for kind in shelf.values()})
        _terms[id(shelf)] = known
    return known[1]


def terms(kind: Kind) -> KindTerms:
    """One kind as formulas see it. What was postponed or has ended is never counted, unless its kind says that it is."""
    ended = {Phase.POSTPONED, Phase.ENDED}
    return KindTerms(
        key=kind.key,
        name=kind.name,
        states=tuple(
            StateTerms(state.key, state.name, counts=state.counts, never=state.phase in ended and not state.counts)
            for state in kind.states
        ),
        measures=tuple(
            MeasureTerms(name=each.name, unit=each.unit, accepts=dict(each.accepts), aliases=each.aliases)
            for each in kind.measures
        ),
        fields={each.key: each.name for each in kind.fields},
    )


def source_of(college: Unit, kinds: Iterable[str] | None = None) -> Source:
    """The records of a college that have been handed in, of these kinds; of all its kinds where none are named."""
    shelf = shelf_of(college)
    known = terms_of(shelf)
    wanted = list(dict.fromkeys(kinds)) if kinds is not None else list(known)
    prints = _prints(college, wanted if kinds is not None else None)
    kept = {kind: _kept.get((college.pk, kind)) for kind in wanted}
    stale = [kind for kind, each in kept.items() if each is None or each[0] != prints.get(kind, "")]
    if stale:
        kept |= _read(college, stale, prints)
    by_kind = {kind: each[1] for kind, each in kept.items() if each is not None}
    pool = Pool(by_kind, known, load().levels)
    columns = {kind: _columns_of(college, kind, pool, each[2]) for kind, each in kept.items() if each is not None}
    units = list(Unit.objects.filter(college=college).order_by("pk").values_list("pk", "name", "path"))
    return Source(college, pool, columns, prints, _around(units, known), _below(units))


def _columns_of(college: Unit, kind: str, pool: Pool, unconfirmed: frozenset[str]) -> Columns:
    """The columns of these very records and terms; made anew where either is another."""
    kept = _columns.get((college.pk, kind))
    if (
        kept is None
        or kept.pool.by_kind[kind] is not pool.by_kind[kind]
        or kept.pool.kinds is not pool.kinds
        or kept.pool.levels is not pool.levels
    ):
        alone = Pool({kind: pool.by_kind[kind]}, pool.kinds, pool.levels)
        kept = Columns(kind, alone, unconfirmed)
        with _keeping:
            _columns[college.pk, kind] = kept
            while len(_columns) > _MOST_KEPT:
                _columns.pop(next(iter(_columns)))
    return kept


def _prints(college: Unit, kinds: Sequence[str] | None) -> dict[str, str]:
    """What each kind's records are known by: any row that is added, changed, moved on or withdrawn gives another."""
    rows = Record.objects.filter(college=college, withdrawn_at=None).exclude(stage__in=DRAFTS)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    found: dict[str, list[str]] = {}
    counts = (
        rows.order_by("kind", "stage")
        .values_list("kind", "stage")
        .annotate(
            count=Count("pk"), sum=Sum("pk"), versions=Sum(F("pk") * F("version")), squares=Sum(F("pk") * F("pk"))
        )
    )
    for kind, *told in counts:
        found.setdefault(kind, []).append(":".join(map(str, told)))
    partners = Partner.objects.filter(college=college).aggregate(count=Count("pk"), sum=Sum(F("pk") * F("version")))
    return {kind: f"{'|'.join(parts)}|{partners['count']}:{partners['sum']}" for kind, parts in found.items()}


def _around(units: Sequence[tuple[int, str, str]], known: Mapping[str, KindTerms]) -> str:
    """What figures hang on besides their records: the declared kinds and the names of units."""
    return hashlib.sha256(f"{units}{_print_of(known)}".encode()).hexdigest()


def _print_of(known: Mapping[str, KindTerms]) -> str:
    """What the declared kinds are known by; remembered, for they are many words."""
    if id(known) not in _declared or _declared[id(known)][0] is not known:
        _declared[id(known)] = (known, hashlib.sha256(f"{known}".encode()).hexdigest())
    return _declared[id(known)][1]


def _below(units: Sequence[tuple[int, str, str]]) -> dict[str, frozenset[str]]:
    """The names of each unit and of all below it, by the unit's id."""
    return {
        str(pk): frozenset(name for _pk, name, below in units if below.startswith(path)) for pk, _name, path in units
    }


_COLUMNS = ("pk", "kind", "code", "title", "owner", "period", "start", "end", "as_of", "level", "state", "stage", "tags",
            "fields", "place_told", "unit__name", "person__name")  # fmt: skip


def _read(college: Unit, kinds: Sequence[str], prints: Mapping[str, str]) -> dict[str, _Kept | None]:
    """Read the records of these kinds anew, in four questions however many they are."""
    rows = (
        Record.objects.filter(college=college, kind__in=kinds, withdrawn_at=None).exclude(stage__in=DRAFTS).order_by()
    )
    measures = _hanging(RecordMeasure, rows, "name", "value", "unit", "qualifier", "cumulative", "base_period")
    moves = _hanging(RecordMove, rows, "state", "on", "document")
    partners = _hanging(RecordPartner, rows, "partner__name", "role")
    found: dict[str, list[tuple[core.Record, When]]] = {kind: [] for kind in kinds}
    unconfirmed: dict[str, set[str]] = {kind: set() for kind in kinds}
    for told in rows.values_list(*_COLUMNS):
        pk, kind, code, title, owner, period, start, end, as_of, level, state, stage, tags, fields, place, unit, who = (
            told
        )
        record = core.Record(
            id=code, kind=kind, title=title, department=unit, owner=who or owner, period=period or None, start=start,
            end=end, as_of=as_of, place=place or None, level=level or None, state=state or None, tags=tuple(tags),
            fields={key: _value(value) for key, value in fields.items()} if fields else {},
            measures=tuple(core.RecordMeasure(*each) for each in measures.get(pk, ())),
            moves=tuple(core.Move(*each) for each in moves.get(pk, ())),
            partners=tuple(core.Partner(*each) for each in partners.get(pk, ())),
        )  # fmt: skip
        found[kind].append((record, when(record)))
        if stage not in CONFIRMED:
            unconfirmed[kind].add(code)
    read: dict[str, _Kept | None] = {}
    for kind in kinds:
        read[kind] = (prints.get(kind, ""), tuple(found[kind]), frozenset(unconfirmed[kind]))
    with _keeping:
        _kept.update({(college.pk, kind): each for kind, each in read.items() if each is not None})
        while len(_kept) > _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
    return read


def _hanging(table: Any, rows: Any, *columns: str) -> dict[int, list[tuple[Any, ...]]]:  # noqa: ANN401 - any of three tables
    """What hangs on the records, by record, in its order."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    chosen = table.objects.filter(record__in=rows.values("pk")).order_by("record_id", "position", "pk")
    for pk, *values in chosen.values_list("record_id", *columns):
        found.setdefault(pk, []).append(tuple(values))
    return found


def _value(value: Any) -> core.FieldValue:  # noqa: ANN401 - what JSON holds
    """As `recorded` keeps the kind's own fields: a number stands as {"number": "3.5"}."""
    if isinstance(value, dict):
        return Decimal(value["number"])
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, bool) else str(value)


def formula_of(kept: Mapping[str, Any], basis: str, units: Mapping[str, frozenset[str]]) -> Formula:
    """The kept formula as it is worked out: on the basis of its indicator, units with all that is below them.

    A unit that is no longer there stays as it is kept: nothing of another may count in its place.
    """
    formula = Formula.from_json({**kept, "basis": Basis(basis)})
    if not any(part.departments for part in formula.parts):
        return formula
    divisor = formula.divisor and _spread(formula.divisor, units)
    return replace(formula, part=_spread(formula.part, units), divisor=divisor)


def _spread(part: Part, units: Mapping[str, frozenset[str]]) -> Part:
    names = {name for pk in part.departments for name in units.get(pk, {pk})}
    return replace(part, departments=tuple(sorted(names)))


def named(formula: Formula, names: Mapping[str, str]) -> Formula:
    """The formula with the names of units in place of their ids, to be explained."""

    def called(part: Part) -> Part:
        return replace(part, departments=tuple(names.get(pk, pk) for pk in part.departments))

    return replace(formula, part=called(formula.part), divisor=formula.divisor and called(formula.divisor))


def window_of(programme: Programme, period: Period | None = None) -> Window:
    """From the beginning of the programme to the end of a period; of all of it where none is named.

    A yearly basis looks at single years and a point in time at its last day: both find what they want in here.
    """
    return Window(programme.first_year, (period or programme).last_year)


def figure_of(indicator: Indicator, kept: Mapping[str, Any], source: Source, period: Period | None = None) -> Figure:
    """The figure of one indicator at the end of a period."""
    formula = formula_of(kept, indicator.basis, source.units)
    return evaluated(formula, source.pool, window_of(indicator.programme, period))


@dataclass(frozen=True, slots=True)
class Offered:
    """What the records say of an item that is being filled in: the value at the end of its round's period."""

    value: Decimal | None
    unit: str
    counted: int

    @property
    def text(self) -> str:
        """The value as it would be typed."""
        return "" if self.value is None else plain(round(self.value, _TYPED))

    def agrees(self, typed: Decimal) -> bool:
        """Whether a typed value is this one, rounded to the decimals that were typed."""
        exponent = int(typed.normalize().as_tuple().exponent)
        allowed = Decimal("0.5").scaleb(exponent) if exponent < 0 else Decimal(0)
        whole = self.value is not None and self.value != self.value.to_integral_value() and exponent >= 0
        return self.value is not None and abs(typed - self.value) <= (Decimal("0.5") if whole else allowed)


def offered(entry: Entry) -> Offered | None:
    """What the records say of an item; None where its value is not made of records."""
    if entry.indicator is None:
        return None
    kept = IndicatorFormula.objects.filter(indicator=entry.indicator, method=Method.DERIVED).first()
    if kept is None:
        return None
    programme = entry.round.programme
    source = source_of(programme.college, kinds_of(kept.formula))
    formula = formula_of(kept.formula, entry.indicator.basis, source.units)
    found = tallied(formula, source.columns, window_of(programme, entry.round.period))
    return Offered(found.value, found.unit or entry.indicator.measure, found.counted)


def tally_of(
    formula: Formula, source: Source, programme: Programme, periods: Iterable[Period]
) -> tuple[Tally, dict[str, Decimal | None]]:
    """What a formula comes to in its programme, and the value at the end of each period by its id."""
    periods = tuple(periods)
    ends = {str(each.pk): min(each.last_year, programme.last_year) for each in periods}
    whole = tallied(formula, source.columns, window_of(programme), ends.values())
    if any(part.operation is Operation.LATEST for part in formula.parts):
        at = {str(each.pk): tallied(formula, source.columns, window_of(programme, each)).value for each in periods}
    else:
        at = {key: whole.at[end] for key, end in ends.items()}
    return whole, at


def inputs_of(kept: Mapping[str, Any], basis: str, years: Sequence[int], source: Source) -> str:
    """The hash of all that a figure is made of: formula, basis, years, and the records of its kinds as they stand.

    `years` are those of the programme and the last ones of its periods.
    """
    records = [[kind, source.prints.get(kind, "")] for kind in sorted(kinds_of(kept))]
    told = json.dumps([kept, basis, list(years), records, source.around], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def kinds_of(kept: Mapping[str, Any]) -> set[str]:
    """The kinds that a kept formula reads."""
    return {kind for part in ("part", "divisor") if part in kept for kind in kept[part].get("kinds", ())}


def usual_period(programme: Programme) -> Period | None:
    """The period that a figure is looked at for where none is asked for: the end."""
    periods = list(programme.periods.all())
    return next((each for each in periods if each.kind == PeriodKind.END), periods[-1] if periods else None)


def profile_of(programme: Programme) -> Profile:
    """The programme's conventions."""
    return load(programme.profile)
