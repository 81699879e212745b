"""A college's own kinds stand beside the shipped ones; what clashes is left out, not fatal."""

import pytest
from django.utils import timezone

from taizhang.web.ledger.models import KindDeclaration
from taizhang.web.ledger.shelves import in_force, shelf_of
from web_records import EXTENDED, FARM

pytestmark = pytest.mark.django_db


def kept(scene, key, text, version=1, **more):
    return KindDeclaration.objects.create(
        college=scene.college, key=key, version=version, text=text, kept_at=timezone.now(), kept_by=scene.people.office, **more
    )  # fmt: skip


def test_own_kinds_are_this_college_s_alone(scene):
    kept(scene, "farm_visit", FARM)
    kept(scene, "training_programme", EXTENDED)
    own = shelf_of(scene.college)
    assert own["farm_visit"].name == "农户走访"
    assert own["training_programme"].field("weather").name == "天气"
    assert "farm_visit" not in shelf_of(scene.elsewhere)


def test_the_newest_version_counts_until_it_is_withdrawn(scene):
    kept(scene, "farm_visit", FARM)
    kept(scene, "farm_visit", FARM.replace("农户走访", "农户回访"), version=2)
    assert shelf_of(scene.college)["farm_visit"].name == "农户回访"
    kept(scene, "farm_visit", FARM, version=3, withdrawn_at=timezone.now())
    assert "farm_visit" not in shelf_of(scene.college)
    assert in_force(scene.college) == []


def test_what_no_longer_holds_together_is_left_out(scene):
    kept(scene, "award", FARM.replace("farm_visit", "award"))
    kept(scene, "farm_visit", FARM)
    own = shelf_of(scene.college)
    assert own["award"].name != "农户走访"
    assert "farm_visit" in own
