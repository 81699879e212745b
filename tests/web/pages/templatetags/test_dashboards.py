"""Figures as print has them, drawings as data."""

from decimal import Decimal

from taizhang.web.pages.templatetags.dashboards import chart_data, figure


def test_a_figure_has_no_needless_zeros():
    assert [figure(value) for value in (Decimal("82.50"), 100, Decimal(0), None)] == ["82.5", "100", "0", ""]


def test_data_cannot_end_its_own_element():
    assert "</script><" not in chart_data({"title": "</script><b>"}, "k")[:-9]
