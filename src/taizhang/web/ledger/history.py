"""The history: what is added to a college's chain, and the proof that nothing in it was altered since."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone, translation

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Chain, Change, Person, Role, RoleName, Unit

Progress = Callable[[int], None]  # is told how many changes were looked at


@dataclass(frozen=True, slots=True)
class Break:
    """The first change whose hash, or whose place in the chain, is not what it must be."""

    college: Unit
    number: int
    sentence: str


def written(row: models.Model, *fields: str) -> dict[str, Any]:
    """The fields of a row as history keeps them; all of its own columns where none are named."""
    names = fields or tuple(field.attname for field in row._meta.concrete_fields)  # noqa: SLF001 - Django's documented interface
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return value


def record(
    college: Unit,
    actor: Person | None,
    verb: str,
    thing: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Change:
    """Add one change to the college's chain. Call inside the transaction that makes the change."""
    chain, _ = Chain.objects.select_for_update().get_or_create(college=college)
    chain.college = college
    change = _linked(chain, actor, verb, thing, (before, after), reason)
    change.save()
    chain.save(update_fields=["length", "head"])
    return change


def record_many(
    college: Unit, actor: Person | None, verb: str, things: Sequence[tuple[models.Model, Mapping[str, Any]]]
) -> None:
    """Add one change for each thing, as `record` does, in a few statements: a plan comes in by the hundred."""
    record_steps(college, actor, verb, [(thing, None, after) for thing, after in things])


Step = tuple[models.Model, Mapping[str, Any] | None, Mapping[str, Any]]  # a thing, before and after


def record_steps(college: Unit, actor: Person | None, verb: str, steps: Sequence[Step], reason: str = "") -> None:
    """Add one change for each step that was taken of many things at once."""
    chain, _ = Chain.objects.select_for_update().get_or_create(college=college)
    chain.college = college
    changes = [_linked(chain, actor, verb, thing, (before, after), reason) for thing, before, after in steps]
    Change.objects.bulk_create(changes, batch_size=500)
    chain.save(update_fields=["length", "head"])


def _linked(
    chain: Chain,
    actor: Person | None,
    verb: str,
    thing: models.Model,
    sides: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
    reason: str,
) -> Change:
    """The next change of a chain, and the chain's head moved on to it."""
    change = Change(
        college_id=chain.college_id,
        number=chain.length + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=_signed(chain.college, actor, verb, thing),
        verb=verb,
        thing=thing._meta.model_name or "",  # noqa: SLF001 - Django's documented interface
        thing_id=str(thing.pk),
        label=in_chinese(thing)[:300],
        before=_normal(sides[0]),
        after=_normal(sides[1]),
        reason=reason,
        previous=chain.head,
    )
    change.hash = digest(change)
    chain.length, chain.head = change.number, change.hash
    return change


def in_chinese(thing: models.Model) -> str:
    """What a thing is called in the language of the ledger, whatever language the actor reads the pages in."""
    with translation.override("zh-hans"):
        return str(thing)


_REVIEWS = {"approve", "return", "see", "lock", "correct"}


def _signed(college: Unit, actor: Person | None, verb: str, thing: models.Model) -> str:
    """The actor's name, and for whom they act where the role was lent to them."""
    if actor is None:
        return "系统"
    borrows = any(role.lent_by_id for role in access.standing(actor).roles)
    if not borrows or isinstance(thing, Role | Person | Unit):
        return actor.name
    names = [RoleName.LEAD, RoleName.OFFICE, *([] if verb in _REVIEWS else [RoleName.REPORTER])]
    units = [getattr(thing, "unit", None), getattr(thing, "team", None), college]
    lender = access.on_behalf(actor, units, *names)
    return f"{actor.name[:24]}（受{lender.name[:24]}委托）" if lender else actor.name


def _normal(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """As it will come back from the database, so that the hash is of what is stored."""
    return None if values is None else json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))


def digest(change: Change) -> str:
    """The SHA-256, in hexadecimal, of the previous hash and of everything that this change says."""
    content = [
        change.previous, change.college_id, change.number, change.at.astimezone(UTC).isoformat(), change.actor_id,
        change.actor_name, change.verb, change.thing, change.thing_id, change.label, change.before, change.after,
        change.reason,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks(college: Unit, progress: Progress | None = None) -> Iterator[Break]:
    """Where the chain of a college does not hold; nothing where it does."""
    previous, number = "", 0
    for change in Change.objects.filter(college=college).order_by("number").iterator(chunk_size=2000):
        number += 1
        if change.number != number:
            yield Break(college, number, f"缺第 {number} 条（下一条是第 {change.number} 条）")
            return
        if change.previous != previous or change.hash != digest(change):
            yield Break(college, number, f"第 {number} 条与校验值不符，内容被改过")
            return
        previous = change.hash
        if progress is not None and number % 1000 == 0:
            progress(number)
    chain = Chain.objects.filter(college=college).first()
    if chain is not None and (chain.length != number or chain.head != previous):
        yield Break(college, number + 1, f"应有 {chain.length} 条，只有 {number} 条")


def of(thing: models.Model) -> models.QuerySet[Change]:
    """What happened to one thing, newest first."""
    name = thing._meta.model_name or ""  # noqa: SLF001 - Django's documented interface
    return Change.objects.filter(thing=name, thing_id=str(thing.pk))
