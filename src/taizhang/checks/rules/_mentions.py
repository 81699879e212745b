"""The figures of a report with what they count in, wherever they stand: for the rule on two units of one figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, row_name
from taizhang.checks.rules._entries import entries_of
from taizhang.core.quantities import quantities
from taizhang.core.quantity import Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Indicator, Point, Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

LEAST = Decimal(20)
_TWO_DIGITS = re.compile(r"\d\d")
_RUN = re.compile(r"[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure somewhere in a report, with the words about it; `paragraph` numbers that of the running text."""

    value: Decimal
    dimension: str
    words: frozenset[str]
    text: str
    source: Source
    table: Table | None = None
    row: str | None = None
    cell: Value | None = None
    paragraph: int | None = None


def mentions(reading: Reading, context: Context, of_kind: set[str]) -> Iterator[Mention]:
    """All figures in some dimensions: those of plans and of the prose, and those of other tables."""
    yield from _told(reading, context.profile, of_kind)
    yield from _of_tables(reading, context, of_kind)


def _told(reading: Reading, profile: Profile, of_kind: set[str]) -> Iterator[Mention]:
    """The figures of the indicators, of what is told of task points, and of the prose."""
    for indicator in reading.plans.indicators:
        mention = _of_indicator(indicator, profile, of_kind)
        if mention is not None:
            yield mention
    for point in reading.plans.points:
        yield from _of_point(point, profile, of_kind)
    for fact in reading.facts:
        value, dimension = profile.catalogue.normal(fact.quantity)
        if value >= LEAST and dimension in of_kind:
            paragraph = reading.paragraph_of(fact.source)
            words = grams(fact.subject + fact.text)
            yield Mention(value, dimension, words, fact.text, fact.source, paragraph=paragraph)


def _of_tables(reading: Reading, context: Context, of_kind: set[str]) -> Iterator[Mention]:
    """The numbers that other tables give in rows of their own."""
    for name, entries in entries_of(reading, context).items():
        for entry in entries:
            if entry.dimension in of_kind and entry.value >= LEAST:
                cell = entry.cell
                text = _with_unit(cell, entry.unit)
                yield Mention(entry.value, entry.dimension, grams(name), text, cell.at(), cell.table, name, cell)


def _of_indicator(indicator: Indicator, profile: Profile, of_kind: set[str]) -> Mention | None:
    actual = indicator.actual
    if actual is None or actual.quantity is None or actual.quantity.value < LEAST:
        return None
    unit = actual.quantity.unit or (indicator.unit or "").partition("/")[0]
    value, dimension = profile.catalogue.normal(Quantity(actual.quantity.value, unit))
    if dimension not in of_kind or value < LEAST:
        return None
    text = _with_unit(actual, unit)
    return Mention(
        value, dimension, grams(indicator.name), text, actual.at(), indicator.table, row_name(indicator), actual
    )


def _with_unit(cell: Value, unit: str) -> str:
    text = cell.text.strip()
    return text if text.endswith(unit) else f"{text} {unit}"


def _of_point(point: Point, profile: Profile, of_kind: set[str]) -> Iterator[Mention]:
    text = point.done.text
    left = 0
    for quantity in quantities(text, profile.catalogue) if _TWO_DIGITS.search(text) else ():
        value, dimension = profile.catalogue.normal(quantity)
        if value >= LEAST and dimension in of_kind:
            words = grams(text[left : quantity.start] + text[quantity.end : quantity.end + 6])
            source = point.done.at(quantity.start, quantity.end)
            yield Mention(value, dimension, words, text[quantity.start : quantity.end], source, point.table, point.name)
        left = quantity.end


def grams(words: str) -> frozenset[str]:
    runs = _RUN.findall(words)
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))
