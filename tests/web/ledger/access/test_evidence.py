"""Who sees evidence, and who keeps and cites it."""

import pytest
from django.utils import timezone

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Blob, Citation, Evidence, Stage

HOLDS = {"reporter", "lead", "office"}  # of the unit that it belongs to; the team's lead where its items cite it


@pytest.fixture
def piece(scene):
    blob = Blob.objects.create(sha256="a" * 64, size=1, media_type="text/plain", stored_at=timezone.now())
    return Evidence.objects.create(
        college=scene.college, unit=scene.teaching, blob=blob, title="课程批文", file_name="批文.pdf",
        uploaded_at=timezone.now(), uploaded_by=scene.people.reporter,
    )  # fmt: skip


@pytest.mark.parametrize(
    "role",
    ["reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody"],
)  # fmt: skip
def test_evidence_is_seen_by_its_unit_and_by_whose_items_cite_it(scene, piece, role):
    person = getattr(scene.people, role)
    assert access.held_evidence(person).exists() == (role in HOLDS)
    assert access.may_keep(person, piece) == (role in HOLDS)
    assert access.may_cite(person, scene.entries[0]) == (role in HOLDS)
    Citation.objects.create(
        entry=scene.entries[0], evidence=piece, cited_at=timezone.now(), cited_by=scene.people.reporter
    )
    assert access.visible_evidence(person).exists() == (role in {*HOLDS, "team_lead"})
    scene.round.entries.update(stage=Stage.LOCKED)
    assert access.visible_evidence(person).exists() == (role in {*HOLDS, "team_lead", "province"})
    scene.entries[0].refresh_from_db()
    assert not access.may_cite(person, scene.entries[0])


def test_people_upload_for_their_own_units(scene):
    assert list(access.evidence_units(scene.people.reporter)) == [scene.teaching]
    assert scene.training in access.evidence_units(scene.people.office)
    assert not access.evidence_units(scene.people.province).exists()
