"""Which college and year a report is of, told from its first lines, its file name, and what it speaks of."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.documents.blocks import Document, Heading, Paragraph

_COLLEGE = re.compile(
    r"[一-鿿]{2,12}?(?:职业技术大学|职业技术学院|职业大学|职业学院|高等专科学校|师范学院|专科学校|技师学院)"
)
_SUFFIX = re.compile("职业技术大学|职业技术学院|职业大学|职业学院|高等专科学校|师范学院|专科学校|技师学院")
_ENDS = _SUFFIX.pattern.split("|")
_LONGEST, _LONGEST_END = 12, 6  # characters before the end of a name, and of its end
_YEAR = re.compile(r"(20\d\d)\s*(?:[-—－~至]\s*(20\d\d)\s*)?(?:年|学年)")
_TITLE_WORDS = re.compile("报告|总结|自评|方案")
_HEAD = 12  # blocks at the top that may hold the title


@dataclass(frozen=True, slots=True)
class Origin:
    """The college of a report and the years it reports on; None where they are not told."""

    college: str | None
    first: int | None
    last: int | None


class Traces(NamedTuple):
    """What one report tells of where it comes from: its title, and all its words where that names no college."""

    named: str | None
    first: int | None
    last: int | None
    words: str


def traces_of(document: Document, *, has_sisters: bool) -> Traces:
    """What a report tells of its origin by itself; only of sisters does anyone ask what its words speak of."""
    named = _named(document)
    return Traces(named, *_years(document), _words(document) if has_sisters and named is None else "")


class Origins:
    """Where the reports given together come from."""

    def __init__(self, traces: Sequence[Traces]) -> None:
        known = {each.named for each in traces if each.named}
        self.of = [
            Origin(each.named or (_mentioned(each.words, known) if len(traces) > 1 else None), each.first, each.last)
            for each in traces
        ]

        known_colleges = {origin.college for origin in self.of if origin.college}
        alone = next(iter(known_colleges), "") if len(known_colleges) <= 1 else None
        self.groups = [
            origin.college or (f"#{place}" if alone is None else alone) for place, origin in enumerate(self.of)
        ]

    @classmethod
    def among(cls, documents: Sequence[Document]) -> "Origins":
        """The origins of these documents."""
        return cls([traces_of(document, has_sisters=len(documents) > 1) for document in documents])

    def same_college(self, one: int, other: int) -> bool:
        """Whether two reports are of one college; a report that names none is compared where no other name appears."""
        return self.groups[one] == self.groups[other]


def _blocks(document: Document) -> list[Heading | Paragraph]:
    return [block for block in document.blocks if isinstance(block, Heading | Paragraph)]


def _named(document: Document) -> str | None:
    """The college that the file name or the title page names."""
    top = [block.text for block in _blocks(document)[:_HEAD] if len(block.text) <= 60]
    return next((match[0] for text in [document.file, *top] if (match := _COLLEGE.search(_plain(text)))), None)


def _words(document: Document) -> str:
    texts = [block.text for block in _blocks(document)]
    texts += [cell.text for table in document.tables for row in table.body for cell in row]
    return "\n".join(["".join(text.split()) for text in texts])


def _mentioned(whole: str, known: set[str]) -> str | None:
    """The college that a report without a title speaks of: one that its sisters name, or the one named most."""
    stems = Counter({name: whole.count(_SUFFIX.sub("", name)) for name in known})
    best = stems.most_common(2)
    if best and best[0][1] >= 2 and (len(best) == 1 or best[1][1] * 3 <= best[0][1]):
        return best[0][0]
    if best and best[0][1]:
        return None
    names = Counter(colleges(whole)).most_common(2)
    return names[0][0] if names and names[0][1] >= 3 and (len(names) == 1 or names[1][1] < names[0][1]) else None


def colleges(whole: str) -> Iterator[str]:
    """The colleges that a long text names, as the pattern would find them; looked for only where a name ends."""
    done = 0
    for start in sorted(place for end in _ENDS for place in _places(end, whole)):
        match = _COLLEGE.search(whole, max(done, start - _LONGEST), start + _LONGEST_END)
        if match is not None:
            yield match[0]
            done = match.end()


def _places(words: str, whole: str) -> Iterator[int]:
    """Where words begin in a long text; far quicker than by a pattern."""
    place = whole.find(words)
    while place >= 0:
        yield place
        place = whole.find(words, place + 1)


def _years(document: Document) -> tuple[int | None, int | None]:
    """The years that the title or the file name puts the report under."""
    top = [block.text for block in _blocks(document)[:_HEAD] if len(block.text) <= 60]
    texts = ["".join(top[:2]), *top, document.file]
    title = next((text for text in texts if _TITLE_WORDS.search(text) and _YEAR.search(text)), "")
    match = _YEAR.search(title)
    return (int(match[1]), int(match[2] or match[1])) if match else (None, None)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
