"""Chart: a title, the question it answers, and rows of marks, each with the address of the list it was counted from.

The picture, the table under it and the Excel file are all made of this one value, so they cannot differ.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Shape(StrEnum):
    """How a chart is drawn; what it says does not depend on it."""

    HEAT = "heat"  # rows by series, a shade for each value
    COLUMNS = "columns"  # rows along the bottom, series stacked
    BESIDE = "beside"  # rows along the bottom, series beside each other
    BARS = "bars"  # rows downward, series stacked
    LINES = "lines"  # rows along the bottom, a line for each series
    NETWORK = "network"  # rows and series are the nodes, marks the threads between them


class Tone(StrEnum):
    """What a series means to the reader: its colour says the same on every chart."""

    PLAIN = ""
    GOOD = "good"
    SHORT = "short"
    BAD = "bad"
    QUIET = "quiet"
    GOAL = "goal"
    STEP_1 = "step-1"  # of a way that is gone step by step, each darker than the one before
    STEP_2 = "step-2"
    STEP_3 = "step-3"
    STEP_4 = "step-4"
    STEP_5 = "step-5"


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: None where there is nothing to count, which is not 0. `note` is what stands behind a share (3/4)."""

    value: Decimal | int | None
    link: str = ""
    note: str = ""

    @property
    def opens(self) -> bool:
        """Whether a list stands behind it: of nothing there is none, of a share of 0 % there is."""
        return bool(self.link and (self.value or self.note))


NOTHING = Mark(None)


@dataclass(frozen=True, slots=True)
class Series:
    """A column of the table, a colour of the picture."""

    name: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its name, a mark for each series, and the list of all that the row counts."""

    name: str
    marks: tuple[Mark, ...]
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart. `of` names what the rows are; `unit` is that of every mark; `empty` says what to do where there is nothing."""

    key: str
    title: str
    question: str
    shape: Shape
    of: str
    unit: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    empty: str
    note: str = ""
    is_wide: bool = False
    median: tuple[Decimal | None, ...] = ()  # of each series, where rows are compared with each other

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no mark that says more than 0."""
        return not any(mark.value for row in self.rows for mark in row.marks)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure by itself, large: its name, as it is printed, what stands behind it, and the list it was counted from."""

    name: str
    said: str
    note: str
    link: str


def without_empty_series(series: tuple[Series, ...], rows: list[Row]) -> tuple[tuple[Series, ...], tuple[Row, ...]]:
    """Series that no row has anything of say nothing and only take a colour."""
    kept = [place for place in range(len(series)) if any(row.marks[place].value for row in rows)]
    return (
        tuple(series[place] for place in kept),
        tuple(Row(row.name, tuple(row.marks[place] for place in kept), row.link) for row in rows),
    )
