"""完成度: how far an actual value reaches its target, by direction and cap policy, with the working shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum, auto

from taizhang.core.saying import phrase

FULL = Decimal(100)
ZERO = Decimal(0)
_PLACES = 2  # of a rate as pages and reports print it


class Attained(Enum):
    """Whether a target is reached."""

    MET = auto()
    SHORT = auto()


class Direction(StrEnum):
    """Whether more or less is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Cap(StrEnum):
    """封顶口径: whether an attainment above 100 % is printed as it is."""

    CAPPED = "capped"
    AS_IS = "as_is"


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as numbers in the indicator's unit; `upper` closes a range."""

    number: Decimal
    upper: Decimal | None = None
    direction: Direction = Direction.HIGHER

    @property
    def text(self) -> str:
        """As a sentence names it: ≥120, ≤5, 8～10."""
        if self.upper is not None:
            return f"{plain(self.number)}～{plain(self.upper)}"
        return f"{'≤' if self.direction is Direction.LOWER else '≥'}{plain(self.number)}"


@dataclass(frozen=True, slots=True)
class Attainment:
    """The verdict, actual over target in per cent (never capped), and how that was worked out."""

    state: Attained
    ratio: Decimal
    working: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.state is Attained.MET


def attained(goal: Goal, actual: Decimal) -> Attainment:
    """How far an actual value reaches its target: actual over target, or target over actual where less is better.

    A range is met anywhere within it. A target of 0, or below it, has no ratio: it is met (100 %) or not (0 %).
    """
    if goal.direction is Direction.LOWER:
        return _from_above(goal.number if goal.upper is None else goal.upper, actual)
    if goal.upper is not None and goal.number <= actual <= goal.upper:
        line = phrase(
            "实现值 %(actual)s 在目标 %(number)s～%(upper)s 之内，完成度 100%%",
            actual=_brief(actual),
            number=plain(goal.number),
            upper=plain(goal.upper),
        )
        return Attainment(Attained.MET, FULL, (line,))
    base = goal.upper if goal.upper is not None and actual > goal.upper else goal.number
    if base <= 0:
        return _without_ratio(base, actual, is_met=actual >= base)
    ratio = actual / base * FULL
    state = Attained.MET if actual >= goal.number else Attained.SHORT
    return Attainment(
        state,
        ratio,
        (
            phrase(
                "%(actual)s ÷ %(base)s = %(rate)s", actual=_brief(actual), base=plain(base), rate=printed(state, ratio)
            ),
        ),
    )


def _from_above(most: Decimal, actual: Decimal) -> Attainment:
    if most <= 0:
        return _without_ratio(most, actual, is_met=actual <= most)
    if actual <= 0:
        return Attainment(
            Attained.MET,
            FULL,
            (
                phrase(
                    "越低越好：实现值 %(actual)s，不超过 %(most)s，完成度 100%%", actual=plain(actual), most=plain(most)
                ),
            ),
        )
    state, ratio = (Attained.MET if actual <= most else Attained.SHORT), most / actual * FULL
    return Attainment(
        state,
        ratio,
        (
            phrase(
                "越低越好：%(most)s ÷ %(actual)s = %(rate)s",
                most=plain(most),
                actual=_brief(actual),
                rate=printed(state, ratio),
            ),
        ),
    )


def _without_ratio(base: Decimal, actual: Decimal, *, is_met: bool) -> Attainment:
    """A target that nothing can be divided by."""
    told = {"base": plain(base), "actual": plain(actual)}
    if is_met:
        line = phrase("目标值是 %(base)s，不能作除数：实现值 %(actual)s，达到，完成度记 100%%", **told)
        return Attainment(Attained.MET, FULL, (line,))
    line = phrase("目标值是 %(base)s，不能作除数：实现值 %(actual)s，没有达到，完成度记 0%%", **told)
    return Attainment(Attained.SHORT, ZERO, (line,))


def shown(result: Attainment, cap: Cap, places: int = _PLACES) -> Decimal:
    """The attainment that is reported: never below 0, above 100 % only as it is; what fell short never rounds to 100."""
    ratio = max(result.ratio, ZERO)
    if cap is Cap.CAPPED:
        ratio = min(ratio, FULL)
    return rounded(result.state, ratio, places)


def rounded(state: Attained, ratio: Decimal, places: int = _PLACES) -> Decimal:
    """A ratio to that many decimals, half up, but never across the line between short and met."""
    step = Decimal(1).scaleb(-places)
    near = ratio.quantize(step, ROUND_HALF_UP)
    return ratio.quantize(step, ROUND_DOWN) if state is Attained.SHORT and near >= FULL > ratio else near


def printed(state: Attained, ratio: Decimal) -> str:
    """A ratio in per cent as pages print it."""
    return f"{plain(rounded(state, ratio))}%"


def plain(number: Decimal) -> str:
    """A number without needless zeros and without an exponent."""
    return f"{number.normalize():f}" if number else "0"


def _brief(number: Decimal) -> str:
    """A value as a working shows it: a quotient without end to six decimals."""
    return plain(round(number, 6))


@dataclass(frozen=True, slots=True)
class Yearly:
    """An indicator that counts of each year: the attainment of every year, and of the period as a whole."""

    years: Mapping[int, Attainment]
    whole: Attainment


def each_year(goal: Goal, actual: Mapping[int, Decimal]) -> Yearly | None:
    """每年: the target is of every single year, so the period reaches what its worst year reaches; None without years."""
    if not actual:
        return None
    years = {year: attained(goal, value) for year, value in sorted(actual.items())}
    worst = min(years, key=lambda year: (years[year].is_met, years[year].ratio))
    lines = [phrase("%(year)s 年：%(working)s", year=year, working=result.working[0]) for year, result in years.items()]
    last = phrase("每年都要达到 %(text)s，取完成度最低的一年（%(worst)s 年）", text=goal.text, worst=worst)
    return Yearly(years, Attainment(years[worst].state, years[worst].ratio, (*lines, last)))
