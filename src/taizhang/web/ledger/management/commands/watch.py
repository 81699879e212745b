"""`taizhang manage watch`: computes the warnings of every college and sends the digests; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from taizhang.web.ledger.models import Unit, UnitKind
from taizhang.web.ledger.workflow.messengers import send_due
from taizhang.web.ledger.workflow.watching import watch


class Command(BaseCommand):
    """Watch."""

    help = "按今天的进度算各校的预警，没人处置的按天数升级，并按双高办的设置发每日摘要；一天跑几遍也只发一次。"

    def handle(self, *_words: Any, **_options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Compute all, and say how many there are."""
        day = timezone.localdate()
        for college in Unit.objects.filter(kind=UnitKind.COLLEGE, is_active=True):
            found = watch(college, day)
            told = f"新增 {len(found.raised)}，升级 {len(found.risen)}，原因消除 {len(found.gone)}"
            self.stdout.write(f"{college}：预警 {found.holding} 条（{told}）。")
        for messenger in send_due(day):
            self.stdout.write(f"{messenger.college} {messenger}：{messenger.trouble or '摘要已发。'}")
