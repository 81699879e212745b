"""What the ledger has no room for is refused with a sentence, and nothing is written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taizhang.core import record as core
from taizhang.web.ledger.models import Record
from taizhang.web.ledger.workflow import records
from taizhang.web.ledger.workflow.trouble import RefusedError
from web_records import CLASS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"title": "长" * 301}, {"kind": "no_such"}, {"period_basis": "guessed"}, {"tags": ("甲", "甲")},
        {"start": date(2024, 2, 1), "end": date(2024, 1, 1)}, {"partners": (core.Partner("名" * 121),)},
        {"measures": (core.RecordMeasure("人数", Decimal("0.1234567"), "人"),)},
        {"measures": (core.RecordMeasure("人数", Decimal("1e16"), "人"),)},
        {"measures": (core.RecordMeasure("人数", Decimal(1), "人", "大概"),)},
    ],
)  # fmt: skip
def test_what_cannot_be_held_is_refused_with_a_sentence(scene, wrong):
    with pytest.raises(RefusedError):
        records.enter(scene.people.reporter, records.Entering(scene.teaching, replace(CLASS, **wrong)))
    assert not Record.objects.exists()
