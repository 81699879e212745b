"""`taizhang manage restore FILE`: a backup into an empty ledger."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from taizhang.core.errors import UsageError
from taizhang.web.ledger import archive, history
from taizhang.web.ledger.models import Chain
from taizhang.web.ledger.telling import told


class Command(BaseCommand):
    """Restore a backup and verify it."""

    help = "把备份恢复到空的台账，并核对佐证和变更链；已有数据时拒绝。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="备份文件")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Restore, then walk each chain of history."""
        call_command("migrate", verbosity=0, interactive=False)
        with told(self.stderr) as progress:
            rows = archive.restore(options["file"], progress)
        for chain in Chain.objects.select_related("college"):
            for found in history.breaks(chain.college):
                raise UsageError(f"数据已恢复，但{found.college}的变更链不完整：{found.sentence}")
        self.stdout.write(f"已恢复 {rows} 条记录，佐证和变更链核对无误。")
