"""How long each list takes with a million rows, for every role, on both databases. Writes lists.md.

`lists.py [sqlite|postgresql]` measures one and only prints. A page is asked for as a browser does, three times, each
time by a person whose session is new to it: the first answer and the median of all stand in the table.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from ledgers import ledger

HERE = Path(__file__).resolve().parent
BAR = 500  # milliseconds
TIMES = 3
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
    words = [word for word in sys.argv[1:] if word in {"sqlite", "postgresql"}]
    if "--asked" in sys.argv:
        for row in asked():
            print(json.dumps(row), flush=True)
        return
    lines = ["# Lists of a million rows", "", "Written by `bench/lists.py`; README.md says how.", ""]
    lines.append(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start. Bar: {BAR} ms.")
    for name in words or ("sqlite", "postgresql"):
        lines += ["", *page_of(name, measured(name))]
    text = "\n".join(lines) + "\n"
    print(text)
    if not words:
        (HERE / "lists.md").write_text(text, encoding="utf-8")


def measured(name: str) -> dict[str, list]:
    """A ledger filled and asked in a process of its own: its rows, and of each list whose, where, and the times."""
    with ledger(name, "evidence") as (environment, _folder):
        command = [sys.executable, str(HERE / "lists.py"), "--asked"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    rows, *times = map(json.loads, done.stdout.splitlines())
    return {"rows": rows, "times": times}


def asked() -> Iterator[object]:
    """In the process that knows the ledger: how many rows there are, then each list that each person has."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
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
            times, status = [], 0
            for _ in range(TIMES):
                connection.close()
                begun, used = time.perf_counter(), time.process_time()
                status = client.get(where, secure=True).status_code
                times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000))
                if status in {403, 404} or (status == 200 and times[0][0] < BAR / 4):
                    break  # not theirs, or so far from the bar that once tells enough
            if status == 200:
                yield called, where, times[0][0], *(statistics.median(each) for each in zip(*times, strict=True))
            elif status not in {302, 403, 404}:
                raise RuntimeError(f"{status} {where}")


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
    over = sum(median >= BAR for *_, median, _ in times)
    yield f"{len(times)} lists of {len(PEOPLE)} roles, {over} over the bar; the slowest role of each:"
    yield ""
    yield "| list | role | first ms | median ms | processor ms | |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    worst: dict[str, list] = {}
    for row in times:
        if row[1] not in worst or row[3] > worst[row[1]][3]:
            worst[row[1]] = row
    for called, where, first, median, processor in sorted(worst.values(), key=lambda row: -row[3]):
        told = "over the bar" if median >= BAR else ""
        yield f"| `{unquote_plus(where)}` | {called} | {first:.0f} | {median:.0f} | {processor:.0f} | {told} |"


if __name__ == "__main__":
    main()
