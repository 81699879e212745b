"""Texts of the plan as values: a target's number, a code's place in the order."""

import re
from decimal import Decimal

from taizhang.core.errors import ProfileError
from taizhang.core.quantities import number
from taizhang.profiles import load


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


def place_of(group: int | None, code: str, name: str = "", number: int | None = None) -> str:
    """Where a task or an indicator stands: the college's before those of groups, by code, those without code last.

    `number` is the place in the document of what has no code to be sorted by, or has one code twice.
    """
    place = f"{group or 0}|{code or ('~' + name)}" + ("" if number is None else f" {number:05}")
    return position_of(place)


def midterm_target(end: Decimal | None, ratio: Decimal | None) -> Decimal | None:
    """What the mid-term rule of a profile (中期目标值 ÷ 期满目标值) makes of an end target; none where either is none."""
    return None if end is None or ratio is None else (end * ratio).normalize()


def midterm_ratio(profile: str) -> Decimal | None:
    """The mid-term ratio of a profile; none where it names none, or is no profile that we have."""
    try:
        ratio = load(profile).sections.get("midterm", {}).get("ratio")
    except ProfileError:
        return None
    return None if ratio is None else Decimal(str(ratio))
