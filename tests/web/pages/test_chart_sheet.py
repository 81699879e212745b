"""The Excel file of a chart has its figures, and what stands behind a share beside it."""

import io
from decimal import Decimal

import openpyxl

from taizhang.web.ledger.overview.chart import NOTHING, Chart, Mark, Row, Series, Shape
from taizhang.web.pages.chart_sheet import answered


def test_figures_shares_and_blanks_go_into_their_columns():
    chart = Chart(
        key="k", title="任务 × 单位：完成率/总体", question="问", shape=Shape.HEAT, of="任务", unit="%", empty="无",
        series=(Series("教务处"), Series("后勤处")),
        rows=(Row("=1 德育", (Mark(Decimal("66.67"), "/x/", "2/3"), NOTHING)),),
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(answered(chart).content))
    rows = list(book.active.values)
    assert rows == [("任务", "教务处（%）", "教务处（其中）", "后勤处（%）"), ("=1 德育", 66.67, "2/3", None)]
    assert book.active["A2"].data_type == "s"
