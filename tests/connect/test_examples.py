"""Every shipped declaration is tried on rows as the other system would give them."""

import pytest

from taizhang.connect.declaration import Destination, SourceKind
from taizhang.connect.examples import example, names, sample, text
from taizhang.connect.feeds import rows_of
from taizhang.connect.files import csv_rows
from taizhang.connect.items import made
from taizhang.core.finding import Severity
from taizhang.records import shelf
from taizhang.records.judging import judge


@pytest.mark.parametrize("key", [key for key, _title in names()])
def test_its_sample_goes_through_without_a_fault(key):
    connector = example(key)
    is_json = connector.source.kind is SourceKind.JSON
    rows = rows_of(sample(key), connector.source.rows) if is_json else csv_rows(sample(key), connector.source.header)
    found = made(connector, rows)
    assert found.faults == ()
    assert found.items
    if connector.goal is Destination.RECORD:
        kind = shelf().get(connector.kind)
        assert kind is not None
        assert set(connector.own) <= {field.key for field in kind.fields}
        for item in found.items:
            assert [flaw for flaw in judge(item.record, kind) if flaw.severity is Severity.ERROR] == []
            assert kind.state(item.record.state) is not None
            assert not item.record.level or item.record.level in kind.levels
            for measure in item.record.measures:
                known = kind.measure(measure.name, measure.unit)
                assert known is not None, measure
                assert measure.unit in known.units, measure
            for field in kind.fields:
                told = item.record.fields.get(field.key)
                if told and field.choices:
                    assert set([told] if isinstance(told, str) else told) <= set(field.choices)


def test_a_name_that_is_no_example_gives_nothing():
    assert text("../feeds") == ""
