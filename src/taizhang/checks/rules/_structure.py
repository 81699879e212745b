"""What the structure rules share: all texts of a document, names without numbers, captions taken apart, differences."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, at_value
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Heading, Paragraph, Role, Table
from taizhang.documents.outline import caption_label
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

_CHINESE = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"\s*(?:第[{_CHINESE}\d]{{1,3}}(?:部分|章|篇)\s*|[{_CHINESE}]{{1,3}}、|[（(][{_CHINESE}\d]{{1,3}}[)）]、?"
    r"|\d{1,2}(?:\s*[-－—–.．]\s*\d{1,2}){1,4}(?![\d%])[.．、]?|\d{1,2}[.．、)）]|[①-⑳])\s*"
)
_ENDS = re.compile("[,:;]")
_DASH = re.compile(r"\s*[-－—–.．]\s*")
_FIGURE = re.compile(r"[\d.%％≥≤+/—–\s-]*")
NEAR = 0.7  # two texts are variants of one name where they share at least this part of the longer one


class Text(NamedTuple):
    """A text and where it stands: a block of running text, or a cell (`row` counts the header rows too)."""

    text: str
    block: Paragraph | Heading | None
    table: Table | None
    row: int
    column: int

    def problem(self, start: int, end: int, message: str, **more: Any) -> Problem:  # noqa: ANN401 - Problem's own fields
        """A problem at the characters [start, end) of this text."""
        if self.block is not None:
            return at_text(self.block, start, end, message, **more)
        return at_value(self.value(), message, start, end, **more)

    def value(self) -> Value:
        """The cell as a table value; a block has none."""
        if self.table is None:
            raise TypeError("a block is no cell")
        return Value(self.table, self.row, self.column, self.text)

    def related(self, start: int = 0, end: int | None = None) -> Related:
        """This place (or a stretch of it) as one that another problem speaks of."""
        stop = len(self.text) if end is None else end
        source = self.block.at(start, stop) if self.block is not None else self.value().at(start, stop)
        return Related(source=source, text=self.text[start:stop].strip())


class Difference(NamedTuple):
    """The one stretch in which two texts differ: it begins at `start` of both, and reads `left` and `right`."""

    start: int
    left: str
    right: str


def difference(left: str, right: str) -> Difference:
    """What stands between the common beginning and the common end of two texts."""
    start = _alike(left, right)
    rest_left, rest_right = left[start:], right[start:]
    end = _alike(rest_left[::-1], rest_right[::-1])
    return Difference(start, rest_left[: len(rest_left) - end], rest_right[: len(rest_right) - end])


def _alike(left: str, right: str) -> int:
    """How many characters two texts have in common at their beginning."""
    shorter = min(len(left), len(right))
    return next((n for n in range(shorter) if left[n] != right[n]), shorter)


def variant(left: str, right: str, most: int = 3, least: int = 6) -> Difference | None:
    """How two names differ that are most likely meant to be one: a short stretch too many or other; None otherwise.

    A stretch of other words must be short on both sides; digits and numerals tell names apart and are no variants.
    """
    if left == right or abs(len(left) - len(right)) > most:
        return None
    found = difference(left, right)
    longer = max(len(left), len(right))
    changed = max(len(found.left), len(found.right))
    if changed > most or longer - changed < least or longer - changed < NEAR * longer:
        return None
    if re.search(rf"[\d{_CHINESE}]", found.left + found.right):
        return None
    return found


def texts(reading: Reading, context: Context) -> Sequence[Text]:
    """Headings, paragraphs and cells in reading order, each merged cell once, without headers; worked out once.

    Figures, rates and dashes, which are half of a report's cells, are left out: there is no word in them to judge.
    """
    known: dict[int, tuple[Text, ...]] = context.memo.setdefault("texts", {})
    if id(reading) not in known:
        known[id(reading)] = tuple(_texts(reading))
    return known[id(reading)]


def _texts(reading: Reading) -> Iterator[Text]:
    spoken = {Role.BODY, Role.FOOTNOTE, Role.TEXTBOX}
    for block in reading.document.blocks:
        if not isinstance(block, Table):
            if isinstance(block, Heading) or block.role in spoken:
                yield Text(block.text, block, None, 0, 0)
            continue
        seen: set[int] = set()
        for number, row in enumerate(block.body, block.header):
            for column, cell in enumerate(row):
                if cell.text and id(cell) not in seen:
                    seen.add(id(cell))
                    if _FIGURE.fullmatch(cell.text) is None:
                        yield Text(cell.text, None, block, number, column)


def row_names(reading: Reading, context: Context) -> dict[tuple[int, int, int], str]:
    """The row label of each cell (table, row, column) that belongs to an indicator or a task point, worked out once."""
    known: dict[int, dict[tuple[int, int, int], str]] = context.memo.setdefault("row names", {})
    if id(reading) not in known:
        known[id(reading)] = _row_names(reading)
    return known[id(reading)]


def _row_names(reading: Reading) -> dict[tuple[int, int, int], str]:
    names: dict[tuple[int, int, int], str] = {}
    for indicator in reading.plans.indicators:
        label = indicator.label
        for column in range(len(label.table.columns)):
            names[label.table.index, label.row, column] = label.text.strip()
    for point in reading.plans.points:
        for value in (point.plan, point.done):
            names.setdefault((value.table.index, value.row, value.column), point.name)
    return names


def cut_number(text: str) -> tuple[str, str]:
    """A heading or label taken apart into the number in front of it (“3-2”, “（二）”, or nothing) and the rest."""
    match = _NUMBER.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)


def name_of(text: str) -> str:
    """A heading or label for comparing: without its number, white space and quotes."""
    return bare(cut_number(text)[1])


def clauses(name: str) -> list[str]:
    """A name, and its beginnings up to each comma: captions often take only the first clause of a heading."""
    return [name, *(name[: match.start()] for match in _ENDS.finditer(name))]


def plain_number(number: str) -> str:
    """A table number for comparing: “2.46” and “2－46” are 2-46."""
    return _DASH.sub("-", number.strip())


def table_numbers(reading: Reading) -> set[str]:
    """The numbers of all tables, and of all lines that look like a caption though no table was found at them."""
    lines = (
        block.text
        for block in reading.document.blocks
        if isinstance(block, Paragraph) and block.role is not Role.CONTENTS
    )
    labels = (caption_label(line) for line in lines)
    tables = (table.number for table in reading.document.tables)
    return {plain_number(number) for number in (*tables, *(label.number for label in labels if label)) if number}


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text."""
    return {text[n : n + 2] for n in range(len(text) - 1)}


