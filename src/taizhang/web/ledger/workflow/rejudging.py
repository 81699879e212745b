"""After the rules have changed: what they say of the items that can still be changed, said anew."""

from collections.abc import Iterator

from django.db import transaction

from taizhang.web.ledger.judging import judged, worst_of
from taizhang.web.ledger.models import Entry, Stage

_TOGETHER = 100  # few enough that others' saves wait for a moment only


def rejudge() -> Iterator[tuple[int, int]]:
    """Judge every item of open rounds again, except locked ones; gives how many are done and how many changed.

    What anyone typed stays, and so does the item's version: nobody's open form is out of date by it.
    """
    waiting = Entry.objects.filter(round__closed_at=None).exclude(stage=Stage.LOCKED).order_by("pk")
    last = done = changed = 0
    while True:
        with transaction.atomic():
            rows = list(
                waiting.filter(pk__gt=last)
                .select_for_update(of=("self",))
                .select_related("point__task", "indicator", "round__period", "round__programme")[:_TOGETHER]
            )
            for row in rows:
                findings = judged(row)
                if findings != row.findings:
                    row.findings, row.worst = findings, worst_of(findings)
                    row.save(update_fields=["findings", "worst"])
                    changed += 1
        if not rows:
            return
        last, done = rows[-1].pk, done + len(rows)
        yield done, changed
