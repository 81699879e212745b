"""The upload page in a real browser: pieces, a broken line, a reload in the middle, and the same file told."""

import os
import random
import shutil

import pytest

from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Evidence, Upload
from web_people import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
def page(live_server, scene, vault_folder, monkeypatch):
    from playwright.sync_api import sync_playwright

    # The browser's loop is no reason for Django to refuse its database to the test beside it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(base_url=live_server.url, locale="zh-CN")
        page.goto("/login/")
        page.fill("[name=username]", scene.people.reporter.username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.goto("/evidence/upload/")
        yield page
        browser.close()


@pytest.fixture
def big(tmp_path):
    """Five megabytes of text that no packer makes smaller."""
    file = tmp_path / "实训名单.txt"
    file.write_bytes("".join(random.Random(3).choices("0123456789abcdef\n", k=5_000_000)).encode())  # noqa: S311 - a sample
    return file


def is_piece(request):
    return request.method == "POST" and "/uploads/" in request.url and request.url.rstrip("/").count("-") == 4


def choose(page, *files):
    page.set_input_files("[name=files]", [os.fspath(file) for file in files])


def test_many_files_come_in_with_a_broken_line_between(page, big, tmp_path):
    small = tmp_path / "通知.txt"
    small.write_text("关于公布名单的通知", encoding="utf-8")
    breaks = iter([True, False, True])
    page.route(
        "**/evidence/uploads/*/",
        lambda route: route.abort() if is_piece(route.request) and next(breaks, False) else route.continue_(),
    )
    choose(page, big, small)
    page.locator(".sending .done").nth(1).wait_for(timeout=60_000)
    assert Evidence.objects.count() == 2
    row = Evidence.objects.get(title="实训名单")
    assert vault.place(row.blob_id).read_bytes() == big.read_bytes()


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(page, big):
    sent = []

    def first_only(route):
        if is_piece(route.request) and sent:
            route.abort()
        else:
            if is_piece(route.request):
                sent.append(route.request.url)
            route.continue_()

    page.route("**/evidence/uploads/*/", first_only)
    choose(page, big)
    page.locator(".sending p:not(:empty)").wait_for(timeout=60_000)
    received = Upload.objects.get().received
    assert 0 < received < big.stat().st_size
    page.unroute("**/evidence/uploads/*/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/evidence/upload/")
    assert "没有传完的" in page.content()
    offsets = []
    page.on("request", lambda request: offsets.append(request.headers.get("x-offset")) if is_piece(request) else None)
    choose(page, big)
    page.wait_for_selector(".sending .done", timeout=60_000)
    assert offsets[0] == str(received)
    assert vault.place(Evidence.objects.get().blob_id).read_bytes() == big.read_bytes()


def test_a_refused_file_says_why_beside_its_name(page, tmp_path):
    (tmp_path / "证书.pdf").write_bytes(b"MZ" + b"\0" * 500)
    choose(page, tmp_path / "证书.pdf")
    page.wait_for_selector(".sending .stuck", timeout=30_000)
    assert "程序文件" in page.inner_text(".sending .stuck p")
    assert not Evidence.objects.exists()
