"""Which of the shipped profiles fits documents, and by what signs: words and table headers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Heading, Paragraph, Role, Table
from taizhang.profiles import layers, load, shipped

GENERIC = "generic"
_TITLE_LENGTH = 60  # characters of a paragraph that may be a title
_OPENING = 12  # blocks at the beginning of a report, where it says what it is
_FORMS, _ROWS = 8, 14  # tables at the beginning that may be a form, and their rows that may hold its header
_TITLE, _WORD, _HEADER = 2, 1, 2  # what a sign weighs: words of the title, other words, a header


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a profile: the words found, where, and how much they weigh."""

    profile: str
    words: str
    source: Source
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The profile chosen by its short name, the signs that spoke for it, and those that spoke for others."""

    name: str
    signs: tuple[Sign, ...] = ()
    others: tuple[Sign, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a profile is recognised by, from the section `recognise` of its own file."""

    name: str
    words: tuple[re.Pattern[str], ...]
    headers: tuple[tuple[str, ...], ...]
    least: int


def recognise(documents: Sequence[Document]) -> Choice:
    """The shipped profile that the documents show most signs of; generic where none shows enough, or two the same."""
    return choice([sign for document in documents for sign in signs_of(document)])


def signs_of(document: Document) -> list[Sign]:
    """What in a document speaks for any of the shipped profiles."""
    titles, headers = _Titles(document), _Headers(document)
    return [sign for wanted in _wanted() for sign in _signs(document, titles, headers, wanted)]


def choice(signs: Sequence[Sign]) -> Choice:
    """The profile that the signs of all documents come down to."""
    weights = {wanted.name: sum(sign.weight for sign in signs if sign.profile == wanted.name) for wanted in _wanted()}
    enough = {wanted.name: weights[wanted.name] for wanted in _wanted() if weights[wanted.name] >= wanted.least}
    best = [name for name, weight in enough.items() if weight == max(enough.values())]
    if len(best) == 1:
        own = tuple(sign for sign in signs if sign.profile == best[0])
        return Choice(best[0], own, tuple(sign for sign in signs if sign.profile != best[0]))
    if best:
        names = "、".join(load(name).name for name in best)
        return Choice(GENERIC, (), tuple(signs), f"同样像{names}，分不出来")
    return Choice(GENERIC, (), tuple(signs), "没有足够的标志")


@lru_cache(maxsize=1)
def _wanted() -> tuple[_Wanted, ...]:
    found = []
    for name in shipped():
        section: Mapping[str, Any] = layers(name)[-1].sections.get("recognise", {})
        if section:
            found.append(
                _Wanted(
                    name,
                    tuple(re.compile(words) for words in section.get("words", [])),
                    tuple(tuple(group) for group in section.get("headers", [])),
                    section.get("least", 2),
                )
            )
    return tuple(found)


class _Title(NamedTuple):
    """Words that say what a report is: its file name, a heading, a caption; without white space."""

    words: str
    weight: int
    block: Heading | Paragraph | None


def _signs(document: Document, titles: "_Titles", headers: "_Headers", wanted: _Wanted) -> Iterator[Sign]:
    """Each word and each header once, where it weighs most."""
    for pattern in wanted.words:
        title, words = titles.find(pattern)
        if title is not None:
            yield Sign(wanted.name, words, title.block.at() if title.block else Source(document.file), title.weight)
    for header in wanted.headers:
        place = headers.find(header)
        if place is not None:
            yield Sign(wanted.name, "、".join(header), place, _HEADER)


class _Titles:
    """The words of a document that may say what kind of report it is."""

    def __init__(self, document: Document) -> None:
        self._titles = [_Title(document.file, _TITLE, None)]
        for place, block in enumerate(document.blocks):
            if isinstance(block, Table):
                continue
            is_title = place < _OPENING and (isinstance(block, Heading) or len(block.text) <= _TITLE_LENGTH)
            if is_title or isinstance(block, Heading) or block.role is Role.CAPTION:
                self._titles.append(_Title("".join(block.text.split()), _TITLE if is_title else _WORD, block))
        self._whole = "\n".join(title.words for title in self._titles)

    def find(self, pattern: re.Pattern[str]) -> tuple[_Title | None, str]:
        """The first that has words of a pattern, and those words; few patterns stand in a report at all."""
        for title in self._titles if pattern.search(self._whole) else ():
            match = pattern.search(title.words)
            if match:
                return title, match[0]
        return None, ""


class _Headers:
    """The places of a document where a header may stand: each table's columns, and the first rows of forms."""

    def __init__(self, document: Document) -> None:
        self._rows: list[tuple[Source, str, list[str]]] = []
        for number, table in enumerate(document.tables):
            rows = [list(table.columns)]
            if number < _FORMS:
                rows.extend([cell.text for cell in row] for row in table.rows[:_ROWS])
            for row in rows:
                texts = ["".join(text.split()) for text in row]
                self._rows.append((table.source, "".join(texts), texts))

    def find(self, header: Sequence[str]) -> Source | None:
        """Where the words of a header stand in one row, each within a cell."""
        for source, whole, texts in self._rows:
            if all(word in whole for word in header) and all(any(word in text for text in texts) for word in header):
                return source
        return None
