"""The cast in a database file of its own, for tests with processes."""

import shutil

import pytest

from web_process import SCENE, OwnSite


@pytest.fixture(scope="package")
def fresh_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh")
    OwnSite(folder).run("-c", SCENE)
    return folder


@pytest.fixture
def own_site(fresh_site, tmp_path):
    """The cast in a database file of its own, for processes."""
    return OwnSite(shutil.copytree(fresh_site, tmp_path / "own"))
