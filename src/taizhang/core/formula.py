"""Formula: how an indicator's value is made of records, as data that is checked when saved and explained in a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from taizhang.core.ladder import Ladder
from taizhang.core.quantity import Catalogue
from taizhang.core.saying import joined, phrase


class Operation(StrEnum):
    """What is made of the records that count."""

    COUNT = "count"
    SUM = "sum"
    LATEST = "latest"
    DISTINCT = "distinct"


class Basis(StrEnum):
    """口径: which days count: of each year, since the programme began, or all up to a day."""

    CUMULATIVE = "cumulative"
    PER_YEAR = "per_year"
    POINT_IN_TIME = "point_in_time"


class DatedBy(StrEnum):
    """By which day a record belongs to a year: that on which it took place, or came into the state that counts."""

    EVENT = "event"
    STATE = "state"


class StateTerms(NamedTuple):
    """A state as formulas see it. `counts` says that it is done; `never` that nothing may count it (延期, 取消)."""

    key: str
    name: str
    counts: bool
    never: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTerms:
    """A measure as formulas see it: `accepts` maps every other unit to how many of `unit` make one of it."""

    name: str
    unit: str
    accepts: Mapping[str, Decimal] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    def factor(self, unit: str) -> Decimal | None:
        """How many canonical units make one of this unit; None for a unit that it is not told in."""
        return Decimal(1) if unit == self.unit else self.accepts.get(unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTerms:
    """A kind of record as formulas see it; made of its declaration."""

    key: str
    name: str
    states: tuple[StateTerms, ...]
    measures: tuple[MeasureTerms, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> frozenset[str]:
        """The states that count as done."""
        return frozenset(state.key for state in self.states if state.counts)

    def state_name(self, key: str | None) -> str:
        """How people call a state."""
        return next((state.name for state in self.states if state.key == key), key or "")

    def measure(self, name: str) -> MeasureTerms | None:
        """The measure of that name, or of one of its other names."""
        return next((each for each in self.measures if name == each.name or name in each.aliases), None)

    def meant(self, name: str, unit: str) -> MeasureTerms | None:
        """What a record's own measure is of: by its name and unit, else the only one of the kind told in that unit.

        A name that is known gives its measure even where the unit is not its own; it is then not converted.
        """
        known = [each for each in self.measures if name == each.name or name in each.aliases]
        fitting = [each for each in known or self.measures if unit and each.factor(unit) is not None]
        if known:
            return fitting[0] if fitting else known[0]
        return fitting[0] if len(fitting) == 1 else None


Kinds = Mapping[str, KindTerms]
_COUNTABLE = frozenset({"件", "次", "人", "行政区"})  # the dimensions of which one record may be one
OVER = {
    "partner": phrase("合作单位"), "department": phrase("责任部门"), "owner": phrase("责任人"),
    "place": phrase("地点"), "title": phrase("标题"),
}  # fmt: skip
"""What may be counted each once; besides, any of the kind's own fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which records, and what is made of them. Empty filters let everything through; `states` empty means done.

    Within one filter any of the values fits; all filters must fit. `level` is the lowest that counts, or with
    `exactly` the only one. `where` filters by the kind's own fields: (key, values).
    """

    operation: Operation
    kinds: tuple[str, ...]
    measure: str = ""
    unit: str = ""
    over: str = ""
    level: str = ""
    exactly: bool = False
    states: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """公式. With a `divisor` it is a ratio: `part` over `divisor`, in per cent unless `unit` is another."""

    part: Part
    basis: Basis = Basis.CUMULATIVE
    dated_by: DatedBy = DatedBy.EVENT
    divisor: Part | None = None
    unit: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Numerator and denominator, or the only part."""
        return (self.part,) if self.divisor is None else (self.part, self.divisor)

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds that it reads, each once."""
        return tuple(dict.fromkeys(kind for part in self.parts for kind in part.kinds))

    @property
    def counted_in(self) -> str:
        """The unit of its value: %, the unit of the measure, or the one that was given for a count."""
        if self.divisor is not None:
            return self.unit or "%"
        return self.part.unit or self.unit

    def to_json(self) -> dict[str, Any]:
        """As it is kept: what says nothing is absent."""
        told = {"basis": str(self.basis), "part": _part_json(self.part)}
        if self.dated_by is not DatedBy.EVENT:
            told["dated_by"] = str(self.dated_by)
        if self.divisor is not None:
            told["divisor"] = _part_json(self.divisor)
        return told | ({"unit": self.unit} if self.unit else {})

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Formula":
        """The formula that was kept; ValueError where it is none."""
        try:
            divisor = told.get("divisor")
            return cls(
                part=_part(told["part"]),
                basis=Basis(told.get("basis", Basis.CUMULATIVE)),
                dated_by=DatedBy(told.get("dated_by", DatedBy.EVENT)),
                divisor=None if divisor is None else _part(divisor),
                unit=str(told.get("unit", "")),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"公式缺少“{error}”") from error


_LISTS = ("kinds", "states", "departments", "tags")
_TEXTS = ("measure", "unit", "over", "level")
_YEARS = ("since", "until")


def _part_json(part: Part) -> dict[str, Any]:
    told: dict[str, Any] = {"operation": str(part.operation)}
    told |= {name: list(getattr(part, name)) for name in _LISTS if getattr(part, name)}
    told |= {name: getattr(part, name) for name in (*_TEXTS, *_YEARS) if getattr(part, name)}
    if part.exactly:
        told["exactly"] = True
    return told | ({"where": {key: list(values) for key, values in part.where}} if part.where else {})


def _part(told: Mapping[str, Any]) -> Part:
    names = {name: tuple(map(str, told.get(name, ()))) for name in _LISTS}
    texts = {name: str(told.get(name, "")) for name in _TEXTS}
    since, until = (int(told[name]) if told.get(name) else None for name in _YEARS)
    return Part(
        operation=Operation(told["operation"]),
        kinds=names["kinds"],
        measure=texts["measure"],
        unit=texts["unit"],
        over=texts["over"],
        level=texts["level"],
        exactly=bool(told.get("exactly")),
        states=names["states"],
        departments=names["departments"],
        tags=names["tags"],
        where=tuple((str(key), tuple(map(str, values))) for key, values in told.get("where", {}).items()),
        since=since,
        until=until,
    )


def faults(formula: Formula, kinds: Kinds, levels: Ladder, units: Catalogue, measure: str = "") -> list[str]:
    """What is wrong with a formula, in sentences; empty for one that may be kept.

    `measure` is the unit of the indicator: a value in another one would be wrong in silence.
    """
    found: list[str] = []
    for part, called in zip(formula.parts, ("分子", "分母") if formula.divisor else ("",), strict=False):
        found += [f"{called}：{fault}" if called else fault for fault in _part_faults(part, kinds, levels)]
    if formula.dated_by is DatedBy.STATE and formula.basis is Basis.POINT_IN_TIME:
        found.append("时点口径看的是那一天的状态，不用再按状态的日期归年")
    if not found and measure and not _same_unit(formula.counted_in, measure, units):
        told = f"“{formula.counted_in}”" if formula.counted_in else "件数"
        found.append(f"算出来的是{told}，指标的计量单位是“{measure}”，两者不是一回事")
    return found


def _same_unit(counted_in: str, measure: str, units: Catalogue) -> bool:
    """Whether a value is told in the indicator's unit; what is counted without a unit, in any word for one thing."""
    if counted_in == measure:
        return True
    wanted = units.measure(measure)
    if not counted_in:
        return wanted is None or (wanted.dimension in _COUNTABLE and wanted.scale == 1)
    return wanted is not None and units.measure(counted_in) == wanted


