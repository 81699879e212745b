"""The figures of a chart as an Excel file: a row for each row of its table, and what stands behind a share beside it."""

from collections.abc import Callable
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from taizhang.web.ledger.overview.chart import Chart, Mark, Row
from taizhang.web.ledger.sheets import Column, Kind, Sheet, export
from taizhang.web.pages import sheet

_LONGEST = 31  # characters that Excel takes in the name of a tab


def answered(chart: Chart) -> HttpResponse:
    """The file, named as the chart."""
    columns = [Column(key="name", header=chart.of, width=32)]
    for place, series in enumerate(chart.series):
        header = f"{series.name}（{chart.unit}）" if chart.unit else series.name
        columns.append(Column(key=f"v{place}", header=header, kind=Kind.NUMBER, value=_value(place)))
        if any(row.marks[place].note for row in chart.rows):
            header = f"{series.name}（{_('其中')}）"
            columns.append(Column(key=f"n{place}", header=header, value=_note(place)))
    made = Sheet(name=sheet.safe_name(chart.title)[:_LONGEST], columns=tuple(columns))
    return sheet.answer(export(made, [*chart.rows, *_median(chart)]), chart.title)


def _median(chart: Chart) -> tuple[Row, ...]:
    return (Row(_("中位数"), tuple(Mark(value) for value in chart.median)),) if chart.median else ()


def _value(place: int) -> Callable[[Row], Decimal | int | None]:
    return lambda row: row.marks[place].value


def _note(place: int) -> Callable[[Row], str]:
    return lambda row: row.marks[place].note
