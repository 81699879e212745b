"""工作台: what a person owes, what waits for them, and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The first page after login."""
    return render(request, "desk/desk.html")
