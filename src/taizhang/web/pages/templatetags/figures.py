"""Figures in templates: numbers as people write them, and what the records say beside a value that is typed."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext

from taizhang.core import attainment, saying

register = template.Library()
_PLACES, _OF_SHARES = 6, 4


@register.filter
def said(text: object) -> str:
    """A sentence of the core in the language of the page; several in a row."""
    return saying.in_words(saying.joined("、", text) if isinstance(text, list) else text, gettext)


@register.filter
def plain(number: Decimal | None, unit: str = "") -> str:
    """A number without needless zeros, to six decimals, of a share in per cent to four; a dash where there is none."""
    return "—" if number is None else attainment.plain(round(number, _OF_SHARES if unit == "%" else _PLACES))
