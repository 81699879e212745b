"""Traces: every bound figure opens down to what makes it."""

from hypothesis import given

from report_snapshots import small, snapshots
from taizhang.reports.outline import figures
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import Snapshot
from taizhang.reports.traces import Traces


@given(snapshots())
def test_every_figure_of_a_report_has_a_trace(told: Snapshot) -> None:
    traces = Traces(told)
    assert [figure.address for figure in figures(selfevaluation(told)) if traces.of(figure.address) is None] == []


def test_every_figure_of_the_small_one_has_a_trace_and_nothing_else_has() -> None:
    traces = Traces(small())
    assert [figure.address for figure in figures(selfevaluation(small())) if traces.of(figure.address) is None] == []
    assert traces.of("nonsense") is None and traces.of("count:nothing:total") is None


def test_a_count_names_its_members_and_those_that_are_short() -> None:
    traces = Traces(small())
    whole, short = traces.of("count:points/all/period:total"), traces.of("count:points/all/period:short")
    assert whole is not None and len(whole.members) == 5 and sum(not each.counts for each in whole.members) == 1
    assert short is not None and [each.label for each in short.members] == ["1-1 2023① 建成文化馆"]
    rate = traces.of("count:points/all/period:rate")
    assert rate is not None and rate.working[-1] == "4 ÷ 5 = 80%"


def test_an_attainment_shows_its_working_and_money_its_parts() -> None:
    traces = Traces(small())
    rate = traces.of("indicator/1.2.1.1:rate")
    assert rate is not None and rate.working == ("1 ÷ 2 = 50%",)
    total = traces.of("funds:total:budget")
    assert total is not None and [each.label for each in total.members] == ["省级财政", "学校自筹"]
