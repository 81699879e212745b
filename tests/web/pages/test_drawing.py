"""A drawing is plain data, with a point for each mark that leads where the mark leads."""

import json
from decimal import Decimal

import pytest

from taizhang.web.ledger.overview.chart import NOTHING, Chart, Mark, Row, Series, Shape, Tone
from taizhang.web.pages.drawing import drawing

MARKS = ((Mark(Decimal("82.5"), "/a/", "33/40"), NOTHING), (Mark(100, "/b/"), Mark(0, "/c/")))


def chart(shape, rows=MARKS):
    return Chart(
        key="k", title="标题", question="问", shape=shape, of="任务", unit="%", empty="无",
        series=(Series("教务处", Tone.GOAL), Series("继续教育学院")),
        rows=tuple(Row(f"很长很长很长很长很长的任务名称 {place}", marks) for place, marks in enumerate(rows)),
    )  # fmt: skip


def links(value):
    if isinstance(value, dict):
        return [
            *([value["link"]] if value.get("link") else []),
            *(each for part in value.values() for each in links(part)),
        ]
    return [each for part in value for each in links(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("shape", Shape)
def test_a_drawing_is_data_and_leads_where_its_marks_lead(shape):
    drawn = json.loads(json.dumps(drawing(chart(shape))))
    # Of nothing there is no list.
    assert set(links(drawn)) == {"/a/", "/b/"}
    assert drawn["height"] > 0


@pytest.mark.parametrize("shape", Shape)
def test_nothing_to_draw_is_drawn_too(shape):
    assert drawing(chart(shape, ()))["option"]["series"] is not None


def test_shortened_names_stay_different():
    names = drawing(chart(Shape.COLUMNS))["option"]["xAxis"]["data"]
    assert len(set(names)) == 2


def test_what_does_not_exist_is_no_cell():
    data = drawing(chart(Shape.HEAT))["option"]["series"][0]["data"]
    assert [point["value"] for point in data] == [[0, 0, 82.5], [0, 1, 100], [1, 1, 0]]


def _light(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_in_a_cell_can_be_read_on_its_colour():
    from taizhang.web.pages.drawing import _BANDS

    for _least, _most, fill, ink, _name in _BANDS:
        lighter, darker = sorted((_light(fill), _light(ink)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, fill
