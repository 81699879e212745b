"""Reading: what intake made of one document: its typed rows and its facts."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from taizhang.core.fact import Fact
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Heading, Paragraph, Table
from taizhang.intake.columns import Headers
from taizhang.intake.facts import facts
from taizhang.intake.form_tables import forms
from taizhang.intake.form_words import FormWords
from taizhang.intake.forms import Forms, as_indicators
from taizhang.intake.plans import Indicator, Manner, Plans, Point, plans
from taizhang.intake.prose_points import prose_points
from taizhang.intake.stacked import stacked_points
from taizhang.profiles import Profile


@dataclass
class Reading:
    """A document with what was understood of it. Values only: rules read it and never change it.

    `facts` are those of the running text; what tables state stands in `plans` and `forms`.
    """

    document: Document
    plans: Plans
    facts: tuple[Fact, ...]
    forms: Forms = field(default_factory=Forms)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(block for block in self.document.blocks if isinstance(block, Heading))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The running text, in reading order."""
        return tuple(self.document.paragraphs)

    @cached_property
    def prose_points(self) -> tuple[Point, ...]:
        """The task points that the running text tells."""
        return tuple(prose_points(self.paragraphs))

    @cached_property
    def _beginnings(self) -> dict[tuple[object, ...], list[tuple[int, int, int]]]:
        """Of each line, page or Word paragraph: where pieces of the document's paragraphs begin in it, in order.

        (start there, number of the paragraph, by how much its text is ahead)
        """
        found: dict[tuple[object, ...], list[tuple[int, int, int]]] = {}
        for number, block in enumerate(self.paragraphs):
            for piece in block.pieces:
                start = piece.source.start or 0
                found.setdefault(_place(piece.source), []).append((start, number, piece.start - start))
        for pieces in found.values():
            pieces.sort()
        return found

    def paragraph_of(self, source: Source) -> int | None:
        """The number of the paragraph that a place of running text is in: one may lie on several lines of a file."""
        found = self.paragraph_at(source)
        return None if found is None else found[0]

    def paragraph_at(self, source: Source) -> tuple[int, int] | None:
        """As `paragraph_of`, with what to add to the start of the place for the one in the paragraph's text."""
        pieces = self._beginnings.get(_place(source))
        if pieces is None:
            return None
        after = bisect(pieces, source.start or 0, key=lambda piece: piece[0])
        _, number, shift = pieces[max(after - 1, 0)]
        return number, shift

    @cached_property
    def indicator_tables(self) -> list[tuple[Table, Sequence[Indicator]]]:
        """Each indicator table with its rows, in reading order."""
        found: dict[int, tuple[Table, list[Indicator]]] = {}
        for indicator in self.plans.indicators:
            found.setdefault(indicator.table.index, (indicator.table, []))[1].append(indicator)
        return list(found.values())


def _place(source: Source) -> tuple[object, ...]:
    return source.line, source.page, source.paragraph, source.sheet, source.cell


@lru_cache(maxsize=16)
def _words(profile: Profile) -> tuple[Headers, Manner, FormWords]:
    """The words of a profile by which tables are understood, compiled once."""
    sections = profile.sections
    words = sections.get("attainment", {})
    manner = Manner(frozenset(words.get("done_words", ())), tuple(words.get("lower_is_better", ())))
    return Headers(sections.get("columns", {})), manner, FormWords(sections.get("scoring", {}))


def typed_rows(document: Document, profile: Profile) -> tuple[Plans, Forms]:
    """The typed rows of a document's tables, and its score forms."""
    headers, manner, form_words = _words(profile)
    found = plans(document.tables, headers, manner)
    scored = forms(document.tables, form_words)
    found = _with_stacked(found, document.tables, manner)
    known = {indicator.table.index for indicator in found.indicators}
    inner = [row for form in scored.forms for row in as_indicators(form) if row.table.index not in known]
    if inner:  # of tables whose indicator block stands below other blocks
        rows = sorted((*found.indicators, *inner), key=lambda row: (row.table.index, row.label.row))
        found = replace(found, indicators=tuple(rows))
    return found, scored


def _with_stacked(found: Plans, tables: Sequence[Table], manner: Manner) -> Plans:
    """With the points of tables that tell plan and completion one above the other."""
    typed = {row.table.index for row in found.indicators} | {row.table.index for row in found.tallies}
    typed |= {point.table.index for point in found.points}
    open_ones = [table for table in tables if table.index not in typed]
    stacked = [point for table in open_ones for point in stacked_points(table, found.columns[table.index], manner)]
    if not stacked:
        return found
    points = sorted((*found.points, *stacked), key=lambda point: (point.table.index, point.plan.row))
    return replace(found, points=tuple(points))


def reading_of(document: Document, profile: Profile) -> Reading:
    """What intake makes of a document."""
    found, scored = typed_rows(document, profile)
    return Reading(document, found, facts(document, profile, of_tables=False), scored)
