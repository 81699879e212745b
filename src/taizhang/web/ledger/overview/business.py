"""业务记录 from above: what was won at which level, training and service by year and place, money by its source.

Counted is what has been handed in and is in a state that counts as done; a sum leaves out what is told cumulatively,
so that nothing is added twice. The year is that of `core.dating`. So a chart says what a figure of the same says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.records import Kind, Shelf, shelf
from taizhang.web.ledger import access
from taizhang.web.ledger.derived import DRAFTS
from taizhang.web.ledger.models import Person, Place, PlaceRank, Record, RecordMeasure, Unit
from taizhang.web.ledger.overview.chart import Chart, Mark, Row, Series, Shape, Tone, without_empty_series
from taizhang.web.ledger.shelves import shelf_of

_LEVELS = ("国家级", "省级", "市级", "县级", "校级")
_SHADES = (Tone.STEP_5, Tone.STEP_4, Tone.STEP_3, Tone.STEP_2, Tone.STEP_1)
_MOST_KINDS, _MOST_PLACES, _MOST_SERVICES = 12, 12, 8
FILTERS = frozenset({"group", "done", "measure", "field", "ended"})
"""What charts narrow a list of records by, besides the list's own filters."""
TRAINING, FUNDING = "training_programme", "funding"
_WON, _SERVED = "荣誉与成果", ("培训与社会服务", "乡村振兴与帮扶")


def counting(kinds: Iterable[Kind]) -> Q:
    """Records of these kinds that have been handed in, in a state that counts as done."""
    found = Q(pk__in=())
    for kind in kinds:
        states = [state.key for state in kind.states if state.counts]
        found |= Q(kind=kind.key, state__in=states)
    return found & ~Q(stage__in=DRAFTS)


def narrowed(college: Unit | int | None, chosen: Mapping[str, str]) -> Q:
    """What the filters that charts lead with leave of a list of records; the others are the list's own."""
    kinds = shelf_of(college) if college is not None else shelf()
    kind = kinds.get(chosen.get("kind", ""))
    found = Q()
    if chosen.get("group") in kinds.groups:
        found &= Q(kind__in=[each.key for each in kinds.groups[chosen["group"]]])
    if (year := chosen.get("ended", "")).isdecimal() and len(year) == 4:
        found &= Q(counted_year=int(year))
    if chosen.get("done") in {"yes", "no"}:
        done = counting(kinds.values())
        found &= done if chosen["done"] == "yes" else ~done
    if kind is not None and (name := chosen.get("measure")):
        found &= Q(pk__in=RecordMeasure.objects.filter(_summed(kind, name)).order_by().values("record"))
    key, _colon, value = chosen.get("field", "").partition(":")
    if kind is not None and kind.field(key) is not None:
        found &= Q(**{f"fields__{key}": value}) if value else ~Q(fields__has_key=key)
    return found


def _summed(kind: Kind, name: str) -> Q:
    """What is told of a measure of the kind and can be added up: by any of its names, in a unit that can be converted."""
    measure = kind.measure(name)
    if measure is None:
        return Q(pk__in=())
    names = (measure.name, *measure.aliases)
    counted = Q(record__kind=kind.key, name__in=names, unit__in=measure.units)
    # Told twice, nobody can say which of the two numbers is meant.
    again = RecordMeasure.objects.filter(record=OuterRef("record"), name__in=names).exclude(pk=OuterRef("pk"))
    return counted & (Q(cumulative=None) | Q(cumulative=False)) & ~Q(Exists(again))


@dataclass
class Business:
    """The records of a college that a person sees, of one unit and those below it where one is named."""

    person: Person
    college: Unit
    unit: Unit | None = None

    @cached_property
    def shelf(self) -> Shelf:
        """The college's kinds."""
        return shelf_of(self.college)

    @property
    def records(self) -> QuerySet[Record]:
        """The records themselves."""
        rows = access.visible_records(self.person).filter(college=self.college).order_by()
        return rows.filter(unit__path__startswith=self.unit.path) if self.unit is not None else rows

    @cached_property
    def counted(self) -> list[tuple[Kind, bool, str, int | None, int]]:
        """How many records there are of each kind, counting as done or not, level and year; one question for all charts."""
        # In the order of the index `record_counted`, which holds them all.
        told = self.records.values_list("kind", "state", "level", "counted_year", "stage").annotate(Count("pk"))
        return [
            (self.shelf[kind], self.shelf[kind].counts(state) and stage not in DRAFTS, level, year, count)
            for kind, state, level, year, stage, count in told
            if kind in self.shelf
        ]

    def link(self, **filters: Any) -> str:  # noqa: ANN401 - whatever a filter is called
        """The address of the list of records that these filters leave."""
        chosen = {**({"unit": self.unit.pk} if self.unit is not None else {}), **filters}
        return f"{reverse('records')}?{urlencode({name: value for name, value in chosen.items() if value != ''})}"


