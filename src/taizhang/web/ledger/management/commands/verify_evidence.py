"""Prove that every piece of evidence is what was uploaded; exit 0 where it is, 1 where one is missing or changed."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.web.ledger.evidence import integrity
from taizhang.web.ledger.evidence.integrity import Doubt, Trouble
from taizhang.web.ledger.models import Blob
from taizhang.web.ledger.workflow import uploads


class Command(BaseCommand):
    """核对全部佐证原件：逐个计算 SHA-256，列出缺失、被改和多余的文件。"""

    help = "核对全部佐证原件：逐个计算 SHA-256，列出缺失、被改和多余的文件。全部完好时退出码为 0，有缺失或被改时为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--json` for programs, `--clean` for strays."""
        parser.add_argument("--json", action="store_true", help="结果写成 JSON。")
        parser.add_argument("--clean", action="store_true", help="删去多余的文件，和一周没有传完的上传。")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Check, then clean if asked, then tell."""
        total = Blob.objects.count()
        found = list(integrity.doubts(self._progress(total) if self.stderr.isatty() else lambda _checked: None))
        cleaned = self._cleaned() if options["clean"] else 0
        bad = [doubt for doubt in found if doubt.trouble != Trouble.STRAY]
        if options["json"]:
            self.stdout.write(self._json(total, found, cleaned))
        else:
            for doubt in found:
                self.stdout.write(doubt.sentence)
            strays = len(found) - len(bad)
            self.stdout.write(f"核对原件 {total} 个：缺失或被改 {len(bad)} 个，多余的文件 {strays} 个。")
            if options["clean"]:
                self.stdout.write(f"清理了 {cleaned} 个文件。")
            elif strays:
                self.stdout.write("加上 --clean 可以删去多余的文件。")
        if bad:
            sys.exit(1)

    def _progress(self, total: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a function of the number checked
        def tell(checked: int) -> None:
            if checked % 50 == 0 or checked == total:
                self.stderr.write(f"\r已核对 {checked} / {total}", ending="\n" if checked == total else "")

        return tell

    def _json(self, total: int, found: list[Doubt], cleaned: int) -> str:
        listed = [{"trouble": doubt.trouble, "file": doubt.file, "titles": doubt.titles} for doubt in found]
        return json.dumps({"checked": total, "troubles": listed, "cleaned": cleaned}, ensure_ascii=False)

    def _cleaned(self) -> int:
        for upload in uploads.forgotten():
            uploads.forget(upload)
        return uploads.sweep()
