"""问题清单 and 诊断报告."""

from collections.abc import Callable
from dataclasses import replace

from report_snapshots import markdown, prose, rows_of, small, sound
from taizhang.reports.listing import diagnosis, issues
from taizhang.reports.outline import Table
from taizhang.reports.snapshot import Evidence


def test_the_list_and_the_diagnosis_read_like_this(golden: Callable[[str, str], None]) -> None:
    golden("reports/issues.md", markdown(issues(small())))
    golden("reports/diagnosis.md", markdown(diagnosis(small())))


def test_a_sound_ledger_has_nothing_on_its_list() -> None:
    assert "没有未完成的事项" in prose(issues(sound())) and not [
        b for b in issues(sound()).blocks if isinstance(b, Table)
    ]
    assert "没有可以比较而未达标的绩效指标" in prose(diagnosis(sound()))


def test_points_without_evidence_are_named_where_there_is_any_evidence() -> None:
    told = replace(small(), evidence=(Evidence(number="1", title="通知"),))
    table = next(b for b in diagnosis(told).blocks if isinstance(b, Table) and b.key == "evidence")
    assert len(rows_of(table)) == 4
