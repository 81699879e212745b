"""The form of a formula: plain choices, as a kind of record offers them, and the formula that the chosen ones make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from taizhang.core.formula import OVER, DatedBy, Kinds, KindTerms, Operation
from taizhang.web.ledger.models import Unit

OPERATIONS = {
    Operation.COUNT: _("数有多少（计数）"),
    Operation.SUM: _("把一个计量相加（求和）"),
    Operation.DISTINCT: _("同样的只计一次（去重）"),
    Operation.LATEST: _("取最新一条的数"),
}
DATED = {DatedBy.EVENT: _("按事情发生（结束）的日期"), DatedBy.STATE: _("按进入计入状态的日期")}
_LISTS = ("states", "departments")
_TEXTS = ("operation", "measure", "unit", "over", "level")
_YEARS = ("since", "until")


@dataclass(frozen=True, slots=True)
class Side:
    """One part of a formula in the form, with what may be chosen for it. `prefix` tells numerator from denominator."""

    prefix: str
    chosen: Mapping[str, Any]
    kinds: Iterable[KindTerms]
    kind: KindTerms | None
    units: tuple[str, ...]
    over: Mapping[str, str]


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
    part["kinds"] = [form[prefix + "kind"]] if form.get(prefix + "kind") else []
    part["tags"] = _words(form.get(prefix + "tags", ""))
    part |= {name: int(form.get(prefix + name, "0")) for name in _YEARS if form.get(prefix + name, "").isdecimal()}
    part["exactly"] = bool(form.get(prefix + "exactly"))
    field, values = form.get(prefix + "field", ""), _words(form.get(prefix + "values", ""))
    if field and values:
        part["where"] = {field: values}
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
    kind = kinds.get(next(iter(part.get("kinds", ())), ""))
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


def side(part: Mapping[str, Any], kinds: Kinds, prefix: str = "") -> Side:
    """One part with its choices."""
    kind = kinds.get(next(iter(part.get("kinds", ())), ""))
    measure = kind.measure(part.get("measure", "")) if kind else None
    field, values = next(iter(part.get("where", {}).items()), ("", ()))
    chosen = {**part, "field": field, "values": "，".join(values), "tags": "，".join(part.get("tags", ()))}
    return Side(
        prefix=prefix,
        chosen=chosen,
        kinds=sorted(kinds.values(), key=lambda each: each.name),
        kind=kind,
        units=(measure.unit, *measure.accepts) if measure else (),
        over={**OVER, **(kind.fields if kind else {})},
    )


def departments(college: Unit) -> list[tuple[str, str]]:
    """The units of a college, by id as formulas keep them."""
    rows = Unit.objects.filter(college=college, is_active=True).exclude(pk=college.pk).order_by("path")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
