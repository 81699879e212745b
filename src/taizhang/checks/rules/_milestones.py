"""What is told of how far things are: as reached (建成), or as still to come (仍在施工)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.checks.rules._parts import Passage
from taizhang.core.beginnings import sifted
from taizhang.core.source import Source
from taizhang.documents.blocks import Role
from taizhang.intake.reading import Reading

_CLAUSE = re.compile(r"[^，。；;！？：:\n（）()]+")
_SENTENCE_END = re.compile(r"[。！？\n]")
_HAN = re.compile("[一-鿿]")
ADVERBS = re.compile(
    r"(?:于?\s*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:份|底|初|末)?|[上下]半年|年[底内初]|已经?|均|全部|如期|顺利|正式|现|全面|也|并|[，,\s”》])+$"
)
_YEAR = re.compile(r"(20\d\d)\s*年")
_BORDER = frozenset("的与和及县市省区镇村乡了为在将把使对共该本级等由从向于、是有")
_UNSPOKEN = {Role.CONTENTS, Role.FURNITURE}
_MOST = 8  # places that speak of one thing; a word that stands in more is a common noun
_FAR = 60  # characters of a clause that its subject stands in


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a thing may reach: the words that say so, and those that say that it has not yet."""

    name: str
    reached: re.Pattern[str]
    pending: re.Pattern[str]


class Told(NamedTuple):
    """A clause that says how far a thing is; `before` and `behind` are its words on either side of the state."""

    milestone: str
    before: str
    behind: str
    text: str
    passage: Passage
    document: int
    sentence: int
    source: Source
    label: str
    row: str | None

    @property
    def years(self) -> list[int]:
        """The years told before the state."""
        return [int(year) for year in _YEAR.findall(self.before)]


class Finder:
    """Finds the clauses that tell a state."""

    def __init__(self, milestones: Sequence[Milestone], planned: re.Pattern[str]) -> None:
        self.milestones = milestones
        self.planned = planned
        self.any_pending = re.compile(sifted("|".join(milestone.pending.pattern for milestone in milestones)))
        self.any_reached = re.compile(sifted("|".join(milestone.reached.pattern for milestone in milestones)))

    def told(self, reading: Reading) -> tuple[list[Told], list[Told]]:
        """What a document tells as still to come, and as reached."""
        pending: list[Told] = []
        reached: list[Told] = []
        for passage, label, row in passages(reading):
            if not (self.any_pending.search(passage.text) or self.any_reached.search(passage.text)):
                continue
            for is_pending, told in self._of(passage, label, row):
                (pending if is_pending else reached).append(told)
        return pending, reached

    def _of(self, passage: Passage, label: str, row: str | None) -> Iterator[tuple[bool, Told]]:
        before, sentence, left = "", 0, 0
        outlook = passage.table is None and any(self.planned.search(heading) for heading in passage.section[-1:])
        for clause in _CLAUSE.finditer(passage.text):
            words = clause[0]
            sentence += len(_SENTENCE_END.findall(passage.text, left, clause.start()))
            left = clause.start()
            still = self.any_pending.search(words)
            for milestone in self.milestones:
                match = milestone.pending.search(words) if still else milestone.reached.search(words)
                if match is None or (not still and (outlook or self._is_planned(words, match))):
                    continue
                own = words[: match.start()][-_FAR:]
                subject = own if _HAN.search(ADVERBS.sub("", own)) else before
                start, end = clause.start() + len(words) - len(words.lstrip()), clause.end()
                if still:
                    end = self._going_on(passage.text, end)
                source = passage.block.at(start, end)
                yield bool(still), Told(
                    milestone.name, subject, words[match.end() :][:_FAR], passage.text[start:end].strip(), passage, 0, sentence, source, label, row
                )  # fmt: skip
            before = words[-_FAR:]

    def _going_on(self, text: str, end: int) -> int:
        """Where a clause ends together with those behind it that say the same (“…正在筹建，预计 2024 年挂牌”)."""
        while end < len(text) and text[end] == "，":
            further = _CLAUSE.match(text, end + 1)
            if further is None or not self.any_pending.search(further[0]):
                break
            end = further.end()
        return end

    def _is_planned(self, words: str, match: re.Match[str]) -> bool:
        return bool(self.planned.search(words[: match.start()])) or words[match.end() :].lstrip()[:1] in {
            "后",
            "前",
            "之",
            "以",
            "的",
        }


def passages(reading: Reading) -> Iterator[tuple[Passage, str, str | None]]:
    """The running text, and what is told of task points with the name of the task and of the row."""
    for paragraph in reading.document.paragraphs:
        if paragraph.role not in _UNSPOKEN:
            yield Passage(paragraph.text, paragraph), "", None
    for point in reading.plans.points:
        yield Passage(point.done.text, point.done), point.task, point.name


class Names:
    """Where words stand in the documents, and what stands before them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "\n".join(texts)
        self._known: dict[str, bool] = {}

    def means_one(self, name: str) -> bool:
        """Whether a name is of one thing: it stands in few places, with no more than one word of its own before it."""
        if name not in self._known:
            places = [match.start() for match in re.finditer(re.escape(name), self.text)]
            before = {self.text[max(place - 2, 0) : place] for place in places}
            told_apart = {
                each for each in before if len(each) == 2 and all(map(_HAN.match, each)) and not set(each) & _BORDER
            }
            self._known[name] = 0 < len(places) <= _MOST and len(told_apart) <= 1
        return self._known[name]
