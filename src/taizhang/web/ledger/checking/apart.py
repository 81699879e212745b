"""Runs in a process of its own: checks reports, or writes what was found in a form to take away; answers in JSON.

A forged file may make a library crash, hang or eat memory; then this process dies and the site goes on. It knows no
database, no setting and no secret: what it needs of the ledger stands in the job that it is given.
"""

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from taizhang.checks import Allowed, Result, check_files
from taizhang.checks.exemptions import Exemption
from taizhang.checks.present import docx, html, pdf, sarif, xlsx
from taizhang.checks.present.json import result_of, to_json, told
from taizhang.checks.present.order import place, place_elsewhere
from taizhang.core.errors import TaizhangError
from taizhang.core.ledger import Ledger, LedgerIndicator, LedgerPoint
from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.intake.counterparts import references
from taizhang.intake.reading import reading_of
from taizhang.profiles import Profile, load
from taizhang.profiles.recognition import recognise
from taizhang.reports.register import loads
from taizhang.reports.word.renewal import renew

SECONDS = 240  # of the processor; a report of 86 tables takes one
_MEMORY = 3 * 1024**3
_UNUSED = "LED002"  # an exemption that a next draft does not need any more is what everyone hoped for

Job = Mapping[str, Any]
Place = tuple[int | None, int | None, int | None]  # table, row, column


def checked(job: Job) -> dict[str, Any]:
    """Check the files of the job together: the contract's JSON, and of each finding and file what a page shows."""
    with _named(job) as paths:
        ledger = ledger_of(job["ledger"]) if job.get("ledger") else None
        allowed = Allowed(tuple(_exemption(each) for each in job["exemptions"]), date.fromisoformat(job["as_of"]))
        profile = load(job["profile"]) if job.get("profile") else None
        steps = Steps(len(paths))
        result = check_files(paths, profile=profile, ignore=[_UNUSED], allowed=allowed, ledger=ledger, on_step=steps.on)
        _say("正在排版")
        return {"result": json.loads(to_json(result)), **_shown(result, ledger, profile)}


class Steps:
    """Tells how far the check is: each file is heard of twice, when it was read and when it was checked."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._seen: Counter[Path] = Counter()

    def on(self, path: Path) -> None:
        """A step was done with a file."""
        self._seen[path] += 1
        done = sum(self._seen.values())
        words = "已读" if self._seen[path] == 1 else "已核对"
        _say(f"{words} {path.name}（{done} / {self._files * 2} 步）")


def _shown(result: Result, ledger: Ledger | None, profile: Profile | None) -> dict[str, Any]:
    """The findings, exempted ones too, as they are numbered in the texts; the texts with their words marked."""
    allowed = {id(each.finding): each.exemption for each in result.exempted}
    whole = replace(result, findings=(*result.findings, *(each.finding for each in result.exempted)))
    marked = html.marked(whole)
    known = _references(result, ledger, profile or load(recognise(result.documents).name))
    findings = []
    for group in marked.groups:
        for placed in group.findings:
            finding, exemption = placed.finding, allowed.get(id(placed.finding))
            source = finding.source
            cell, row = (source.table, source.row, source.column), (source.table, source.row, None)
            findings.append(
                told(finding)
                | {
                    "number": placed.number,
                    "title": group.title,
                    "marked": placed.spot is not None,
                    "place": place(source),
                    "elsewhere": [place_elsewhere(r.source, source, r.table) for r in finding.related],
                    "links": [marked.links.get((placed.number, n)) for n in range(1, len(finding.related) + 1)],
                    "reference": known.get((source.file, cell), known.get((source.file, row))),
                    "exemption": None if exemption is None else {
                        "by": exemption.by, "reason": exemption.reason, "until": exemption.until.isoformat(),
                    },
                }
            )  # fmt: skip
    texts = {
        text.file: {
            "html": "".join(map(str, text.blocks())),
            "contents": [entry._asdict() for entry in text.contents()],
        }
        for text in marked.texts
    }
    return {"findings": findings, "texts": texts}


def _references(result: Result, ledger: Ledger | None, profile: Profile) -> dict[tuple[str, Place], int]:
    """The ledger's items by file, and table, row and column."""
    if ledger is None:
        return {}
    return {
        (document.file, place): reference
        for document in result.documents
        for place, reference in references(reading_of(document, profile).plans, ledger).items()
    }


