"""Evidence is chosen for an item and for a record in the same way."""

import pytest
from django.urls import reverse
from django.utils import timezone

from taizhang.web.ledger.models import Blob, Evidence
from web_records import record


@pytest.fixture
def piece(scene):
    blob = Blob.objects.create(sha256="a" * 64, size=1, media_type="text/plain", stored_at=timezone.now())
    return Evidence.objects.create(
        college=scene.college, unit=scene.teaching, blob=blob, title="课程批文", file_name="批文.pdf",
        uploaded_at=timezone.now(), uploaded_by=scene.people.reporter,
    )  # fmt: skip


@pytest.mark.parametrize("page", ["entry", "record"])
def test_a_piece_is_offered_cited_once_and_taken_away(scene, as_, piece, page):
    row = scene.entries[0] if page == "entry" else record(scene)
    reporter, offered = as_("reporter"), reverse(f"{page}-evidence", args=[row.pk])
    cite = reverse(f"{page}-cite", args=[row.pk])
    assert f'action="{cite}"' in reporter.get(offered).content.decode()
    assert "课程批文" not in reporter.get(offered, {"q": "没有这样的词"}).content.decode()
    for wrong in ("", "x", "9" * 400):
        assert reporter.post(cite, {"evidence": wrong}).status_code == 404
    refused = reporter.post(cite, {"evidence": piece.pk, "pages": "甲", "q": "批文"})
    assert refused.status_code == 400
    assert "课程批文" in refused.content.decode()
    answer = reporter.post(cite, {"evidence": piece.pk, "pages": "3-5"})
    assert answer.url == reverse(page, args=[row.pk]) + "#evidence"
    taken = reporter.post(
        reverse("citation-withdraw" if page == "entry" else "record-uncite", args=[row.citations.get().pk])
    )
    assert taken.url == answer.url
    assert not row.citations.filter(withdrawn_at=None).exists()
