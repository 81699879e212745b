from datetime import date

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Forewarning

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "sees", "handles", "closes_yellow", "closes_red", "sets"),
    [
        ("reporter", True, True, False, False, False),
        ("lead", True, True, True, False, False),
        ("office", True, True, True, True, True),
        ("colleague", False, False, False, False, False),
        ("admin", False, False, False, False, False),
        ("expert", False, False, False, False, False),
        ("province", False, False, False, False, False),
        ("outsider", False, False, False, False, False),
        ("nobody", False, False, False, False, False),
    ],
)
def test_who_sees_handles_closes_and_sets(scene, role, sees, handles, closes_yellow, closes_red, sets):
    person = getattr(scene.people, role)
    row = Forewarning.objects.create(
        college=scene.college, unit=scene.teaching, key="point:1", name="课程", cause="gap", level=2, reach=2,
        sentence="进度落后", raised_on=date(2024, 6, 1),
    )  # fmt: skip
    assert access.visible_forewarnings(person).exists() is sees
    assert access.may_handle(person, row) is handles
    assert access.may_close(person, row) is closes_yellow
    row.reach = 3
    assert access.may_close(person, row) is closes_red
    assert access.may_watch(person, scene.college) is sets
