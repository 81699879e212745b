"""`taizhang manage remind`: lays on people's desks what they owe by when; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from taizhang.web.ledger.workflow.reminders import remind


class Command(BaseCommand):
    """Remind."""

    help = "给还有事没办的人在工作台留一条提醒（期限前 7、3、1 天和当天，过期后每天）；一天跑几遍也只留一条。"

    def handle(self, *_words: Any, **_options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Remind all, and say how many notices were laid."""
        self.stdout.write(f"留下 {remind(timezone.localdate())} 条提醒。")
