"""The note for the office."""

from dataclasses import replace

from report_snapshots import prose, rows_of, small, sound
from taizhang.reports.covernote import covernote
from taizhang.reports.outline import Table
from taizhang.reports.snapshot import Evidence


def test_what_was_passed_over_is_told_with_the_reason() -> None:
    text = prose(covernote("中期报告", small(), ["2 项审后有改动，还没有人看过。"], "领导急需，改动已口头确认"))
    assert "2 项审后有改动" in text and "领导急需" in text and small().sha256 in text


def test_what_is_short_without_a_reason_or_done_without_evidence_is_listed() -> None:
    bare = replace(
        small(),
        points=tuple(replace(p, reason="") for p in small().points),
        evidence=(Evidence(number="1", title="通知"),),
    )
    tables = [block for block in covernote("中期报告", bare).blocks if isinstance(block, Table)]
    assert rows_of(tables[0]) == [["1-1 2023①", "建成文化馆"]] and len(rows_of(tables[1])) == 4
    assert not [block for block in covernote("中期报告", sound()).blocks if isinstance(block, Table)]
