"""What a fetch would change: its items held against the ledger as it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from taizhang.connect.carried import unpacked
from taizhang.connect.declaration import Connector as Declared
from taizhang.connect.declaration import Destination, declared
from taizhang.connect.differences import Altered, Difference, KnownValue, of_medians, of_records, of_values
from taizhang.connect.items import Item
from taizhang.core import record as core
from taizhang.records import Kind
from taizhang.web.ledger.models import (
    Benchmark,
    BenchmarkScope,
    Connector,
    Entry,
    Indicator,
    PeriodKind,
    Provenance,
    Pull,
    Record,
)
from taizhang.web.ledger.recorded import told, whole
from taizhang.web.ledger.shelves import shelf_of

_SCOPES = {
    "全国": BenchmarkScope.NATIONAL, "全国高职院校": BenchmarkScope.NATIONAL, "全省": BenchmarkScope.PROVINCIAL,
    "全省高职院校": BenchmarkScope.PROVINCIAL,
}  # fmt: skip
_YEAR = re.compile(r"(20\d\d)\s*年?(?:度)?")


def differences(pull: Pull) -> list[Difference]:
    """What writing the fetch would do now, item by item, in the order of the rows."""
    items = [unpacked(each) for each in pull.items]
    connector = pull.connector
    if declared(pull.text).goal is Destination.RECORD:
        known = known_records(connector, items)
        closed = {key: _closed_record(row) for key, row in known.items() if not row.is_editable}
        kind = shelf_of(connector.college).get(declared(pull.text).kind)
        return [_in_words(each, kind) for each in of_records(items, _as_told(known), closed)]
    if declared(pull.text).goal is Destination.MEDIAN:
        return of_medians(items, {key: _known_median(row) for key, row in known_medians(connector, items).items()})
    return of_values(items, {key: _known_value(row) for key, row in known_entries(connector, items).items()})


def _in_words(found: Difference, kind: Kind | None) -> Difference:
    """The same with fields and states called as the kind calls them."""
    if kind is None:
        return found
    names = {field.key: field.name for field in kind.fields}
    states = {state.key: state.name for state in kind.states}
    altered = tuple(
        Altered(each.name, states.get(each.before, each.before), states.get(each.after, each.after))
        if each.name == "状态"
        else each._replace(name=names.get(each.name, each.name))
        for each in found.altered
    )
    return replace(found, altered=altered)


def _as_told(known: Mapping[str, Record]) -> dict[str, core.Record]:
    rows = {row.pk: told(row) for row in whole(Record.objects.filter(pk__in=[row.pk for row in known.values()]))}
    return {key: rows[row.pk] for key, row in known.items()}


def _closed_record(row: Record) -> str:
    return f"这条记录现在是“{row.get_stage_display()}”，不能由取数改动；要改请先退回。"


def known_records(connector: Connector, items: Sequence[Item]) -> dict[str, Record]:
    """The records that came of the same keys before, and were not withdrawn."""
    keys = [item.key for item in items]
    rows = (
        Provenance.objects.filter(connector=connector, key__in=keys, record__withdrawn_at=None, record__isnull=False)
        .select_related("record")
        .order_by("pk")
    )
    return {row.key: row.record for row in rows if row.record is not None}


def known_entries(connector: Connector, items: Sequence[Item]) -> dict[str, Entry]:
    """The item of the newest open round that each figure belongs to, by the indicator's code or name and the period."""
    if connector.programme is None:
        return {}
    names = {item.indicator for item in items}
    entries = list(
        Entry.objects.filter(
            round__programme=connector.programme, round__closed_at=None, indicator__isnull=False,
            indicator__in=_named(connector, names),
        )
        .select_related("indicator", "round__period", "round__programme__college", "unit", "team")
        .order_by("round__opened_at", "pk")
    )  # fmt: skip
    found: dict[str, Entry] = {}
    for item in items:
        fitting = [entry for entry in entries if _is_meant(entry, item)]
        if fitting:
            found[item.key] = fitting[-1]
    return found


def _named(connector: Connector, names: Iterable[str]) -> Iterable[int]:
    """Indicators of the college itself with one of these codes or names; those of specialty groups repeat codes."""
    rows = Indicator.objects.filter(programme=connector.programme, group=None, is_dropped=False)
    wanted = set(names)
    return [pk for pk, code, name in rows.values_list("pk", "code", "name") if code in wanted or name in wanted]


def known_medians(connector: Connector, items: Sequence[Item]) -> dict[str, Benchmark]:
    """The median that each item tells of, by the indicator's code or name, the year and whose it is; new ones unsaved."""
    if connector.programme is None:
        return {}
    programme, wanted = connector.programme, {item.indicator for item in items}
    rows = Indicator.objects.filter(programme=programme, group=None, is_dropped=False, qualitative=False)
    named = {name: row for row in rows for name in (row.name, row.code) if name in wanted}
    there = {
        (row.indicator_id, row.scope, row.year): row for row in Benchmark.objects.filter(indicator__in=named.values())
    }
    found: dict[str, Benchmark] = {}
    for item in items:
        indicator, scope, year = named.get(item.indicator), _SCOPES.get(item.scope), _YEAR.fullmatch(item.period)
        if indicator is None or scope is None or year is None:
            continue
        if programme.first_year <= int(year[1]) <= programme.last_year:
            told = Benchmark(indicator=indicator, scope=scope, year=int(year[1]))
            found[item.key] = there.get((indicator.pk, scope, int(year[1])), told)
    return found


def _known_median(row: Benchmark) -> KnownValue:
    return KnownValue(row.median.normalize() if row.pk else None, row.indicator.measure)


def _is_meant(entry: Entry, item: Item) -> bool:
    indicator, period = entry.indicator, entry.round.period
    if indicator is None or item.indicator not in {indicator.code, indicator.name}:
        return False
    if item.period == period.name:
        return True
    year = _YEAR.fullmatch(item.period)
    return year is not None and period.kind == PeriodKind.YEAR and period.first_year == int(year[1])


def _known_value(entry: Entry) -> KnownValue:
    closed = "" if entry.is_editable else f"这一项现在是“{entry.get_stage_display()}”，不能由取数改动；要改请先退回。"
    if not entry.is_number:
        closed = "这是定性指标，不收数字。"
    number = None if entry.number is None else Decimal(entry.number)
    return KnownValue(number, entry.measure, closed)


def declared_now(connector: Connector) -> Declared:
    """The declaration in force."""
    return declared(connector.text, connector.name)
