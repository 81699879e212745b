"""What was typed becomes the value that was meant, or a sentence."""

from decimal import Decimal

import pytest

from taizhang.web.ledger.workflow import entries
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.ledger.workflow.typed import meant, number, understood


@pytest.mark.parametrize("typed", ["abc", "1e9", "NaN", "Infinity", "1" * 15, "0.1234567"])
def test_what_is_no_number_is_refused_with_a_sentence(typed):
    with pytest.raises(RefusedError):
        number(typed)


@pytest.mark.parametrize(("typed", "value"), [("１，２００", "1200"), ("3.50", "3.50"), (" 7 ", "7"), ("-2", "-2")])
def test_a_number_is_understood_however_it_is_typed(typed, value):
    assert str(number(typed)) == value


@pytest.mark.parametrize(
    ("typed", "measure", "value"),
    [("12", "门", "12"), ("12 门", "门", "12"), ("98.5%", "%", "98.5"), ("12 项", "门", None), ("≥12", "门", None),
     ("约 12 门", "门", None), ("已完成", "门", None), ("", "门", None)],
)  # fmt: skip
def test_a_value_with_its_unit_means_its_number_and_another_unit_means_none(typed, measure, value):
    assert meant(typed, measure) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("typed", [{"text": "长" * 20_001}, {"state": "done"}, {"rate": "1" * 21}, {"number": "x"}])
def test_what_cannot_be_kept_is_refused_with_a_sentence(typed):
    with pytest.raises(RefusedError):
        understood(typed)


def test_text_and_number_of_an_indicator_agree_whichever_was_typed(scene):
    row = entries.save(scene.people.reporter, scene.value, 1, {"text": "12 门"})
    assert (row.text, row.number) == ("12 门", Decimal(12))
    row = entries.save(scene.people.reporter, row, 2, {"number": "15"})
    assert (row.text, row.number) == ("15", Decimal(15))
    row = entries.save(scene.people.reporter, row, 3, {"text": "尚未统计"})
    assert (row.text, row.number) == ("尚未统计", None)


def test_a_point_has_no_number(scene):
    assert entries.save(scene.people.reporter, scene.entries[0], 1, {"text": "6"}).number is None
