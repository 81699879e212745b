"""`taizhang manage rejudge`: the rules' word on items that are already there; to be run after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger.workflow.rejudging import rejudge


class Command(BaseCommand):
    """Judge again."""

    help = "升级之后跑一次：用新的规则重查开放轮次里还没锁定的填报项，更新旁边的问题；填报的内容不动。"

    def handle(self, *_words: Any, **_options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Judge all, telling how far it is."""
        done = changed = 0
        for told in rejudge():
            done, changed = told
            self.stderr.write(f"\r已查 {done} 项……", ending="")
        self.stdout.write(f"\n重查了 {done} 项，{changed} 项的问题有变化。")
