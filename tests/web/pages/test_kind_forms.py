"""The table form of a kind: rows as typed, and the answers they make."""

import pytest
from django.http import QueryDict

from taizhang.records import FieldType, Phase, shelf
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.pages.kind_forms import ROWS, answers_of, offered, typed


def test_ticks_stay_with_their_rows_when_empty_rows_fall_away():
    form = typed(
        QueryDict(
            "field-name=&field-name=b&field-name=c&field-type=text&field-type=date&field-type=text&field-required-1=1&state-name=a&state-phase=done"
        )
    )
    assert [(row["name"], row["required"], row["place"]) for row in form.rows["field"][:2]] == [
        ("b", "1", "0"),
        ("c", "", "1"),
    ]
    assert len(form.rows["field"]) == ROWS["field"]
    found = answers_of(form, shelf()["agreement"])
    assert [(each.name, each.type, each.required) for each in found.fields] == [
        ("b", FieldType.DATE, True),
        ("c", FieldType.TEXT, False),
    ]
    assert found.states[0].phase is Phase.DONE


def test_an_empty_form_has_rows_and_no_answers():
    form = typed(QueryDict())
    assert all(len(form.rows[part]) == most for part, most in ROWS.items())
    assert answers_of(form, shelf()["agreement"]).fields == ()
    with pytest.raises(RefusedError):
        answers_of(form, None)


def test_postponement_is_never_offered_since_every_kind_has_it():
    assert "postponed" not in dict(offered(None, (), ())["phases"])
