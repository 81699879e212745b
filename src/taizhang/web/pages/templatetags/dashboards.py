"""What the pages of the dashboards say of a chart: its figures as print has them, its drawing as data for the script."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from taizhang.core.attainment import plain

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A number without needless zeros."""
    return "" if value is None else plain(Decimal(value))


@register.filter
def chart_data(drawn: dict[str, Any], key: str) -> SafeString:
    """The drawing of a chart, as data that no browser runs."""
    return json_script(drawn, f"chart-{key}")
