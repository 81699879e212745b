"""Who asks, and whether for a whole page or for a part of it."""

from typing import cast

from django.http import HttpRequest

from taizhang.web.ledger.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who is logged in; every page but the door is closed to others."""
    return cast("Person", request.user)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the named part of the page alone."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "boosted", False)
