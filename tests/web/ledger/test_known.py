"""The plan of the ledger as a draft."""

import pytest

from taizhang.intake.programme import differences
from taizhang.web.ledger.known import category_of, known_draft
from taizhang.web.ledger.models import Category, Task


def test_a_plan_does_not_differ_from_itself(scene):
    assert differences(known_draft(scene.programme).draft, known_draft(scene.programme).draft) == ()


def test_every_item_names_its_row(scene):
    known = known_draft(scene.programme)
    assert [known.rows[id(item)] for item in known.draft.tasks] == list(Task.objects.filter(programme=scene.programme))
    assert [known.rows[id(item)].pk for item in known.draft.points] == [point.pk for point in scene.points]


@pytest.mark.parametrize("category", Category)
def test_the_ledgers_own_names_of_categories_are_understood(category):
    assert category_of(category.label) == category.label.removesuffix("指标")
