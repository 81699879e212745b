"""Wording: the sentence patterns of the reports, how each kind of record is told, and the clues to its section; as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from taizhang.reports.outline import Run, Runs

_PART = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Telling:
    """How records of a kind are told: “举办培训项目 12 个”. `counts` is the measure that says how many a record stands for."""

    say: str
    unit: str
    counts: str = ""


def said(pattern: str, **parts: Run | Runs) -> Runs:
    """The runs of a pattern with its parts put in; a pattern or a part that is not declared is an error of ours."""
    text = _read("patterns")[pattern]
    runs: list[Run] = []
    at = 0
    for found in _PART.finditer(text):
        runs.append(text[at : found.start()])
        part = parts.pop(found[1])
        runs.extend(part if isinstance(part, tuple) else (part,))
        at = found.end()
    runs.append(text[at:])
    if parts:
        raise KeyError(f"{pattern} has no part {', '.join(parts)}")
    return tuple(run for run in runs if run != "")


def patterns() -> Mapping[str, str]:
    """All patterns, by their keys."""
    return dict(_read("patterns"))


def telling(kind: str, name: str) -> Telling:
    """How a kind is told; one that a college added itself goes by its name."""
    told = _read("kinds").get(kind)
    return Telling(told["say"], told["unit"], told["counts"]) if told else Telling(name, "项")


def clues() -> Mapping[str, tuple[str, ...]]:
    """The words by which a record without tags finds a section, by section."""
    return {section: tuple(words) for section, words in _read("clues").items()}


@cache
def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"{name}.yaml").read_text("utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    return told
