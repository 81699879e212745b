"""工作台: what a person owes, what waits for them, and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """The first page after login."""
    return render(request, "desk/desk.html")