def charts(business: Business) -> list[Chart]:
    """All of them, in the order of the page."""
    return [
        by_level(business), by_service(business), *volumes(business), by_place(business), by_source(business),
        by_kind(business),
    ]  # fmt: skip


def by_kind(business: Business) -> Chart:
    """How many records there are of each kind, and how many of them count as done."""
    sums: dict[str, Counter[bool]] = defaultdict(Counter)
    for kind, is_done, _level, _year, count in business.counted:
        sums[kind.key][is_done] += count
    most = sorted(sums, key=lambda key: -sums[key].total())
    rows = tuple(
        Row(
            business.shelf[key].name,
            (
                Mark(sums[key][True], business.link(kind=key, done="yes")),
                Mark(sums[key][False], business.link(kind=key, done="no")),
            ),
            business.link(kind=key),
        )
        for key in most[:_MOST_KINDS]
    )
    left_out = len(most) - len(rows)
    return Chart(
        key="kinds", title=_("各类业务记录"), question=_("记了些什么，有多少已经做成？"), shape=Shape.BARS, of=_("类型"),
        unit=_("条"), series=(Series(_("算完成的"), Tone.GOOD), Series(_("还不算完成的"), Tone.QUIET)), rows=rows,
        empty=_("还没有业务记录。录入或导入记录之后，这里按类型显示。"),
        note=_("另有 %d 类没有列出。") % left_out if left_out > 0 else "",
    )  # fmt: skip


def by_level(business: Business) -> Chart:
    """Honours and results that count, by year and level; a level that nobody told is none."""
    counts: Counter[tuple[int, str]] = Counter()
    for kind, is_done, level, year, count in business.counted:
        if kind.group == _WON and is_done and year is not None:
            counts[year, level] += count
    told = {level for _year, level in counts}
    levels = [*_LEVELS, *sorted(told - {*_LEVELS, ""}), *([""] if "" in told else [])]
    found = [
        Row(
            str(year),
            tuple(
                Mark(counts[year, level], business.link(group=_WON, ended=year, level=level or "none", done="yes"))
                for level in levels
            ),
            business.link(group=_WON, ended=year, done="yes"),
        )
        for year in sorted({year for year, _level in counts})
    ]  # fmt: skip
    named = tuple(Series(level or _("未写级别"), dict(zip(_LEVELS, _SHADES, strict=True)).get(level, Tone.PLAIN if level else Tone.QUIET)) for level in levels)  # fmt: skip
    series, rows = without_empty_series(named, found)
    return Chart(
        key="levels", title=_("各级别成果"), question=_("每年拿到了哪一级的成果？"), shape=Shape.COLUMNS, of=_("年度"),
        unit=_("条"), series=series, rows=rows, empty=_("还没有算完成的荣誉与成果。已申报、已入围的不算。"),
    )  # fmt: skip


def by_service(business: Business) -> Chart:
    """Training and service that count, by year and kind."""
    counts: Counter[tuple[int, str]] = Counter()
    for kind, is_done, _level, year, count in business.counted:
        if kind.group in _SERVED and is_done and year is not None:
            counts[year, kind.key] += count
    whole: Counter[str] = Counter()
    for (_year, key), count in counts.items():
        whole[key] += count
    keys = [key for key, _count in whole.most_common(_MOST_SERVICES)]
    found = [
        Row(
            str(year),
            tuple(Mark(counts[year, key], business.link(kind=key, ended=year, done="yes")) for key in keys),
        )
        for year in sorted({year for year, _key in counts})
    ]
    series, rows = without_empty_series(tuple(Series(business.shelf[key].name) for key in keys), found)
    return Chart(
        key="services", title=_("各年度培训与服务"), question=_("每年办了多少培训和社会服务？"), shape=Shape.COLUMNS, of=_("年度"),
        unit=_("条"), series=series, rows=rows, empty=_("还没有算完成的培训与服务记录。"),
        note=_("另有 %d 类没有列出。") % (len(whole) - len(keys)) if len(whole) > len(keys) else "",
    )  # fmt: skip


def _sums(kind: Kind, name: str, rows: QuerySet[Record], *by: str) -> dict[tuple[Any, ...], Decimal]:
    """A measure of the records, in its canonical unit, summed by some columns of the record."""
    measure = kind.measure(name)
    if measure is None:
        return {}
    told = RecordMeasure.objects.filter(_summed(kind, name), record__in=rows.values("pk")).order_by()
    found: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for *key, unit, value in told.values_list(*by, "unit").annotate(total=Sum("value")):
        found[tuple(key)] += value * measure.accepts.get(unit, Decimal(1))
    return dict(found)


