"""A chart is empty where no mark says more than 0, and keeps no series that says nothing."""

from decimal import Decimal

from taizhang.web.ledger.overview.chart import NOTHING, Chart, Mark, Row, Series, Shape, without_empty_series


def chart(*values):
    rows = tuple(Row(str(place), (value,)) for place, value in enumerate(values))
    return Chart(
        key="k", title="标题", question="问", shape=Shape.BARS, of="行", unit="项", series=(Series("一"),), rows=rows, empty="无"
    )  # fmt: skip


def test_zero_and_nothing_are_empty():
    assert chart().is_empty
    assert chart(NOTHING, Mark(0)).is_empty
    assert not chart(Mark(0), Mark(Decimal("0.1"))).is_empty


def test_a_series_without_figures_goes_and_the_others_keep_theirs():
    rows = [Row("甲", (Mark(1), Mark(0), Mark(3))), Row("乙", (Mark(0), NOTHING, Mark(2)))]
    series, kept = without_empty_series((Series("一"), Series("二"), Series("三")), rows)
    assert [each.name for each in series] == ["一", "三"]
    assert [[mark.value for mark in row.marks] for row in kept] == [[1, 3], [0, 2]]