def exported(job: Job) -> dict[str, Any]:
    """Write what was found in the form asked for, into the file that the job names."""
    with _named(job) as paths:
        target, form, at = Path(job["target"]), job["form"], datetime.fromisoformat(job["at"])
        readable = {path.name for path in paths} - {each["file"] for each in job["result"].get("unreadable", ())}
        documents = [read(path) for path in paths if path.name in readable] if form in {"html", "xlsx"} else []
        result = result_of(job["result"], documents)
        if form in {"docx", "pdf"}:
            (docx if form == "docx" else pdf).write(result, paths[0], target, at=at)
        elif form == "xlsx":
            treatments = {
                (each["file"], each["fingerprint"]): xlsx.Treatment(
                    each["person"], each["measure"], each["due"] and date.fromisoformat(each["due"]), each["state"]
                )
                for each in job["treatments"]
            }
            target.write_bytes(xlsx.workbook(result, at=at, treatments=treatments))
        else:
            written = {"html": html.page, "sarif": sarif.to_sarif, "json": to_json}[form](result)
            target.write_text(written, encoding="utf-8")
    return {}


def renewed(job: Job) -> dict[str, Any]:
    """Hold the bound figures of a Word file against a register, and write it with them renewed into the job's target."""
    register = loads(job["register"], "数字文件")
    with _named(job) as paths:
        renewal = renew(paths[0], Path(job["target"]), register, overwrite=job["overwrite"])
    told = [
        {"address": each.key.partition("|")[0], "name": each.name, "kind": each.fate.value, "before": each.before, "after": each.after}
        for each in renewal.told
    ]  # fmt: skip
    return {"seen": list(dict.fromkeys(renewal.seen)), "told": told}


@contextmanager
def _named(job: Job) -> Iterator[list[Path]]:
    """The files of the job under the names that people gave them: a reader looks at the ending."""
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        paths = []
        for each in job["files"]:
            path = Path(folder) / each["name"]
            shutil.copyfile(each["path"], path)
            paths.append(path)
        yield paths


def ledger_of(content: Mapping[str, Any]) -> Ledger:
    """The ledger that `approved.as_json` wrote."""
    return Ledger(
        indicators=tuple(
            LedgerIndicator(**each | {"number": None if each["number"] is None else Decimal(each["number"])})
            for each in content["indicators"]
        ),
        points=tuple(LedgerPoint(**each) for each in content["points"]),
    )


def _exemption(content: Mapping[str, str]) -> Exemption:
    place = Source(content["file"])
    return Exemption(
        by=content["by"], reason=content["reason"], until=date.fromisoformat(content["until"]), source=place, last=place,
        code=content["code"], file=content["file"], fingerprint=content["fingerprint"],
    )  # fmt: skip


def _confine() -> None:
    """Bounds that the system keeps, where it has them; on Windows the caller's clock is the only one."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix only

    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


def _say(words: str) -> None:
    _write({"progress": words})


def _write(content: dict[str, Any]) -> None:
    line = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


_ACTS = {"check": checked, "export": exported, "renew": renewed}


def main() -> None:
    """Do the job that stands on the input and answer; what is refused is a sentence."""
    _confine()
    job = json.load(sys.stdin)
    answer: dict[str, Any]
    try:
        answer = {"answer": _ACTS[job["act"]](job)}
    except TaizhangError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "文件太大，内存不够，没有查完。请拆成几份再查。"}
    _write(answer)


if __name__ == "__main__":
    main()
