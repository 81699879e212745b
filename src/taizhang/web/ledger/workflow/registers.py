"""The registers of partners and places: a told name found or entered, described, merged with another, parted again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from taizhang.records import addresses, kind_of
from taizhang.records.places import RANKS
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import (
    Partner,
    PartnerAlias,
    PartnerKind,
    Person,
    Place,
    PlaceAlias,
    PlaceRank,
    Record,
    RecordPartner,
    Unit,
)
from taizhang.web.ledger.ordering import sort_key
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

LONGEST = 120
PARTNER_FIELDS = ("name", "kind", "code", "note")
PLACE_FIELDS = ("name", "rank", "parent")
_MOST = {"name": LONGEST, "code": 18, "note": 200}
_NAMES = {"name": lazy("名称"), "code": lazy("统一社会信用代码"), "note": lazy("说明")}
Row = Partner | Place


def plain(name: str) -> str:
    """A name as registers hold it: single blanks, none around."""
    return " ".join(name.split())


def partners_named(college: Unit, names: Iterable[str]) -> dict[str, Partner]:
    """The partners that go by these names; a name that nobody goes by yet is entered. Call inside a transaction."""
    wanted = list(dict.fromkeys(plain(name) for name in names))
    known = PartnerAlias.objects.filter(college=college, name__in=wanted).select_related("partner")
    found = {alias.name: alias.partner for alias in known}
    for name in wanted:
        if name not in found:
            _refuse_unfit(name, _("合作单位"))
            found[name] = Partner.objects.create(
                college=college, name=name, sort_key=sort_key(name, 255), kind=kind_of(name)
            )
            PartnerAlias.objects.create(college=college, partner=found[name], name=name)
    return found


def places_named(college: Unit, names: Iterable[str]) -> dict[str, Place | None]:
    """The places that go by these names; new ones are entered. None where several share a name: a person has to say."""
    wanted = list(dict.fromkeys(name for each in names if (name := plain(each))))
    known: dict[str, set[Place]] = {}
    for alias in PlaceAlias.objects.filter(college=college, name__in=wanted).select_related("place"):
        known.setdefault(alias.name, set()).add(alias.place)
    found: dict[str, Place | None] = {}
    for name in wanted:
        if name in known:
            found[name] = next(iter(known[name])) if len(known[name]) == 1 else None
            continue
        _refuse_unfit(name, _("地点"))
        rank, _outside = located(name)
        made = Place.objects.create(college=college, name=name, sort_key=sort_key(name, 255), rank=rank)
        made.path = f"/{made.pk}/"
        made.save(update_fields=["path"])
        PlaceAlias.objects.create(college=college, place=made, name=name)
        found[name] = made
    return found


def located(name: str) -> tuple[str, str]:
    """The level of a place and the name of what it lies in, as far as its own name tells both; empty where it does not."""
    told = addresses(name)
    if len(told) != 1:
        return PlaceRank.UNKNOWN, ""
    inmost = RANKS.index(told[0].rank)
    return PlaceRank.values[1 + inmost], "".join(told[0][:inmost])


def _refuse_unfit(name: str, what: str) -> None:
    if not name:
        raise RefusedError(_("%(what)s的名称是空的。") % {"what": what})
    if len(name) > LONGEST:
        raise RefusedError(
            _("%(what)s“%(name)s……”的名称太长，最多 %(longest)s 字。")
            % {"what": what, "name": name[:20], "longest": LONGEST}
        )


def describe(person: Person, row: Row, version: int, typed: Mapping[str, Any]) -> Row:
    """Keep what a partner or a place is: its name, what kind it is, and of a place which one it lies in."""
    with transaction.atomic():
        held: Row = _held(person, row)
        if held.version != version:
            raise StaleError(_("刚刚有人改过，下面是新的内容，请核对后再保存。"), held, {})
        fields = PARTNER_FIELDS if isinstance(held, Partner) else PLACE_FIELDS
        before = history.written(held, *fields)
        values = _understood(held, typed)
        for name, value in values.items():
            setattr(held, name, value)
        if history.written(held, *fields) == before:
            return held
        held.sort_key = sort_key(held.name, 255)
        held.version += 1
        held.save()
        if isinstance(held, Place):
            _rooted(held)
        if held.name != before["name"]:
            _alias(held, held.name)
        after = history.written(held, *fields)
        history.record(held.college, person, "change", held, before=before, after=after)
        return held


def _understood(row: Row, typed: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in ("name", "code", "note"):
        if name in typed and hasattr(row, name):
            values[name] = plain(str(typed[name]))
            if len(values[name]) > _MOST[name]:
                raise RefusedError(_("%(names)s最多 %(most)s 字。") % {"names": _NAMES[name], "most": _MOST[name]})
    if values.get("name") == "":
        raise RefusedError(_("请写名称。"))
    for name, choices in (("kind", PartnerKind.values), ("rank", PlaceRank.values)):
        if name in typed and hasattr(row, name):
            if typed[name] not in choices:
                raise RefusedError(_("没有“%(typed)s”这一项可选。") % {"typed": typed[name]})
            values[name] = typed[name]
    if isinstance(row, Place) and "parent" in typed:
        values["parent"] = _above(row, typed["parent"], values.get("rank", row.rank))
    return values


def _above(row: Place, parent: Place | None, rank: str) -> Place | None:
    """The place that this one is to lie in, if it can."""
    if parent is None:
        return None
    if parent.college_id != row.college_id or parent.merged_into_id is not None:
        raise RefusedError(_("“%(parent)s”不在本校的地点名录里。") % {"parent": parent})
    if parent.path.startswith(row.path):
        raise RefusedError(_("“%(row)s”不能放在它自己的下面。") % {"row": row})
    if rank and parent.rank and parent.rank >= rank:
        raise RefusedError(
            _("“%(parent)s”是%(rank)s，%(label)s不能放在它下面。")
            % {"parent": parent, "rank": parent.get_rank_display(), "label": PlaceRank(rank).label}
        )
    return parent


def _rooted(row: Place) -> None:
    """Write the path of a place and of all below it anew."""
    old = row.path
    new = f"{row.parent.path if row.parent else '/'}{row.pk}/"
    if new == old:
        return
    if len(new) > LONGEST:
        raise RefusedError(_("地点套得太深。"))
    below = list(Place.objects.filter(college=row.college_id, path__startswith=old).exclude(pk=row.pk))
    for each in below:
        each.path = new + each.path[len(old) :]
    Place.objects.bulk_update(below, ["path"], batch_size=500)
    row.path = new
    row.save(update_fields=["path"])


def add_alias(person: Person, row: Row, name: str) -> None:
    """Let the row be found under a further name."""
    name = plain(name)
    _refuse_unfit(name, _("别名"))
    with transaction.atomic():
        held: Row = _held(person, row)
        if _alias(held, name):
            history.record(held.college, person, "add", held, after={"alias": name})


def _alias(row: Row, name: str) -> bool:
    """Whether the name is new to the row; refused where it leads to another partner."""
    if row.aliases.filter(name=name).exists():
        return False
    if isinstance(row, Place):
        PlaceAlias.objects.create(college=row.college, place=row, name=name)
        return True
    other = PartnerAlias.objects.filter(college=row.college, name=name).select_related("partner").first()
    if other is not None:
        raise RefusedError(
            _("“%(name)s”是“%(partner)s”的名称；如果两家是一家，请合并。") % {"name": name, "partner": other.partner}
        )
    PartnerAlias.objects.create(college=row.college, partner=row, name=name)
    return True


def drop_alias(person: Person, row: Row, name: str) -> None:
    """Let the row go by a name no more; refused for its own, and for one that records have told."""
    with transaction.atomic():
        held: Row = _held(person, row)
        if name == held.name:
            raise RefusedError(_("这是它现在的名称，不能删；要改名请改“名称”。"))
        alias = held.aliases.filter(name=name).first()
        if alias is None:
            return
        if _told(held, [name]).exists():
            raise OutOfOrderError(_("有记录是用“%(name)s”写的，不能删。") % {"name": name})
        alias.delete()
        history.record(held.college, person, "drop", held, before={"alias": name})


def merge(person: Person, row: Row, kept: Row) -> Row:
    """The row and the kept one are the same: its names and its records go to the kept one; `part` undoes it."""
    with transaction.atomic():
        held: Row = _held(person, row)
        into: Row = _held(person, kept)
        if held.pk == into.pk or type(held) is not type(into) or held.college_id != into.college_id:
            raise RefusedError(_("请选同一名录里的另一个。"))
        if isinstance(held, Place) and held.children.filter(merged_into=None).exists():
            raise OutOfOrderError(
                _("“%(held)s”下面还有地点，请先把它们移到“%(into)s”下面。") % {"held": held, "into": into}
            )
        names = list(held.aliases.values_list("name", flat=True))
        count = _given(held, into, names, _told(held))
        _of(held).filter(pk=held.pk).update(merged_into=into, version=held.version + 1)
        after = {"merged": held.name, "alias": names, "records": count}
        history.record(into.college, person, "merge", into, after=after)
        return into


def part(person: Person, row: Row) -> Row:
    """Undo a merge: the names that the row brought along, and the records told by them, are its own again."""
    with transaction.atomic():
        found: Row = _of(row).select_for_update().get(pk=row.pk)
        into: Any = found.merged_into
        _may(person, found)
        if into is None:
            return found
        came = [found.pk, *_merged_below(found)]
        names = list(into.aliases.filter(came_from__in=came).values_list("name", flat=True))
        found.merged_into = None
        found.version += 1
        found.save(update_fields=["merged_into", "version"])
        count = _given(into, found, names, _told(into, names))
        _aliases(found).filter(came_from=found).update(came_from=None)
        if isinstance(found, Place):
            _alias(found, found.name)  # where both went by it, the merge left it to the other
        after = {"parted": found.name, "alias": names, "records": count}
        history.record(into.college, person, "part", into, after=after)
        return found


def _merged_below(row: Row) -> list[int]:
    found: list[int] = []
    for each in row.merged.all():
        found += [each.pk, *_merged_below(each)]
    return found


def _given(giver: Row, taker: Row, names: list[str], told: Any) -> int:  # noqa: ANN401 - as in `_told`
    """Names, and what records told, go from one row to the other; how many records."""
    link = {"partner" if isinstance(giver, Partner) else "place": taker}
    count: int = told.update(**link)
    for alias in giver.aliases.filter(name__in=names):
        if isinstance(taker, Place) and taker.aliases.filter(name=alias.name).exists():
            alias.delete()  # the other goes by it already
            continue
        _aliases(giver).filter(pk=alias.pk).update(**link, came_from=alias.came_from_id or giver.pk)
    return count


def _told(row: Row, names: list[str] | None = None) -> Any:  # noqa: ANN401 - rows of one table or the other
    """What records tell of the row; of that, what they tell by these names."""
    if isinstance(row, Partner):
        links: Any = RecordPartner.objects.filter(partner=row)
        column = "told"
    else:
        links, column = Record.objects.filter(place=row), "place_told"
    if names is None:
        return links
    # As it was written, which may hold blanks that the register does not.
    found = [pk for pk, told in links.values_list("pk", column) if plain(told) in names]
    return links.model.objects.filter(pk__in=found)


def _of(row: Row) -> Any:  # noqa: ANN401 - as above
    return Partner.objects.all() if isinstance(row, Partner) else Place.objects.all()


def _aliases(row: Row) -> Any:  # noqa: ANN401 - as above
    return PartnerAlias.objects.all() if isinstance(row, Partner) else PlaceAlias.objects.all()


def _held(person: Person, row: Row) -> Any:  # noqa: ANN401 - the row, of whichever table
    held = _of(row).select_for_update().select_related("college").get(pk=row.pk)
    _may(person, held)
    if held.merged_into_id is not None:
        raise OutOfOrderError(
            _("“%(held)s”已并入“%(merged_into)s”。") % {"held": held, "merged_into": held.merged_into}
        )
    return held


def _may(person: Person, row: Row) -> None:
    if not access.may_keep_records(person, row.college):
        raise NotAllowedError(_("名录由双高办维护；写记录时用到的新名称会自动进名录。"))
