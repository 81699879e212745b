"""How long each list takes with a million rows, for every role, on both databases. Writes lists.md.

`lists.py [sqlite|postgresql]` measures one and only prints. The ledgers and what was measured are kept in out/lists, so that
a run that was broken off goes on; `--again` measures anew in the same ledgers. A page is asked for as a browser does, three times, each
time by a person whose session is new to it: the first answer and the median of all stand in the table.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.parse import urlencode

from ledgers import ledger

HERE = Path(__file__).resolve().parent
BAR = 500  # milliseconds
TIMES = 3
PATIENCE = 20  # seconds for one page
BOTH = ("sqlite", "postgresql")
KEPT = HERE.parent / "out" / "lists"
PEOPLE = {
    "shuanggao": "双高办", "jiaowu": "填报人", "jijiao-fuze": "负责人", "zuzhang": "建设组长", "guanli": "管理员",
    "shengting": "省厅", "zhuanjia": "专家",
}  # fmt: skip
RECORDS = (
    {}, {"sort": "changed"}, {"sort": "title"}, {"sort": "years"}, {"kind": "award"}, {"kind": "award", "sort": "title"},
    {"kind": "training_programme", "sort": "changed"}, {"level": "省级"}, {"state": "held"}, {"stage": "20-submitted"},
    {"year": "2023"}, {"tag": "双百行动"}, {"tag": "服务发展"}, {"unit": "{unit}"}, {"unit": "{unit}", "sort": "title"},
    {"partner": "{partner}"}, {"place": "{place}"}, {"whose": "mine"}, {"whose": "waiting"}, {"whose": "altered"},
    {"whose": "wrong"}, {"whose": "uncited"}, {"whose": "withdrawn"}, {"q": "茶园管护"}, {"q": "第 499 期"}, {"q": "没有这样的词"},
    {"page": "2"}, {"page": "200"}, {"page": "9999"}, {"page": "200", "sort": "title"}, {"kind": "award", "page": "2000"},
)  # fmt: skip
ENTRIES = (
    {}, {"sort": "stage"}, {"sort": "unit"}, {"sort": "changed"}, {"stage": "20-submitted"}, {"unit": "{unit}"},
    {"task": "{task}"}, {"kind": "point", "year": "2024"}, {"worst": "any"}, {"whose": "todo"}, {"whose": "mine"},
    {"whose": "waiting"}, {"whose": "altered"}, {"whose": "late"}, {"q": "第 1999 项"}, {"page": "2"}, {"page": "500"},
    {"page": "2000"},
)  # fmt: skip
POINTS = ({}, {"task": "{task}"}, {"year": "2024"}, {"page": "2"}, {"page": "1000"}, {"page": "2000"})
EVIDENCE = (
    {}, {"sort": "number"}, {"sort": "dated"}, {"sort": "title"}, {"unit": "{unit}"}, {"doubt": "unused"}, {"doubt": "twice"},
    {"doubt": "undated"}, {"doubt": "personal"}, {"doubt": "unread"}, {"doubt": "withdrawn"}, {"q": "验收"}, {"page": "20"},
    {"page": "2000"},
)  # fmt: skip


def main() -> None:
    """Measure what was asked for; keep it when that was both."""
    words = sys.argv[1:]
    names = [word for word in words if word in {"sqlite", "postgresql"}]
    if "--asked" in words:
        for row in asked(set(sys.stdin.read().splitlines())):
            print(json.dumps(row), flush=True)
        return
    if "--again" in words:
        for name in names or BOTH:
            (KEPT / f"{name}.jsonl").unlink(missing_ok=True)
    lines = ["# Lists of a million rows", "", "Written by `bench/lists.py`; README.md says how.", ""]
    lines.append(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start. Bar: {BAR} ms.")
    for name in names or BOTH:
        lines += ["", *page_of(name, measured(name))]
    text = "\n".join(lines) + "\n"
    print(text)
    if not names:
        (HERE / "lists.md").write_text(text, encoding="utf-8")


def measured(name: str) -> dict[str, list]:
    """A ledger filled and asked in a process of its own: its rows, and of each list whose, where, and the times.

    Both are kept as they come, so that a run that was broken off goes on where it stopped.
    """
    place = KEPT / f"{name}.jsonl"
    place.parent.mkdir(parents=True, exist_ok=True)
    known = place.read_text(encoding="utf-8") if place.exists() else ""
    with ledger(name, "evidence", KEPT / name) as (environment, _folder), place.open("a", encoding="utf-8") as file:
        command = [sys.executable, str(HERE / "lists.py"), "--asked"]
        done = [" ".join(row[:2]) for row in map(json.loads, known.splitlines()) if isinstance(row, list)]
        with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as process:
            process.stdin.write("\n".join(done))
            process.stdin.close()
            for line in process.stdout:
                file.write(line)
                file.flush()
                print(name, line.strip()[:150], file=sys.stderr, flush=True)
        if process.returncode:
            raise SystemExit(f"{name}: broken off; ask again and it goes on from here")
    rows = list(map(json.loads, place.read_text(encoding="utf-8").splitlines()))
    return {
        "rows": next(row for row in rows if isinstance(row, dict)),
        "times": [row for row in rows if isinstance(row, list) and row[2:]],
    }


def asked(known: set[str]) -> Iterator[object]:
    """In the process that knows the ledger: how many rows there are, then each list that each person has."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.test import Client

    from taizhang.web.ledger.models import Change, Entry, Evidence, Person, Point, Record

    settings.ALLOWED_HOSTS = ["*"]
    call_command("collectstatic", interactive=False, verbosity=0)  # as `taizhang serve` does
    yield {table.__name__: table.objects.count() for table in (Record, Entry, Point, Evidence, Change)}
    addresses = list(_addresses())
    for username, called in PEOPLE.items():
        client = Client()
        client.force_login(Person.objects.get(username=username))
        client.get("/")
        for where in addresses:
            if f"{called} {where}" in known:
                continue
            times, status = [], 0
            for _ in range(TIMES):
                connection.close()
                connection.ensure_connection()
                begun, used = time.perf_counter(), spent(connection)
                try:
                    with at_most(connection, PATIENCE):
                        status = client.get(where, secure=True).status_code
                except OperationalError:  # cut off: it stands in the table with the time it was given
                    status = 200
                times.append(((time.perf_counter() - begun) * 1000, (spent(connection) - used) * 1000))
                if status in {403, 404} or (status == 200 and not BAR / 4 < times[0][0] < PATIENCE * 1000):
                    break  # not theirs, or so far from the bar that once tells enough
            if status == 200:
                yield called, where, times[0][0], *(statistics.median(each) for each in zip(*times, strict=True))
            elif status in {302, 403, 404}:
                yield called, where  # not theirs
            else:
                raise RuntimeError(f"{status} {where}")


