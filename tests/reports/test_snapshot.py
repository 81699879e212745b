"""Snapshots: named, dated, hashed, and walked as a tree."""

from dataclasses import replace
from datetime import date

import pytest

from report_snapshots import GROUP, MIDTERM, small
from taizhang.reports.snapshot import Period, PeriodKind, from_json, to_json


def test_the_same_content_has_the_same_hash_and_any_change_another() -> None:
    told = small()
    assert told.sha256 == from_json(to_json(told)).sha256
    changed = (
        replace(told, name="另一份"),
        replace(told, taken_on=date(2024, 3, 2)),
        replace(told, points=told.points[1:]),
    )
    assert len({told.sha256, *(each.sha256 for each in changed)}) == 4


def test_the_tree_is_walked_by_group() -> None:
    told = small()
    assert [task.key for task in told.roots()] == ["1", "2"]
    assert [task.key for task in told.groups()] == [GROUP]
    assert [task.key for task in told.within(told.tasks[0])] == ["1", "1-1"]
    assert [task.key for task in told.below(told.groups()[0])] == ["G-1"]


@pytest.mark.parametrize(
    ("kind", "word", "span"), [(PeriodKind.YEAR, "年度", "2023 年"), (PeriodKind.CHECKPOINT, "中期", "2022—2023 年"), (PeriodKind.END, "期满", "2022—2023 年")]
)  # fmt: skip
def test_a_period_is_called_by_its_kind_and_years(kind: PeriodKind, word: str, span: str) -> None:
    period = Period(name="期", kind=kind, first_year=2023 if kind is PeriodKind.YEAR else 2022, last_year=2023)
    assert (period.word, period.span) == (word, span)
    assert list(MIDTERM.years) == [2022, 2023]


def test_an_indicator_is_labelled_as_printed_or_by_its_parts() -> None:
    row = small().indicators[0]
    assert row.title == "1.1.1.1 订单班（个）"
    assert replace(row, label="1.1.1.1 订单班(个)").title == "1.1.1.1 订单班(个)"
