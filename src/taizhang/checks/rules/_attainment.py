"""What the target rules share: whether a value reaches its target, by how much, and how rates are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum, auto
from functools import lru_cache

from taizhang.core import attainment
from taizhang.core.attainment import FULL, Attained, Attainment, Direction, Goal
from taizhang.core.quantity import Bound, Quantity
from taizhang.intake.plans import Indicator, Value

_SCALES = (Decimal(5000), Decimal(20000))  # times the target, where 万 is left out
_TEN_THOUSAND = Decimal(10000)
_FINEST = Decimal("0.01")
TOLERANCE = Decimal("0.6")  # percentage points: half-up rounding to whole points, and a little


def attained(indicator: Indicator) -> Attainment | None:
    """How far the actual value reaches the target; None where either is no number or the target is 0.

    A target of “≤” is met from below, and its ratio is target over actual. A range is met anywhere within it.
    """
    goal, actual = indicator.goal, indicator.actual
    if goal is None or actual is None or goal.quantity is None or actual.quantity is None:
        return None
    return compare(goal.quantity, _in_unit(actual.quantity, goal.quantity.unit or indicator.unit))


def _in_unit(told: Quantity, unit: str | None) -> Quantity:
    """A value told in 元 where the target is in 万元, or the other way round, in the target's unit."""
    if not told.unit or not unit or told.unit == unit:
        return told
    if unit == f"万{told.unit}":
        return told._replace(value=told.value / _TEN_THOUSAND, unit=unit)
    if told.unit == f"万{unit}":
        return told._replace(value=told.value * _TEN_THOUSAND, unit=unit)
    return told


def is_of_another_scale(indicator: Indicator, result: Attainment) -> bool:
    """Whether an actual value of ten thousand times a target in 万 can only be told without it."""
    unit = indicator.unit or (indicator.goal.quantity.unit if indicator.goal and indicator.goal.quantity else "")
    told = indicator.actual.text if indicator.actual is not None else ""
    return unit.startswith("万") and "万" not in told and _SCALES[0] <= result.ratio / 100 <= _SCALES[1]


@lru_cache(maxsize=1024)  # half a dozen rules ask it of each row
def compare(goal: Quantity, actual: Quantity) -> Attainment | None:
    """As `attained`, for two quantities in the same unit."""
    if not goal.value or not comparable(goal, actual):
        return None
    reached = actual.upper if actual.upper is not None else actual.value
    direction = Direction.LOWER if goal.bound is Bound.AT_MOST else Direction.HIGHER
    upper = goal.upper if direction is Direction.HIGHER else None
    return attainment.attained(Goal(goal.value, upper, direction), reached)


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
    """A ratio in per cent as reports print it, rounded half up; what is short of 100 never rounds to 100."""
    near = ratio.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{ratio.quantize(_FINEST, ROUND_DOWN) if near == FULL > ratio else near}%"


class Fit(Enum):
    """How a printed rate agrees with actual over target."""

    EXACT = auto()  # as computed
    CAPPED = auto()  # 100 % for more than 100 %
    OVER = auto()  # 100 % or more for less: told by TGT001
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Rated:
    """An indicator row with a printed rate and the ratio computed from its values, both in per cent."""

    indicator: Indicator
    printed: Decimal
    ratio: Decimal
    fit: Fit


def tolerance(rate: Value) -> Decimal:
    """How far a printed rate may lie from the computed one, by the decimals it is printed with."""
    return TOLERANCE if not places(rate.text) else Decimal("0.12")


def fit_of(printed: Decimal, result: Attainment, allowed: Decimal) -> Fit:
    """How a printed rate agrees with the computed one."""
    if abs(printed - result.ratio) <= allowed:
        return Fit.EXACT
    if result.state is Attained.SHORT and printed >= 100:
        return Fit.OVER
    if result.state is Attained.MET and printed == 100:
        return Fit.CAPPED
    return Fit.WRONG


def rated_rows(indicators: Sequence[Indicator]) -> list[Rated]:
    """The rows of one table whose rate can be computed again."""
    rows = []
    for indicator in indicators:
        printed, result = printed_rate(indicator.rate), attained(indicator)
        if printed is None or result is None or indicator.rate is None:
            continue
        if is_of_another_scale(indicator, result):
            continue  # its rate is made of the amount that was meant
        fit = fit_of(printed, result, tolerance(indicator.rate))
        if fit is Fit.WRONG and _is_shown_rounded(indicator, printed):
            fit = Fit.EXACT
        rows.append(Rated(indicator, printed, result.ratio, fit))
    return rows


def _is_shown_rounded(indicator: Indicator, printed: Decimal) -> bool:
    """Whether a rate is right for the per cents that a spreadsheet keeps (35.6 ÷ 16.5) and shows rounded (36% ÷ 17%)."""
    goal, actual = indicator.goal, indicator.actual
    if goal is None or actual is None or goal.quantity is None or actual.quantity is None:
        return False
    if goal.at().sheet is None or not goal.quantity.unit == actual.quantity.unit == "%":
        return False
    step = [Decimal(1).scaleb(-places(value.text)) / 2 for value in (actual, goal)]
    done, due = actual.quantity.value, goal.quantity.value
    if due <= step[1]:
        return False
    lowest, highest = (done - step[0]) / (due + step[1]), (done + step[0]) / (due - step[1])
    return lowest * 100 - TOLERANCE <= printed <= highest * 100 + TOLERANCE


def cap_policy(rows: Sequence[Rated]) -> tuple[list[Rated], list[Rated]]:
    """The rows of a table that are capped at 100 %, and those that print more than 100 %.

    A table that prints nothing above 100 % is capped as a whole: its capped rows are right. A limit that was kept is
    done: 100 % says so in any table.
    """
    capped = [row for row in rows if row.fit is Fit.CAPPED and not is_limit(row.indicator.goal)]
    above = [row for row in rows if row.printed > 100 and row.fit is not Fit.OVER]
    return capped, above


def is_limit(goal: Value | None) -> bool:
    """Whether a target is to be kept under (≤)."""
    return goal is not None and goal.quantity is not None and goal.quantity.bound is Bound.AT_MOST
