"""Records for web tests: rows made as plainly as can be."""

from django.utils import timezone

from taizhang.web.ledger.models import Record, Stage


def record(scene, title="农机维修培训班", unit=None, stage=Stage.DRAFT, **more):
    """A record of the college, of 教务处 unless told otherwise."""
    now = timezone.now()
    unit = unit or scene.teaching
    values = {"code": f"R{Record.objects.count() + 1:04}", "kind": "training_programme", "state": "held", **more}
    return Record.objects.create(
        college=unit.college, unit=unit, title=title, stage=stage, made_at=now, changed_at=now, **values
    )
