"""A chart as ECharts is told of it: plain data without functions; what is pressed and pointed at is in charts.js."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from taizhang.web.ledger.overview.chart import Chart, Mark, Series, Shape, Tone

Option = dict[str, Any]
INK, SOFT, LINE = "#1d2429", "#56616a", "#dcdad2"
# Outcome apart by those who see no red or green too: neighbours differ in lightness, and every figure is in the table.
_TONES = {
    Tone.GOOD: "#0d5a6b", Tone.SHORT: "#d9962a", Tone.BAD: "#a8321f", Tone.QUIET: "#c4c8c6", Tone.GOAL: "#8a5a00",
    Tone.STEP_1: "#e6c583", Tone.STEP_2: "#a9cdd3", Tone.STEP_3: "#6aa5b1", Tone.STEP_4: "#2f7f92", Tone.STEP_5: "#0b3f4c",
}  # fmt: skip
_PLAIN = ("#0d5a6b", "#d9962a", "#7d9cc9", "#a8321f", "#6f5b8f", "#7fae7b", "#8b9196", "#c98aa6")
# Bands of a share, from what lags to what is whole: brown to teal, the colour of the words in a cell, and its name.
_BANDS = (
    (0, 60, "#9c5213", "#ffffff", "< 60%"),
    (60, 80, "#ecc788", INK, "60–80%"),
    (80, 95, "#f6efe0", INK, "80–95%"),
    (95, 100, "#a9cdd3", INK, "95–100%"),
    (100, None, "#0d5a6b", "#ffffff", "100%"),
)
_ROW, _HEAD, _FOOT = 30, 40, 40  # pixels of a row, of the legend above it, of the axis below it
_ON_PAPER = 210  # pixels: two charts with their tables go on a sheet
_LEGEND = 36  # characters in a line of the legend
_LONGEST = 14  # characters of a name beside an axis


def drawing(chart: Chart, size: int = 12, *, moves: bool = True) -> Option:
    """What charts.js needs: ECharts' option, and how tall the picture is; `size` is that of the letters in pixels."""
    option: Option = {
        "animation": moves,
        "animationDuration": 300,
        "textStyle": {"color": INK, "fontSize": size},
        "tooltip": {"confine": True},
        **_SHAPES[chart.shape](chart, size),
    }
    height = _height(chart, size)
    paper = min(height, _ON_PAPER) if chart.shape in {Shape.COLUMNS, Shape.BESIDE, Shape.LINES} else height
    return {"option": option, "height": height, "paper": paper, "title": chart.title, "unit": chart.unit}


def _height(chart: Chart, size: int) -> int:
    row = _ROW * size // 12
    if chart.shape in {Shape.BARS, Shape.HEAT}:
        return _HEAD + _FOOT + row * max(len(chart.rows), 3) + (row if chart.shape is Shape.HEAT else 0)
    if chart.shape is Shape.NETWORK:
        return max(260, 26 * max(len(chart.rows), len(chart.series)))
    return 240 if chart.shape is Shape.LINES else 300


