"""A file held against the ledger: what differs is told with what the ledger says, and where that comes from."""

from dataclasses import replace
from pathlib import Path

import pytest

from report_snapshots import small
from taizhang.core.errors import UsageError
from taizhang.documents import read
from taizhang.reports.opening import differing, opened, told
from taizhang.reports.register import Register
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import CitedPages, to_json
from taizhang.reports.word import write


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write(selfevaluation(small()), tmp_path / "报告.docx")
    return tmp_path / "报告.docx"


def ledger(folder: Path, **changed: object) -> Path:
    path = folder / "快照.json"
    path.write_text(to_json(replace(small(), **changed)), encoding="utf-8")
    return path


def test_a_file_that_says_what_the_ledger_says_is_told_to(report: Path, tmp_path: Path) -> None:
    bound = read(report).bound
    rows = differing(bound, opened(ledger(tmp_path)))
    assert rows == [] and told("报告.docx", len(bound), rows).endswith("处，全部一致。")


def test_a_figure_that_differs_opens_down_to_its_items_and_the_pages_they_cite(report: Path, tmp_path: Path) -> None:
    first = small().points[0]
    points = (replace(first, is_done=False, rate="50%"), *small().points[1:])
    citings = (CitedPages(ref=first.ref, number="1-1-2022-1-1", pages="3-5"),)
    known = opened(ledger(tmp_path, points=points, citings=citings))
    rows = differing(read(report).bound, known)
    whole = next(each for each in rows if each.figure.key == "count:points/all/period:done")
    assert (whole.figure.text, whole.ledger, whole.trace[0]) == ("4", "3", "共 5 个，其中 3 个算作完成")
    assert any(line.startswith("未计入") and "佐证 1-1-2022-1-1 第 3-5 页" in line for line in whole.trace)
    assert "报告 “4”，台账 “3”" in told("报告.docx", 1, rows)


def test_what_the_ledger_no_longer_has_is_said_and_a_register_is_enough(report: Path, tmp_path: Path) -> None:
    outline = selfevaluation(small())
    fewer = Register.of_outline(outline)
    kept = {key: each for key, each in fewer.figures.items() if not key.startswith("fund/1")}
    path = tmp_path / "数字.json"
    path.write_text(Register(fewer.snapshot, kept).written(), encoding="utf-8")
    rows = differing(read(report).bound, opened(path))
    assert {each.ledger for each in rows} == {None} and all(each.trace == () for each in rows)
    assert "台账里已经没有" in told("报告.docx", 3, rows)


def test_a_file_of_neither_kind_is_refused_and_one_without_figures_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "别的.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError):
        opened(tmp_path / "别的.json")
    assert told("a.docx", 0, []) == "a.docx：没有绑定台账的数，没有对照。"
