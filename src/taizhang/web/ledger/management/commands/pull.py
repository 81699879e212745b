"""`taizhang manage pull`: fetches from other systems what is due; to be run every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger.workflow.connectors import pull_due


class Command(BaseCommand):
    """Fetch what is due."""

    help = "按取数接口写的周期去取到期的数据；每小时跑一次即可，没到时间的不取，同一周期不取两次。"

    def handle(self, *_words: Any, **_options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Fetch, and say what came of each, without saying from where."""
        for row in pull_due():
            told = f"{row.rows} 行，写入 {row.written} 条" if not row.trouble else row.trouble
            self.stdout.write(f"{row.connector}：{row.get_state_display()}，{told}。".replace("。。", "。"))
