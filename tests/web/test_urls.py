"""Every route of the site is closed to strangers unless it says that it is open."""

import pytest
from django.urls import URLPattern, get_resolver

# `entry-save` keeps what was typed for someone whose session ended, and shows nothing.
OPEN = {"login", "logout", "entry-save", "language", "activate"}


@pytest.mark.parametrize("route", get_resolver().url_patterns, ids=lambda route: route.name)
def test_a_route_has_a_name_and_asks_for_a_login(route: URLPattern):
    assert route.name
    assert getattr(route.callback, "login_required", True) or route.name in OPEN
