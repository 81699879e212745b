"""Header words and what they mean: 目标值 = 指标值 = 年度指标值."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table

_YEAR = re.compile(r"(20\d\d)")
# A footnote's mark; where a file lost its raised type, it is a bare digit behind the last word (“目标值1”).
_MARK = re.compile(r"[¹²³⁴-⁹*※]|(?<=[值率度数况])[0-9]$|\[\^?[0-9]\]$")
_UNIT_IN_HEADER = re.compile(r"[(（]([^()（）]{1,6})[)）]$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header's words, the role they give it, its year and unit where they say so."""

    index: int
    words: str
    role: str | None
    year: str | None
    unit: str | None


class Headers:
    """The header words of a profile, ready to be looked up."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._roles = [(role, re.compile("|".join(patterns))) for role, patterns in words.items()]
        self.column = lru_cache(maxsize=4096)(self._column)

    def of(self, table: Table) -> list[Column]:
        """The columns of a table, each with its role."""
        return [self.column(index, words) for index, words in enumerate(table.columns)]

    def _column(self, index: int, words: str) -> Column:
        plain = _MARK.sub("", bare(words))
        last = plain.rpartition("/")[2]
        unit = _UNIT_IN_HEADER.search(last)
        core = last[: unit.start()] if unit else last
        year = _YEAR.search(plain)
        role = next((role for role, pattern in self._roles if pattern.search(core)), None)
        return Column(index, plain, role, year[1] if year else None, unit[1] if unit else None)
