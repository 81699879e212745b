"""The list of records that an address asks for: kind, unit, level, state, time, tag, partner, place, words, page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual, In, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from taizhang.records import Kind, Shelf
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Place, Record, RecordCitation, RecordPartner, RecordTag, Stage, Unit
from taizhang.web.ledger.overview.business import FILTERS, narrowed
from taizhang.web.ledger.record_search import holding
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.pages.asked import Asked

PER_PAGE = 50
_VERY_FEW = 200
_FEW = 20_000  # of a million: fewer are sorted at once, more are met soon by walking
COUNTED = 1_000  # a longer list is said to be longer, not counted to its end
WHOSE = {
    "mine": _("我写的"), "waiting": _("待我确认"), "altered": _("确认后改动"), "wrong": _("有问题"), "uncited": _("没有佐证"),
    "withdrawn": _("已撤下"),
}  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-id",), "changed": ("-changed_at", "-id"), "title": ("title", "id"), "years": ("-last_year", "-first_year", "-id"),
}  # fmt: skip
ORDER_NAMES = {"": _("最近写的"), "changed": _("最近改动"), "title": _("标题"), "years": _("时间")}
_NAMES = (
    "kind",
    "unit",
    "level",
    "state",
    "stage",
    "group",
    "done",
    "measure",
    "field",
    "year",
    "ended",
    "tag",
    "partner",
    "place",
    "whose",
    "q",
    "sort",
)


@dataclass(frozen=True, slots=True)
class RecordList(Asked):
    """The records that were asked for."""

    @classmethod
    def of(cls, person: Person, query: Mapping[str, str]) -> Self:
        """The list that a query string asks for."""
        return cls.among(person, query, *_NAMES)

    @property
    def records(self) -> QuerySet[Record]:
        """All that fit, in order."""
        withdrawn = self.chosen.get("whose") == "withdrawn"
        rows = access.held_records(self.person) if withdrawn else access.visible_records(self.person)
        for name in self.chosen:
            narrow = _NARROW.get(name)
            if narrow is not None:
                rows = rows.filter(narrow(self.person, self.chosen[name]))
        if not FILTERS.isdisjoint(self.chosen):
            rows = rows.filter(narrowed(next(iter(access.colleges_of_work(self.person)), None), self.chosen))
        return rows.order_by(*ORDERS.get(self.chosen.get("sort", ""), ORDERS[""]))

    @property
    def from_chart(self) -> str:
        """The value of a field that a chart narrowed the list to, as people read it."""
        key, _colon, value = self.chosen.get("field", "").partition(":")
        return (value or str(_("未写"))) if key else ""

    def shown(self) -> dict[str, Any]:
        """One page of it."""
        leaf = self.leaf(self.records, with_names(Record.objects.all()), PER_PAGE, COUNTED)
        return {
            "asked": self,
            "records": dressed(leaf.rows),
            "has_next": leaf.has_next,
            "count": leaf.count,
            "is_longer": leaf.is_longer,
        }


def _among(found: QuerySet[Any, Any], each: Q) -> Q:
    """Records that an index finds, where they are few; where they are many, each is asked as the list walks its order.

    A list of a million has its newest page at once either way: of many the first are near, of few all are sorted.
    """
    found = found.order_by()
    # So few that they are told one by one: nothing can go wrong about where to begin.
    first = list(found.values_list(*found.query.values_select or ("pk",), flat=True)[: _VERY_FEW + 1])
    if len(first) <= _VERY_FEW:
        return Q(pk__in=first)
    return each if found[: _FEW + 1].count() > _FEW else Q(pk__in=found)


def _years(person: Person, wanted: str) -> Q:
    if not (wanted.isdecimal() and len(wanted) == 4):
        return Q()
    year = int(wanted)
    rows = _own(person).filter(first_year__lte=year, last_year__gte=year)
    # An expression has no index, so that the walk keeps to the order of the list.
    walked = LessThanOrEqual(F("first_year") + 0, year), GreaterThanOrEqual(F("last_year") + 0, year)
    return _among(rows.values("pk"), Q(walked[0]) & Q(walked[1]))


def _own(person: Person) -> QuerySet[Record]:
    """The records of the person's own colleges, so that the indexes of a college are used; all for who works in none."""
    colleges = access.colleges_of_work(person)
    return Record.objects.filter(college__in=colleges) if colleges else Record.objects.all()


