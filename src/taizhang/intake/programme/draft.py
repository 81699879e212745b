"""ProgrammeDraft: the tasks, task points and indicators that a document speaks of, before anything is written."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from taizhang.core.quantity import Quantity
from taizhang.core.source import Source


class When(StrEnum):
    """What a figure is due at, or was reached at."""

    END = "end"  # 期满
    MID = "mid"  # 中期
    YEAR = "year"  # 年度


class Direction(StrEnum):
    """Which side of its target a figure should lie."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class DoubtKind(StrEnum):
    """What a person has to look at."""

    UNREADABLE = "unreadable"  # digits that make no number
    WORDS = "words"  # words where a number is usual
    UNIT = "unit"  # none, unknown, or two
    TARGET = "target"  # no target at all
    ACTUAL = "actual"  # a column for it, and nothing in it
    DONE = "done"  # a plan without completion
    PLAN = "plan"  # a completion without plan
    ORDINAL = "ordinal"  # none, twice, left out, or another in the completion
    YEAR = "year"  # not said, or taken from a place apart
    TASK = "task"  # no task, or its code worked out
    NAME = "name"  # one code or task under two names
    CODE = "code"  # none where its sisters have one, or one for two
    CATEGORY = "category"  # two places say different ones
    SHIFTED = "shifted"  # looks as if it stood in another column
    TORN = "torn"  # looks as if a part of it stood elsewhere
    MERGED = "merged"  # one cell over rows that differ
    LONG = "long"  # longer than the ledger takes without being asked
    ROW = "row"  # a row that is none of a task point or an indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands in a cell, or in one numbered item of it, as printed; its quantity where it is one; its place."""

    text: str
    quantity: Quantity | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A target, or a value reached: of the end, of the mid-term, or of a year (None where the year is not said)."""

    when: When
    year: int | None = None
    printed: Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTask:
    """A task. `group` is the specialty group it belongs to, None for the school; `also` are its other names.

    A specialty group is a task without parent whose `group` is its own name; its tasks stand below it. `is_derived` tells that the code is not
    printed beside the name, but follows from the headings.
    """

    code: str | None
    name: str
    parent: str | None = None
    group: str | None = None
    also: tuple[str, ...] = ()
    is_derived: bool = False
    source: Source

    @property
    def key(self) -> str:
        """What points and sub-tasks name it by: its code, or its name where it has none."""
        return self.code or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPoint:
    """A task point. Parts are None where the document has no column for them, and empty where the cell is blank.

    `others` are the cells of its row that are none of these, each with its header.
    """

    task: str | None
    year: int | None
    ordinal: str | None
    plan: Printed
    done: Printed | None = None
    rate: Printed | None = None
    responsible: Printed | None = None
    verdict: Printed | None = None
    state: str | None = None
    group: str | None = None
    others: tuple[tuple[str, Printed], ...] = ()

    @property
    def label(self) -> str:
        """What a person knows it by: “1-2 2023③”."""
        return " ".join(filter(None, (self.task, f"{self.year or ''}{self.ordinal or ''}")))

    @property
    def position(self) -> int | None:
        """Its ordinal as a number: 3 for ③, 21 for (21)."""
        if self.ordinal is None:
            return None
        return int(unicodedata.numeric(self.ordinal)) if len(self.ordinal) == 1 else int(self.ordinal.strip("()"))

    @property
    def source(self) -> Source:
        """Where its plan stands, or its completion where there is no plan."""
        return self.plan.source if self.plan.text or self.done is None else self.done.source


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIndicator:
    """An indicator. `label` is the cell with its code, name and unit; parts are None where no column is.

    `is_per_year` tells that the figure is one of each year, `is_cumulative` that it says it is summed up.
    """

    code: str | None
    name: str
    label: Printed
    category: str | None = None
    unit: str | None = None
    direction: Direction | None = None
    is_per_year: bool = False
    is_cumulative: bool = False
    targets: tuple[Figure, ...] = ()
    actuals: tuple[Figure, ...] = ()
    rate: Printed | None = None
    verdict: Printed | None = None
    reason: Printed | None = None
    responsible: Printed | None = None
    task: str | None = None
    group: str | None = None
    others: tuple[tuple[str, Printed], ...] = ()

    @property
    def source(self) -> Source:
        """Where its label stands."""
        return self.label.source

    def target(self, when: When, year: int | None = None) -> Printed | None:
        """Its target of that time."""
        return _of(self.targets, when, year)

    def actual(self, when: When, year: int | None = None) -> Printed | None:
        """The value it reached at that time."""
        return _of(self.actuals, when, year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A cell that a person has to decide. `about` is the row it stands in, `field` the part of the row in Chinese.

    One that `is_of_table` stands in the first of several rows of its table that say the same there, and is asked once
    for them all: what is decided holds for each of them.
    """

    kind: DoubtKind
    about: str
    field: str
    text: str
    reason: str
    choices: tuple[str, ...] = ()
    source: Source
    is_of_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A row of a table that was taken, of which nothing was: its text, and why; doubtful where something may be lost."""

    text: str
    reason: str
    source: Source
    is_doubtful: bool = False


class Content(StrEnum):
    """What a table was taken as."""

    POINTS = "points"
    INDICATORS = "indicators"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTaken:
    """A table of the document: what it was taken as, how much of it, which rows not; or why nothing of it."""

    index: int
    name: str
    content: Content
    taken: int = 0
    reason: str = ""
    passed_over: tuple[PassedOver, ...] = ()
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDraft:
    """What one document says of a programme, in reading order, with all that a person has to decide.

    `tables` names every table of the document once. `period` are the first and last year, where it is said.
    """

    file: str
    title: str | None
    college: str | None
    period: tuple[int, int] | None
    years: tuple[int, ...]
    tasks: tuple[DraftTask, ...]
    points: tuple[DraftPoint, ...]
    indicators: tuple[DraftIndicator, ...]
    doubts: tuple[Doubt, ...]
    tables: tuple[TableTaken, ...]


def _of(figures: tuple[Figure, ...], when: When, year: int | None) -> Printed | None:
    return next(
        (each.printed for each in figures if each.when is when and (year is None or each.year == year)),
        None,
    )
