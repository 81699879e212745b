"""What the rules share that hold a report against the ledger: the figures to compare, and when they agree."""

from decimal import Decimal

from taizhang.checks.registry import Context
from taizhang.core.quantity import Bound, Quantity
from taizhang.intake.plans import Value


def unlike(printed: Value, unit: str | None, number: Decimal, measure: str, context: Context) -> bool:
    """Whether a printed figure cannot be the ledger's, told in the printed unit and to the printed digits.

    A figure told as “about” or “more than”, and one in a unit that the ledger's cannot be turned into, is none.
    """
    quantity = printed.quantity
    if quantity is None or quantity.bound is not Bound.EXACT or quantity.upper is not None:
        return False
    known = _in_unit(quantity.unit or unit or measure, number, measure, context)
    return known is not None and apart(quantity, known)


def apart(quantity: Quantity, known: Decimal) -> bool:
    """Whether two numbers in one unit differ by a whole step of the last printed digit."""
    exponent = quantity.value.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return abs(quantity.value - known) >= step


def _in_unit(unit: str, number: Decimal, measure: str, context: Context) -> Decimal | None:
    """The ledger's number in the printed unit."""
    if unit == measure or not measure:
        return number
    catalogue = context.profile.catalogue
    here, there = catalogue.measure(unit), catalogue.measure(measure)
    if here is None or there is None or here.dimension != there.dimension:
        return None
    return number * there.scale / here.scale


def plain(number: Decimal) -> str:
    """The number without needless zeros."""
    return format(number.normalize(), "f")
