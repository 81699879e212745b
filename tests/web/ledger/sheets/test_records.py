"""The sheet of a kind: every kind has one, and what it exports it reads back equal."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import record as core
from taizhang.core.record import QUALIFIERS
from taizhang.records import shelf
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.recorded import measured, told, whole
from taizhang.web.ledger.sheets import Filled, read, template
from taizhang.web.ledger.sheets.form import Row
from taizhang.web.ledger.sheets.records import record_of, row_of, sheet_of
from taizhang.web.ledger.workflow import records

KIND = shelf()["training_programme"]


@pytest.mark.django_db
def test_the_example_of_every_kind_goes_out_and_comes_back(scene):
    kinds = list(shelf().values())
    entering = [records.Entering(scene.teaching, replace(kind.example, id=kind.key)) for kind in kinds]
    records.enter_many(scene.people.reporter, scene.college, entering)
    for row in whole(Record.objects.select_related("unit", "college")):
        kind = shelf()[row.kind]
        sheet = sheet_of(kind)
        assert len({column.header for column in sheet.columns}) == len(sheet.columns), kind.key
        filled = read(sheet, template(sheet, [row_of(row, kind)]))
        assert filled.faults == [], kind.key
        again = record_of(filled, filled.rows[0], kind, row, row.org)
        was = told(row)
        assert sorted(map(repr, again.measures)) == sorted(map(repr, was.measures)), kind.key
        assert replace(again, measures=was.measures) == was, kind.key


def filled(**values):
    return Filled(sheet_of(KIND), KIND.name), Row(2, values)


@given(
    st.decimals(min_value=0, max_value=10**8, places=2), st.sampled_from(("", *QUALIFIERS)),
    st.sampled_from((None, True, False)), st.sampled_from(("", "2020")),
)  # fmt: skip
def test_a_measure_is_read_as_it_is_written(value, qualifier, cumulative, base):
    one = core.RecordMeasure("人数", value, "人", qualifier, cumulative, base)
    sheet, values = filled(measures="；".join([_words(one), _words(one._replace(name="别的", unit="件"))]))
    again = record_of(sheet, values, KIND, None, "").measures
    assert [each.value for each in again] == [value, value]
    assert again[0] == one


def _words(measure):
    return measured(measure)


@pytest.mark.parametrize("text", ["若干", "约", "人 46", "46人 左右"])
def test_what_is_no_measure_is_a_fault_at_its_cell(text):
    sheet, row = filled(title="t", **{"measure-1": text})
    record_of(sheet, row, KIND, None, "")
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "人数（人）")]


def test_a_plain_number_is_in_the_unit_of_its_header():
    sheet, row = filled(title="t", **{"measure-1": "46"})
    assert record_of(sheet, row, KIND, None, "").measures == (core.RecordMeasure("人数", Decimal(46), "人"),)


def test_absent_columns_change_nothing():
    sheet, row = filled(title="t")
    assert record_of(sheet, row, KIND, None, "某校") == core.Record(id="", kind=KIND.key, title="t", org="某校")
