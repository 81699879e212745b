"""Records that may tell the same thing again (records.similarity): looked for before one is saved; a person decides."""

from typing import NamedTuple

from django.db.models import Q

from taizhang.core import record as core
from taizhang.records import similar
from taizhang.web.ledger.models import Record, Unit
from taizhang.web.ledger.recorded import told, whole, years_of

_LOOKED_AT = 300  # of the newest of the kind in that time; the same title is found whatever its age
_SHOWN = 5


class Twin(NamedTuple):
    """A record of the ledger that may tell the same thing, and why."""

    record: Record
    why: str


def twins(college: Unit, record: core.Record) -> list[Twin]:
    """The records most like what is told, the most alike first."""
    rows = Record.objects.filter(college=college, kind=record.kind, withdrawn_at=None).exclude(code=record.id)
    years = years_of(record)
    then = Q(first_year__lte=years[-1], last_year__gte=years[0]) | Q(first_year=None) if years else Q()
    rows = whole(rows.select_related("unit"))
    found = {row.code: row for row in rows.filter(title=record.title).order_by("-pk")[:_SHOWN]}
    found |= {row.code: row for row in rows.filter(then).order_by("-pk")[:_LOOKED_AT]}
    alike = similar(record, (told(row) for row in found.values()), _SHOWN)
    return [Twin(found[each.record.id], each.why) for each in alike]
