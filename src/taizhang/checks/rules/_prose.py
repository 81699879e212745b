"""What the rules on arithmetic in running text share: the sentences of a paragraph with their figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context
from taizhang.checks.rules._parts import Passage, alike
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Bound, Catalogue, Quantity
from taizhang.core.remembering import per_text
from taizhang.documents.blocks import Role
from taizhang.intake.plans import value_at
from taizhang.intake.reading import Reading

_STOP = re.compile(r"[。！？\n]")
_UNSPOKEN = {Role.CONTENTS, Role.FURNITURE}
_LONGEST = 3000  # characters: what is longer is no paragraph of prose
_SHORTEST = 12  # characters: a shorter cell reckons nothing
_RECKONED = re.compile(r"\d[^，。；]*[，。；][^\d]*\d")
_COMMA = re.compile("[，,；;：:（(]")
_MARKS = "、，,；;：: \u3000（(）)"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a sentence: its place, its value in base units and as printed, and the words right before it."""

    quantity: Quantity
    value: Decimal
    dimension: str
    label: str

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.quantity.end

    @property
    def unit(self) -> str:
        """The unit as printed."""
        return self.quantity.unit

    @property
    def is_exact(self) -> bool:
        """Whether it is told as a plain number."""
        return self.quantity.bound is Bound.EXACT

    def counts_like(self, other: "Figure") -> bool:
        """Whether two figures count in the same unit, in 万 or without; sums of money in any."""
        if alike(self.unit, other.unit):
            return True
        if self.dimension != other.dimension:
            return False
        return self.dimension == "元" or self.unit.lstrip("万亿") == other.unit.lstrip("万亿")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the characters [begin, end) of a passage, its figures, and the sentence before it."""

    passage: Passage
    begin: int
    end: int
    figures: tuple[Figure, ...]
    before: "Sentence | None"

    @property
    def text(self) -> str:
        """The text of the whole passage, which all places count in."""
        return self.passage.text

    @property
    def tells_rate(self) -> bool:
        """Whether a percentage stands in it: most patterns of rates are long, and need not be tried where none does."""
        text = self.passage.text
        return text.find("%", self.begin, self.end) >= 0 or text.find("％", self.begin, self.end) >= 0

    def printed(self, figure: Figure) -> str:
        """A figure as printed."""
        return self.text[figure.start : figure.end]


def sentences(reading: Reading, context: Context) -> Sequence[Sentence]:
    """The sentences of the paragraphs of a document that tell figures, worked out once."""
    known: dict[int, tuple[Sentence, ...]] = context.memo.setdefault("sentences", {})
    if id(reading) not in known:
        known[id(reading)] = tuple(
            sentence for passage in _spoken(reading) for sentence in _of(passage, context.profile.catalogue)
        )
    return known[id(reading)]


def _spoken(reading: Reading) -> Iterator[Passage]:
    """The paragraphs, and the cells that reckon in words (“应到 782 万元，实到 704 万元，缺口 78 万元”)."""
    for paragraph in reading.document.paragraphs:
        if paragraph.role not in _UNSPOKEN and len(paragraph.text) < _LONGEST:
            yield Passage(paragraph.text, paragraph)
    for table in reading.document.tables:
        seen: set[int] = set()
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if _SHORTEST < len(cell.text) < _LONGEST and id(cell) not in seen and _RECKONED.search(cell.text):
                    seen.add(id(cell))
                    yield Passage(cell.text, value_at(table, row, column))


def _of(passage: Passage, catalogue: Catalogue) -> Iterator[Sentence]:
    text = passage.text
    found = quantities(text, catalogue)
    if not found:
        return
    begin, before, place = 0, None, 0
    for end in (*(stop.start() for stop in _STOP.finditer(text)), len(text)):
        figures: list[Figure] = []
        left = begin
        while place < len(found) and found[place].start < end:
            quantity = found[place]
            value, dimension = catalogue.normal(quantity)
            figures.append(Figure(quantity, value, dimension, text[left : quantity.start]))
            left, place = quantity.end, place + 1
        if end > begin:
            before = Sentence(passage, begin, end, tuple(figures), before)
            yield before
        begin = end + 1


def plain(label: str) -> str:
    """A label without the marks and blanks around it."""
    return label.strip(_MARKS)


@per_text
def clause(label: str) -> str:
    """The last clause of a label: what stands between the last comma and the figure."""
    return plain(_COMMA.split(label.rstrip(_MARKS))[-1])


def earlier(sentence: Sentence, start: int) -> list[Figure]:
    """The figures of a sentence before a place."""
    return [figure for figure in sentence.figures if figure.end <= start]


def slack(figures: Sequence[Figure]) -> Decimal:
    """By how much a sum of printed figures may miss its total by rounding alone."""
    steps = [
        (Decimal("0.5").scaleb(int(figure.quantity.value.as_tuple().exponent)) * figure.value / figure.quantity.value)
        for figure in figures
        if figure.quantity.value and int(figure.quantity.value.as_tuple().exponent) < 0
    ]
    return max(steps, default=Decimal(0)) * len(figures)
