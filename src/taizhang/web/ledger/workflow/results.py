"""What stands beside the indicators: money by source, landmark results, the medians of other colleges."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Benchmark, FundLine, Landmark, Person, Programme
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError

FUND_FIELDS = ("year", "source", "budget", "arrived", "spent", "explanation")
LANDMARK_FIELDS = (
    "name", "level", "unit", "state", "record", "won_level", "won_on", "lost_on", "substitute", "note",
)  # fmt: skip
Row = TypeVar("Row", FundLine, Landmark)


def keep_fund_line(
    person: Person, programme: Programme, row: FundLine | None, seen: int, values: Mapping[str, Any]
) -> FundLine:
    """Add or change what a source gave in a year."""
    if not programme.first_year <= values["year"] <= programme.last_year:
        raise RefusedError(
            _("年度应在建设期 %(first_year)s—%(last_year)s 之内。")
            % {"first_year": programme.first_year, "last_year": programme.last_year}
        )
    if any(values[name] < 0 for name in ("budget", "arrived", "spent")):
        raise RefusedError(_("金额不能是负数。"))
    return _kept(person, programme, row or FundLine(programme=programme, version=0), seen, values)


def keep_landmark(
    person: Person, programme: Programme, row: Landmark | None, seen: int, values: Mapping[str, Any]
) -> Landmark:
    """Add or change a landmark result. What is won is told by a record or a note; what was lost, since when."""
    record = values.get("record")
    if record is not None and record.college_id != programme.college_id:
        raise RefusedError(_("所选的记录不是本校的。"))
    if values["state"] == "won" and record is None and not values.get("note"):
        raise RefusedError(_("已获得的，要选一条业务记录，或者在说明里写明依据。"))
    if values["state"] == "lost" and values.get("lost_on") is None:
        raise RefusedError(_("已不再保有的，要写明哪一天失去。"))
    return _kept(person, programme, row or Landmark(programme=programme, version=0), seen, values)


def _kept(person: Person, programme: Programme, row: Row, seen: int, values: Mapping[str, Any]) -> Row:
    if not access.may_manage(person, programme):
        raise NotAllowedError(_("只有双高办能改。"))
    table = type(row)
    try:
        with transaction.atomic():
            held = table._default_manager.select_for_update().get(pk=row.pk) if row.pk else row  # noqa: SLF001 - Django's documented interface
            if held.pk and held.version != seen:
                raise StaleError(_("这一行刚刚被改过，请看过新内容再改。"), held, {})
            names = FUND_FIELDS if "budget" in values else LANDMARK_FIELDS
            before = history.written(held, *names) if held.pk else None
            for name in names:
                if name in values:
                    setattr(held, name, values[name])
            held.version += 1
            held.save()
            verb = "add" if before is None else "change"
            history.record(programme.college, person, verb, held, before=before, after=history.written(held, *names))
    except IntegrityError as error:
        raise RefusedError(_("已经有这样一行：同一年的同一来源、同名的成果只写一行。")) from error
    return held


def take_benchmarks(person: Person, programme: Programme, rows: Sequence[Benchmark]) -> int:
    """The medians of other colleges out of a sheet: a known indicator, scope and year is renewed, the others are added."""
    if not access.may_manage(person, programme):
        raise NotAllowedError(_("只有双高办能导入外部对标。"))
    with transaction.atomic():
        known = {
            (row.indicator_id, row.scope, row.year): row
            for row in Benchmark.objects.select_for_update().filter(indicator__programme=programme)
        }
        for told in rows:
            row = known.get((told.indicator_id, told.scope, told.year), told)
            before = history.written(row, "median", "source") if row.pk else None
            row.median, row.source = told.median, told.source
            row.version += 1 if row.pk else 0
            row.save()
            after = history.written(row, "indicator_id", "scope", "year", "median", "source")
            history.record(programme.college, person, "import", row, before=before, after=after)
    return len(rows)
