import pytest
from django.utils import timezone

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Connector, Pull

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("office", True),
        ("lead", False),
        ("reporter", False),
        ("admin", False),
        ("province", False),
        ("outsider", False),
    ],
)
def test_only_the_own_office_sees_and_declares_imports(scene, role, sees):
    row = Connector.objects.create(
        college=scene.college, unit=scene.teaching, name="甲", text="", declared_at=timezone.now(),
        declared_by=scene.people.office,
    )  # fmt: skip
    Pull.objects.create(connector=row, text="", pulled_at=timezone.now())
    person = getattr(scene.people, role)
    assert access.visible_connectors(person).exists() is sees
    assert access.visible_pulls(person).exists() is sees
    assert access.may_connect(person, scene.college) is sees
