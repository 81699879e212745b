"""`taizhang manage export_records`: the records of a college as JSON, equal to how they came in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.core.errors import UsageError
from taizhang.documents import writing
from taizhang.records import written
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person
from taizhang.web.ledger.recorded import told, whole


class Command(BaseCommand):
    """Write what the person may see."""

    help = "把业务记录导出为 JSON；再导入时内容相同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose records, of which kind, and where to."""
        parser.add_argument("--by", required=True, help="以谁的名义（登录名）：导出这个人看得到的")
        parser.add_argument("--kind", help="只导出这一类，如 training_programme")
        parser.add_argument("-o", "--output", type=Path, help="写到哪个文件；不写就打印出来")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Write them."""
        person = Person.objects.filter(username=options["by"].lower(), is_active=True).first()
        if person is None:
            raise UsageError(f"没有登录名为“{options['by']}”的人。")
        rows = access.visible_records(person).order_by("pk")
        if options["kind"]:
            rows = rows.filter(kind=options["kind"])
        text = written(told(row) for row in whole(rows).iterator(chunk_size=500))
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        with writing.whole(options["output"]) as stream:
            stream.write(text.encode())
