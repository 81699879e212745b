"""`taizhang manage backup FILE`: the whole ledger and its evidence as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger import archive
from taizhang.web.ledger.telling import told


class Command(BaseCommand):
    """Write a backup."""

    help = "把整个台账（数据和佐证）备份成一个 zip 文件；网站可以照常使用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="备份文件，如 台账备份-20261122.zip")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Write it, telling what goes on."""
        with told(self.stderr) as progress:
            rows = archive.back_up(options["file"], progress)
        size = options["file"].stat().st_size / 1024**2
        self.stdout.write(f"已备份 {rows} 条记录到 {options['file']}（{size:.1f} MB）。")
