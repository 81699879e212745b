"""The form of a formula: plain choices, as a kind of record offers them, and the formula that the chosen ones make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from taizhang.core.formula import OVER, Basis, DatedBy, Kinds, KindTerms, MeasureTerms, Operation
from taizhang.web.ledger.models import Indicator, RecordTag, Unit

OPERATIONS = {
    Operation.COUNT: _("数有多少（计数）"),
    Operation.SUM: _("把一个计量相加（求和）"),
    Operation.DISTINCT: _("同样的只计一次（去重）"),
    Operation.LATEST: _("取最新一条的数"),
}
DATED = {DatedBy.EVENT: _("按事情发生（结束）的日期"), DatedBy.STATE: _("按进入计入状态的日期")}
BASES = {
    Basis.CUMULATIVE: _("累计：从建设期开始，一直加到所报的那一年"),
    Basis.PER_YEAR: _("每年：只看所报的那一年"),
    Basis.POINT_IN_TIME: _("时点：截至所报的那一天，不论从哪一年开始"),
}
_MOST_TAGS = 200
_LISTS = ("states", "departments")
_TEXTS = ("operation", "measure", "unit", "over", "level")
_YEARS = ("since", "until")


class Condition(NamedTuple):
    """One field of the kinds, and the values of which it must have one, as they are typed."""

    field: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One part of a formula in the form, with what may be chosen for it. `prefix` tells numerator from denominator.

    `kind` has what all the chosen kinds have in common. `picked` and `conditions` end with an empty one, to add another.
    """

    prefix: str
    chosen: Mapping[str, Any]
    kinds: Iterable[KindTerms]
    picked: tuple[str, ...]
    kind: KindTerms | None
    units: tuple[str, ...]
    over: Mapping[str, str]
    conditions: tuple[Condition, ...]


def told(form: QueryDict) -> dict[str, Any]:
    """The formula that a form tells, as it is kept; what says nothing is absent."""
    formula: dict[str, Any] = {"part": _part(form, "")}
    if form.get("ratio"):
        formula["divisor"] = _part(form, "d-")
        formula["unit"] = form.get("ratio_unit", "").strip()
    if form.get("dated_by") == DatedBy.STATE:
        formula["dated_by"] = str(DatedBy.STATE)
    return {key: value for key, value in formula.items() if value}


def _part(form: QueryDict, prefix: str) -> dict[str, Any]:
    part: dict[str, Any] = {name: form.get(prefix + name, "").strip() for name in _TEXTS}
    part["operation"] = part["operation"] or str(Operation.COUNT)
    part |= {name: [each for each in form.getlist(prefix + name) if each] for name in _LISTS}
    part["kinds"] = list(dict.fromkeys(each for each in form.getlist(prefix + "kind") if each))
    part["tags"] = _words(form.get(prefix + "tags", ""))
    part |= {name: int(form.get(prefix + name, "0")) for name in _YEARS if form.get(prefix + name, "").isdecimal()}
    part["exactly"] = bool(form.get(prefix + "exactly"))
    where: dict[str, list[str]] = {}
    for field, values in zip(form.getlist(prefix + "field"), form.getlist(prefix + "values"), strict=False):
        if field and (words := _words(values)):
            where[field] = list(dict.fromkeys([*where.get(field, ()), *words]))
    part["where"] = where
    if part["operation"] not in {Operation.SUM, Operation.LATEST, Operation.COUNT}:
        part["measure"] = ""
    if not part["measure"]:
        part["unit"] = ""
    if part["operation"] != Operation.DISTINCT:
        part["over"] = ""
    return {key: value for key, value in part.items() if value}


def _words(text: str) -> list[str]:
    """Words that were typed with any comma between them."""
    for comma in "，、；;":
        text = text.replace(comma, ",")
    return list(dict.fromkeys(word for word in (each.strip() for each in text.split(",")) if word))


