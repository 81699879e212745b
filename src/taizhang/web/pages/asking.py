"""Who asks, whether for a whole page or for a part of it; and how what a verb came to is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from taizhang.core.errors import TaizhangError
from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, StaleError


def person_of(request: HttpRequest) -> Person:
    """The person who is logged in; every page but the door is closed to others."""
    return cast("Person", request.user)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the named part of the page alone."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "boosted", False)


def status_of(refusal: TaizhangError, otherwise: int = 400) -> int:
    """403 for the wrong person, 409 for the wrong time, `otherwise` for the wrong words."""
    if isinstance(refusal, NotAllowedError):
        return 403
    return 409 if isinstance(refusal, OutOfOrderError | StaleError) else otherwise


@contextmanager
def telling(request: HttpRequest, done: str = "", form: BaseForm | None = None) -> Iterator[None]:
    """A verb is tried in the block: the next page says that it is done, or why not; with a form, the form says why.

    Without a form, who may not do it is shown the page that says so, as for any page that is not theirs.
    """
    try:
        yield
    except NotAllowedError as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
    except TaizhangError as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
    else:
        if done:
            messages.success(request, done)


def whole_in(text: object, digits: int = 18) -> int | None:
    """The whole number that was sent in, of at most so many digits; None where it is none."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) <= digits else None
