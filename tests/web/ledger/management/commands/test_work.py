"""What was left for later is done by the worker, kept in the database until then."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from taizhang.web.ledger.models import BuildState, BuiltReport
from web_access import built
from web_assessing import evidence

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_left_half_done_is_done_by_the_next(scene, vault_folder, settings):
    settings.TASKS = QUEUE
    row = built(scene, evidence(scene, "课程建设名单"))
    row.files.all().delete()
    late = timezone.now() - timedelta(minutes=5)
    BuiltReport.objects.filter(pk=row.pk).update(state=BuildState.BUILDING, begun_at=late)
    call_command("work", once=True)
    row.refresh_from_db()
    assert row.state == BuildState.BUILT and row.files.count() == 1
