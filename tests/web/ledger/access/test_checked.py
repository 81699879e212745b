import pytest

from taizhang.web.ledger import access
from web_access import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "sees", "treats", "exempts"),
    [
        ("reporter", True, True, False),
        ("lead", True, True, True),
        ("office", True, True, True),
        ("colleague", False, False, False),
        ("admin", False, False, False),
        ("province", False, False, False),
        ("outsider", False, False, False),
    ],
)
def test_a_report_is_of_its_unit_and_of_the_office(scene, vault_folder, role, sees, treats, exempts):
    report, person = world(scene).report, getattr(scene.people, role)
    assert access.visible_reports(person).filter(pk=report.pk).exists() is sees
    assert access.visible_findings(person).filter(report=report).exists() is sees
    assert access.may_treat(person, report) is treats
    assert access.may_exempt(person, report) is exempts


def test_who_was_given_a_finding_sees_that_one(scene, vault_folder):
    finding = world(scene).finding
    finding.assigned_to = scene.people.colleague
    finding.save()
    assert access.visible_findings(scene.people.colleague).filter(pk=finding.pk).exists()
