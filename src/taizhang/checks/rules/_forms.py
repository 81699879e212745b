"""What the rules of score forms share: the forms of a document, and what score a result deserves."""

from decimal import Decimal
from typing import Any

from taizhang.checks.registry import Context
from taizhang.checks.rules._attainment import comparable, places
from taizhang.core import scoring
from taizhang.core.attainment import Direction as Side
from taizhang.core.quantity import Bound, Catalogue
from taizhang.core.scoring import Merit
from taizhang.intake.forms import FULL, Direction, Form, ScoredIndicator, points
from taizhang.intake.plans import Value

_CENT = Decimal("0.011")  # scores are kept to two decimals


def settings(context: Context) -> dict[str, Any]:
    """The section of the profile that the rules of score forms read."""
    section: dict[str, Any] = context.profile.sections.get("scoring", {})
    return section


def merit(item: ScoredIndicator, catalogue: Catalogue) -> Merit | None:
    """What an indicator with numbers deserves; None where it cannot be told."""
    weight = points(item.weight)
    return None if weight is None or item.shared else _merit(weight, item, catalogue)


def falls_short(item: ScoredIndicator, catalogue: Catalogue) -> bool:
    """Whether an indicator with numbers surely does not reach its target, scored or not."""
    result = None if item.shared else _merit(FULL, item, catalogue)
    return result is not None and not result.is_met


def _merit(weight: Decimal, item: ScoredIndicator, catalogue: Catalogue) -> Merit | None:
    pair = _pair(item, catalogue)
    if pair is None or item.direction in {Direction.QUALITATIVE, Direction.UNKNOWN}:
        return None
    side = Side.LOWER if item.direction is Direction.REVERSE else Side.HIGHER
    return scoring.merit(weight, *pair, side)


def ratio_of(item: ScoredIndicator, catalogue: Catalogue) -> tuple[Decimal, Decimal] | None:
    """Target and actual of a positive indicator in one unit; None where they cannot be compared."""
    return _pair(item, catalogue) if item.direction is Direction.POSITIVE and not item.shared else None


def _pair(item: ScoredIndicator, catalogue: Catalogue) -> tuple[Decimal, Decimal] | None:
    goal, actual = (value.quantity if value is not None else None for value in (item.target, item.actual))
    if goal is None or actual is None or actual.bound is Bound.AT_MOST:
        return None
    if goal.upper is not None and item.direction is Direction.REVERSE:
        return None
    reached = actual.upper if actual.upper is not None else actual.value
    if comparable(goal, actual):
        if goal.unit == "%" and not actual.unit and reached <= 1 < goal.value:
            reached *= 100  # a sheet whose cells lost their per cent format
        return goal.value, reached
    first, second = catalogue.measure(goal.unit), catalogue.measure(actual.unit)
    if first is None or second is None or first.dimension != second.dimension:
        return None
    return goal.value * first.scale, reached * second.scale


def fits(printed: Value, expected: Decimal, form: Form) -> bool:
    """Whether a printed score is the expected one, rounded; to whole points only where the form keeps no decimals."""
    told, kept = points(printed), places(printed.text) or decimals(form)
    return told is None or abs(told - expected) <= max(Decimal("0.5").scaleb(-kept), _CENT)


def decimals(form: Form) -> int:
    """The most decimals of any score in a form."""
    scores = [item.score for item in form.indicators] + [row.score for row in form.funds]
    return max((places(score.text) for score in scores if score is not None and points(score) is not None), default=0)


def shown(number: Decimal) -> str:
    """A score as forms print it: two decimals at most, no needless zeros."""
    return f"{round(number, 2).normalize():f}"


def label(item: ScoredIndicator) -> str:
    """The row's label as printed."""
    return item.label.text.strip()
