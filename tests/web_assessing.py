"""What the tests of assessing share: the scene with locked items, evidence, and a round given to the expert."""

from datetime import date, timedelta

from django.utils import timezone

from taizhang.web.ledger.models import Blob, Citation, Evidence, Stage
from taizhang.web.ledger.workflow import review


def evidence(scene, title, entry=None, unit=None, **more):
    """A piece of evidence of the college, cited by an entry where one is given."""
    unit = unit or scene.teaching
    blob = Blob.objects.create(
        sha256=f"{Blob.objects.count():064x}", size=1, media_type="application/pdf", stored_at=timezone.now()
    )
    piece = Evidence.objects.create(
        college=unit.college, unit=unit, blob=blob, title=title, file_name=f"{title}.pdf", uploaded_at=timezone.now(),
        uploaded_by=scene.people.reporter, **more,
    )  # fmt: skip
    if entry is not None:
        Citation.objects.create(entry=entry, evidence=piece, cited_at=timezone.now(), cited_by=scene.people.reporter)
    return piece


def lock(*entries, **more):
    for entry in entries:
        for name, value in {"stage": Stage.LOCKED, "text": "建成校级课程 6 门", **more}.items():
            setattr(entry, name, value)
        entry.save()


def given(scene, until=None):
    """The round given to the expert by the province; its first point and its indicator are locked."""
    lock(scene.entries[0], returned_because="名单不全，内部理由")
    lock(scene.value, number=14, text="")
    scene.entries[1].text = "还在写的草稿"
    scene.entries[1].save()
    return review.assign(scene.people.province, scene.round, scene.people.expert, until)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
