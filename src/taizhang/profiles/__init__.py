"""Profiles: the house conventions of a kind of report, as data, read once and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from taizhang.core.errors import ProfileError, reason
from taizhang.core.ladder import Ladder, ladder
from taizhang.core.quantity import Catalogue, Unit
from taizhang.profiles.files import layers, located, shipped

__all__ = ["ADDED_TO", "Profile", "layers", "load", "shipped"]

_KEYS = frozenset({"units", "numerals", "levels", "states", "traps", "facts", "recognise", "about"})
ADDED_TO = frozenset({"units", "traps"})  # a house's own are put beside those it extends, not in their place
_FORMS = ((dict, "“键: 值”"), (list, "列表"), ((int, float), "数"))


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One set of conventions. `sections` are the parts of the file that other modules read themselves.

    Two are the same only where they were loaded once, so that what is made from a profile can be kept with it.
    """

    name: str
    catalogue: Catalogue
    levels: Ladder
    states: Ladder
    durations_after: tuple[str, ...]
    opening_verb: re.Pattern[str]
    sections: Mapping[str, Any]


def load(name: str | Path = "generic") -> Profile:
    """The profile of that name, or the one that a YAML file describes; ProfileError says what is wrong with it."""
    path = located(name)
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise ProfileError(f"口径配置 {name} 打不开：{reason(error)}。请检查文件名和读取权限。") from error


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int) -> Profile:
    sections: dict[str, Any] = {}
    for layer in layers(path):
        own = _Reader(layer.file)
        own.units(layer.sections.get("units", []))  # here, where a group has the number it has in its own file
        sections = _laid_over(sections, layer.sections, own)
    reader = _Reader(path.name)
    return Profile(
        name=str(sections.get("name", path.stem)),
        catalogue=Catalogue(
            reader.units(sections.get("units", [])),
            reader.words(sections, "traps"),
            reader.words(reader.mapping(sections, "numerals"), "one_after", "numerals."),
        ),
        levels=reader.ladder(sections, "levels"),
        states=reader.ladder(sections, "states"),
        durations_after=reader.words(reader.mapping(sections, "facts"), "durations_after", "facts."),
        opening_verb=_one_of(reader.words(reader.mapping(sections, "facts"), "verbs", "facts.")),
        sections={key: value for key, value in sections.items() if key not in _KEYS},
    )


def _one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any], reader: "_Reader", above: str = "") -> dict[str, Any]:
    """Mappings are merged key by key, units and traps are added to, everything else is replaced by its like."""
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        reader.like(before, value, f"{above}{key}")
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _laid_over(before, value, reader, f"{above}{key}.")
        elif key in ADDED_TO and isinstance(before, list) and isinstance(value, list):
            merged[key] = before + value
        else:
            merged[key] = value
    return merged


class _Reader:
    """Turns parts of a profile file into values, or says which key is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(self, key: str, wanted: str) -> ProfileError:
        return ProfileError(f"口径配置 {self.file} 的“{key}”写得不对：应是{wanted}。")

    def like(self, before: object, value: object, key: str) -> None:
        """A value that replaces another is of its form, or no rule could read it."""
        for form, wanted in _FORMS:
            if isinstance(before, form) and not isinstance(value, form):
                raise self.wrong(key, wanted)

    def mapping(self, sections: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = sections.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "“键: 值”")
        return value

    def words(self, sections: Mapping[str, Any], key: str, prefix: str = "") -> tuple[str, ...]:
        value = sections.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise self.wrong(prefix + key, "词语的列表")
        return tuple(value)

    def ladder(self, sections: Mapping[str, Any], key: str) -> Ladder:
        value = self.mapping(sections, key)
        unmeant = self.words(value, "unmeant", f"{key}.")
        return ladder(self._rungs(value, f"{key}.order"), self._rungs(value, f"{key}.apart"), unmeant)

    def _rungs(self, value: Mapping[str, Any], key: str) -> list[tuple[str, tuple[str, ...]]]:
        rungs: list[tuple[str, tuple[str, ...]]] = []
        listed = value.get(key.rpartition(".")[2], [])
        if not isinstance(listed, list):
            raise self.wrong(key, "“名称: [同义词…]”的列表，由高到低")
        for rung in listed:
            if not isinstance(rung, dict) or len(rung) != 1:
                raise self.wrong(key, "“名称: [同义词…]”的列表，由高到低")
            name = str(next(iter(rung)))
            rungs.append((name, self.words(rung, name, f"{key}.")))
        return rungs

    def units(self, groups: object) -> list[Unit]:
        if not isinstance(groups, list):
            raise self.wrong("units", "单位组的列表")
        found: list[Unit] = []
        for place, group in enumerate(groups, 1):
            key = f"units 第 {place} 组"
            if not isinstance(group, dict) or not isinstance(group.get("dimension"), str):
                raise self.wrong(key, "带 dimension 的“键: 值”")
            scales = dict.fromkeys(self.words(group, "names", f"{key}."), 1) | dict(self.mapping(group, "scales"))
            unless, unspoken = self.mapping(group, "unless"), self.words(group, "unspoken", f"{key}.")
            spoken = group.get("spoken", True) is not False
            for name, scale in scales.items():
                found.append(
                    Unit(str(name), group["dimension"], self._decimal(scale, f"{key}.scales.{name}"),
                         spoken and name not in unspoken, str(unless.get(name, "")))
                )  # fmt: skip
        return found

    def _decimal(self, value: object, key: str) -> Decimal:
        try:
            scale = Decimal(str(value))
        except InvalidOperation:
            scale = Decimal(0)
        if not scale.is_finite() or scale <= 0:
            raise self.wrong(key, "大于 0 的数")
        return scale