@contextmanager
def at_most(connection: Any, seconds: float) -> Iterator[None]:
    """Cut off a question to the database that takes longer: one page must not take the run with it."""
    connection.ensure_connection()
    until = time.perf_counter() + seconds
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: time.perf_counter() > until, 1_000_000)
    else:
        connection.cursor().execute("SELECT set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))])
    try:
        yield
    finally:
        connection.close()


def spent(connection: Any) -> float:
    """Processor seconds of this process, and of a PostgreSQL with all its own: those that ended are in its parent's count."""
    used = time.process_time()
    if connection.vendor != "postgresql":
        return used
    connection.ensure_connection()
    tick = os.sysconf("SC_CLK_TCK")
    told = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told[int(place.parent.name)] = place.read_text().rsplit(") ", 1)[1].split()
    parent = int(told[connection.connection.info.backend_pid][1])
    own = [told[parent][11:15], *(row[11:13] for row in told.values() if int(row[1]) == parent)]
    return used + sum(int(each) for row in own for each in row) / tick


def _addresses() -> Iterator[str]:
    from taizhang.web.ledger.models import Partner, Place, Programme, Record, Round, Task

    programme = Programme.objects.get(name="十万任务点")
    row = Record.objects.filter(code__startswith="B").order_by("id")[3]
    task = Task.objects.filter(programme=programme).order_by("id")[7]
    named = {"unit": row.unit_id, "partner": Partner.objects.order_by("-id")[9].pk, "place": Place.objects.last().pk}
    round_ = Round.objects.get(programme=programme)
    for path, queries, more in (
        ("/records/", RECORDS, {}), ("/entries/", ENTRIES, {"round": round_.pk}),
        (f"/programmes/{programme.pk}/points/", POINTS, {}), ("/evidence/", EVIDENCE, {}),
    ):  # fmt: skip
        for query in queries:
            chosen = {key: value.format(**named, task=task.pk) for key, value in query.items()}
            told = urlencode({**more, **chosen})
            yield f"{path}?{told}" if told else path
    yield from ("/history/", "/history/?before=500000", "/history/?verb=submit", "/", "/dashboards/", "/warnings/")
    yield from (f"/rounds/{round_.pk}/", "/partners/", "/places/", "/evidence/missing/", "/dashboards/business/")


def page_of(name: str, found: dict) -> Iterator[str]:
    """The measurements as Markdown: of each list the worst of all roles, and every one over the bar."""
    from urllib.parse import unquote_plus

    yield f"## {name}"
    yield ""
    yield "、".join(f"{table} {number:,}" for table, number in found["rows"].items())
    yield ""
    times = found["times"]
    late, over = sum(row[3] >= BAR for row in times), sum(row[4] >= BAR for row in times)
    yield f"{len(times)} lists of {len(PEOPLE)} roles: {over} need more of a processor than the bar, {late} waited longer for one."
    yield "The role that needs most of each list:"
    yield ""
    yield "| list | role | first ms | median ms | processor ms | |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    worst: dict[str, list] = {}
    for row in times:
        if row[1] not in worst or row[4] > worst[row[1]][4]:
            worst[row[1]] = row
    for called, where, first, median, processor in sorted(worst.values(), key=lambda row: -row[4]):
        told = "over the bar" if processor >= BAR else ""
        yield f"| `{unquote_plus(where)}` | {called} | {first:.0f} | {median:.0f} | {processor:.0f} | {told} |"


if __name__ == "__main__":
    main()