def agreement(subject: str, *others: str) -> float:
    """Which part of the subject's character pairs stands in any of the other texts."""
    own = pairs(subject)
    return len(own & set().union(*map(pairs, others))) / len(own) if own else 0.0


class Captions:
    """Captions taken apart: what a table is about, and the set words of its kind (…数量指标表)."""

    def __init__(self, profile: Profile) -> None:
        words = sorted(profile.sections["structure"]["caption_ends"], key=len, reverse=True)
        self._end = re.compile(rf"(?:{'|'.join(words)}|(?:19|20)\d\d年?度?)+表?$")
        kinds = sorted(profile.sections["structure"]["categories"], key=len, reverse=True)
        self._category = re.compile("|".join(kinds))
        self._start = re.compile(r"^(?:(?:19|20)\d\d(?:-(?:19|20)?\d\d)?年?度?)+")

    def category(self, caption: str) -> bool:
        """Whether a caption names a category of indicators."""
        return self._category.search(caption) is not None

    def parts(self, caption: str) -> tuple[str, str]:
        """The subject and the set ending of a caption, without white space and quotes; years are no subject."""
        plain = self._start.sub("", bare(caption))
        match = self._end.search(plain)
        return (plain[: match.start()], match[0]) if match else (plain, "")


def label_cells(reading: Reading, table: Table) -> list[Text]:
    """The cells left of plans, targets and counts, which name the tasks and kinds of a table; each once.

    Names of indicators are not among them.
    """
    columns = reading.plans.columns.get(table.index, [])
    named = {column.index for column in columns if column.role == "indicator"}
    told = {"plan", "done", "target_mid", "target_end", "target_year", "actual", "count_total", "count_done", "rate"}
    stop = next((column.index for column in columns if column.role in told), 0)
    seen: set[int] = set()
    found = []
    for number in range(table.header, len(table.rows)):
        for column in range(stop):
            cell = table.rows[number][column]
            if column not in named and cell.text.strip() and id(cell) not in seen:
                seen.add(id(cell))
                found.append(Text(cell.text, None, table, number, column))
    return found


def places(items: Sequence[Text], most: int = 12) -> tuple[Related, ...]:
    """The first places of something that recurs."""
    return tuple(item.related() for item in items[:most])
