"""Who sees how a figure is made, and who sees a programme as a whole."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Role, RoleName


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("reporter", True), ("lead", True), ("team_lead", True), ("office", True), ("colleague", False), ("admin", False),
        ("expert", False), ("province", False), ("outsider", False), ("nobody", False),
    ],
)  # fmt: skip
def test_the_making_of_a_figure_is_for_its_own_people(scene, role, sees):
    assert access.figured_indicators(getattr(scene.people, role)).exists() == sees


@pytest.mark.parametrize("role", ["reporter", "lead", "team_lead", "admin", "expert", "province", "outsider", "nobody"])
def test_the_whole_of_a_programme_is_for_its_office(scene, role):
    assert not access.surveyed_programmes(getattr(scene.people, role)).filter(pk=scene.programme.pk).exists()
    assert access.surveyed_programmes(scene.people.office).filter(pk=scene.programme.pk).exists()


def test_the_head_of_the_college_sees_the_whole(scene):
    Role.objects.create(person=scene.people.nobody, unit=scene.college, name=RoleName.LEAD)
    assert access.surveyed_programmes(scene.people.nobody).get() == scene.programme
