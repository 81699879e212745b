"""What a subject is about, as a bag of character pairs: idle words, levels, brackets and numbers taken out."""

import re
from collections.abc import Iterable, Mapping
from operator import add
from typing import Any, NamedTuple

from taizhang.core import period
from taizhang.core.beginnings import Alternation, Sieve, either
from taizhang.core.remembering import per_profile, per_text
from taizhang.documents.alignment import bare
from taizhang.profiles import Profile

_BRACKETS = re.compile(r"\([^()]*\)")
_SMALL_BRACKETS = re.compile(r"\(([^()]{1,2})\)")  # “国(境)外”, “专业(群)”
_NUMBERS = re.compile(r"[0-9①-⑳](?:(?<=[①-⑳])|[0-9]*(?:[.,][0-9]+)*(?![A-Za-z+])[%‰]?)")
_RUNS = re.compile(r"[一-鿿]+|[A-Za-z0-9+]{2,}")
_PROVINCE = re.compile(r"(?<![一-鿿])[一-鿿]{2}省(?![级份内外市区属直])|[一-鿿]{2}省(?=获|青|大学生|职业院校|高校|教)")
_NAME = re.compile(r"[“《]([^“”《》]{2,20})[”》]")
_JOINED = re.compile("[、和及或]")
Side = tuple[int, int]  # of which group it is, and its place in it
_NONE: frozenset[Side] = frozenset()
_NO_WORDS: frozenset[str] = frozenset()
ABOVE = "以上"  # beside the level in “省级以上”
_NUMBERED = r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）).、．]\s*)?"
_AND_ABOVE = re.compile(r"级及?以上")


class Wording(NamedTuple):
    """A subject taken apart: what it is about, at which level, on which side of a pair, how narrowed.

    `names` are the names in quotation marks; `items` are what each of the things is about, where it names several;
    `free` is the key with movable words set apart, the same for “授权发明专利” and “发明专利授权”.
    """

    key: frozenset[str]
    levels: frozenset[str]
    sides: frozenset[Side]
    narrowed: frozenset[str]
    tail: str
    names: frozenset[str] = frozenset()
    items: tuple[frozenset[str], ...] = ()
    free: frozenset[str] = frozenset()

    @property
    def several(self) -> bool:
        """Whether it names more than one thing."""
        return bool(self.items)


def _either(words: Iterable[str]) -> re.Pattern[str]:
    return either(words, re.MULTILINE)


