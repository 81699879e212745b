"""`taizhang manage snapshot PERIOD -o FILE`: the ledger of a period as it stands, for `check --ledger`, `refresh` and `write`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from taizhang.core.errors import UsageError, reason
from taizhang.documents.writing import replaced
from taizhang.reports.snapshot import to_json
from taizhang.web.ledger import snapshots
from taizhang.web.ledger.models import Period


class Command(BaseCommand):
    """Write what is approved of a period."""

    help = "把一期里学校审过的内容写成快照（JSON），供 taizhang check --ledger、refresh、write 使用；台账不变。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The period, its programme where several have one of that name, and the file."""
        parser.add_argument("period", help="期的名称，如 中期、2026 年度")
        parser.add_argument("--programme", default="", help="建设项目的名称；只有一个项目有这一期时不必写")
        parser.add_argument("-o", "--out", type=Path, required=True, help="写到这个文件，如 快照.json")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Write it whole or not at all."""
        out: Path = options["out"]
        rows = Period.objects.filter(name=options["period"]).select_related("programme__college")
        if options["programme"]:
            rows = rows.filter(programme__name=options["programme"])
        found = list(rows[:2])
        if not found:
            known = "、".join(Period.objects.values_list("name", flat=True).distinct()[:20])
            raise UsageError(f"没有名为“{options['period']}”的期；有：{known}。")
        if len(found) > 1:
            raise UsageError("几个建设项目都有这一期，请用 --programme 写明是哪一个。")
        try:
            taken = snapshots.taken(found[0], f"{found[0]}（命令行）", timezone.localdate())
            with replaced(out) as beside:
                beside.write_text(to_json(taken), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"写不了 {out}：{reason(error)}。") from error
        self.stdout.write(
            f"已写好 {out}：任务点 {len(taken.points)} 个，指标 {len(taken.indicators)} 个，校验值 {taken.sha256}。"
        )
