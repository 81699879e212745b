"""Fifty people at the site at once: log in, follow links for a while, and tell how long each kind of page took.

`site.py [sqlite|postgresql] [demo|large]` measures one; without words all four. Writes bench/site.md.
"""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from ledgers import ledger

HERE = Path(__file__).resolve().parent
PASSWORD = "yunling-2026"  # noqa: S105 - of the invented college
PEOPLE = (
    "shuanggao", "guanli", "jiaowu", "jiaowu-fuze", "jijiao", "jijiao-fuze", "guoji", "guoji-fuze", "jidian", "wenlv",
    "zuzhang", "zhuanjia", "shengting",
)  # fmt: skip
CROWD = 50
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
THINKING = (2.0, 6.0)  # seconds between two pages of one person
BARS = {"demo": 300, "large": 500}  # milliseconds, of 95 in 100
# Downloads and what ends a session are no pages.
_LEFT_OUT = re.compile(r"^/(logout|static|language)/|format=xlsx|/file/|/template/|/sheet/|/export/|/pages/\d")
_LINK = re.compile(r'<a [^>]*href="(/[^"#]*|\?[^"#]*)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(slots=True)
class Person:
    """A browser: one connection, its cookies, and where it has been."""

    username: str
    port: int
    chance: random.Random
    took: dict[str, list[float]]
    cookies: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    _line: http.client.HTTPConnection | None = None

    def ask(self, method: str, where: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, page, and where it sends to."""
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        try:
            self._line.request(method, where, body, headers)
            answer = self._line.getresponse()
        except (
            http.client.RemoteDisconnected,
            ConnectionError,
        ):  # an idle connection was closed: as browsers do, again
            self._line.close()
            self._line.request(method, where, body, headers)
            answer = self._line.getresponse()
        page = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page, answer.headers.get("Location", "")

    def log_in(self) -> None:
        """Through the form, as everyone does."""
        _, page, _ = self.ask("GET", "/login/")
        found = _TOKEN.search(page)
        token = found[1] if found else ""
        form = {"username": self.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        status, _, where = self.ask("POST", "/login/", form)
        if (status, where) != (302, "/"):
            raise RuntimeError(f"{self.username} could not log in: {status}")

    def walk(self, until: float) -> None:
        """Follow links, kinds of pages not yet seen first."""
        here, seen = "/", defaultdict(int)
        time.sleep(self.chance.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            start = time.perf_counter()
            status, page, _ = self.ask("GET", here)
            self.took[kind_of(here)].append((time.perf_counter() - start) * 1000)
            seen[kind_of(here)] += 1
            if status != 200:
                self.failed.append(f"{status} {here}")
            links = [absolute(here, link) for link in _LINK.findall(page)]
            links = [link for link in links if not _LEFT_OUT.search(link)] or ["/"]
            self.chance.shuffle(links)
            here = min(links, key=lambda link: seen[kind_of(link)])
            time.sleep(self.chance.uniform(*THINKING))


def absolute(here: str, link: str) -> str:
    """A link as an address of the site."""
    link = unescape(link)
    return here.partition("?")[0] + link if link.startswith("?") else link


def kind_of(where: str) -> str:
    """The page without the numbers of the things, and whether it was filtered, sorted or leafed through."""
    path, _, query = where.partition("?")
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair.partition("=")[2]})
    return re.sub(r"\d+", "<pk>", path) + (f"?{'&'.join(names)}" if names else "")


@contextmanager
def site(environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """The real server with two workers, until it is no longer needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "taizhang", "serve", "--port", str(port), "--workers", "2"]
    with (folder / "site.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int) -> None:
    """Until the site answers."""
    for _ in range(600):
        try:
            Person("", port, random.Random(0), defaultdict(list)).ask("GET", "/login/")  # noqa: S311 - no secret
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the site does not answer")


def processor_seconds(parent: int) -> float:
    """What the server and its workers have used so far; 0 where the system does not tell."""
    used = 0.0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = place.read_text().split(" (", 1)[0], place.read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        if parent in {int(number), int(rest[1])}:
            used += (int(rest[11]) + int(rest[12])) / os.sysconf("SC_CLK_TCK")
    return used


def measure(name: str, size: str) -> tuple[dict[str, list[float]], list[str], float]:
    """Fill a ledger, start the site on it, and let the crowd in."""
    with (
        ledger(name, "rows" if size == "large" else "") as (environment, folder),
        site(environment, folder) as (port, process),
    ):
        return crowd(port, process)


def crowd(port: int, process: int) -> tuple[dict[str, list[float]], list[str], float]:
    """Everyone logs in, then all walk at the same time: times, failures, and processor milliseconds for a page."""
    took: dict[str, list[float]] = defaultdict(list)
    people = [Person(PEOPLE[n % len(PEOPLE)], port, random.Random(n), took) for n in range(CROWD)]  # noqa: S311 - as above
    for person in people:
        person.log_in()
    for person in people[: len(PEOPLE)]:  # the first answer of a worker builds its templates
        person.ask("GET", "/")
    until, used = time.monotonic() + SECONDS, processor_seconds(process)
    threads = [threading.Thread(target=person.walk, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cost = (processor_seconds(process) - used) * 1000 / sum(map(len, took.values()))
    return took, [failure for person in people for failure in person.failed], cost


def table(took: dict[str, list[float]], bar: int) -> Iterator[str]:
    """The measurements as Markdown, slowest first."""
    yield "| page | times | p50 ms | p95 ms | max ms | |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    every = [each for times in took.values() for each in times]
    rows = {"all pages": every, **took}
    for kind, times in sorted(rows.items(), key=lambda row: (row[0] != "all pages", -centile(row[1], 95))):
        p95 = centile(times, 95)
        over = "over the bar" if p95 >= bar else ""
        yield f"| `{kind}` | {len(times)} | {centile(times, 50):.0f} | {p95:.0f} | {max(times):.0f} | {over} |"


def centile(times: list[float], which: int) -> float:
    """The value that so many in a hundred do not exceed."""
    return times[0] if len(times) == 1 else quantiles(times, n=100, method="inclusive")[which - 1]


def main() -> None:
    """Measure what was asked for and keep it."""
    words = sys.argv[1:]
    names = [word for word in words if word in {"sqlite", "postgresql"}] or ["sqlite", "postgresql"]
    sizes = [word for word in words if word in BARS] or list(BARS)
    lines = [
        "# Fifty people at once", "", "Written by `bench/site.py`; README.md says how.", "",
        f"{CROWD} people, {THINKING[0]:g} to {THINKING[1]:g} s between two pages, {SECONDS:g} s, two workers.",
        f"{os.cpu_count()} cores, shared with the client and all else that ran: load {os.getloadavg()[0]:.1f} at the start.",
    ]  # fmt: skip
    for name in names:
        for size in sizes:
            took, failed, cost = measure(name, size)
            lines += ["", f"## {name}, {size} (bar: p95 < {BARS[size]} ms)", "", *table(took, BARS[size])]
            lines += [
                "",
                f"The server used {cost:.0f} ms of a processor for a page. {len(failed)} answers were no page{': ' + ', '.join(failed[:5]) if failed else ''}.",
            ]
    text = "\n".join(lines) + "\n"
    print(text)
    if not words:
        (HERE / "site.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