def _part_faults(part: Part, kinds: Kinds, levels: Ladder) -> list[str]:
    if not part.kinds:
        return ["还没有选记录类型"]
    unknown = [key for key in part.kinds if key not in kinds]
    if unknown:
        return [f"没有“{'、'.join(unknown)}”这种记录类型"]
    terms = [kinds[key] for key in part.kinds]
    found = [*_measure_faults(part, terms), *_state_faults(part, terms), *_field_faults(part, terms)]
    if part.level and levels.name(part.level) is None:
        found.append(f"没有“{part.level}”这个级别")
    elif part.level and not part.exactly and levels.rank(part.level) is None:
        found.append(f"“{part.level}”不在高低次序之内，只能选“只计这一级”")
    if part.since is not None and part.until is not None and part.since > part.until:
        found.append(f"起始年 {part.since} 晚于结束年 {part.until}")
    return found


def _measure_faults(part: Part, terms: Iterable[KindTerms]) -> list[str]:
    """A sum and a latest value need a measure that every kind has, in a unit into which each of them converts."""
    if part.operation in {Operation.SUM, Operation.LATEST} and not part.measure:
        return ["求和、取最新值要写明是哪一个计量"]
    if part.operation is Operation.DISTINCT and not part.over:
        return ["去重计数要写明按什么去重"]
    if not part.measure:
        return []
    found = []
    for kind in terms:
        measure = kind.measure(part.measure)
        if measure is None:
            found.append(f"“{kind.name}”没有“{part.measure}”这个计量")
        elif not part.unit:
            found.append(f"“{part.measure}”没有写明单位")
        elif measure.factor(part.unit) is None:
            known = "、".join((measure.unit, *measure.accepts))
            found.append(f"“{kind.name}”的“{part.measure}”以{known}计，不能换算成“{part.unit}”")
    return found


def _state_faults(part: Part, terms: Iterable[KindTerms]) -> list[str]:
    """The hard rules: postponed and cancelled are never counted; what is not done is not added to what is."""
    found = []
    for kind in terms:
        known = {state.key: state for state in kind.states}
        chosen = [known[key] for key in part.states if key in known]
        found += [f"“{kind.name}”的“{state.name}”不能计入" for state in chosen if state.never]
        done = [state.name for state in chosen if state.counts]
        short = [state.name for state in chosen if not state.counts and not state.never]
        if done and short:
            found.append(f"“{kind.name}”的“{'、'.join(short)}”还没有做成，不能与“{'、'.join(done)}”相加")
    everywhere = {state.key for kind in terms for state in kind.states}
    found += [f"没有“{key}”这种状态" for key in part.states if key not in everywhere]
    return found