def _number(value: Decimal | int | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def _point(mark: Mark, **more: Any) -> Option:  # noqa: ANN401 - parts of ECharts' own option
    return {"value": _number(mark.value), "link": mark.link if mark.opens else "", "note": mark.note, **more}


def _colours(series: tuple[Series, ...]) -> list[str]:
    plain = iter(_PLAIN * (len(series) // len(_PLAIN) + 1))
    return [_TONES.get(each.tone) or next(plain) for each in series]


def _short(name: str, longest: int = _LONGEST) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _names(chart: Chart) -> list[str]:
    """Names that ECharts takes as keys: shortened, and still different from each other."""
    found: list[str] = []
    for row in chart.rows:
        name = _short(row.name)
        found.append(name if name not in found else f"{name} {len(found) + 1}")
    return found


def _is_plain(chart: Chart) -> bool:
    """Whether the title says already what the one series is."""
    return len(chart.series) < 2 and not (
        chart.series and chart.series[0].tone in {Tone.GOOD, Tone.QUIET} and not chart.median
    )


def _legend(chart: Chart, size: int) -> Option:
    if _is_plain(chart):
        return {}
    text = {"color": SOFT, "fontSize": size}
    return {"legend": {"top": 0, "left": 0, "itemWidth": 14, "itemHeight": 10, "textStyle": text}}


def _category(names: list[str], size: int, **more: Any) -> Option:  # noqa: ANN401 - as in _point
    label = {"color": INK, "fontSize": size, "hideOverlap": True, **more.pop("axisLabel", {})}
    return {"type": "category", "data": names, "axisTick": {"show": False}, "axisLine": {"lineStyle": {"color": LINE}},
            "axisLabel": label, **more}  # fmt: skip


def _values(chart: Chart, size: int) -> Option:
    most = {"max": 100} if chart.unit == "%" and all((m.value or 0) <= 100 for r in chart.rows for m in r.marks) else {}
    return {"type": "value", "minInterval": 1, "splitLine": {"lineStyle": {"color": LINE}}, "name": chart.unit, **most,
            "nameTextStyle": {"color": SOFT, "fontSize": size}, "axisLabel": {"color": SOFT, "fontSize": size}}  # fmt: skip


def _grid(chart: Chart, size: int, **more: int) -> Option:
    """Room for the legend; the names beside the axes are counted in."""
    # A legend wraps where its names are broader than a chart of half the page.
    lines = 1 + sum(len(each.name) + 3 for each in chart.series) // (_LEGEND if size == 12 else 3 * _LEGEND)
    top = (24 if _is_plain(chart) else _HEAD + (lines - 1) * 20) * size // 12
    if chart.shape is Shape.HEAT:
        top = _HEAD * size // 12
    if chart.shape in {Shape.COLUMNS, Shape.BESIDE, Shape.LINES}:
        top += 20 * size // 12
    return {"grid": {"left": 4, "right": 28, "top": top, "bottom": 4, "containLabel": True, **more}}


def _columns(chart: Chart, size: int, *, is_stacked: bool = True) -> Option:
    series = [
        {"type": "bar", "name": each.name, "data": [_point(row.marks[place]) for row in chart.rows], "color": colour,
         "barMaxWidth": 46, **({"stack": "all"} if is_stacked else {})}
        for place, (each, colour) in enumerate(zip(chart.series, _colours(chart.series), strict=True))
    ]  # fmt: skip
    return {**_legend(chart, size), **_grid(chart, size), "xAxis": _category(_names(chart), size),
            "yAxis": _values(chart, size), "series": series}  # fmt: skip


def _beside(chart: Chart, size: int) -> Option:
    return _columns(chart, size, is_stacked=False)


def _bars(chart: Chart, size: int) -> Option:
    one = len(chart.series) == 1
    label = {"show": True, "position": "right", "color": INK, "fontSize": size,
             "formatter": "{c}" + (chart.unit if chart.unit == "%" else "")}  # fmt: skip
    series = [
        {"type": "bar", "name": each.name, "stack": "all", "data": [_point(row.marks[place]) for row in chart.rows],
         "color": colour, "barMaxWidth": 18 * size // 12, **({"label": label} if one else {})}
        for place, (each, colour) in enumerate(zip(chart.series, _colours(chart.series), strict=True))
    ]  # fmt: skip
    if one and chart.median and chart.median[0] is not None:
        series[0]["markLine"] = _median(chart.median[0], size)
    names = {"inverse": True, "axisLabel": {"hideOverlap": False, "interval": 0}}
    return {**_legend(chart, size), **_grid(chart, size, right=(56 if one else 28) * size // 12), "yAxis": _category(_names(chart), size, **names),
            "xAxis": {**_values(chart, size), "name": ""}, "series": series}  # fmt: skip


def _median(value: Decimal, size: int) -> Option:
    """A line across the bars, named at its end."""
    label = {"formatter": f"{gettext('中位数')} {{c}}%", "color": INK, "fontSize": size, "position": "start"}
    return {"silent": True, "symbol": "none", "label": label, "data": [{"xAxis": float(value)}],
            "lineStyle": {"color": "#a8321f", "type": "dashed", "width": 2}}  # fmt: skip


def _lines(chart: Chart, size: int) -> Option:
    series = []
    for place, (each, colour) in enumerate(zip(chart.series, _colours(chart.series), strict=True)):
        is_goal = each.tone is Tone.GOAL
        series.append({
            "type": "line", "name": each.name, "color": colour, "connectNulls": True, "symbolSize": 9,
            "symbol": "diamond" if is_goal else "circle", "data": [_point(row.marks[place]) for row in chart.rows],
            "lineStyle": {"width": 2 if is_goal else 3, "type": "dashed" if is_goal else "solid"},
        })  # fmt: skip
    return {**_legend(chart, size), **_grid(chart, size), "xAxis": _category(_names(chart), size),
            "yAxis": {**_values(chart, size), "scale": False}, "series": series}  # fmt: skip


def _heat(chart: Chart, size: int) -> Option:
    """A cell for each mark, its figure in it; bands instead of a run of shades, so that a colour can be named."""
    data = []
    for down, row in enumerate(chart.rows):
        for across, mark in enumerate(row.marks):
            value = _number(mark.value)
            if value is None:
                continue
            words = next(ink for least, _most, _fill, ink, _name in reversed(_BANDS) if value >= least)
            data.append(_point(mark, label={"color": words}, value=[across, down, value]))
    pieces = [
        {"gte": least, **({"lt": most} if most else {}), "color": fill, "label": name}
        for least, most, fill, _ink, name in _BANDS
    ]
    legend = {"type": "piecewise", "orient": "horizontal", "top": 0, "left": 0, "dimension": 2, "pieces": pieces,
              "itemWidth": 14, "itemHeight": 10, "textStyle": {"color": SOFT, "fontSize": size}}  # fmt: skip
    label = {"show": True, "fontSize": size, "formatter": "{@[2]}%"}
    room = max(7 * size, 55 * size // max(len(chart.series), 1))
    above = {
        "position": "top",
        "axisLabel": {"interval": 0, "width": room, "overflow": "truncate", "hideOverlap": False},
    }
    return {
        **_grid(chart, size, right=8), "visualMap": legend,
        "xAxis": _category([each.name for each in chart.series], size, **above),
        "yAxis": _category(_names(chart), size, inverse=True, axisLabel={"interval": 0}),
        "series": [{"type": "heatmap", "progressive": 0, "data": data, "label": label, "itemStyle": {"borderColor": "#ffffff", "borderWidth": 2}}],
    }  # fmt: skip


def _network(chart: Chart, size: int) -> Option:
    """Series on the left, rows on the right, a thread between them as thick as what they have in common.

    Not a cloud of dots: a layout by forces puts names over each other and looks otherwise at every visit.
    """
    partners = _names(chart)
    # ECharts knows a node by its name, and a kind may be called as a partner is.
    kinds = [f"{each.name} " if each.name in partners else each.name for each in chart.series]
    hubs = [{"name": name, "itemStyle": {"color": "#0d5a6b"}, "label": {"position": "left"}} for name in kinds]
    around = [
        {"name": name, "itemStyle": {"color": "#d9962a"}, "link": row.link}
        for name, row in zip(partners, chart.rows, strict=True)
    ]
    threads = [
        {"source": kinds[across], "target": partners[down], "value": _number(mark.value), "link": mark.link}
        for down, row in enumerate(chart.rows)
        for across, mark in enumerate(row.marks)
        if mark.value
    ]
    series = {
        "type": "sankey", "data": hubs + around, "links": threads, "draggable": False, "nodeGap": 9, "nodeWidth": 12,
        "left": size * 8, "right": size * 13, "top": 8, "bottom": 8, "emphasis": {"focus": "adjacency"},
        "label": {"color": INK, "fontSize": size}, "lineStyle": {"color": "source", "opacity": 0.28, "curveness": 0.5},
    }  # fmt: skip
    return {"series": [series]}


_SHAPES: dict[Shape, Callable[[Chart, int], Option]] = {
    Shape.HEAT: _heat, Shape.COLUMNS: _columns, Shape.BESIDE: _beside, Shape.BARS: _bars, Shape.LINES: _lines,
    Shape.NETWORK: _network,
}  # fmt: skip
