"""A declaration written from answers: what a person tells of a kind in Chinese becomes the text that declares it.

Nothing is judged here: the text goes the way of every other declaration and is refused there, with its line.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from taizhang.core.errors import RecordError
from taizhang.records.kind import FieldType, Kind, Phase

_UNIT = re.compile(r"(?P<name>[^=＝]+?)\s*(?:[=＝]\s*(?P<factor>\S+))?")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
_LONGEST = 40
_BARE = {
    "int": re.compile(r"\d+"), "float": re.compile(r"\d+\.\d+"), "timestamp": re.compile(r"\d{4}-\d\d-\d\d"),
    "bool": re.compile("true|false"),
}  # fmt: skip
_SAMPLES: dict[FieldType, Any] = {
    FieldType.NUMBER: "1", FieldType.DATE: "2025-01-01", FieldType.TRUTH: True, FieldType.PERSON: ["示例人员"],
    FieldType.PARTNER: ["示例单位"], FieldType.LINK: "https://example.org/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as answered: its name, how it is filled in, what may be chosen, whether it must be."""

    name: str
    type: FieldType
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure as answered; `accepts` are other units as typed: 万人日=10000, 人天."""

    name: str
    unit: str
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """A state as answered; `after` is the key of a state of the kind that it may follow, besides those above it."""

    name: str
    phase: Phase
    counts: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is told of a new kind, or is to be added to one that is there (`to`)."""

    name: str = ""
    group: str = ""
    about: str = ""
    fields: tuple[Asked, ...] = ()
    measures: tuple[Measured, ...] = ()
    states: tuple[Stood, ...] = ()
    levels: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def drafted(answers: Answers, spell: Callable[[str], str], taken: Iterable[str] = ()) -> str:
    """The declaration of a new kind. `spell` makes Latin letters of Chinese; `taken` are the keys of kinds there are."""
    fields, states = _fields(answers.fields, spell, ()), _states(answers.states, spell, ())
    for place, state in enumerate(states):
        following = [each["key"] for each in states[place + 1 :]]
        if following:
            state["to"] = following
    example: dict[str, Any] = {"title": f"{answers.name}（示例）"}
    counting = [each["key"] for each in states if each["phase"] == "done" or each.get("counts")]
    if states:
        example["state"] = (counting or [states[0]["key"]])[0]
    told = {each["key"]: _sample(asked) for each, asked in zip(fields, answers.fields, strict=True) if asked.required}
    measures = [_measure(each) for each in answers.measures]
    if told:
        example["fields"] = told
    if measures:
        example["measures"] = [{"name": measures[0]["name"], "value": "1", "unit": measures[0]["unit"]}]
    key = _unlike(_key(answers.name, spell), taken)
    whole: dict[str, Any] = {"kind": key, "name": answers.name, "group": answers.group, "about": answers.about}
    lists = {
        "fields": fields,
        "measures": measures,
        "levels": list(answers.levels),
        "states": states,
        "feeds": list(answers.feeds),
    }
    return _written(whole | {name: each for name, each in lists.items() if each} | {"example": example})


def added(answers: Answers, kind: Kind, spell: Callable[[str], str], before: str = "") -> str:
    """The declaration that adds the answers to a kind; `before` is what the college declares of it already."""
    known: dict[str, Any] = yaml.load(before, yaml.BaseLoader) if before.strip() else {"extends": kind.key}  # noqa: S506 - texts only
    states = _states(answers.states, spell, [each.key for each in kind.states])
    lists: dict[str, list[Any]] = {
        "fields": _fields(answers.fields, spell, [each.key for each in kind.fields]),
        "measures": [_measure(each) for each in answers.measures],
        "levels": [each for each in answers.levels if each not in kind.levels],
        "states": states,
        "feeds": [each for each in answers.feeds if each not in kind.feeds],
    }
    for made, state in list(zip(states, answers.states, strict=True)):
        if state.after:
            _let_follow(known, states, state.after, made["key"])
    if "example" in known:  # of a kind of the college's own: it has to stay a record that the kind accepts
        told = known["example"].setdefault("fields", {})
        told.update(
            {
                made["key"]: _sample(each)
                for made, each in zip(lists["fields"], answers.fields, strict=True)
                if each.required
            }
        )
    for name, more in lists.items():
        if more:
            known[name] = [*known.get(name, []), *more]
    return _written(known)


def _let_follow(known: dict[str, Any], states: list[dict[str, Any]], before: str, after: str) -> None:
    """The earlier state may be followed by the new one: where it is declared here, or else as an addition to it."""
    declared = [each for each in (*known.get("states", []), *states) if each.get("key") == before]
    if declared:
        declared[0]["to"] = [*declared[0].get("to", []), after]
    else:
        states.append({"key": before, "to": [after]})


def _fields(answers: Iterable[Asked], spell: Callable[[str], str], taken: Iterable[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in answers:
        made: dict[str, Any] = {
            "key": _unlike(_key(each.name, spell), (*taken, *(f["key"] for f in found))),
            "name": each.name,
        }
        made |= {"type": each.type.value} if each.type is not FieldType.TEXT else {}
        made |= {"choices": list(each.choices)} if each.choices else {}
        made |= {"required": True} if each.required else {}
        found.append(made)
    return found


def _states(answers: Iterable[Stood], spell: Callable[[str], str], taken: Iterable[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in answers:
        key = _unlike(_key(each.name, spell), (*taken, *(state["key"] for state in found)))
        made: dict[str, Any] = {"key": key, "name": each.name, "phase": each.phase.value}
        made |= {"counts": True} if each.counts and each.phase is Phase.UNDERWAY else {}
        found.append(made)
    return found


def _measure(answer: Measured) -> dict[str, Any]:
    accepts = {}
    for text in answer.accepts:
        match = _UNIT.fullmatch(text)
        factor = (match["factor"] or "1") if match else ""
        try:
            right = Decimal(factor) > 0
        except InvalidOperation:
            right = False
        if match is None or not right:
            raise RecordError(
                f"计量“{answer.name}”的“{text}”看不懂，请写成 万人日=10000 这样：一个它等于几{answer.unit}。"
            )
        accepts[match["name"].strip()] = factor
    return {"name": answer.name, "unit": answer.unit} | ({"accepts": accepts} if accepts else {})


def _sample(asked: Asked) -> Any:  # noqa: ANN401 - what YAML holds
    if asked.choices:
        return [asked.choices[0]] if asked.type is FieldType.CHOICES else asked.choices[0]
    return _SAMPLES.get(asked.type, "示例")


def _key(name: str, spell: Callable[[str], str]) -> str:
    plain = _NOT_IN_KEYS.sub("_", spell(name).lower()).strip("_")[:_LONGEST].rstrip("_")
    return plain if plain[:1].isalpha() else f"k_{plain}".rstrip("_")[:_LONGEST]


def _unlike(key: str, taken: Iterable[str]) -> str:
    """The key, with a number behind it where it is taken."""
    known, number, found = set(taken), 1, key
    while found in known:
        number += 1
        found = f"{key[: _LONGEST - 3]}_{number}"
    return found


class _Dumper(yaml.SafeDumper):
    """Numbers and truths that came as texts are written bare, as they stood before."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    bare = next((tag for tag, pattern in _BARE.items() if pattern.fullmatch(text)), "str")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{bare}", text)


_Dumper.add_representer(str, _text)


def _written(whole: dict[str, Any]) -> str:
    """As YAML that people read: a line for each field, measure and state."""
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=200)
