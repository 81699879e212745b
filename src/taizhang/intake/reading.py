"""Reading: what intake made of one document: its typed rows and its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from taizhang.core.fact import Fact
from taizhang.documents.blocks import Document, Heading, Table
from taizhang.intake.columns import Headers
from taizhang.intake.facts import facts
from taizhang.intake.plans import Indicator, Plans, plans
from taizhang.profiles import Profile


@dataclass
class Reading:
    """A document with what was understood of it. Values only: rules read it and never change it."""

    document: Document
    plans: Plans
    facts: tuple[Fact, ...]

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(block for block in self.document.blocks if isinstance(block, Heading))

    @cached_property
    def indicator_tables(self) -> list[tuple[Table, Sequence[Indicator]]]:
        """Each indicator table with its rows, in reading order."""
        found: dict[int, tuple[Table, list[Indicator]]] = {}
        for indicator in self.plans.indicators:
            found.setdefault(indicator.table.index, (indicator.table, []))[1].append(indicator)
        return list(found.values())


def reading_of(document: Document, profile: Profile) -> Reading:
    """What intake makes of a document."""
    headers = Headers(profile.sections.get("columns", {}))
    return Reading(document, plans(document.tables, headers), facts(document, profile))
