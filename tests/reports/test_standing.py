"""What an edited file still holds: the rows that are missing are named, and no other."""

from dataclasses import replace

from report_snapshots import point, small, with_records
from taizhang.reports.catalogue import KINDS
from taizhang.reports.outline import figures
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.standing import absent, outline_of


def test_a_report_misses_nothing_of_itself() -> None:
    outline = selfevaluation(small())
    assert list(absent(outline, [figure.key for figure in figures(outline)])) == []


def test_a_row_that_the_ledger_has_by_now_is_named_with_its_table_and_words() -> None:
    old = selfevaluation(small())
    more = replace(small(), points=(*small().points, point("2", 2023, 1, "开设订单班 1 个", "开设订单班 1 个")))
    found = list(absent(selfevaluation(more), {figure.key for figure in figures(old)}))
    assert found == []  # side by side with a point of another year: its row is there, its cells are told as changed
    below = replace(small(), points=(*small().points, point("2", 2022, 2, "建成工坊 1 个", "建成工坊 1 个")))
    (row,) = absent(selfevaluation(below), {figure.key for figure in figures(old)})
    assert row.table == "表2-4 “校企双元育人”任务完成情况表" and "②建成工坊 1 个" in row.text


def test_the_report_that_a_file_is_most_like_is_found_by_its_figures() -> None:
    told = with_records(small())
    for kind in ("selfevaluation", "regional", "counterpart", "issues"):
        outline = KINDS[kind].build(told)
        assert outline_of(told, [figure.key for figure in figures(outline)]).title == outline.title
