"""The charts of a round say what its items say."""

from datetime import date
from decimal import Decimal

from taizhang.web.ledger.overview import progress
from taizhang.web.ledger.overview.outcomes import Fate
from taizhang.web.ledger.overview.scope import Scope, total
from web_dashboards import told_in_every_way

DAY = date(2026, 11, 22)
STACKED = (progress.by_year, progress.by_year_and_stage, progress.by_category, progress.by_unit_and_stage)


def scope_of(scene):
    told_in_every_way(scene)
    return Scope(scene.people.office, scene.round, DAY)


def figures(chart):
    return {row.name: [mark.value for mark in row.marks] for row in chart.rows}


def test_a_cell_is_the_share_told_as_done(scene):
    scene.entries[0].rate = "100%"
    scene.entries[0].save()
    chart = progress.by_task_and_unit(Scope(scene.people.office, scene.round, DAY))
    assert [each.name for each in chart.series] == ["教务处", "继续教育学院"]
    assert figures(chart) == {"1 深化教学改革": [Decimal(50), 0]}
    assert [mark.note for mark in chart.rows[0].marks] == ["1/2", "0/1"]


def test_every_item_stands_in_a_stacked_chart_once(scene):
    scope = scope_of(scene)
    points = total(portion for portion in scope.portions if portion.is_point)
    indicators = total(portion for portion in scope.portions if not portion.is_point)
    sums = [sum(mark.value for row in chart(scope).rows for mark in row.marks) for chart in STACKED]
    assert sums == [points, points, indicators, points + indicators]


def test_a_heat_table_counts_every_item_too(scene):
    scope = scope_of(scene)
    for chart, whole in (
        (progress.by_task_and_unit(scope), scope.portions),
        (progress.by_task_and_year(scope), [portion for portion in scope.portions if portion.is_point]),
    ):
        notes = [mark.note.split("/") for row in chart.rows for mark in row.marks if mark.note]
        assert sum(int(every) for _done, every in notes) == total(whole)
        assert sum(int(done) for done, _every in notes) == total(t for t in whole if t.told == Fate.DONE)


def test_the_furthest_come_first_and_none_that_is_met(scene):
    rows = progress.furthest(scope_of(scene)).rows
    rates = [row.marks[0].value for row in rows]
    assert rates == sorted(rates)
    assert all(rate < 100 for rate in rates)


def test_the_large_figures_are_those_of_the_charts(scene):
    scope = scope_of(scene)
    done = sum(row.marks[0].value for row in progress.by_year(scope).rows)
    points = total(portion for portion in scope.portions if portion.is_point)
    assert progress.tiles(scope)[0].note == f"{done} / {points}"


def test_nothing_to_show_says_what_to_do(scene):
    nothing = Scope(scene.people.outsider, scene.round, DAY)
    for chart in (*STACKED, progress.by_task_and_unit, progress.by_task_and_year, progress.furthest):
        made = chart(nothing)
        assert made.is_empty
        assert made.empty