def fitting(formula: dict[str, Any], kinds: Kinds) -> dict[str, Any]:
    """The formula with a sensible choice where a new kind offers no such measure, unit or state as was chosen before."""
    return {key: _fitted(value, kinds) if key in {"part", "divisor"} else value for key, value in formula.items()}


def _fitted(part: dict[str, Any], kinds: Kinds) -> dict[str, Any]:
    kind = in_common(part.get("kinds", ()), kinds)
    if kind is None:
        return part
    part = dict(part)
    known = {state.key for state in kind.states if not state.never}
    part["states"] = [key for key in part.get("states", ()) if key in known]
    part["where"] = {key: values for key, values in part.get("where", {}).items() if key in kind.fields}
    measure = kind.measure(part.get("measure", ""))
    if measure is None and part["operation"] in {Operation.SUM, Operation.LATEST} and kind.measures:
        measure = kind.measures[0]
    if measure is not None:
        part["measure"] = measure.name
        part["unit"] = part.get("unit") if measure.factor(part.get("unit", "")) is not None else measure.unit
    else:
        part["measure"] = part["unit"] = ""
    if part["operation"] == Operation.DISTINCT and part.get("over") not in {*OVER, *kind.fields}:
        part["over"] = "partner"
    return {key: value for key, value in part.items() if value}


def in_common(keys: Iterable[str], kinds: Kinds) -> KindTerms | None:
    """What several kinds have in common, as if they were one: measures in the units of all, fields, states of any."""
    terms = [kinds[key] for key in keys if key in kinds]
    if len(terms) < 2:
        return terms[0] if terms else None
    first, *others = terms
    return KindTerms(
        key=first.key,
        name="、".join(each.name for each in terms),
        states=tuple({state.key: state for kind in reversed(terms) for state in kind.states}.values()),
        measures=tuple(found for each in first.measures if (found := _shared(each, others)) is not None),
        fields={key: name for key, name in first.fields.items() if all(key in kind.fields for kind in others)},
    )


def _shared(measure: MeasureTerms, others: Iterable[KindTerms]) -> MeasureTerms | None:
    """A measure that the other kinds have too, with the units into which all of them convert."""
    theirs = [kind.measure(measure.name) for kind in others]
    if None in theirs or any(each is not None and each.factor(measure.unit) is None for each in theirs):
        return None
    accepts = {
        unit: per for unit, per in measure.accepts.items() if all(each and each.factor(unit) is not None for each in theirs)
    }  # fmt: skip
    return MeasureTerms(name=measure.name, unit=measure.unit, accepts=accepts, aliases=measure.aliases)


def side(part: Mapping[str, Any], kinds: Kinds, prefix: str = "") -> Side:
    """One part with its choices."""
    picked = tuple(part.get("kinds", ()))
    kind = in_common(picked, kinds)
    measure = kind.measure(part.get("measure", "")) if kind else None
    conditions = tuple(Condition(key, "，".join(values)) for key, values in part.get("where", {}).items())
    return Side(
        prefix=prefix,
        chosen={**part, "tags": "，".join(part.get("tags", ()))},
        kinds=sorted(kinds.values(), key=lambda each: each.name),
        picked=(*picked, ""),
        kind=kind,
        units=(measure.unit, *measure.accepts) if measure else (),
        over={**OVER, **(kind.fields if kind else {})},
        conditions=(*conditions, Condition()),
    )


def departments(college: Unit) -> list[tuple[str, str]]:
    """The units of a college, by id as formulas keep them."""
    rows = Unit.objects.filter(college=college, is_active=True).exclude(pk=college.pk).order_by("path")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def basis(form: Mapping[str, str], indicator: Indicator) -> str:
    """The basis that was chosen; that of the indicator where none was."""
    told = form.get("basis", "")
    return told if told in set(Basis) else indicator.basis


def tags(college: Unit) -> list[str]:
    """The tags that records of a college have, to choose from."""
    rows = RecordTag.objects.filter(college=college).order_by("name").values_list("name", flat=True)
    return list(rows.distinct()[:_MOST_TAGS])