_VOLUMES = (("人数", "heads"), ("人次", "people"), ("培训量", "days"))


def volumes(business: Business) -> list[Chart]:
    """Training by year: how many people, how often they came, person-days; of what nobody told there is no chart."""
    kind = business.shelf[TRAINING]
    titles = {
        "heads": (_("各年度培训人数"), _("每年培训了多少人？")),
        "people": (_("各年度培训人次"), _("每年培训了多少人次？")),
        "days": (_("各年度培训人日"), _("每年的培训量有多大？")),
    }
    charts = []
    for name, key in _VOLUMES:
        measure = kind.measure(name)
        sums = _sums(kind, name, business.records.filter(counting([kind])), "record__counted_year")
        years = sorted((year, value) for (year,), value in sums.items() if year is not None)
        link = {"kind": TRAINING, "done": "yes", "measure": name}
        charts.append(
            Chart(
                key=key, title=titles[key][0], question=titles[key][1], shape=Shape.COLUMNS, of=_("年度"),
                unit=measure.unit if measure else "", series=(Series(name, Tone.GOOD),),
                rows=tuple(Row(str(year), (Mark(_plain(value), business.link(**link, ended=year)),)) for year, value in years),
                empty=_("算完成的培训记录里还没有写%s。") % name, note=_("写明是累计数的不加进来，免得重复。") if years else "",
            )
        )  # fmt: skip
    told = [chart for chart in charts if chart.rows]
    return told or charts[:1]


def by_place(business: Business) -> Chart:
    """Training that counts, by the outermost place below the province."""
    rows = business.records.filter(counting([business.shelf[TRAINING]]), place__isnull=False)
    counts = dict(rows.values_list("place").annotate(Count("pk")))
    places = {place.pk: place for place in Place.objects.filter(college=business.college)}
    sums: Counter[int] = Counter()
    for pk, count in counts.items():
        sums[_outer(places, pk)] += count
    most = sums.most_common(_MOST_PLACES)
    return Chart(
        key="places", title=_("培训办到了哪里"), question=_("培训主要在哪些地方办？"), shape=Shape.BARS, of=_("地点"), unit=_("条"),
        series=(Series(_("培训项目"), Tone.GOOD),),
        rows=tuple(
            Row(places[pk].name, (Mark(count, business.link(kind=TRAINING, place=pk, done="yes")),)) for pk, count in most
        ),
        empty=_("算完成的培训记录里还没有写地点。"),
        note=_("另有 %d 个地点没有列出。") % (len(sums) - len(most)) if len(sums) > len(most) else "",
    )  # fmt: skip


def _outer(places: Mapping[int, Place], pk: int) -> int:
    """The outermost place that this one lies in, the province aside."""
    here = pk
    while (above := places[here].parent_id) is not None and above in places:
        if places[above].rank == PlaceRank.PROVINCE:
            break
        here = above
    return here


def by_source(business: Business) -> Chart:
    """Money by its nature: what was planned, and what became of it by state; a signed agreement is no money."""
    kind = business.shelf[FUNDING]
    planned = _sums(kind, "预算额", business.records, "record__fields__nature")
    moved = _sums(kind, "金额", business.records.filter(counting([kind])), "record__fields__nature", "record__state")
    states = [state for state in kind.states if state.counts]
    natures = sorted({key[0] or "" for key in (*planned, *moved)}, key=lambda nature: (not nature, nature))
    sources = [
        Row(
            nature or _("未写来源"),
            (
                Mark(_plain(planned.get((nature or None,), Decimal(0))), _money(business, nature, "预算额")),
                *(
                    Mark(_plain(moved.get((nature or None, state.key), Decimal(0))), _money(business, nature, "金额", state.key))
                    for state in states
                ),
            ),
            business.link(kind=FUNDING, field=f"nature:{nature}"),
        )
        for nature in natures
    ]  # fmt: skip
    named = (Series(_("预算"), Tone.GOAL), *(Series(state.name) for state in states))
    series, rows = without_empty_series(named, sources)
    return Chart(
        key="money", title=_("资金来源"), question=_("各种来源的钱，预算了多少，到了多少，花了多少？"), shape=Shape.BESIDE, of=_("来源"),
        unit=_("万元"), series=series, rows=rows, empty=_("还没有资金记录。已签约定的不算到款。"),
        note=_("写明是累计数的不加进来，免得重复。") if rows else "",
    )  # fmt: skip


def _money(business: Business, nature: str, name: str, state: str = "") -> str:
    return business.link(kind=FUNDING, field=f"nature:{nature}", measure=name, state=state)


def _plain(value: Decimal) -> Decimal:
    """Without needless zeros, and without an exponent."""
    return value.normalize() + 0
