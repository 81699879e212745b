"""Counts: the parts make the whole, and what is short never rounds up."""

from dataclasses import replace

from hypothesis import given

from report_snapshots import GROUP, small, snapshots
from taizhang.reports.counts import Count, Counts, root_of
from taizhang.reports.snapshot import Snapshot, Tally


@given(snapshots())
def test_school_and_groups_make_all_and_so_do_years_and_tasks(told: Snapshot) -> None:
    counts = Counts(told)
    whole, layers = counts.points(), [counts.points(school=True), counts.points(school=False)]
    assert (whole.total, whole.done) == (sum(c.total for c in layers), sum(c.done for c in layers))
    parts = [counts.points_of(task) for task in (*told.roots(), *told.groups())]
    assert (whole.total, whole.done) == (sum(c.total for c in parts), sum(c.done for c in parts))
    if not told.tallies:  # what is told in sum may be told of no year
        years = [counts.points(year=year) for year in told.period.years]
        assert whole.total == sum(c.total for c in years)
    rows = [counts.indicators_of(task) for task in (*told.roots(), *told.groups())]
    assert counts.indicators().total == sum(c.total for c in rows) + counts.apart().total


def test_what_is_short_by_one_in_a_million_is_not_100_per_cent() -> None:
    count = Count("count:x", "任务点", 1_000_000, 999_999)
    assert count.rate == "99.99%" and count.short == 1 and not count.is_complete
    assert Count("count:x", "任务点", 3, 3).rate == "100%" and Count("count:x", "任务点", 0, 0).rate == "--"
    assert Count("count:x", "任务点", 761, 758).rate == "99.61%"


def test_postponed_and_untold_are_not_done() -> None:
    told = small()
    assert (Counts(told).points().total, Counts(told).points().done) == (5, 4)
    untold = replace(told, points=tuple(replace(p, done="", rate="", is_done=None) for p in told.points))
    assert Counts(untold).points().done == 0 and len(Counts(untold).points().undone) == 5


def test_a_task_counts_what_is_below_it_and_a_group_all_of_its_own() -> None:
    counts, told = Counts(small()), small()
    assert counts.points_of(told.tasks[0]).total == 3
    assert counts.points_of(told.groups()[0]).members == (f"point/{GROUP}G-1/2023/1",)
    find = root_of(told)
    assert find("1-1", "") is told.tasks[0] and find("G-1", GROUP) is told.tasks[4] and find("9", "") is None


def test_indicators_under_no_task_stand_apart_unless_they_are_told_to_be_shared_out() -> None:
    told = small()
    assert Counts(told).apart().total == 2
    shared = replace(told, tallies=(Tally(ref="t", task="2", what="指标", total=4, done=4),))
    counts = Counts(shared)
    assert (
        counts.apart().total == 0
        and counts.share_of(told.tasks[2]).total == 4
        and counts.share_of(told.tasks[2]).done == 3
    )
    assert counts.indicators().total == 4
