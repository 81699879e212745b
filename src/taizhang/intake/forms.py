"""Score forms: rows of funds, scored indicators, totals and summaries as typed values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from taizhang.core.quantity import Bound
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Indicator, Value, parts_of

GRADED = re.compile(r"[“\"]?(优秀|优|良好|良|中等|中|合格|差|不合格)[”\"]?(?=$|[\s，。；、（(])")

FULL = Decimal(100)


class Direction(Enum):
    """Which side of its target an indicator should lie."""

    POSITIVE = auto()
    REVERSE = auto()
    QUALITATIVE = auto()
    UNKNOWN = auto()  # a target without a sign, of a thing of which less may be better


@dataclass(frozen=True, slots=True)
class FundRow:
    """A row of the funds block: what was budgeted at the year's beginning, after adjustment, and spent."""

    label: Value
    is_total: bool
    budget: Value | None
    adjusted: Value | None
    executed: Value | None
    weight: Value | None
    rate: Value | None
    score: Value | None
    reason: Value | None


@dataclass(frozen=True, slots=True)
class Level:
    """A first- or second-level indicator: its label, its weight where one is printed, and its score."""

    label: Value
    weight: Decimal | None
    score: Value | None = None


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """A row of the indicator block. `weight` is None where the cell above is merged over this row too (`shared`)."""

    label: Value
    name: str
    unit: str | None
    levels: tuple[Level | None, Level | None]
    target: Value | None
    actual: Value | None
    weight: Value | None
    score: Value | None
    weighted: Value | None
    reason: Value | None
    remark: Value | None
    direction: Direction
    shared: bool
    criterion: Value | None = None
    attained: Value | None = None
    grade: Value | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The row of totals."""

    label: Value
    weight: Value | None
    score: Value | None
    weighted: Value | None


@dataclass(frozen=True, slots=True)
class Form:
    """One self-evaluation form. `whole` tells that its blocks are those of a whole form, and not of one category."""

    table: Table
    project: Value | None
    funds: tuple[FundRow, ...]
    indicators: tuple[ScoredIndicator, ...]
    total: Total | None
    grade: Value | None
    heads: tuple[int, ...]  # the header rows of the blocks, by row
    fund_table: Table | None = None  # where the funds stand in a table of their own above

    @property
    def fund_total(self) -> FundRow | None:
        """The row of all funds, which alone is scored."""
        return next((row for row in self.funds if row.is_total), None)

    @property
    def final(self) -> Decimal | None:
        """The total score of the form: as printed, and the score of budget execution where the total leaves it out."""
        told, fund = points(self.total.score) if self.total is not None else None, self.fund_total
        extra = points(fund.score) if fund is not None else None
        if told is None or self.total is None or extra is None:
            return told
        weight, score = (
            sum((number for value in column if (number := points(value)) is not None), Decimal(0))
            for column in ([item.weight for item in self.indicators], [item.score for item in self.indicators])
        )
        return told + extra if told == score or points(self.total.weight) == weight < FULL else told

    @property
    def is_weighted(self) -> bool:
        """Whether scores are out of 100 each and count by a share, as when a school and its groups are put together."""
        pairs = [
            (weight, score) for i in self.indicators if (weight := points(i.weight)) and (score := points(i.score))
        ]
        return len(pairs) > 1 and sum(score > weight for weight, score in pairs) * 2 > len(pairs)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A project's row in a summary of several forms."""

    project: Value
    score: Value | None
    adjusted: Value | None
    executed: Value | None
    grade: Value | None
    parts: tuple[tuple[Value, Decimal | None], ...] = ()  # the scores that make the total, each with the most it gives


@dataclass(frozen=True, slots=True)
class Forms:
    """The score forms of one document, and the rows that sum them up."""

    forms: tuple[Form, ...] = ()
    summary: tuple[SummaryRow, ...] = ()


def points(value: Value | None) -> Decimal | None:
    """The number of a weight or score cell; None for blanks, words, bounds."""
    if value is None or value.quantity is None or value.quantity.bound is not Bound.EXACT:
        return None
    return value.quantity.value if value.quantity.unit in {"", "分", "%", "％"} else None


def grade_in(text: str) -> str | None:
    """The grade word that a text names, once."""
    found = {match[1] for match in re.finditer(GRADED, text)}
    return found.pop() if len(found) == 1 else None


def points_of_money(value: Value | None) -> Decimal | None:
    """The amount of a cell, whatever its unit; None for blanks and words."""
    return value.quantity.value if value is not None and value.quantity is not None else None


def as_indicators(form: Form) -> Iterator[Indicator]:
    """The rows of a form's indicator block that have a target and an actual value, as rows of an indicator table."""
    for item in form.indicators:
        if item.target is not None and item.actual is not None:
            code = parts_of(item.label.text)[0]
            yield Indicator(
                item.label, code, item.name, item.unit, None, None, item.target, item.actual, item.attained, item.reason
            )  # fmt: skip
