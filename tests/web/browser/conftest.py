"""Sites and people's browsers for the tests that look at the pages as a reader does."""

import os
import shutil
import time

import pytest

from web_browser import CHROMIUM, DESK, PATIENCE, SAMPLE, Visitor, chromium, command, serving


@pytest.fixture(scope="session")
def installed():
    """Asked before anything is loaded or started."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")


# Not for the whole session: while the browser's loop runs, Django refuses its database to tests in the same process.
@pytest.fixture(scope="module")
def browser(installed):
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def loaded(installed, tmp_path_factory, request):
    """The data folder of the demonstration, made once for all processes of a test run.

    Its years are always the same; only the pictures of the docs show it as one who tries it today sees it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place, begun = shared / "demonstration", shared / "demonstration-begun"
    try:
        begun.mkdir()
    except FileExistsError:
        for _ in range(10 * PATIENCE // 500):
            if place.exists():
                return place
            time.sleep(0.5)
        raise AssertionError("the process that loads the demonstration has not finished") from None
    unfinished = shared / "demonstration-unfinished"
    unfinished.mkdir()
    command(unfinished, "migrate", "--verbosity", "0")
    day = [] if request.config.getoption("--pictures") else ["--on", "2024-05-15"]
    command(unfinished, "demo", str(SAMPLE), *day)
    unfinished.rename(place)
    return place


@pytest.fixture(scope="module")
def college(loaded, tmp_path_factory):
    """The address of a site with the demonstration college, for one module to work in."""
    folder = tmp_path_factory.mktemp("college") / "data"
    shutil.copytree(loaded, folder)
    with serving(folder) as address:
        yield address


@pytest.fixture
def visitor(browser):
    """`visitor(address, …)`: a window of its own, as on another computer; nothing untoward may have happened in it."""
    visitors = []

    def open_window(address, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, locale="zh-CN", **options)
        visitors.append(Visitor(context.new_page(), address))
        return visitors[-1]

    yield open_window
    for each in visitors:
        each.page.context.close()
    assert [each.complaints for each in visitors if each.complaints] == []
