"""What the target rules share: whether a value reaches its target, by how much, and how rates are printed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto

from taizhang.core.quantity import Bound, Quantity
from taizhang.intake.plans import Indicator, Value

TOLERANCE = Decimal("0.6")  # percentage points: half-up rounding to whole points, and a little


class Attained(Enum):
    """Whether a target is reached."""

    MET = auto()
    SHORT = auto()


@dataclass(frozen=True, slots=True)
class Attainment:
    """The verdict, and actual over target in per cent."""

    state: Attained
    ratio: Decimal


def attained(indicator: Indicator) -> Attainment | None:
    """How far the actual value reaches the target; None where either is no number or the target is 0.

    A target of “≤” is met from below, and its ratio is target over actual. Of a range the lower end is the target.
    """
    goal, actual = indicator.goal, indicator.actual
    if goal is None or actual is None or goal.quantity is None or actual.quantity is None:
        return None
    return compare(goal.quantity, actual.quantity)


def compare(goal: Quantity, actual: Quantity) -> Attainment | None:
    """As `attained`, for two quantities in the same unit."""
    if not goal.value or not comparable(goal, actual):
        return None
    reached = actual.upper if actual.upper is not None else actual.value
    if goal.bound is Bound.AT_MOST:
        if not reached:
            return Attainment(Attained.MET, Decimal(100))
        return Attainment(Attained.MET if reached <= goal.value else Attained.SHORT, goal.value / reached * 100)
    ratio = reached / goal.value * 100
    return Attainment(Attained.MET if reached >= goal.value else Attained.SHORT, ratio)


def comparable(goal: Quantity, actual: Quantity) -> bool:
    """Whether two printed quantities are in the same unit: equal, or one of them left to the header."""
    return goal.unit == actual.unit or not goal.unit or not actual.unit


def printed_rate(rate: Value | None) -> Decimal | None:
    """A rate cell in per cent: “100%”, “85.5”; None where it is no number."""
    if rate is None or rate.quantity is None or rate.quantity.unit not in {"", "%"}:
        return None
    return rate.quantity.value


def places(text: str) -> int:
    """How many decimals a printed number has."""
    digits = text.partition(".")[2]
    return sum(char.isdigit() for char in digits)


def percent(ratio: Decimal, decimals: int = 0) -> str:
    """A ratio in per cent as reports print it, rounded half up."""
    return f"{ratio.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}%"
