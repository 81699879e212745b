"""`taizhang manage bundle BUILT -o FILE`: the evidence that a built report rests on, as one zip."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.core.errors import UsageError, reason
from taizhang.web.ledger.models import BuiltReport
from taizhang.web.ledger.workflow import bundles


class Command(BaseCommand):
    """Write the bundle of a report."""

    help = "把一份编写的报告引用的佐证打成材料包（zip）；没有装入或对不上的逐份列出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The report, and the file."""
        parser.add_argument("built", type=int, help="报告的编号：网址 /built/12/ 里的 12")
        parser.add_argument("-o", "--out", type=Path, required=True, help="材料包的文件名，如 中期自评材料包.zip")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Write it beside its place, and rename it when it is whole."""
        out: Path = options["out"]
        report = BuiltReport.objects.select_related("snapshot", "college").filter(pk=options["built"]).first()
        if report is None:
            raise UsageError(f"没有编号为 {options['built']} 的报告。")
        if out.exists():
            raise UsageError(f"{out} 已经存在，请换一个文件名。")
        try:
            handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
        except OSError as error:
            raise UsageError(f"写不了 {out}：{reason(error)}。") from error
        part = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                bundled = bundles.take(None, report, file, out.parent)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        for each in bundled.faults:
            self.stdout.write(f"{each.exhibit.number} {each.exhibit.title}：{each.fault}".strip())
        whole = len(bundled.packed) - len(bundled.faults)
        self.stdout.write(f"已写好 {out}：{whole} 份完好，{len(bundled.faults)} 份没有装入或对不上。")
