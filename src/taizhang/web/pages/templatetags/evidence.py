"""Evidence in templates: what an item rests on, for the partial that any page may include, and sizes in words."""

from typing import Any

from django import template

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Citation, Entry
from taizhang.web.pages import citing

register = template.Library()


@register.simple_tag
def citations_of(entry: Entry) -> list[Citation]:
    """`{% citations_of entry as citations %}`."""
    return citing.cited(entry)


@register.simple_tag(takes_context=True)
def may_cite(context: dict[str, Any], entry: Entry) -> bool:
    """Whether who looks at the page may add and remove evidence of the item."""
    return access.may_cite(context["request"].user, entry)


@register.filter
def first_page(pages: str) -> str:
    """The first of the cited pages: “3-5,8” begins at 3."""
    return pages.replace(",", "-").partition("-")[0]