class Words:
    """The words of a profile that tell subjects apart, ready to be applied."""

    def __init__(self, profile: Profile) -> None:
        section: Mapping[str, Any] = profile.sections.get("matching", {})
        self._levels = profile.levels
        short: Mapping[str, Any] = profile.sections.get("promise", {}).get("levels_short", {})
        self._short = [(name, _either(forms)) for name, forms in short.items()]
        self._any_short = _either(form for forms in short.values() for form in forms)
        self._synonyms = [(_either(forms), name) for name, forms in section.get("synonyms", {}).items()]
        self._any_synonym = _either(form for forms in section.get("synonyms", {}).values() for form in forms)
        self._idle = Alternation(section.get("idle", ()), re.MULTILINE)
        self._movable = _either(section.get("movable", ()))
        self._aside = Alternation(section.get("aside", ()), re.MULTILINE)
        self._narrowing = _either(section.get("narrowing", ()))
        sides, acts = _sides(section.get("sides", ())), _sides(section.get("acts", ()))
        acts = [((-1 - group, place), side) for (group, place), side in acts]  # apart from the other groups
        self._sides, self._acts = Sieve((*sides, *acts)), Sieve(acts)
        self.persons = re.compile(section.get("persons", "(?!)"))
        self.embracing = {whole: tuple(parts) for whole, parts in section.get("embracing", {}).items()}
        self.own = _either(section.get("counts_of_itself", ()))
        self.common = _either(section.get("common_nouns", ()))
        label = section.get("scope_labels", "(?!)")
        self._label = re.compile(rf"(?:^|[。；;\n])\s*{_NUMBERED}(?P<label>[一-鿿“”A-Za-z]{{1,14}}(?:{label}))[：:]")
        self.ahead, self.aims = _either(section.get("ahead", ())), _either(section.get("aims", ()))
        self._any_act = _either(side.pattern for _, side in acts)
        self._any_side = _either(side.pattern for _, side in (*sides, *acts))
        self._of_subject = per_text(self._wording)

    def wording(self, subject: str, clause: str = "") -> Wording:
        """The wording of a subject; of `clause`, the words around it, only the acts are read."""
        wording = self._of_subject(subject)
        if clause and self._any_act.search(clause):
            acts = frozenset(self._acts.found(clause))
            if not acts <= wording.sides:
                return wording._replace(sides=wording.sides | acts)
        return wording

    def _wording(self, subject: str) -> Wording:
        text = bare(subject)
        if "(" in text:
            text = _BRACKETS.sub(" ", _SMALL_BRACKETS.sub(r"\1", text))
        text = period.without(text)
        if self._any_synonym.search(text):
            for pattern, name in self._synonyms:
                text = pattern.sub(name, text)
        if "全校" in text:  # it says of whom the figure is, and no level: “全校就业率”, “就业率”
            text = text.replace("全校", " ")
        mentions = self._levels.mentions(text)
        levels = self._levels_of(text, {mention.name for mention in mentions})
        sides = frozenset(self._sides.found(text)) if self._any_side.search(text) else _NONE
        narrowed = frozenset(self._narrowing.findall(text))
        for mention in reversed(mentions):
            text = text[: mention.start] + " " + text[mention.end :]
        text = _NUMBERS.sub(" ", text)
        if "省" in text:
            text = _PROVINCE.sub(" ", text)
        parts = _JOINED.split(text)
        items = tuple(_pairs(self._idle.of(part).sub(" ", part)) for part in parts) if len(parts) > 1 else ()
        led = text
        text = self._idle.of(text).sub(" ", text)
        tail = text.replace(" ", "")[-2:]
        names = frozenset(_NAME.findall(subject)) if "“" in subject or "《" in subject else _NO_WORDS
        key = _pairs(text)
        return Wording(key, levels, sides, narrowed, tail, names, items, self._free(led, key))

    def _free(self, text: str, key: frozenset[str]) -> frozenset[str]:
        """The pairs of the thing alone, without what leads to it (在…中, 师生走进社区开展…), movable words set apart."""
        aside = self._aside.of(text)
        if not self._movable.search(text) and not aside.search(text):
            return key
        text = aside.sub(" ", text)
        text = self._idle.of(text).sub(" ", text)
        return _pairs(self._movable.sub(r" \g<0> ", text)) or key

    def label(self, before: str) -> str:
        """The last words before a colon that say of whom what follows is told (“学校层面：…”)."""
        if "：" not in before and ":" not in before:
            return ""
        found = self._label.findall(before)
        return found[-1] if found else ""

    def levels(self, text: str) -> frozenset[str]:
        """The levels that a text names; 省级以上 is a level of its own."""
        return self._levels_of(text, set(self._levels.named(text)))

    def _levels_of(self, text: str, named: set[str]) -> frozenset[str]:
        if not named and "省" in text and _PROVINCE.search(text):
            named.add("省级")
        if not named and self._any_short.search(text):
            named.update([name for name, pattern in self._short if pattern.search(text)])
        if named and _AND_ABOVE.search(text):
            named.add(ABOVE)
        return frozenset(named)


words_of = per_profile(Words)


def _sides(groups: Iterable[Iterable[str]]) -> list[tuple[Side, re.Pattern[str]]]:
    """Each side of each group, by its place."""
    return [
        ((group, place), re.compile(side, re.MULTILINE))
        for group, listed in enumerate(groups)
        for place, side in enumerate(listed)
    ]


def one_sided(one: Wording, other: Wording) -> bool:
    """Whether only one of two wordings takes a side (学生, 校内) that the other leaves open."""
    return {number for number, _ in one.sides if number >= 0} != {number for number, _ in other.sides if number >= 0}


def opposed(one: Wording, other: Wording) -> bool:
    """Whether one stands on a side of some pair on which the other does not, the other standing on another side."""
    if not one.sides or not other.sides or one.sides == other.sides:
        return False
    both = {number for number, _ in one.sides} & {number for number, _ in other.sides}
    return bool(both) and not both <= {number for number, _ in one.sides & other.sides}


def _pairs(text: str) -> frozenset[str]:
    found: list[str] = []
    for run in _RUNS.findall(text):
        if len(run) == 1 or run[0].isascii():
            found.append(run)
        else:
            found += map(add, run, run[1:])
    return frozenset(found)
