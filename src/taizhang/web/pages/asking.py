"""Who asks, whether for a whole page or for a part of it; and how what a verb came to is told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, StaleError

_DIGITS = 18  # what every database takes as a key
_LAST_PAGE = 99_999


def person_of(request: HttpRequest) -> Person:
    """The person who is logged in; every page but the door is closed to others."""
    return cast("Person", request.user)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the named part of the page alone."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "boosted", False)


def status_of(refusal: TaizhangError) -> int:
    """403 for the wrong person, 409 for the wrong time, 400 for the wrong words."""
    if isinstance(refusal, NotAllowedError):
        return 403
    return 409 if isinstance(refusal, OutOfOrderError | StaleError) else 400


@contextmanager
def telling(request: HttpRequest, done: str = "", form: BaseForm | None = None) -> Iterator[None]:
    """A verb is tried in the block: the next page says that it is done, or why not; with a form, the form says why.

    Who may not do it is shown the page that says so, as for any page that is not theirs.
    """
    try:
        yield
    except NotAllowedError:
        raise
    except TaizhangError as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
    else:
        if done:
            messages.success(request, done)


def whole_in(text: object) -> int | None:
    """The whole number that was sent in; None where it is none, or longer than any that the ledger has."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) <= _DIGITS else None


def page_in(query: Mapping[str, str]) -> int:
    """The page of a list that was asked for; the first where none was."""
    number = whole_in(query.get("page")) or 1
    return number if number <= _LAST_PAGE else 1


def ticked(request: HttpRequest, name: str) -> dict[int, int | None]:
    """The rows that were ticked in a list, each with the version that stood there (`12.3`), where the list told it."""
    found: dict[int, int | None] = {}
    for text in request.POST.getlist(name):
        pk, _dot, version = text.partition(".")
        key = whole_in(pk)
        if key is not None:
            found[key] = whole_in(version)
    return found
