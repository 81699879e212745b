"""Words: how a house says what a table of its task book holds, compiled from its profile once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from taizhang.core.quantity import Catalogue
from taizhang.intake.plans import Manner
from taizhang.profiles import Profile


@dataclass(frozen=True, slots=True, eq=False)
class Wordlist:
    """The words of a profile by which a draft is made; patterns unless told otherwise."""

    profile: Profile
    manner: Manner
    categories: tuple[str, ...]
    category: re.Pattern[str]
    patterns: Mapping[str, re.Pattern[str]]
    caption_ends: tuple[str, ...]
    longest: Mapping[str, int]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns[name]

    @property
    def catalogue(self) -> Catalogue:
        """The units that the profile knows."""
        return self.profile.catalogue


@lru_cache(maxsize=16)
def wordlist(profile: Profile) -> Wordlist:
    """The words of a profile."""
    own: Mapping[str, Any] = profile.sections.get("programme", {})
    attainment: Mapping[str, Any] = profile.sections.get("attainment", {})
    structure: Mapping[str, Any] = profile.sections.get("structure", {})
    categories = tuple(structure.get("categories", ()))
    return Wordlist(
        profile,
        Manner(frozenset(attainment.get("done_words", ())), tuple(attainment.get("lower_is_better", ()))),
        categories,
        re.compile("|".join(map(re.escape, sorted(categories, key=len, reverse=True))) or "(?!)"),
        {name: re.compile(words) for name, words in own.items() if isinstance(words, str)},
        (*structure.get("caption_ends", ()), *own.get("task_ends", ())),
        {name: int(length) for name, length in own.get("longest", {}).items()},
    )
