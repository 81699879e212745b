"""`taizhang manage demo REPORT`: an invented college to try the site with."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger.models import Unit
from taizhang.web.ledger.telling import told
from taizhang.web.ledger.workflow import demonstration


class Command(BaseCommand):
    """Load the demonstration, once."""

    help = "装入一所虚构学校的演示数据（只装进空的台账）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The report whose plan is taken in."""
        parser.add_argument("report", type=Path, help="虚构学校的自评报告（samples/ 里有）")
        parser.add_argument(
            "--on", type=date.fromisoformat, help="当作这一天装入（2024-05-15），建设期由它定；默认今天"
        )

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Load it, and say how to come in as each role."""
        if not Unit.objects.filter(name=demonstration.COLLEGE).exists():
            with told(self.stderr) as progress:
                demonstration.load(options["report"], progress, options["on"])
        self.stdout.write(f"密码都是 {demonstration.PASSWORD}，登录名：")
        for player in demonstration.CAST:
            self.stdout.write(f"  {player.username:<14}{player.name}  {player.role.label} · {player.unit}")
