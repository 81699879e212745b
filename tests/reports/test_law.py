"""The law: what we write we can read, it passes our own checks, and a figure broken by hand is found."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings

from report_snapshots import assert_reads_back, small, snapshots, sound, with_records
from taizhang.checks import check_files
from taizhang.core.finding import Severity
from taizhang.documents import read
from taizhang.profiles import load
from taizhang.reports.catalogue import KINDS
from taizhang.reports.imported import imported
from taizhang.reports.outline import Outline
from taizhang.reports.register import Register
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import Snapshot
from taizhang.reports.word import write
from taizhang.reports.word.renewal import renew

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEED = next(SHARED.glob("seeds/003_*.txt"), None)
SAMPLE = next((Path(__file__).parents[2] / "samples").glob("*云岭*.docx"))
CLEAN = next((Path(__file__).parents[2] / "samples").glob("*无误*.docx"))


def written(outline: Outline, folder: Path) -> Path:
    path = folder / "报告.docx"
    write(outline, path)
    return path


@given(snapshots())
@settings(max_examples=8)
def test_any_ledger_written_to_word_is_read_back_with_equal_tables(told: Snapshot) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        outline = selfevaluation(told)
        assert_reads_back(outline, written(outline, Path(folder)))


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_of_report_is_read_back_with_equal_tables(key: str, tmp_path: Path) -> None:
    outline = KINDS[key].build(with_records(small()))
    assert_reads_back(outline, written(outline, tmp_path))


@pytest.mark.parametrize("document", [SAMPLE, CLEAN], ids=["云岭", "澄江"])
def test_a_report_read_written_and_read_again_says_the_same(document: Path, tmp_path: Path) -> None:
    told = imported(read(document), load(), date(2024, 3, 1))
    again = imported(read(written(selfevaluation(told), tmp_path)), load(), date(2024, 3, 1))
    assert [(p.task, p.year, p.ordinal, p.plan, p.done) for p in again.points] == [
        (p.task, p.year, p.ordinal, p.plan, p.done) for p in told.points
    ]
    values = [sorted((row.name, row.goal, row.actual) for row in each.indicators if row.goal) for each in (again, told)]
    assert values[0] == values[1]


@pytest.mark.parametrize("key", [key for key in KINDS if key != "budgetform"])
def test_the_report_of_a_sound_ledger_gives_no_finding(key: str, tmp_path: Path) -> None:
    """A form needs indicators of all its parts to be one of 100 points; the sound ledger has none of satisfaction."""
    result = check_files([written(KINDS[key].build(with_records(sound())), tmp_path)])
    assert [f.message for f in result.findings if f.severity is not Severity.INFO] == []


def test_a_figure_broken_by_hand_is_found_and_brought_back(tmp_path: Path) -> None:
    outline = selfevaluation(sound())
    path = written(outline, tmp_path)
    broken = tmp_path / "改过.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b">1500<", b">500<") if name == "word/document.xml" else data)
    result = check_files([broken])
    assert [f.code for f in result.findings if f.severity is Severity.ERROR] != []
    renewal = renew(broken, tmp_path / "更新.docx", Register.of_outline(outline), overwrite=True)
    assert {(each.before, each.after) for each in renewal.told} == {("500", "1500")}
    assert [f for f in check_files([tmp_path / "更新.docx"]).findings if f.severity is Severity.ERROR] == []


@pytest.mark.skipif(SEED is None, reason="the source reports are not on this machine")
def test_the_real_mid_term_report_comes_back_but_for_what_was_wrong_in_print(tmp_path: Path) -> None:
    assert SEED is not None
    told = imported(read(SEED), load("provincial"), date(2024, 3, 1))
    path = written(selfevaluation(told), tmp_path)
    tables = [
        {
            "number": t.number,
            "caption": t.caption,
            "columns": list(t.columns),
            "rows": [[c.text for c in line] for line in t.body],
        }
        for t in read(path).tables
    ]
    produced = tmp_path / "read.json"
    produced.write_text(json.dumps({"tables": tables}), encoding="utf-8")
    command = [
        sys.executable,
        str(SHARED / "tools/score.py"),
        "tables",
        str(SHARED / "gold/tables_003.json"),
        str(produced),
        "--at-least",
        "0.98",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    differing = differences(SHARED / "gold/tables_003.json", tables)
    assert sorted(differing) == sorted(BECAUSE)  # each differing cell has its reason, and no reason is left over
    found = {(f.source.table, f.code) for f in check_files([SEED], profile=load("provincial")).findings}
    codes = {(int(table.partition("-")[2]), code) for code, table in BECAUSE.values() if code not in CHOICES}
    assert codes - found == set()


Cell = tuple[str, int, int]
Why = tuple[str, str]
# What we write otherwise for a reason of our own, where no rule says that the print is wrong.
CHOICES = {
    "footnote": "a footnote mark in a header is no word of it",
    "nothing": "the sign for nothing is -- in every table",
}


def at(
    table: str, rows: Iterable[int], columns: Iterable[int], code: str, where: str = ""
) -> Iterator[tuple[Cell, Why]]:
    """Cells of a table, counted from the header as row 0, that are written otherwise for one reason.

    The reason is a finding's code and the table that it is told of: a sum is wrong because of what it sums up.
    """
    for row in rows:
        for column in columns:
            yield (table, row, column), (code, where or table)


BECAUSE: dict[Cell, Why] = dict(
    chain(
        at("2-1", [1], [2, 3], "ACT010", "2-32"),  # three points of which nothing is told are not done
        at("2-1", [1], [5, 6], "TGT001", "2-51"),  # with 2-47: two indicators below their targets
        at("2-1", [3, 4], [0], "STR009"),
        at("2-1", [3], [5, 6], "TGT001", "2-47"),
        at("2-1", [4], [5, 6], "TGT001", "2-51"),
        at("2-1", [8], [2, 3], "ACT010", "2-32"),
        at("2-2", [1, 5], [3, 4], "ACT010", "2-32"),
        at("2-2", [3], [2, 3], "ARI005"),
        at("2-5", [3], [5], "STR005"),
        at("2-7", [0], [5], "STR010"),
        at("2-11", [1, 2, 3], [1], "STR006"),
        at("2-15", [0], [6], "STR010"),
        at("2-16", [0], [6], "STR010", "2-15"),  # one finding speaks of both
        at("2-22", range(1, 7), [0], "STR009"),
        at("2-30", [1], [3, 5], "STR005"),
        at("2-32", range(1, 5), [0], "STR009"),
        at("2-32", [1, 2, 3], [6], "ACT010"),  # one year has no rate, so that of the other is printed as its own
        at("2-32", [4], [3], "nothing"),
        at("2-33", [3], [5], "STR005"),
        at("2-34", range(1, 6), [1], "STR006"),
        at("2-34", [3], [5], "STR005"),
        at("2-43", [3], [5], "STR005"),
        at("2-44", [2], [2, 3], "ARI007"),
        at("2-46", [0], [2], "footnote"),
        at("2-46", [1], [4], "TGT002"),
        at("2-47", [11], [4], "TGT001"),
        at("2-47", [35], [2], "nothing"),
        at("2-48", [2], [2, 3], "ARI007"),
        at("2-51", [6], [5], "TGT001"),
        at("2-75", [1, 2, 3], [0], "STR008"),
    )
)  # fmt: skip


def differences(gold: Path, tables: list[dict]) -> list[Cell]:
    """The cells that differ; tables and rows stand for each other by their order."""
    found = []
    for one, other in zip(json.loads(gold.read_text(encoding="utf-8")), tables, strict=True):
        lines = zip([one["columns"], *one["rows"]], [other["columns"], *other["rows"]], strict=True)
        for y, (line, mine) in enumerate(lines):
            found += [
                (one["number"], y, x) for x, (a, b) in enumerate(zip(line, mine, strict=True)) if bare(a) != bare(b)
            ]
    return found


def bare(text: str) -> str:
    import re
    import unicodedata

    return re.sub(r"[\s*|“”\"'‘’]+", "", re.sub(r"<[^>]{1,12}>", "", unicodedata.normalize("NFKC", text)))
