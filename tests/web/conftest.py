"""The site under test: its own data folder, the cast, a client that is logged in as one of them."""

import pytest
from django.test import Client
from django.utils import translation

from taizhang.web.ledger.workflow import uploads
from web_people import cast

NOTICE = "关于公布教学改革项目的通知".encode()


@pytest.fixture(autouse=True)
def chinese():
    """A request in English leaves its language behind in the thread; the next test begins in Chinese."""
    translation.deactivate()


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


@pytest.fixture
def vault_folder(settings, tmp_path):
    """Evidence and previews of this test alone."""
    settings.DATA = tmp_path
    settings.EVIDENCE = tmp_path / "evidence"
    return settings.EVIDENCE


@pytest.fixture
def kept(scene, vault_folder):
    """`kept("通知.txt", data)`: uploads it as one of the cast and gives the piece of evidence."""

    def take(name="通知.txt", data=NOTICE, role="reporter", unit=None):
        person = getattr(scene.people, role)
        return uploads.take(person, unit or scene.teaching, name, len(data), [data]).evidence

    return take
