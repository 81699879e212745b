"""中文 or English: a visitor's choice is a cookie, a person's is kept with the person."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow.people import choose_language

_YEAR = 365 * 24 * 3600


class PersonLanguageMiddleware:
    """The language that the person chose, on whatever machine they log in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language; without a choice, in the one of cookie and browser."""
        person = getattr(request, "user", None)
        if isinstance(person, Person) and person.language in dict(settings.LANGUAGES):
            translation.activate(person.language)
        return self._get_response(request)


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language and stay on the page."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if chosen in dict(settings.LANGUAGES):
        if isinstance(request.user, Person):
            choose_language(request.user, chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, samesite="Lax", httponly=True,
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip
    return response
