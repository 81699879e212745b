"""Do what was left for later (reports, fetches), what a dead worker left half done, and what is due by the clock."""

import os
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from taizhang.web.ledger.workflow import building, connectors, duties

_REST = 1.0  # seconds between two looks at the queue
_ROUNDS = 30  # looks between two searches for what was broken off
_MINUTE = 60  # looks between two questions what is due by the clock


class Command(BaseCommand):
    """在后台生成报告、取数。"""

    help = "在后台生成报告、取数，按时算预警、发摘要和提醒、取到期的数据；taizhang serve 会自己启动一个，只有网站分在几台机器上时才要另外运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said behind the command."""
        parser.add_argument("--once", action="store_true", help="把现有的做完就退出")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Work until stopped, or until whoever started this is gone."""
        parent = os.getppid()
        rounds = 0
        while os.getppid() == parent:
            if rounds % _ROUNDS == 0:
                building.resume()
                connectors.resume()
            call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
            if options["once"]:
                return
            rounds += 1
            time.sleep(_REST)
            if rounds % _MINUTE == 0:
                duties.do_now()
