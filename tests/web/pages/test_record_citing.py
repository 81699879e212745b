"""Evidence of a record on its pages, and the record on the pages of its evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taizhang.web.ledger.models import Evidence, RecordCitation, Stage
from taizhang.web.ledger.workflow import record_evidence
from web_assessing import evidence
from web_records import entered, record

pytestmark = pytest.mark.django_db


def test_a_piece_is_cited_and_taken_away_again(as_, scene, vault_folder):
    row, piece = entered(scene), evidence(scene, "签到册")
    client = as_("reporter")
    assert "签到册" in client.get(reverse("record-evidence", args=[row.pk])).content.decode()
    assert client.post(reverse("record-cite", args=[row.pk]), {"evidence": piece.pk, "pages": "三"}).status_code == 400
    assert client.post(reverse("record-cite", args=[row.pk]), {"evidence": piece.pk}).status_code == 302
    assert "签到册" in client.get(reverse("record", args=[row.pk])).content.decode()
    assert row.title in client.get(reverse("evidence-piece", args=[piece.pk])).content.decode()
    assert row.title in client.get(reverse("evidence")).content.decode()
    citation = RecordCitation.objects.get()
    assert as_("colleague").post(reverse("record-uncite", args=[citation.pk])).status_code == 404
    assert client.post(reverse("record-uncite", args=[citation.pk])).status_code == 302
    assert RecordCitation.objects.get().withdrawn_at


def test_a_piece_that_a_record_cites_is_not_unused(as_, scene):
    row, piece = entered(scene), evidence(scene, "签到册")
    client = as_("reporter")
    assert piece in client.get(reverse("evidence"), {"doubt": "unused"}).context["pieces"]
    record_evidence.cite(scene.people.reporter, row, piece)
    assert piece not in client.get(reverse("evidence"), {"doubt": "unused"}).context["pieces"]


def test_a_file_is_kept_and_cited_at_once(as_, scene, vault_folder):
    row = entered(scene)
    there = reverse("record-evidence", args=[row.pk])
    assert as_("reporter").post(there).status_code == 400
    file = SimpleUploadedFile("名单.txt", "培训人员名单".encode())
    assert as_("reporter").post(there, {"files": [file]}).status_code == 302
    assert row.citations.get().evidence == Evidence.objects.get()
    assert Evidence.objects.get().unit == scene.teaching


def test_who_may_not_is_refused(as_, scene, vault_folder):
    row, piece = record(scene, stage=Stage.LOCKED), evidence(scene, "签到册")
    assert as_("reporter").post(reverse("record-cite", args=[row.pk]), {"evidence": piece.pk}).status_code == 409
    assert as_("reporter").post(reverse("record-evidence", args=[row.pk])).status_code == 403
    assert as_("colleague").get(reverse("record-evidence", args=[row.pk])).status_code == 404
    other = record(scene)
    hidden = evidence(scene, "别处的", unit=scene.training)
    assert as_("reporter").post(reverse("record-cite", args=[other.pk]), {"evidence": hidden.pk}).status_code == 404


def test_the_province_does_not_learn_of_records_that_are_not_locked(as_, scene):
    row, piece = entered(scene), evidence(scene, "签到册", scene.entries[0])
    record_evidence.cite(scene.people.reporter, row, piece)
    scene.entries[0].stage = Stage.LOCKED
    scene.entries[0].save()
    assert row.title not in as_("province").get(reverse("evidence-piece", args=[piece.pk])).content.decode()
