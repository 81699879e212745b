"""Read the words of evidence that was uploaded and not yet read, as when the site stopped in between."""

from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger.evidence import reading
from taizhang.web.ledger.models import Blob


class Command(BaseCommand):
    """读取还没有读过的佐证材料的文字，供搜索用。"""

    help = "读取还没有读过的佐证材料的文字，供搜索和个人信息提醒用；上传时已经读过的不再读。"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Read those, one after another."""
        waiting = Blob.objects.filter(text_state="").order_by("stored_at")
        count = 0
        for blob in waiting.iterator(chunk_size=100):
            reading.read(blob)
            count += 1
        self.stdout.write(f"读取了 {count} 个文件。")
