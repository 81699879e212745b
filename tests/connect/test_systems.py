"""Each of the two hundred systems is served by something that exists, and a sample of it passes."""

from dataclasses import replace

import pytest
from django.urls import get_resolver

from taizhang.connect.examples import names
from taizhang.connect.systems import Server, System, systems
from taizhang.core.finding import Severity
from taizhang.records import FieldType, shelf
from taizhang.records.judging import judge

ROUTES = {route.name for route in get_resolver().url_patterns}
EXAMPLES = {key for key, _title in names()}


def test_there_are_two_hundred_each_once():
    assert [each.number for each in systems()] == [f"S{number:03}" for number in range(1, 201)]
    assert len({each.name for each in systems()}) == 200


@pytest.mark.parametrize("system", systems(), ids=lambda system: system.number)
def test_what_serves_it_exists_and_how_it_is_done_is_told(system: System):
    assert system.by
    assert len(system.how) >= 6
    for server, name in system.by:
        if server is Server.CONNECTOR:
            assert name in EXAMPLES  # tests/connect/test_examples.py sends rows through each
        elif server is Server.KIND:
            assert name in shelf()
        else:
            assert name in ROUTES


@pytest.mark.parametrize("system", [each for each in systems() if each.fields], ids=lambda system: system.number)
def test_a_sample_record_of_it_passes_its_kind(system: System):
    kinds = [shelf()[name] for server, name in system.by if server is Server.KIND]
    kind = next(kind for kind in kinds if set(system.fields) <= {field.key for field in kind.fields})
    told = {
        key: (value,) if kind.field(key).type is FieldType.CHOICES else value for key, value in system.fields.items()
    }
    record = replace(kind.example, fields={**kind.example.fields, **told})
    assert [flaw for flaw in judge(record, kind) if flaw.severity is Severity.ERROR] == []


def test_a_kind_without_fields_of_its_own_is_sampled_by_its_example():
    for system in systems():
        for server, name in system.by:
            if server is Server.KIND and not system.fields:
                assert judge(shelf()[name].example, shelf()[name]) == ()