def _field_faults(part: Part, terms: Iterable[KindTerms]) -> list[str]:
    found = []
    for key, values in part.where:
        found += [f"“{kind.name}”没有“{key}”这一项" for kind in terms if key not in kind.fields]
        if not values:
            found.append(f"“{key}”没有写明要哪些")
    if part.over and part.over not in OVER:
        found += [
            f"“{kind.name}”没有“{part.over}”这一项，不能按它去重" for kind in terms if part.over not in kind.fields
        ]
    return found


def explained(formula: Formula, kinds: Kinds) -> str:
    """The formula as one Chinese sentence that says everything it says."""
    basis, over = _BASES[formula.basis], _phrase(formula.part, kinds)
    if formula.divisor is not None:
        under = _phrase(formula.divisor, kinds)
        if formula.counted_in == "%":
            return phrase("%(basis)s%(over)s，除以%(under)s，乘以 100%%。", basis=basis, over=over, under=under)
        unit = formula.counted_in
        return phrase(
            "%(basis)s%(over)s，除以%(under)s，单位为%(unit)s。", basis=basis, over=over, under=under, unit=unit
        )
    if formula.dated_by is DatedBy.STATE:
        return phrase("%(basis)s%(over)s；一条记录按它进入该状态的日期归入年度。", basis=basis, over=over)
    return phrase("%(basis)s%(over)s。", basis=basis, over=over)


_BASES = {
    Basis.CUMULATIVE: phrase("自建设期开始累计，"),
    Basis.PER_YEAR: phrase("每一年分别计，"),
    Basis.POINT_IN_TIME: phrase("截至所报的时点，不论从哪一年开始，"),
}


def _phrase(part: Part, kinds: Kinds) -> str:
    """“省级及以上、状态为已完成的获奖和教材（责任部门为教务处）的条数”."""
    terms = [kinds[key] for key in part.kinds if key in kinds]
    names = joined("、", (phrase("“%(name)s”", name=kind.name) for kind in terms)) or phrase("所选的记录")
    level = ""
    if part.level:
        level = (
            phrase("%(level)s的", level=part.level) if part.exactly else phrase("%(level)s及以上的", level=part.level)
        )
    return phrase(
        "%(level)s%(names)s中%(states)s的记录%(filters)s，%(made)s",
        level=level, names=names, states=_states(part, terms), filters=_filters(part, terms), made=_made(part, terms),
    )  # fmt: skip


def _states(part: Part, terms: Iterable[KindTerms]) -> str:
    if not part.states:
        done = [state.name for kind in terms for state in kind.states if state.counts]
        return phrase("已做成（%(names)s）", names=joined("、", dict.fromkeys(done))) if done else phrase("已做成")
    chosen = [state for kind in terms for state in kind.states if state.key in part.states]
    names = joined("、", dict.fromkeys(state.name for state in chosen))
    if all(state.counts for state in chosen):
        return phrase("状态为%(names)s", names=names)
    return phrase("状态为%(names)s（尚未做成）", names=names)


def _filters(part: Part, terms: Iterable[KindTerms]) -> str:
    fields = {key: name for kind in terms for key, name in kind.fields.items()}
    told = [phrase("责任部门为%(names)s", names=joined("或", part.departments))] if part.departments else []
    told += [phrase("标签为%(names)s", names=joined("或", part.tags))] if part.tags else []
    told += [
        phrase("%(field)s为%(values)s", field=fields.get(key, key), values=joined("或", values))
        for key, values in part.where
    ]
    if part.since or part.until:
        open_end = phrase("不限")
        told.append(phrase("%(since)s年至%(until)s年", since=part.since or open_end, until=part.until or open_end))
    return phrase("（%(filters)s）", filters=joined("，", told)) if told else ""


def _made(part: Part, terms: Iterable[KindTerms]) -> str:
    if part.operation is Operation.SUM:
        return phrase("把“%(measure)s”相加（%(unit)s）", measure=part.measure, unit=part.unit)
    if part.operation is Operation.LATEST:
        return phrase("取最新一条的“%(measure)s”（%(unit)s）", measure=part.measure, unit=part.unit)
    if part.operation is Operation.DISTINCT:
        fields = {key: name for kind in terms for key, name in kind.fields.items()}
        return phrase("按%(over)s去重后计数", over=OVER.get(part.over) or fields.get(part.over, part.over))
    if part.measure:
        return phrase(
            "数有多少%(unit)s：写明“%(measure)s”的按所写的数，没写的一条算一%(unit)s",
            unit=part.unit,
            measure=part.measure,
        )
    return phrase("一条记录算一项，数有多少项")
