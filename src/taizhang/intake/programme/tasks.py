"""The task tree of a draft: codes and names from label cells, headings, captions and summary tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from taizhang.core.source import Source
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Document, Heading, Table
from taizhang.intake.programme.draft import DraftTask
from taizhang.intake.programme.words import Wordlist

_CODE = re.compile(
    r"\s*((?:[A-Z]\s*[-—–－]\s*)?\d{1,2}(?:\s*[-—–－.．]\s*\d{1,2}){0,3})\s*[、.．]?\s*(?=[^\d\s%.、])(.+)", re.DOTALL
)
_DASHES = re.compile(r"\s*[—–－.．]\s*|\s*-\s*")
_BRACKETED = re.compile(r"\s*[（(](\d{1,2})[)）]\s*(.+)", re.DOTALL)
_NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.．、]\s*(?=\D)(.+)", re.DOTALL)
_MARKED = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]+[部章篇节]分?|\d+(?:[.．]\d+)+|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]+)\s*"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,40})[”\"]")
_ALIKE = 0.86  # of two wordings of one heading


def coded(label: str) -> tuple[str | None, str]:
    """A label taken apart: its task code (“1-2”), and its name."""
    match = _CODE.fullmatch(label)
    if match is None:
        return None, " ".join(label.split())
    return _DASHES.sub("-", match[1].strip()), " ".join(match[2].split())


def parent_code(code: str) -> str | None:
    """The code of the task above: 1 for 1-2."""
    return code.rpartition("-")[0] or None


def unmarked(heading: str) -> str:
    """A heading without the number in front of it."""
    return _MARKED.sub("", heading, count=1).strip()


def group_in(text: str, words: Wordlist) -> str | None:
    """The specialty group that a heading, caption or label is wholly about."""
    plain = re.sub(r"[“”\"\s]", "", unmarked(text))
    match = re.fullmatch(rf"(?:\d+-\d+)?({words['groups'].pattern}){words['group_ends'].pattern}表?", plain)
    return match[1] if match and not words["not_groups"].match(match[1]) else None


def alike(one: str, other: str) -> bool:
    """Whether two texts word the same heading: one within the other, or nearly the same characters."""
    first, second = bare(one), bare(other)
    if not first or not second:
        return False
    if first in second or second in first:
        return min(len(first), len(second)) >= 4
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


@dataclass(slots=True)
class _Task:
    code: str | None
    parent: str | None
    group: str | None
    source: Source
    is_derived: bool
    names: dict[str, tuple[str, Source, bool]] = field(default_factory=dict)  # by bare text; whether a label


class TaskTree:
    """Tasks as they are met: the first label names a task, headings and summaries give its other names."""

    def __init__(self) -> None:
        self._tasks: dict[tuple[str | None, str], _Task] = {}

    def add(
        self, code: str | None, name: str, parent: str | None, group: str | None, source: Source,
        *, is_label: bool = True, is_derived: bool = False,
    ) -> str:  # fmt: skip
        """Note a task, or another name of one; returns its key. A code without a name waits for one."""
        key = code or name
        task = self._tasks.get((group, key))
        if task is None:
            task = self._tasks[group, key] = _Task(code, parent, group, source, is_derived)
        elif not is_derived:
            task.is_derived = task.is_derived and code is None
        task.parent = task.parent or parent
        if name:
            before = task.names.get(bare(name))
            if before is None or (is_label and not before[2]):
                task.names[bare(name)] = (name, source, is_label)
        return key

    def find(self, heading: str, group: str | None) -> str | None:
        """The task whose name a heading is: the same words first, then nearly the same; None where two are as near."""
        wanted = unmarked(heading)
        named = [(key, name) for (of, key), task in self._tasks.items() if of == group for name in task.names]
        same = {key for key, name in named if name == bare(wanted)}
        near = same or {key for key, name in named if alike(name, wanted)}
        return near.pop() if len(near) == 1 else None

    def is_named(self, key: str, name: str, group: str | None) -> bool:
        """Whether there is such a task, and its name is worded like that."""
        task = self._tasks.get((group, key))
        return task is not None and any(alike(name, known) for known in task.names)

    def has(self, key: str, group: str | None) -> bool:
        """Whether there is such a task."""
        return (group, key) in self._tasks

    def tasks(self) -> tuple[DraftTask, ...]:
        """All tasks, as they were met."""
        made = []
        for task in self._tasks.values():
            parent = task.parent if task.parent is not None and self.has(task.parent, task.group) else None
            names = sorted(task.names.values(), key=lambda each: not each[2])  # labels first, otherwise as met
            name, source, _ = names[0] if names else ("", task.source, True)
            made.append(
                DraftTask(
                    code=task.code, name=name, parent=parent, group=task.group, source=source,
                    also=tuple(each[0] for each in names[1:]), is_derived=task.is_derived,
                )
            )  # fmt: skip
        return tuple(made)

    def unlike_names(self) -> Iterator[tuple[str | None, str, list[tuple[str, Source]]]]:
        """The tasks that label cells give several names: group, key, and each name with its place."""
        for (group, key), task in self._tasks.items():
            labels = [(name, source) for name, source, is_label in task.names.values() if is_label]
            if len(labels) > 1:
                yield group, key, labels


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table stands: its specialty group, and the headings above it, outermost first."""

    group: str | None
    headings: tuple[Heading, ...]
    caption: str

    def numbered(self) -> list[tuple[str, str, Heading]]:
        """The headings that number tasks, each with its code: “1. …” and “(2) …” under it are 1 and 1-2."""
        found: list[tuple[str, str, Heading]] = []
        for heading in self.headings:
            code, name = coded(heading.text)
            plain, bracketed = _NUMBERED.fullmatch(heading.text), _BRACKETED.fullmatch(heading.text)
            if code is not None and "-" in code and "." not in heading.text[: len(code)]:
                found = [(code, name, heading)]
            elif plain:
                found = [(plain[1], plain[2].strip(), heading)]
            elif bracketed and found:
                found = [found[0], (f"{found[0][0]}-{bracketed[1]}", bracketed[2].strip(), heading)]
        return found


def frames(document: Document, words: Wordlist) -> dict[int, Frame]:
    """The frame of each table, by its index."""
    found: dict[int, Frame] = {}
    known: dict[str, Heading] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            known[block.text] = block
        elif isinstance(block, Table):
            headings = tuple(known[text] for text in block.section if text in known)
            told = (*(heading.text for heading in headings), block.caption or "")
            groups = [group for text in told if (group := group_in(text, words)) is not None]
            found[block.index] = Frame(groups[-1] if groups else None, headings, block.caption or "")
    return found


def name_of_caption(caption: str, ends: Sequence[str]) -> str:
    """What a caption is about: the words in quotation marks, else the caption without its closing words."""
    quoted = _QUOTED.search(caption)
    if quoted:
        return quoted[1]
    tail = "|".join(map(re.escape, sorted(ends, key=len, reverse=True)))
    return re.sub(
        rf"(?:{tail}|表|一览|汇总|[（(][^（()）]*[)）])*$", "", re.sub(r"20\d\d\s*年度?", "", caption)
    ).strip()
