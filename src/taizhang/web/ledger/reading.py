"""Texts of the plan as values: a target's number, a code's place in the order."""

import re
from decimal import Decimal

from taizhang.core.quantities import number


def number_of(text: str, measure: str) -> tuple[Decimal | None, Decimal | None]:
    """The number that a text names, in the measure given, and the upper end where it is a range.

    None for words, and for a number that names another unit: 1.2 万元 is not 1.2 元.
    """
    quantity = number(text)
    if quantity is None or (quantity.unit and measure and quantity.unit != measure):
        return None, None
    return quantity.value, quantity.upper


def position_of(code: str) -> str:
    """A code as a text that sorts as its numbers do: 1-10 stands behind 1-9."""
    return re.sub(r"\d+", lambda match: match[0].zfill(4), code)[:120]
