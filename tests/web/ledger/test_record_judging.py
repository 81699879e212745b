"""What a kind says of a record, beside the field that is meant."""

from dataclasses import replace
from decimal import Decimal

import pytest

from taizhang.core.record import Move, RecordMeasure
from taizhang.records import shelf
from taizhang.web.ledger.record_judging import judged
from web_records import CLASS


def test_a_sound_record_has_no_fault():
    assert [each for each in judged(CLASS, shelf()) if each["severity"] == "error"] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "no_such"}, "kind"),
        ({"state": "no_such"}, "state"),
        ({"moves": (Move("no_such"),)}, "state"),
        ({"level": "宇宙级"}, "level"),
        ({"measures": (RecordMeasure("人数", Decimal(3), "万元"),)}, "measures.0"),
    ],
)
def test_what_the_kind_does_not_know_is_an_error_at_its_field(changed, field):
    found = judged(replace(CLASS, id="R1", **changed), shelf())
    assert field in {each["field"] for each in found if each["severity"] == "error"}
