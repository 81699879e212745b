"""Whether any college's history was altered since it was written."""

import sys
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Chain

_QUIET = 2.0  # seconds of silence, before and between words of progress


class Command(BaseCommand):
    """Walks every chain; one sentence for each break."""

    help = "校验历史：每个学校的变更链是否完好；有一处不符就以退出码 1 结束。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One college, or all of them."""
        parser.add_argument("--college", metavar="学校", help="只校验这一所学校（名称）")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django declares it
        """Exit code 0 where all chains hold, 1 where one does not."""
        chains = Chain.objects.select_related("college").order_by("college__path")
        if options["college"]:
            chains = chains.filter(college__name=options["college"])
        broken = 0
        for chain in chains:
            found = list(history.breaks(chain.college, self._progress()))
            for each in found:
                self.stdout.write(f"{chain.college.name}：{each.sentence}。")
            broken += len(found)
            if not found:
                self.stdout.write(f"{chain.college.name}：{chain.length} 条，完好。")
        if not chains:
            self.stdout.write("没有可校验的历史。")
        if broken:
            sys.exit(1)

    def _progress(self) -> history.Progress:
        said = monotonic()

        def tell(number: int) -> None:
            nonlocal said
            if monotonic() - said >= _QUIET:
                said = monotonic()
                self.stderr.write(f"已校验 {number} 条……")

        return tell
