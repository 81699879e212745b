"""Records that may tell the same thing again (records.similarity): looked for before one is saved; a person decides.

The index of words finds those that share pairs of characters with the title, whatever their age; their titles alone are
compared first, and only the likest are read whole.
"""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from taizhang.core import record as core
from taizhang.records import likeness_of, similar
from taizhang.web.ledger.models import Record, Unit
from taizhang.web.ledger.record_search import sharing
from taizhang.web.ledger.recorded import told, whole, years_of

_READ = 100  # of the likest titles
_NEWEST = 100  # of the kind in that time, where every pair of the title is common
_AT_ONCE = 500  # ids in one question
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
    same, newest = rows.filter(title=record.title), rows.filter(then)
    keys = {
        *_likest(newest, record.title), *same.order_by("-pk").values_list("pk", flat=True)[:_SHOWN],
        *newest.order_by("-pk").values_list("pk", flat=True)[:_NEWEST],
    }  # fmt: skip
    found = {row.code: row for row in whole(Record.objects.filter(pk__in=keys).select_related("unit"))}
    alike = similar(record, (told(row) for row in found.values()), _SHOWN)
    return [Twin(found[each.record.id], each.why) for each in alike]


def _likest(rows: QuerySet[Record], title: str) -> list[int]:
    """Ids of the records with the likest titles."""
    shared = list(dict.fromkeys(sharing(title)))
    titles: list[tuple[int, str]] = []
    for begin in range(0, len(shared), _AT_ONCE):
        titles += rows.filter(pk__in=shared[begin : begin + _AT_ONCE]).order_by().values_list("pk", "title")
    titles.sort(key=lambda each: (-likeness_of(title, each[1]), -each[0]))
    return [pk for pk, _title in titles[:_READ]]
