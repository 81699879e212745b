"""The words by which score forms are known: what their headers mean, and how their totals and projects are called."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from taizhang.documents.alignment import bare

IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_LONGEST_HEAD = 18  # characters: a longer cell of a header row is a remark
_LONGEST_TEXT = 40  # the same with blanks and a remark in brackets


class FormWords:
    """The header words of score forms, ready to be looked up."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        heads: Mapping[str, Sequence[str]] = section.get("heads", {})
        self._roles = [(role, re.compile("|".join(words))) for role, words in heads.items()]
        self._names = [re.compile(word) for word in heads.get("name", ())]
        self.total = _any(section.get("total", ()))
        self.subtotal = _any(section.get("subtotal", ()))
        self.fund_total = _any(section.get("fund_total", ()))
        self.project = _any(section.get("project", ()))
        self.grade = _any(section.get("grade", ()))
        self.reverse = _any(section.get("reverse", ()))
        self.qualitative = _any(section.get("qualitative", ()))
        self._known: dict[str, str | None] = {}

    def role(self, text: str) -> str | None:
        """What a header cell means."""
        if len(text) > _LONGEST_TEXT:
            return None
        if text not in self._known:
            core = IN_BRACKETS.sub("", bare(text))
            found = next((role for role, pattern in self._roles if pattern.search(core)), None)
            self._known[text] = found if core and len(core) <= _LONGEST_HEAD else None
        return self._known[text]

    def rank_of_name(self, text: str) -> int:
        """How surely a header names the indicator itself: 三级指标 before 绩效指标."""
        core = IN_BRACKETS.sub("", bare(text))
        return next((rank for rank, pattern in enumerate(self._names) if pattern.search(core)), len(self._names))


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")
