"""The form by which a kind is told in Chinese instead of written: its rows as typed, and the answers they make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from taizhang.records import FieldType, Kind, Phase
from taizhang.records.drafting import Answers, Asked, Measured, Stood
from taizhang.web.ledger.workflow.trouble import RefusedError

ROWS: dict[str, int] = {"field": 6, "measure": 4, "state": 5}
_PARTS: dict[str, tuple[str, ...]] = {
    "field": ("name", "type", "choices", "required"),
    "measure": ("name", "unit", "accepts"),
    "state": ("name", "phase", "counts", "after"),
}
PHASES = tuple(each for each in Phase if each is not Phase.POSTPONED)
_BETWEEN = re.compile(r"[、,，;；]+")


@dataclass(frozen=True, slots=True)
class KindForm:
    """What was typed: the plain answers by name, and the rows of fields, measures and states."""

    told: Mapping[str, str]
    levels: tuple[str, ...]
    rows: Mapping[str, list[dict[str, str]]]


def typed(post: QueryDict) -> KindForm:
    """The form as it was sent, with empty rows to fill in behind those that were used."""
    rows = {}
    for part, most in ROWS.items():
        count = min(len(post.getlist(f"{part}-name")), 50)
        found = [
            {name: post.get(f"{part}-{name}-{place}", "").strip() if name in {"required", "counts"} else _at(post, f"{part}-{name}", place)
             for name in _PARTS[part]}
            for place in range(count)
        ]  # fmt: skip
        used = [row for row in found if row["name"]]
        rows[part] = [
            {**row, "place": str(place)} for place, row in enumerate(used + _empty(part, max(most - len(used), 2)))
        ]
    told = {name: post.get(name, "").strip() for name in ("kind_name", "group", "about", "feeds")}
    return KindForm(told, tuple(post.getlist("levels")), rows)


def _at(post: QueryDict, name: str, place: int) -> str:
    values = post.getlist(name)
    return values[place].strip() if place < len(values) else ""


def _empty(part: str, count: int) -> list[dict[str, str]]:
    return [dict.fromkeys(_PARTS[part], "") for _place in range(count)]


def answers_of(form: KindForm, kind: Kind | None) -> Answers:
    """The answers that the form makes; RefusedError says what is missing."""
    needed = () if kind is not None else (("kind_name", _("名称")), ("group", _("分组")), ("about", _("一句话说明")))
    missing = [name for key, name in needed if not form.told[key]]
    if kind is None and not any(row["name"] for row in form.rows["state"]):
        missing.append(_("至少一个状态"))
    if missing:
        raise RefusedError(_("还没有填：%(names)s。") % {"names": "、".join(missing)})
    return Answers(
        name=form.told["kind_name"], group=form.told["group"], about=form.told["about"], levels=form.levels,
        feeds=_several(form.told["feeds"]),
        fields=tuple(_field(row) for row in form.rows["field"] if row["name"]),
        measures=tuple(_measure(row) for row in form.rows["measure"] if row["name"]),
        states=tuple(_state(row) for row in form.rows["state"] if row["name"]),
    )  # fmt: skip


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in _BETWEEN.split(text) if each.strip()))


def _field(row: Mapping[str, str]) -> Asked:
    kind = FieldType(row["type"]) if row["type"] in set(FieldType) else FieldType.TEXT
    choices = _several(row["choices"])
    if (kind in {FieldType.CHOICE, FieldType.CHOICES}) != bool(choices):
        raise RefusedError(
            _("“%(name)s”是单选或多选，请写可选的值，用顿号隔开。") % {"name": row["name"]}
            if not choices
            else _("“%(name)s”写了可选的值，请把怎样填改成单选或多选。") % {"name": row["name"]}
        )
    return Asked(row["name"], kind, choices, bool(row["required"]))


def _measure(row: Mapping[str, str]) -> Measured:
    if not row["unit"]:
        raise RefusedError(_("计量“%(name)s”还没有写单位。") % {"name": row["name"]})
    return Measured(row["name"], row["unit"], _several(row["accepts"]))


def _state(row: Mapping[str, str]) -> Stood:
    phase = next((each for each in PHASES if each.value == row["phase"]), None)
    if phase is None:
        raise RefusedError(_("状态“%(name)s”还没有选它是什么意思。") % {"name": row["name"]})
    return Stood(row["name"], phase, bool(row["counts"]), row["after"])


def offered(kind: Kind | None, groups: Any, levels: Any) -> dict[str, Any]:  # noqa: ANN401 - names for lists
    """What the form lets choose."""
    return {
        "types": [(each.value, each.chinese) for each in FieldType],
        "phases": [(each.value, each.chinese) for each in PHASES],
        "groups": list(groups), "all_levels": list(levels), "extended": kind,
    }  # fmt: skip
