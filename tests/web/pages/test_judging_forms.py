"""The forms of the assessors; what they do on their pages stands with the pages."""

from taizhang.web.ledger.models import Unit
from taizhang.web.pages.judging_forms import DrawForm, ItemFilter
from web_assessing import given


def test_only_units_that_have_locked_items_are_offered(scene):
    given(scene)
    form = ItemFilter({}, round_=scene.round, person=scene.people.expert)
    assert list(form.fields["unit"].queryset) == [scene.teaching]
    assert Unit.objects.count() > 1


def test_a_typed_seed_is_taken_and_zero_is_one():
    form = DrawForm({"size": 3, "seed": "0"})
    assert form.is_valid()
    assert form.seed_or_chance() == 0
