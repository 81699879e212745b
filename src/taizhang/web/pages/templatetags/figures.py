"""Figures in templates: numbers as people write them, and what the records say beside a value that is typed."""

from decimal import Decimal

from django import template

from taizhang.core import attainment

register = template.Library()
_PLACES = 6


@register.filter
def plain(number: Decimal | None) -> str:
    """A number without needless zeros, to six decimals; a dash where there is none."""
    return "—" if number is None else attainment.plain(round(number, _PLACES))
