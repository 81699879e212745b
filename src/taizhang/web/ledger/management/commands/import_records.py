"""`taizhang manage import_records FILE`: records from JSON, all of them or none."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.core.errors import UsageError, reason
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Unit
from taizhang.web.ledger.workflow import record_import as verbs


class Command(BaseCommand):
    """Read them, tell what is wrong with which, and write where nothing is."""

    help = "从 JSON 导入业务记录：已有的按编号比对改动，有一条不对什么都不写。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, who imports it, and for which unit."""
        parser.add_argument("file", type=Path, help="JSON 文件：一串记录")
        parser.add_argument("--by", required=True, help="以谁的名义（登录名）")
        parser.add_argument("--unit", help="责任部门的名称；记录里没有写明部门的归它")
        parser.add_argument("--anyway", action="store_true", help="与已有记录同类型、同标题、同时间的也导入")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Take them in, or say why not."""
        person = Person.objects.filter(username=options["by"].lower(), is_active=True).first()
        if person is None:
            raise UsageError(f"没有登录名为“{options['by']}”的人。")
        outcome = verbs.Outcome()
        incoming = verbs.understood(_rows(options["file"]), outcome)
        verbs.take_in(person, _unit(person, options["unit"]), incoming, outcome, anyway=options["anyway"])
        for place, sentence in outcome.faults:
            self.stderr.write(f"第 {place + 1} 条：{sentence}")
        for place, row in outcome.twice:
            self.stderr.write(
                f"第 {place + 1} 条：与已有的“{row.title}”（{row.code}）相同；确实是两件事请加 --anyway。"
            )
        if outcome.faults or outcome.twice:
            raise UsageError("什么都没有导入。")
        done = f"新增 {len(outcome.added)} 条，改动 {len(outcome.changed)} 条，没有变化 {outcome.unchanged} 条。"
        self.stdout.write(done)


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise UsageError(f"读不了 {file}：{reason(error)}") from error
    except ValueError as error:
        raise UsageError(f"{file} 不是 JSON 文件，或者不是 UTF-8 编码。") from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise UsageError("JSON 里应是一串记录：[{…}, {…}]。")
    return found


def _unit(person: Person, name: str | None) -> Unit:
    units = list(access.record_units(person).select_related("college").order_by("path"))
    found = [unit for unit in units if name in {None, unit.name, unit.short_name}]
    if not found:
        names = "、".join(unit.name for unit in units)
        raise UsageError(f"{person.name}不能为“{name or '任何部门'}”写记录{f'；可以的有：{names}' if names else ''}。")
    return found[0]
