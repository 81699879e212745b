"""A real site and a real browser: the process that `taizhang serve` starts, and Chromium looking at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples/自评报告-云岭职业技术学院.docx"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
)  # fmt: skip
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A machine that does much else at the same time; nothing here is a claim about speed.
PATIENCE = 120_000


@contextmanager
def chromium():
    """The browser of this machine, in Chinese as its readers have it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        language = {**os.environ, "LANGUAGE": "zh_CN.UTF-8"}
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), env=language)
        yield browser
        browser.close()


def command(folder, *words):
    """One command of the site, on this data folder; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "taizhang", "manage", *words], env=_environment(folder), capture_output=True,
        encoding="utf-8", check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def serving(folder):
    """The site on this data folder, as a user starts it; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = Path(folder) / "site.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "taizhang", "serve", "--port", str(port)], env=_environment(folder), stdout=out,
            stderr=out, cwd=ROOT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=60)


def _environment(folder):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "TAIZHANG_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}


def _wait(address, process, log):
    for _ in range(PATIENCE // 200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(f"{address}/login/", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


@dataclass
class Visitor:
    """One person's browser window, and everything about it that should not have happened."""

    page: object
    address: str
    complaints: list = field(default_factory=list)

    def __post_init__(self):
        self.page.set_default_timeout(PATIENCE)
        self.page.set_default_navigation_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _heard(self, message):
        # What breaks the content security policy is told here too.
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"{self.page.url} asked another host: {request.url}")

    def _answered(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.url}: {response.status}")

    def go(self, path):
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        assert answer is None or answer.status == 200, f"{path}: {answer.status}"
        return self

    def enter(self, username, password):
        self.go("/login/")
        self.page.get_by_label("登录名").fill(username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(f"{self.address}/")
        return self

    def press(self, name):
        """A button of the page, by its whole name; ends on the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def text(self):
        return self.page.locator("main").inner_text()

    def number_in_address(self):
        return int(re.findall(r"\d+", urlsplit(self.page.url).path)[-1])

    def overflow(self):
        """By how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def barriers(self):
        """What axe finds serious or critical on this page."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{each['id']}: {node['target'][0]} {node['html'][:140]}"
            for each in found
            if each["impact"] in {"serious", "critical"}
            for node in each["nodes"][:4]
        ]


# Files to download, and the language switch: nothing to look at.
NO_PAGE = re.compile(r"format=xlsx|/file/|/sheet/|/template/|/pages/\d+/|\.xlsx|/export")


def pages_of(visitor):
    """Every page this person reaches by links from the desk, one of each kind, breadth first."""
    waiting, seen = deque(["/"]), {kind("/")}
    while waiting:
        path = waiting.popleft()
        visitor.go(path)
        yield path
        links = visitor.page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(each => each.href.split('#')[0])"
        )
        for link in links:
            if not link.startswith(visitor.address) or NO_PAGE.search(link):
                continue
            there = link.removeprefix(visitor.address)
            if kind(there) not in seen:
                seen.add(kind(there))
                waiting.append(there)


def kind(path):
    """The route of an address: its path without the numbers."""
    return re.sub(r"\d+", "N", urlsplit(path).path)
