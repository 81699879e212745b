"""What is in force in a profile, value by value, and which file says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang.profiles import ADDED_TO, layers


@dataclass(frozen=True, slots=True)
class Setting:
    """One value: its key with dots, and the files it comes from, the deciding one last."""

    key: str
    value: Any
    files: tuple[str, ...]


def settings(name: str | Path) -> list[Setting]:
    """Every value in force, in the order of the files; a list that is added to names each file that adds."""
    found: dict[str, Setting] = {}
    for layer in layers(name):
        for key, value in _leaves(layer.sections):
            before = found.get(key)
            for inner in [other for other in found if other.startswith(f"{key}.") or key.startswith(f"{other}.")]:
                del found[inner]
            if before is not None and key in ADDED_TO:
                found[key] = Setting(key, [*before.value, *value], (*before.files, layer.file_of(key)))
            else:
                found[key] = Setting(key, value, (layer.file_of(key),))
    return list(found.values())


def _leaves(sections: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in sections.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
