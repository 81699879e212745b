"""诊改: declare what is measured and where its bars lie, and take in the values of a term."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Gauge, Gauging, Person, Subject, SubjectKind, Unit
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError

_TERM = re.compile(r"20\d\d-20\d\d-[12]|20\d\d")
_KEPT = ("kind", "name", "measure", "lower", "yellow", "red", "drop")


def keep_gauge(person: Person, college: Unit, gauge: Gauge | None, told: Mapping[str, Any]) -> Gauge:
    """A new gauge, or other bars for one that is there."""
    _allowed(person, college)
    row = gauge or Gauge(college=college)
    before = history.written(row, *_KEPT) if gauge else None
    for name, value in told.items():
        setattr(row, name, value)
    if not row.name.strip() or row.kind not in SubjectKind.values:
        raise RefusedError(_("请选择类别，并写指标名称。"))
    if row.yellow is not None and row.red is not None and (row.red < row.yellow if row.lower else row.red > row.yellow):
        raise RefusedError(_("红线应比黄线更严重：越低越好的指标红线在黄线之上，其余在黄线之下。"))
    same = Gauge.objects.filter(college=college, kind=row.kind, name=row.name).exclude(pk=row.pk)
    if same.exists():
        raise RefusedError(_("这一类已经有“%(name)s”这个指标。") % {"name": row.name})
    with transaction.atomic():
        row.save()
        verb = "change" if before else "add"
        history.record(college, person, verb, row, before=before, after=history.written(row, *_KEPT))
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A line as it was filled in: of which subject, which gauge, which term."""

    row: int
    kind: str
    code: str
    name: str
    unit: str
    gauge: str
    term: str
    number: Decimal | None
    part: Decimal | None
    whole: Decimal | None


def take_in(person: Person, college: Unit, lines: Sequence[Reported]) -> tuple[int, int]:
    """All lines or none; how many values are new and how many changed. New subjects are made on the way."""
    _allowed(person, college)
    units = {unit.name: unit for unit in Unit.objects.filter(college=college, is_active=True)}
    gauges = {(gauge.kind, gauge.name): gauge for gauge in Gauge.objects.filter(college=college)}
    with transaction.atomic():
        known = {(row.kind, row.code): row for row in Subject.objects.filter(college=college)}
        made: list[tuple[Gauging, dict[str, Any] | None]] = []
        for line in lines:
            subject = _subject(college, line, units, known)
            gauge = gauges.get((line.kind, line.gauge))
            if gauge is None:
                raise RefusedError(
                    _("第 %(row)s 行：这一类没有“%(gauge)s”这个指标，请先设好指标。")
                    % {"row": line.row, "gauge": line.gauge}
                )
            made += _gauging(subject, gauge, line)
        fields = ("subject_id", "gauge_id", "term", "number", "part", "whole")
        steps = [(row, before, history.written(row, *fields)) for row, before in made]
        if steps:
            history.record_steps(college, person, "import", steps)
    return sum(before is None for _row, before in made), sum(before is not None for _row, before in made)


def _subject(
    college: Unit, line: Reported, units: Mapping[str, Unit], known: dict[tuple[str, str], Subject]
) -> Subject:
    unit = units.get(line.unit)
    if unit is None:
        raise RefusedError(_("第 %(row)s 行：本校没有“%(unit)s”这个部门。") % {"row": line.row, "unit": line.unit})
    row = known.get((line.kind, line.code))
    if row is None:
        row = known[line.kind, line.code] = Subject(college=college, kind=line.kind, code=line.code)
    if (row.name, row.unit_id) != (line.name, unit.pk):
        row.name, row.unit = line.name, unit
        row.save()
    return row


def _gauging(subject: Subject, gauge: Gauge, line: Reported) -> list[tuple[Gauging, dict[str, Any] | None]]:
    """The value, where it is new or another than before; a share is worked out from its two numbers."""
    if not _TERM.fullmatch(line.term):
        raise RefusedError(
            _("第 %(row)s 行：学期“%(term)s”应写成 2025-2026-1 或 2025。") % {"row": line.row, "term": line.term}
        )
    number = line.number
    if line.part is not None and line.whole:
        share = (line.part * 100 / line.whole).quantize(Decimal("0.01"))
        if number is not None and abs(number - share) > Decimal("0.05"):
            told = f"{line.part.normalize():f}÷{line.whole.normalize():f}"
            raise RefusedError(
                _("第 %(row)s 行：值 %(number)s 与分子分母不符（%(told)s=%(share)s%%）。")
                % {"row": line.row, "number": number, "told": told, "share": share}
            )
        number = share if number is None else number
    if number is None:
        raise RefusedError(_("第 %(row)s 行：请填值，或者分子和分母。") % {"row": line.row})
    row = Gauging.objects.filter(subject=subject, gauge=gauge, term=line.term).first()
    before = history.written(row, "number", "part", "whole") if row else None
    row = row or Gauging(subject=subject, gauge=gauge, term=line.term)
    if before is not None and (row.number, row.part, row.whole) == (number, line.part, line.whole):
        return []
    row.number, row.part, row.whole = number, line.part, line.whole
    row.save()
    return [(row, before)]


def _allowed(person: Person, college: Unit) -> None:
    if not access.may_watch(person, college):
        raise NotAllowedError(_("只有双高办能设诊改指标、导入监测值。"))
