"""Tables by their captions: what a caption speaks of, and what its table holds."""

import re
from typing import NamedTuple

from taizhang.checks.rules._structure import Captions, agreement, label_cells, name_of
from taizhang.core.finding import Related
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Table
from taizhang.intake.reading import Reading

_NAME = re.compile(r"[一-鿿A-Za-z]{2}")
_TOTAL = re.compile(r"合计|总计|小计")
SPECIFIC = 4  # a shorter subject names nothing in particular


class Captioned(NamedTuple):
    """A table with its caption's subject, and what stands around it: its heading and its labels."""

    table: Table
    subject: str
    around: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def fit(self) -> float:
        """How far the subject agrees with what stands around the table."""
        return agreement(self.subject, *self.around)

    @property
    def widest_fit(self) -> float:
        """As `fit`, with the headings above taken in: a short heading may leave the subject to them."""
        return agreement(self.subject, *self.around, *self.above)


def captioned(reading: Reading, captions: Captions) -> list[Captioned]:
    """The tables whose captions speak of something in particular, in reading order."""
    found = []
    for table in reading.document.tables:
        subject = captions.parts(table.caption or "")[0]
        if table.section and len(subject) >= SPECIFIC:
            above = tuple(map(name_of, table.section[:-1]))
            labels = (name_of(cell.text) for cell in label_cells(reading, table))
            found.append(Captioned(table, subject, (name_of(table.section[-1]), *dict.fromkeys(labels)), above))
    return found


def words_of(table: Table) -> str:
    return table.label.text if table.label is not None else ""


def row_words(reading: Reading, table: Table) -> set[str]:
    """What the rows of a table are about: its first column that names things."""
    columns = reading.plans.columns.get(table.index, [])
    wanted = ("indicator", "task", "plan", None)
    order = sorted((c for c in columns if c.role in wanted), key=lambda c: (wanted.index(c.role), c.index))
    for column in order:
        words = {bare(row[column.index].text) for row in table.body}
        named = {word for word in words if _NAME.search(word) and not _TOTAL.search(word)}
        if len(named) >= max(2, len(words) - 1):
            return named
    return set()


def begins(reading: Reading, table: Table) -> str:
    """The number that the first row of a table carries, empty where it carries none."""
    columns = reading.plans.columns.get(table.index, [])
    own = next((column.index for column in columns if column.role == "sequence"), None)
    return table.body[0][own].text.strip() if own is not None and table.body else ""


def called(table: Table) -> str:
    return f"表 {table.number}" if table.number else "另一张表"


def label_of(table: Table) -> tuple[Related, ...]:
    return (Related(source=table.label.at(), text=table.label.text),) if table.label is not None else ()
