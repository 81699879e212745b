"""`taizhang import FILE`: a document into a programme from the command line."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from taizhang.core.errors import UsageError, reason
from taizhang.intake.programme import DifferenceKind, as_printed
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Programme, Taking
from taizhang.web.ledger.workflow import taking as verbs
from taizhang.web.ledger.workflow.rounds import usual_opening


class Command(BaseCommand):
    """Read, tell, and write when told to."""

    help = "把任务书、自评报告或计划表导入建设项目；不写 --write 时只看读懂了什么。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The document, and where it goes."""
        parser.add_argument("file", type=Path, help="任务书、自评报告或计划表")
        parser.add_argument("--programme", type=int, help="建设项目的编号；只有一个时可以不写")
        parser.add_argument("--by", required=True, help="以谁的名义（登录名，须是双高办）")
        parser.add_argument("--period", help="报的是哪一期，如 中期；写明后完成情况也收进一轮填报")
        parser.add_argument("--as-printed", action="store_true", help="存疑的单元格都照原文收下")
        parser.add_argument("--write", action="store_true", help="写入；不写这一项时什么都不改动")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Take it in, or say why not."""
        try:
            self._take(options)
        except OSError as error:
            raise UsageError(f"读不了 {options['file']}：{reason(error)}") from error

    def _take(self, options: dict[str, Any]) -> None:
        person = Person.objects.filter(username=options["by"].lower(), is_active=True).first()
        if person is None:
            raise UsageError(f"没有登录名为“{options['by']}”的人。")
        programme = _programme(person, options["programme"])
        period = programme.periods.filter(name=options["period"]).first() if options["period"] else None
        if options["period"] and period is None:
            names = "、".join(str(each) for each in programme.periods.all())
            raise UsageError(f"“{programme}”没有“{options['period']}”这一期；有：{names}。")
        content = options["file"].read_bytes()
        row = verbs.begin(person, programme, options["file"].name, content, programme.college, period)
        for line in _told(row):
            self.stdout.write(line)
        left = verbs.understood(row)
        if left.undecided and options["as_printed"]:
            row = verbs.decide(person, row, row.version, as_printed(left.draft, left.undecided))
        elif left.undecided:
            self._stop(
                row,
                f"有 {len(left.undecided)} 处存疑：加 --as-printed 照原文收下，或者到网页上逐个确定：/takings/{row.pk}/",
            )
        if not options["write"]:
            self._stop(row, f"没有写入：加 --write 写入，或者到网页上继续：/takings/{row.pk}/")
        opening = usual_opening(f"{period} 导入 {options['file'].stem}"[:120], period) if period else None
        outcome = verbs.write(person, row, opening=opening)
        told = "，".join(f"{name} {count}" for name, count in outcome.added.items() if count)
        self.stdout.write(f"已写入“{programme}”：{told or '没有新增'}；改动 {outcome.changed} 项。")

    def _stop(self, row: Taking, sentence: str) -> None:
        """Leave the taking for the web page, where it waits."""
        raise UsageError(f"{row.file_name} {sentence}")


def _programme(person: Person, number: int | None) -> Programme:
    found = list(access.visible_programmes(person).filter(**({"pk": number} if number else {})))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError("没有这个建设项目；请先在网页上新建。" if number else "还没有建设项目；请先在网页上新建。")
    raise UsageError("有几个建设项目，请用 --programme 指明：" + "、".join(f"{each.pk}（{each}）" for each in found))


def _told(row: Taking) -> Iterator[str]:
    """What was understood: counts, tables passed over, each doubt, and what differs from the plan."""
    seen = verbs.understood(row)
    yield f"{row.file_name}：" + "，".join(f"{name} {count}" for name, count in verbs.counted(seen.draft).items())
    for table in seen.draft.tables:
        if table.reason:
            yield f"  没有收 {table.name}：{table.reason}"
        for passed in table.passed_over:
            yield f"  {table.name} 没有收“{passed.text[:40]}”：{passed.reason}"
    for number, doubt in enumerate(seen.draft.doubts, start=1):
        yield f"  存疑 {number}. {doubt.about}〔{doubt.field}〕“{doubt.text[:60]}”：{doubt.reason}"
    compared = verbs.compared(row)
    added = sum(each.change is DifferenceKind.ADDED for each in compared)
    yield f"  与现有方案相比：新增 {added} 项，改动 {sum(each.change is DifferenceKind.CHANGED for each in compared)} 处"
    for each in compared:
        if each.change is DifferenceKind.CHANGED:
            yield f"  不同 {each.label}〔{each.field}〕“{each.before or ''}” → “{each.after or ''}”"