def _unit(person: Person, wanted: str) -> Q:
    unit = access.visible_units(person).filter(pk=wanted).first() if wanted.isdecimal() else None
    if unit is None:
        return Q()
    units = list(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    rows = Record.objects.filter(unit__in=units).values("pk")
    return _among(rows, Q(In(F("unit_id") + 0, units)))


def _tag(person: Person, wanted: str) -> Q:
    rows = RecordTag.objects.filter(college__in=access.colleges_of_work(person), name=wanted)
    return _among(rows.values("record"), Q(Exists(RecordTag.objects.filter(record=OuterRef("pk"), name=wanted))))


def _partner(_person: Person, wanted: str) -> Q:
    if not wanted.isdecimal():
        return Q()
    rows = RecordPartner.objects.filter(partner=int(wanted[:18]))
    return _among(rows.values("record"), Q(Exists(rows.filter(record=OuterRef("pk")))))


def _place(_person: Person, wanted: str) -> Q:
    place = Place.objects.filter(pk=int(wanted[:18])).first() if wanted.isdecimal() else None
    if place is None:
        return Q()
    below = Place.objects.filter(college=place.college_id, path__startswith=place.path)
    places = list(below.values_list("pk", flat=True))
    rows = Record.objects.filter(place__in=places).values("pk")
    return _among(rows, Q(In(F("place_id") + 0, places)))


def _whose(person: Person, wanted: str) -> Q:
    own = _own(person)
    found: dict[str, tuple[QuerySet[Record], Q]] = {
        "mine": (Record.objects.filter(made_by=person), Q(made_by=person)),
        "altered": (own.filter(altered=True), Q(altered=True)),
        "wrong": (own.filter(worst__in=("error", "warning", "info")), ~Q(worst="")),
        "withdrawn": (own.filter(withdrawn_at__isnull=False), Q(withdrawn_at__isnull=False)),
    }
    if wanted in found:
        rows, each = found[wanted]
        return _among(rows.values("pk"), each)
    if wanted == "uncited":
        return Q(~Exists(RecordCitation.objects.filter(record=OuterRef("pk"), withdrawn_at=None)))
    return access.to_confirm(person) if wanted == "waiting" else Q()


_NARROW: dict[str, Callable[[Person, str], Q]] = {
    "kind": lambda _person, wanted: Q(kind=wanted), "level": lambda _person, wanted: Q(level="" if wanted == "none" else wanted),
    "state": lambda _person, wanted: Q(state=wanted),
    "stage": lambda _person, wanted: Q(stage=wanted) if wanted in Stage.values else Q(),
    "q": lambda _person, wanted: holding(wanted, _FEW), "unit": _unit, "year": _years, "tag": _tag, "partner": _partner, "place": _place, "whose": _whose,
}  # fmt: skip


def with_names(rows: QuerySet[Record]) -> QuerySet[Record]:
    """With what a list shows of them, in a few questions however many they are."""
    return rows.select_related("unit", "college", "person").prefetch_related(
        "measures", Prefetch("partners", RecordPartner.objects.select_related("partner"))
    )


def dressed(rows: list[Record]) -> list[Record]:
    """The rows with the names of their kind and state, for templates."""
    shelves: dict[int, Shelf] = {}
    for row in rows:
        if row.college_id not in shelves:
            shelves[row.college_id] = shelf_of(row.college_id)
        kind = shelves[row.college_id].get(row.kind)
        row.kind_name = kind.name if kind else row.kind  # type: ignore[attr-defined]  # for the template alone
        row.state_name = state_name(kind, row.state)  # type: ignore[attr-defined]  # as above
        row.counts = bool(kind and kind.counts(row.state))  # type: ignore[attr-defined]  # as above
    return rows


def state_name(kind: Kind | None, key: str) -> str:
    """What people call a state; its key where the kind does not know it."""
    state = kind.state(key) if kind else None
    return state.name if state else key
