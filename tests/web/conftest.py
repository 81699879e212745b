"""The site under test: its own data folder, the cast, a client that is logged in as one of them."""

import pytest
from django.test import Client

from web_people import cast


@pytest.fixture
def scene(db):
    return cast()


@pytest.fixture
def as_(scene):
    """`as_("lead").get(…)`: a browser of one of the cast."""

    def client(role, **options):
        made = Client(**options)
        made.force_login(getattr(scene.people, role), backend="django.contrib.auth.backends.ModelBackend")
        return made

    return client
