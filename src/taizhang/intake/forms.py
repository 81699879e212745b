"""Score forms: rows of funds, scored indicators, totals and summaries as typed values."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from taizhang.core.quantity import Bound
from taizhang.documents.blocks import Table
from taizhang.intake.plans import Value

GRADED = re.compile(r"[“\"]?(优秀|优|良好|良|中等|中|合格|差|不合格)[”\"]?(?=$|[\s，。；、（(])")


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

    @property
    def fund_total(self) -> FundRow | None:
        """The row of all funds, which alone is scored."""
        return next((row for row in self.funds if row.is_total), None)

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


@dataclass(frozen=True, slots=True)
class Forms:
    """The score forms of one document, and the rows that sum them up."""

    forms: tuple[Form, ...]
    summary: tuple[SummaryRow, ...]


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
